from collections.abc import Callable
from collections.abc import Mapping as Files
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest
from workbooks import workbook

from stelae.errors import ImportRefused
from stelae.linkage.fields import Field, Kind, Lists
from stelae.linkage.gazetteer import read_gazetteer
from stelae.linkage.mapping import Mapping
from stelae.linkage.reading import read_lists
from stelae.values.digests import digest_of

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "linkage"
Read: TypeAlias = Callable[..., Lists]
Refuse: TypeAlias = Callable[..., list[tuple[str | None, int | None, str | None, str]]]

NAMES = '[fields]\nfamily = "surname"\ngiven = "name"\n'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes files and reads them through a mapping."""

    def read(mapping: str, files: Files[str, str | bytes] | str | bytes) -> Lists:
        given = {"a.csv": files} if isinstance(files, str | bytes) else files
        for name, content in given.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(
                content if isinstance(content, bytes) else content.encode()
            )
        return read_lists([tmp_path / name for name in given], Mapping.from_toml(mapping))

    return read


@pytest.fixture
def refused(read: Read) -> Refuse:
    """File, row, column and message of everything that is wrong."""

    def refused(
        mapping: str, files: Files[str, str | bytes] | str | bytes
    ) -> list[tuple[str | None, int | None, str | None, str]]:
        with pytest.raises(ImportRefused) as caught:
            read(mapping, files)
        return [(each.file, each.row, each.column, each.what) for each in caught.value.problems]

    return refused


def column(lists: Lists, name: str) -> list[object]:
    return lists.frame[name].to_list()


# --- the joined table --------------------------------------------------------------------------


def test_all_lists_stand_in_one_table_in_the_order_of_the_files(read: Read) -> None:
    mapping = (
        'id = "no"\n[fields]\nfamily = "surname"\n[[lists]]\nfiles = "b.csv"\nonce = true\n'
        '[lists.fields]\nfamily = "Фамилия"\nsex = "Пол"\n'
    )
    lists = read(
        mapping,
        {"a.csv": "no,surname\n7,Smith\n8,\n", "b.csv": "Фамилия,no,Пол\nПетросян,x1,м\n"},
    )
    assert lists.frame.to_dicts() == [
        {"row": 0, "list": "a", "record": "7", "line": 2, "family": "Smith",
        "sex": None, "sex_code": None},
        {"row": 1, "list": "a", "record": "8",
        "line": 3, "family": None, "sex": None, "sex_code": None},
        {"row": 2, "list": "b", "record": "x1", "line": 2, "family": "Петросян", "sex": "м",
        "sex_code": "m"},
    ]  # fmt: skip
    assert lists.fields == (Field("family", Kind.FAMILY), Field("sex", Kind.SEX))
    assert [(each.name, each.file, each.records, each.once) for each in lists.lists] == [
        ("a", "a.csv", 2, False),
        ("b", "b.csv", 1, True),
    ]
    assert lists.lists[0].digest == digest_of(b"no,surname\n7,Smith\n8,\n")


def test_the_columns_have_the_types_that_the_contract_names(read: Read) -> None:
    mapping = (
        '[fields]\nfamily = "a"\nbirth = "b"\nsex = "c"\nage = { column = "d", at = "birth" }\n'
        'place = { column = "e", lat = "f", lon = "g" }\npostcode = "h"\noccupation = "i"\n'
    )
    expected = {
        "row": pl.Int64, "list": pl.String, "record": pl.String, "line": pl.Int64,
        "family": pl.String,
        "birth": pl.String, "birth_first": pl.Date, "birth_last": pl.Date, "birth_style": pl.String,
        "sex": pl.String, "sex_code": pl.String, "age": pl.String, "age_low": pl.Int32,
        "age_high": pl.Int32,
        "place": pl.String, "place_parts": pl.List(pl.String),
        "postcode": pl.String, "occupation": pl.String,
        "place_lat": pl.Float64, "place_lon": pl.Float64,
    }  # fmt: skip
    full = read(mapping, "a,b,c,d,e,f,g,h,i\nX,1931,f,60,Y,40.5,44.5,0010,z\n")
    assert dict(full.frame.schema) == expected
    empty = read(mapping, "a,b,c,d,e,f,g,h,i\n")
    assert dict(empty.frame.schema) == expected
    assert empty.lists[0].notes == ("holds no records",)


def test_cells_stay_as_printed_but_for_the_space_around_them(read: Read) -> None:
    lists = read(NAMES, 'surname,name\n" O\'Brien-Ёлкин  ","Jo  Ann\u200f"\n007,x\u0001\n')
    assert column(lists, "family") == ["O'Brien-Ёлкин", "007"]
    assert column(lists, "given") == ["Jo  Ann\u200f", "x\u0001"]


def test_several_columns_are_one_name(read: Read) -> None:
    lists = read('[fields]\ngiven = ["b", "a"]\n', "a,b\nx,y\n,z\n,\nw,\n")
    assert column(lists, "given") == ["y x", "z", "w"]


def test_cells_of_marks_alone_say_nothing(read: Read) -> None:
    lists = read(f'missing = ["н/д"]\n{NAMES}', "surname,name\n-,?\n—,...\nн/д,X\n\u200f,N/A\n")
    assert column(lists, "family") == [None] * 4
    assert column(lists, "given") == [None, None, "X", "N/A"]
    assert lists.lists[0].notes[0] == "family: says nothing in any record"
    assert "may mean that it is not known" in lists.lists[0].notes[1]


def test_a_value_may_hold_for_the_whole_list(read: Read) -> None:
    lists = read(
        '[fields]\nfamily = "a"\ndeath = { value = "1918-09" }\nplace = { value = "X, Y" }\n'
        'sex = { value = "f" }\n',
        "a\nb\nc\n",
    )
    assert column(lists, "death_last") == [date(1918, 9, 30)] * 2
    assert column(lists, "place_parts") == [["X", "Y"]] * 2
    assert column(lists, "sex_code") == ["f", "f"]


def test_records_without_an_id_have_their_line(read: Read) -> None:
    assert column(read(NAMES, "surname,name\na,b\n\nc,d\n"), "record") == ["2", "4"]
    lists = read(f'id = "no"\n{NAMES}', "no,surname,name\nx,a,b\n,c,d\n")
    assert column(lists, "record") == ["x", "3"]
    assert lists.lists[0].notes == ("records without no, whose line is their id: 1",)


def test_columns_that_the_mapping_leaves_out_are_named(read: Read) -> None:
    lists = read(f'ignore = ["x"]\n{NAMES}', "surname,name,x,y\na,b,c,d\n")
    assert lists.lists[0].notes == ("columns not used: y",)


def test_a_column_may_tell_the_lists_of_one_file_apart(read: Read, refused: Refuse) -> None:
    mapping = f'id = "no"\nlist = "source"\nonce = true\n{NAMES}'
    lists = read(mapping, "source,no,surname,name\nx,1,A,B\ny,1,C,D\nx,2,E,F\n")
    assert [(each.name, each.records, each.once) for each in lists.lists] == [
        ("x", 2, True),
        ("y", 1, True),
    ]
    assert lists.frame.select("row", "list", "record", "line").rows() == [
        (0, "x", "1", 2), (1, "x", "2", 4), (2, "y", "1", 3),
    ]  # fmt: skip
    assert [row for _, row, _, _ in refused(mapping, "source,no,surname,name\n-,1,A,B\n")] == [2]
    assert read(mapping, "source,no,surname,name\n").frame.height == 0


# --- dates, ages, sex, places ------------------------------------------------------------------


def test_a_date_may_stand_in_three_columns(read: Read) -> None:
    lists = read(
        '[fields]\nbirth = { year = "y", month = "m", day = "d" }\n',
        "y,m,d\n1967,9,27\n1967,9,\n1967,,\n,9,27\n1967,,27\n1967,20,13\n1967.0,9.0,7.0\n"
        "1967,сент.,7\n,,\n",
    )
    assert column(lists, "birth") == [
        "1967-09-27", "1967-09", "1967", "????-09-27", "1967-??-27", "1967-20-13", "1967-09-07",
        "7 сент. 1967",
    ]  # fmt: skip
    assert column(lists, "birth_first") == [
        date(1967, 9, 27), date(1967, 9, 1), date(1967, 1, 1), None, date(1967, 1, 1), None,
        date(1967, 9, 7),
        date(1967, 9, 7),
    ]  # fmt: skip


def test_impossible_dates_stay_as_printed_and_are_counted(read: Read) -> None:
    lists = read('[fields]\nbirth = "b"\n', "b\n31.02.1990\n01.02.1990\n1967-20-13\nx1\n")
    assert column(lists, "birth") == ["31.02.1990", "01.02.1990", "1967-20-13", "x1"]
    assert column(lists, "birth_first") == [None, date(1990, 2, 1), None, None]
    (note,) = lists.lists[0].notes
    assert note.startswith(
        "birth: dates that cannot be or cannot be read, kept as printed: 3 (row 2:"
    )
    assert "row 4: '1967-20-13' has a month 20" in note


def test_the_column_tells_the_order_of_its_dates_where_it_can(read: Read) -> None:
    mapping = '[fields]\nbirth = "b"\n'
    lists = read(mapping, "b\n3/4/1931\n3/13/1931\n4/20/1931\n5/30/1931\n")
    assert column(lists, "birth_first")[0] == date(1931, 3, 4)
    assert lists.lists[0].notes == (
        "birth: read as month, day, year, since 3 dates can only be so",
    )
    unsure = read(mapping, "b\n3/4/1931\n3/13/1931\n")
    assert column(unsure, "birth_last")[0] == date(1931, 4, 3)


def test_the_style_is_said_by_the_list_the_field_or_the_cell(read: Read) -> None:
    lists = read(
        'calendar = "julian"\n[fields]\nbirth = "a"\n'
        'death = { column = "b", calendar = "gregorian" }\n',
        "a,b\n09.01.1918,22.01.1918\n22.01.1918 н. ст.,09.01.1918 ст. ст.\n,x\n",
    )
    assert column(lists, "birth_first")[:2] == column(lists, "death_first")[:2]
    assert column(lists, "birth_style") == ["julian", "gregorian", None]
    assert column(lists, "death_style") == ["gregorian", "julian", None]


def test_an_age_dates_the_birth_of_who_has_none(read: Read) -> None:
    lists = read(
        '[fields]\nbirth = "b"\nage = { column = "a", at = "death", towards = "birth" }\n'
        'death = "d"\n',
        "b,a,d\n,60,13.01.1990\n1931,60,13.01.1990\n,about 60,1990\n,60,\nx,60,1990\n",
    )
    assert column(lists, "birth") == [None, "1931", None, None, "x"]
    assert column(lists, "birth_first") == [
        date(1929, 1, 14), date(1931, 1, 1), date(1923, 1, 2), None, None,
    ]  # fmt: skip
    assert column(lists, "birth_last")[0] == date(1930, 1, 13)
    assert column(lists, "age_low") == [60, 60, 54, 60, 60]
    assert "birth: taken from age at death: 2" in lists.lists[0].notes


def test_an_age_may_be_that_at_a_day_which_the_mapping_names(read: Read) -> None:
    lists = read(
        '[fields]\nage = { column = "a", at = "1990-01-13", towards = "birth" }\n', "a\n60\n"
    )
    assert lists.field("birth") == Field("birth", Kind.DATE)
    assert column(lists, "birth_last") == [date(1930, 1, 13)]
    assert column(lists, "birth") == [None]


def test_words_for_a_sex_that_are_unknown_are_counted(read: Read) -> None:
    lists = read('[fields]\nsex = "s"\n', "s\nM\nF\nblue\n")
    assert column(lists, "sex_code") == ["m", "f", None]
    assert "row 4: 'blue'" in lists.lists[0].notes[0]


def test_places_are_parted_by_commas_or_columns_smallest_first(read: Read) -> None:
    lists = read(
        '[fields]\nplace = ["v", "d"]\nbirth_place = { column = "b", largest_first = true }\n',
        'v,d,b\n"A, B",C,"Land, Shire, Town"\n,C,"X، Y;Z"\n-,,\n',
    )
    assert column(lists, "place") == ["A, B, C", "C", None]
    assert column(lists, "place_parts") == [["A", "B", "C"], ["C"], None]
    assert column(lists, "birth_place_parts") == [["Town", "Shire", "Land"], ["Z", "Y", "X"], None]


def test_coordinates_that_cannot_be_are_left_out_and_counted(read: Read) -> None:
    lists = read(
        '[fields]\nplace = { column = "p", lat = "a", lon = "o" }\n',
        'p,a,o\nA,"40,5",44.5\nB,95,1\nC,40.5,\nD,0,0\nE,,\n',
    )
    assert column(lists, "place_lat") == [40.5, None, None, None, None]
    assert lists.lists[0].notes == (
        "place: coordinates that cannot be, left out: 3 (rows 3, 4, 5)",
    )


def test_a_gazetteer_gives_ids_and_coordinates(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(
        "place,name,from,to,lat,lon\np,Old,,1920,1,2\np,New,1920,,,\nq,Old,1930,,5,6\n"
    )
    (tmp_path / "a.csv").write_text("p,d,a,o\nOld,1915,,\nOld,1950,9,9\nElse,1915,,\n")
    mapping = Mapping.from_toml(
        '[fields]\nplace = { column = "p", at = "death", lat = "a", lon = "o" }\ndeath = "d"\n'
    )
    lists = read_lists(
        [tmp_path / "a.csv"], mapping, gazetteer=read_gazetteer(tmp_path / "places.csv")
    )
    assert column(lists, "place_ids") == [["p"], ["q"], None]
    assert column(lists, "place_lat") == [1.0, 9.0, None]


# --- files of every form -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "surname;name\nПетросян;Арам\n".encode(),
        "surname\tname\r\nПетросян\tАрам\r\n".encode(),
        "surname|name\nПетросян|Арам\n".encode(),
        "\ufeffsurname,name\nПетросян,Арам".encode(),
        "surname,name\nПетросян,Арам\n".encode("utf-16"),
        ("surname,name\nПетросян,Арам\n" + "Саркисян,Ани\n" * 9).encode("utf-16-le"),
        workbook({"Sheet": [["surname", "name"], ["Петросян", "Арам"]]}),
    ],
    ids=["semicolon", "tab, crlf", "bar", "bom", "utf-16 bom", "utf-16 le", "xlsx"],
)
def test_lists_come_in_many_forms(read: Read, content: bytes) -> None:
    lists = read(NAMES, content)
    assert lists.frame.select("family", "given").row(0) == ("Петросян", "Арам")


def test_parquet_is_counted_from_its_first_record(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({"surname": ["A", "B"], "name": [1, None], "born": [date(1931, 4, 9)] * 2})
    frame.write_parquet(path)
    mapping = Mapping.from_toml(f'{NAMES}birth = "born"\n')
    lists = read_lists([path], mapping)
    assert column(lists, "line") == [1, 2]
    assert column(lists, "given") == ["1", None]
    assert column(lists, "birth_first") == [date(1931, 4, 9)] * 2


def test_an_encoding_is_named_or_proved_never_guessed(read: Read, refused: Refuse) -> None:
    content = ("surname,name\nПетросян,Арам\n" + "Саркисян,Ани\n" * 5).encode("cp1251")
    ((file, _, _, what),) = refused(NAMES, content)
    assert file == "a.csv"
    assert "do not prove which encoding" in what
    lists = read(f'encoding = "cp1251"\n{NAMES}', content)
    assert column(lists, "family")[0] == "Петросян"
    ((_, row, _, what),) = refused(f'encoding = "ascii"\n{NAMES}', content)
    assert (row, what) == (2, "is not ascii: byte 13 cannot be read")


def test_a_delimiter_and_a_row_of_names_may_be_named(read: Read) -> None:
    lists = read(f'delimiter = "^"\nheader = 3\n{NAMES}', "List of\n\nsurname^name\nA,1^B\n")
    assert lists.frame.select("line", "family", "given").row(0) == (4, "A,1", "B")


def test_a_sheet_is_named(read: Read) -> None:
    content = workbook({"Notes": [["x"], ["y"]], "People": [["surname", "name"], ["A", "B"]]})
    lists = read(f'sheet = "People"\n{NAMES}', {"a.xlsx": content})
    assert column(lists, "family") == ["A"]


# --- refused -----------------------------------------------------------------------------------


def test_every_fault_of_every_file_is_named_at_once(refused: Refuse) -> None:
    found = refused(
        f'id = "no"\n{NAMES}',
        {
            "a.csv": "no,surname,name\n1,a,b\n2,c,d\n1,e,f\n1,g,h\n",
            "b.csv": "no,surname\n1,a\n",
            "c.csv": "no,surname,name\n1,a,b,c\n2,c\n",
            "d.csv": "",
            "e.xlsx": b"PK\x03\x04",
        },
    )
    assert [(file, row, name) for file, row, name, _ in found] == [
        ("b.csv", 1, "name"),
        ("c.csv", 2, None),
        ("c.csv", 3, None),
        ("d.csv", 1, None),
        ("e.xlsx", None, None),
        ("a.csv", 4, "no"),
        ("a.csv", 5, "no"),
    ]
    assert found[-1][3] == "the id '1' is already that of row 2"


def test_the_same_list_twice_is_refused(refused: Refuse, read: Read, tmp_path: Path) -> None:
    content = "surname,name\na,b\n"
    found = refused(NAMES, {"a.csv": content, "b.csv": content})
    assert [(file, what) for file, _, _, what in found] == [
        ("b.csv", "is the same file as a.csv, byte for byte")
    ]
    path = tmp_path / "a.csv"
    with pytest.raises(ImportRefused, match="is given twice"):
        read_lists([path, path], Mapping.from_toml(NAMES))


def test_lists_of_one_name_are_refused(refused: Refuse, read: Read) -> None:
    files = {"a.csv": "surname,name\na,b\n", "c.csv": "surname,name\nc,d\n"}
    found = refused(f'name = "x"\n{NAMES}'.replace('name = "x"\n', "") + _NAMED, files)
    assert [what for _, _, _, what in found] == ["its list is called 'x' as that of a.csv"]
    lists = read(NAMES, {"a.csv": "surname,name\na,b\n", "a.tsv": "surname\tname\nc\td\n"})
    assert [each.name for each in lists.lists] == ["a.csv", "a.tsv"]


_NAMED = '[[lists]]\nfiles = "*.csv"\nname = "x"\n'


def test_a_file_of_which_the_mapping_says_nothing_is_refused(refused: Refuse) -> None:
    mapping = '[[lists]]\nfiles = "b*.csv"\n[lists.fields]\nfamily = "a"\n'
    assert refused(mapping, "a\nb\n") == [
        ("a.csv", None, None, "the mapping says nothing of this file")
    ]


def test_no_list_is_refused() -> None:
    with pytest.raises(ImportRefused, match="no list is given"):
        read_lists([], Mapping.from_toml(NAMES))


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"absent\.csv: cannot be read"):
        read_lists([tmp_path / "absent.csv", tmp_path], Mapping.from_toml(NAMES))


@pytest.mark.parametrize(
    "content",
    [
        b"surname,name\na,\x00\n",
        b"surname,name\ra,b\r",
        bytes(range(256)) * 9,
        b'surname,name\n"a,b\nc,d\n',
        b"PAR1 nonsense PAR1",
        b"surname,surname,name\na,b,c\n",
        b"\n\n\n",
        b"\xff\xfe",
    ],
)
def test_files_that_are_no_lists_are_refused(refused: Refuse, content: bytes) -> None:
    assert refused(NAMES, content)


# --- odd but readable --------------------------------------------------------------------------


def test_odd_names_are_kept_and_noted(read: Read) -> None:
    rows = ["a" * 10_000, "\u200fآرام", "Aрам", "x\x01y", "Петр?сян", "Ме\ufffdри", "Անна"]
    lists = read(NAMES, "surname,name\n" + "".join(f"{row},x\n" for row in rows))
    assert column(lists, "family") == rows
    notes = "\n".join(lists.lists[0].notes)
    assert "family: names of more than 200 letters: 1 (row 2" in notes
    assert "family: names with invisible marks, as of writing direction: 1 (row 3" in notes
    assert "family: names with several scripts in one word: 2 (row 4" in notes
    assert "family: names with control characters: 1 (row 5" in notes
    assert "family: names in which letters were lost: 2 (row 6" in notes


def test_one_name_ten_thousand_times_is_a_list(read: Read) -> None:
    lists = read(NAMES, "surname,name\n" + "Smith,John\n" * 10_000)
    assert lists.frame.height == 10_000
    assert lists.frame["row"].to_list() == list(range(10_000))


# --- real lists --------------------------------------------------------------------------------


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data/linkage is absent")
def test_the_labelled_lists_are_read() -> None:
    mapping = Mapping.from_toml(
        'id = "rid"\nignore = ["cluster"]\n[fields]\ngiven = ["fname_c1", "fname_c2"]\n'
        'family = ["lname_c1", "lname_c2"]\nbirth = { year = "by", month = "bm", day = "bd" }\n'
    )
    lists = read_lists([DATA / "rldata10000.parquet"], mapping)
    assert lists.frame.height == 10_000
    assert lists.frame["birth_first"].null_count() == 27
    assert lists.frame.row(7, named=True)["given"] == "ANDREAS BENJAMIN"
