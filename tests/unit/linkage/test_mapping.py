import pytest

from stelae.errors import ImportRefused
from stelae.linkage.fields import Field, Kind
from stelae.linkage.mapping import FieldFrom, Mapping, Order, Section
from stelae.values.dates import Calendar

FULL = """\
format = 1
id = "No"
order = "dmy"
missing = ["н/д", "unknown"]

[places]
gazetteer = "places.csv"

[fields]
family = "Surname"
given = ["First", "Second"]
birth = { year = "by", month = "bm", day = "bd" }
death = { column = "Died", calendar = "julian" }
age = { column = "Age", at = "death", towards = "birth" }
sex = { column = "Sex", words = { k = "f", "?" = "" } }
residence = { columns = ["Village", "District"], lat = "Lat", lon = "Lon", at = "death" }
uncle = { kind = "relative", column = "Uncle", role = "uncle" }
house = { kind = "code", column = "House" }

[[lists]]
files = "hospital*.csv"
name = "hospital"
once = true
encoding = "windows-1251"
delimiter = ";"
header = 3
about = 1
century_from = 1850
ignore = ["x"]
calendar = "julian"

[lists.fields]
family = "Фамилия"
age = false
death = { value = "1918-09" }

[[lists]]
files = "b.xlsx"
sheet = "People"
id = "Код"
"""


def faults(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ImportRefused) as caught:
        Mapping.from_toml(text, "m.toml")
    assert {problem.file for problem in caught.value.problems} == {"m.toml"}
    return [(problem.row, problem.what) for problem in caught.value.problems]


def test_columns_of_every_kind_are_mapped() -> None:
    mapping = Mapping.from_toml(FULL)
    assert mapping.gazetteer == "places.csv"
    assert mapping.fields == (
        Field("family", Kind.FAMILY),
        Field("given", Kind.GIVEN),
        Field("birth", Kind.DATE),
        Field("death", Kind.DATE),
        Field("age", Kind.AGE, at="death", towards="birth"),
        Field("sex", Kind.SEX),
        Field("residence", Kind.PLACE),
        Field("uncle", Kind.RELATIVE, role="uncle"),
        Field("house", Kind.CODE),
    )
    by_name = {each.field.name: each for each in mapping.default.fields}
    assert by_name["birth"].parts == ("by", "bm", "bd")
    assert by_name["death"].calendar is Calendar.JULIAN
    assert by_name["residence"].all_columns == ("Village", "District", "Lat", "Lon")
    assert by_name["sex"].words == (("k", "f"), ("?", ""))


def test_a_section_says_only_what_differs() -> None:
    mapping = Mapping.from_toml(FULL)
    section = mapping.of("hospital-1918.csv")
    assert (section.name, section.once, section.encoding) == ("hospital", True, "cp1251")
    assert (section.id, section.order, section.missing) == ("No", Order.DMY, ("н/д", "unknown"))
    names = [each.field.name for each in section.fields]
    assert names == ["family", "given", "birth", "death", "sex", "residence", "uncle", "house"]
    assert section.fields[0].columns == ("Фамилия",)
    assert section.fields[3].value == "1918-09"
    assert mapping.of("b.xlsx").id == "Код"
    assert mapping.of("other.csv") == mapping.default


def test_of_several_sections_that_fit_the_first_counts() -> None:
    mapping = Mapping.from_toml(
        '[fields]\nfamily="a"\n[[lists]]\nfiles="a*.csv"\nname="x"\n[[lists]]\nfiles="*"\nname="y"\n'
    )
    assert [mapping.of(name).name for name in ("ab.csv", "b.csv")] == ["x", "y"]


def test_a_mapping_is_written_as_it_is_read() -> None:
    mapping = Mapping.from_toml(FULL)
    assert Mapping.from_toml(mapping.to_toml()) == mapping


def test_reasons_are_written_as_comments_and_change_nothing() -> None:
    reason = "some\n  reason = [1]"
    mapping = Mapping(
        Section(
            id="a",
            fields=(FieldFrom(Field("family", Kind.FAMILY), ("b",), reason=reason),),
            reasons=(("id", "it is unique"),),
        )
    )
    text = mapping.to_toml()
    assert "# it is unique\nid = " in text
    assert "# some\n# reason = [1]\nfamily = " in text
    assert Mapping.from_toml(text) == mapping


def test_every_fault_is_named_with_its_line() -> None:
    text = """\
idd = "No"
order = "dym"
[fields]
Family = "a"
street = "b"
birth = { column = "c", colour = "red" }
death = { month = "d" }
age = { column = ["e", "f"], at = "burial" }
sex = { column = "g", words = { k = "w" }, value = "m" }
given = 5

[[lists]]
files = "a.csv"
once = "yes"
encoding = "cp9999"
delimiter = ",,"
header = 0

[lists.fields]
given = { kind = "family", column = "h" }

[[lists]]
name = "x"
"""
    found = faults(text)
    assert [line for line, _ in found] == sorted(line for line, _ in found if line)
    assert {line for line, _ in found} == {1, 2, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16, 17, 22}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a = [", 1, "cannot be read as TOML"),
        ("id = 1\nid = 2", 2, "cannot be read as TOML"),
        ("format = 2\n[fields]\nfamily='a'", 1, "format 2"),
        ("[fields]", 1, "maps no column"),
        ("", None, "maps no column"),
        ("fields = 5", 1, "table of fields"),
        ("lists = 5\n[fields]\nfamily='a'", 1, r"headed \[\[lists\]\]"),
        ("places = 5\n[fields]\nfamily='a'", 1, "table"),
        ("[fields]\nfamily = ['a', 'a']", 2, "'a' twice"),
        ("[fields]\nrow = 'a'", 2, "cannot be the name"),
        ("[fields]\nplace = {column='a', lat='b'}", 2, "only one of lat and lon"),
        ("[fields]\nuncle = {kind='relative', column='a'}", 2, "has a role"),
        ("[fields]\nuncle = {kind='aunt', column='a'}", 2, "no kind 'aunt'"),
        ("[fields]\nfamily = {column='a', order='dmy'}", 2, "order is of a field of kind date"),
        ("[fields]\nfamily = {column='a', at='1918'}", 2, "at is of an age or a place"),
        ("[fields]\nage = {column='a', towards='sex'}\nsex='b'", 2, "'sex' is no date field"),
        (
            "[fields]\nbirth='a'\nbirth_first={kind='text',column='b'}",
            3,
            "hide a column of 'birth'",
        ),
        ('[[lists]]\nfiles="a"\nname="x"\nlist="b"\n[lists.fields]\nfamily="a"', 4, "no other"),
        ("header = true\n[fields]\nfamily='a'", 1, "whole number"),
        ("about = 51\n[fields]\nfamily='a'", 1, "between 0 and 50"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, line: int | None, what: str) -> None:
    with pytest.raises(ImportRefused, match=what) as caught:
        Mapping.from_toml(text, "m.toml")
    assert caught.value.problems[0].row == line


def test_a_date_may_stand_in_place_of_a_date_field() -> None:
    mapping = Mapping.from_toml(
        '[fields]\nage = { column = "a", at = "1918-09", towards = "birth" }'
    )
    assert mapping.fields == (Field("age", Kind.AGE, at="1918-09", towards="birth"),)


def test_a_field_is_one_thing_in_all_lists() -> None:
    text = (
        '[fields]\nnick = { kind = "given", column = "a" }\n[[lists]]\nfiles = "b"\n'
        '[lists.fields]\nnick = { kind = "text", column = "a" }\n'
    )
    assert [line for line, _ in faults(text)] == [6]
