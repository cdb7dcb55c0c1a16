from collections.abc import Callable
from collections.abc import Mapping as Files
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from workbooks import workbook

from stelae.errors import ImportRefused
from stelae.linkage.fields import Kind
from stelae.linkage.guessing import guess
from stelae.linkage.mapping import Mapping, Order
from stelae.linkage.reading import read_lists

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "linkage"
Guess: TypeAlias = Callable[..., Mapping]


@pytest.fixture
def guessed(tmp_path: Path) -> Guess:
    """Writes files, guesses their mapping, and reads them with it as it is written."""

    def guessed(files: Files[str, str | bytes] | str | bytes) -> Mapping:
        given = {"a.csv": files} if isinstance(files, str | bytes) else files
        paths = []
        for name, content in given.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        mapping = guess(paths)
        assert Mapping.from_toml(mapping.to_toml()) == mapping
        read_lists(paths, mapping)
        return mapping

    return guessed


def columns(mapping: Mapping, file: str = "a.csv") -> dict[str, tuple[str, ...]]:
    return {each.field.name: each.all_columns for each in mapping.of(file).fields}


def test_armenian_headings(guessed: Guess) -> None:
    mapping = guessed(
        "Հ/Հ;Ազգանուն;Անուն;Հայրանուն;Ծննդյան տարեթիվ;Սեռ;Տարիք;Գյուղ;Շրջան;"
        "Մահվան ամսաթիվ;Ծանոթություն\n"
        "1;Պետրոսյան;Արամ;Հայկի;1931 թ.;ար.;մոտ 60;Մարգարա;Արմավիր;1990 թ. հունվարի 13;\n"
        "2;Սարգսյան;Անի;;;իգ.;6 ամսական;Արազափ;Արմավիր;13.01.1990;x\n"
    )
    assert mapping.default.id == "Հ/Հ"
    assert columns(mapping) == {
        "family": ("Ազգանուն",), "given": ("Անուն",), "patronymic": ("Հայրանուն",),
        "birth": ("Ծննդյան տարեթիվ",),
        "sex": ("Սեռ",), "age": ("Տարիք",), "place": ("Գյուղ",
        "Շրջան"), "death": ("Մահվան ամսաթիվ",),
        "note": ("Ծանոթություն",),
    }  # fmt: skip
    age = mapping.default.fields[5].field
    assert (age.at, age.towards) == ("death", "birth")


def test_russian_headings(guessed: Guess) -> None:
    mapping = guessed(
        "№ п/п,Ф.И.О.,Год рождения,Место рождения,Пол,Адрес,Дата гибели,Место гибели,"
        "Профессия,Имя отца\n"
        '1,Петросян Арам Гайкович,1931,Маргара,м,"ул. Абовяна, 5",13.01.1990,Баку,слесарь,Гайк\n'
        "2,Саркисян Ани,1956,Ереван,ж,Баку,,Баку,,\n"
    )
    assert mapping.default.id == "№ п/п"
    assert columns(mapping) == {
        "full_name": ("Ф.И.О.",), "birth": ("Год рождения",), "birth_place": ("Место рождения",),
        "sex": ("Пол",),
        "residence": ("Адрес",), "death": ("Дата гибели",), "death_place": ("Место гибели",),
        "occupation": ("Профессия",), "father": ("Имя отца",),
    }  # fmt: skip


def test_azerbaijani_headings_of_a_workbook(guessed: Guess) -> None:
    rows: list[list[object]] = [
        ["Siyahı"],
        [],
        ["№", "Soyadı", "Adı", "Atasının adı", "Doğulduğu yer", "Doğum tarixi", "Cinsi"],
        [1, "Əliyev", "Rəşad", "Kamil", "Şuşa", date(1970, 5, 1), "kişi"],
        [2, "Əliyeva", "Aytən", "Rəşad", "Bakı", date(1990, 5, 1), "qadın"],
    ]
    mapping = guessed({"a.xlsx": workbook({"S": rows, "Qeydlər": [["x"], ["y"]]})})
    assert (mapping.default.id, mapping.default.sheet, mapping.default.header) == ("№", "S", 3)
    assert columns(mapping) == {
        "family": ("Soyadı",), "given": ("Adı",), "patronymic": ("Atasının adı",),
        "birth_place": ("Doğulduğu yer",),
        "birth": ("Doğum tarixi",), "sex": ("Cinsi",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "family", "birth"),
    [
        ("Nom,Prénom,Date de naissance", "Nom", "Date de naissance"),
        ("Apellidos,Nombre,Fecha de nacimiento", "Apellidos", "Fecha de nacimiento"),
        ("Nachname,Vorname,Geburtsdatum", "Nachname", "Geburtsdatum"),
        ("Soyadı,Adı,Doğum tarihi", "Soyadı", "Doğum tarihi"),
        ("Прізвище,Ім'я,Дата народження", "Прізвище", "Дата народження"),
        ("გვარი,სახელი,დაბადების თარიღი", "გვარი", "დაბადების თარიღი"),
        ("نام خانوادگی,نام,تاریخ تولد", "نام خانوادگی", "تاریخ تولد"),
        ("اللقب,الاسم الأول,تاريخ الميلاد", "اللقب", "تاريخ الميلاد"),
        ("שם משפחה,שם פרטי,תאריך לידה", "שם משפחה", "תאריך לידה"),
        ("LastName,FirstName,DateOfBirth", "LastName", "DateOfBirth"),
    ],
)
def test_headings_of_other_languages(guessed: Guess, header: str, family: str, birth: str) -> None:
    mapping = guessed(f"{header}\nA,B,01.02.1931\nC,D,03.04.1956\n")
    found = columns(mapping)
    assert (found["family"], found["birth"], len(found)) == ((family,), (birth,), 3)
    assert "given" in found


def test_parts_of_a_date_are_put_together(guessed: Guess) -> None:
    mapping = guessed("surname,birth year,birth month,birth day\nA,1931,4,9\nB,1956,,\n")
    (birth,) = (each for each in mapping.default.fields if each.field.name == "birth")
    assert (birth.year, birth.month, birth.day) == ("birth year", "birth month", "birth day")


def test_columns_of_one_stem_are_one_field(guessed: Guess) -> None:
    mapping = guessed("surname,name_1,name_2\nA,B,C\nD,E,\n")
    assert columns(mapping)["given"] == ("name_1", "name_2")


def test_names_in_two_scripts_are_two_fields(guessed: Guess) -> None:
    mapping = guessed("Name (English),Name (Arabic),Sex\nA,آرام,M\nB,ب,F\n")
    fields = mapping.default.fields
    assert [each.field.kind for each in fields] == [Kind.NAME, Kind.NAME, Kind.SEX]
    assert [each.field.name for each in fields][:2] == ["name", "name_2"]


def test_the_truth_is_no_evidence(guessed: Guess) -> None:
    mapping = guessed("id,surname,cluster\n1,A,x\n2,B,x\n")
    assert mapping.default.ignore == ("cluster",)
    assert '# "cluster" says who is who' in mapping.to_toml()


def test_an_id_that_repeats_is_none(guessed: Guess) -> None:
    mapping = guessed("id,surname\n1,A\n1,B\n")
    assert (mapping.default.id, mapping.default.ignore) == (None, ("id",))


def test_cells_tell_what_headings_do_not(guessed: Guess) -> None:
    mapping = guessed("surname,x,y\nA,M,01.02.1931\nB,F,03.04.1956\n")
    assert columns(mapping) == {"family": ("surname",), "sex": ("x",), "y": ("y",)}
    assert mapping.default.fields[2].field.kind is Kind.DATE


def test_names_ids_ages_and_codes_are_told_by_their_cells(guessed: Guess) -> None:
    rows = "".join(
        f"K-{at},Ada Byron{'abcdefghij'[at % 10]},{at},{700 + at:05}\n" for at in range(60)
    )
    mapping = guessed(f"w,x,y,z\n{rows}")
    assert mapping.default.id == "w"
    assert columns(mapping) == {"full_name": ("x",), "age": ("y",), "z": ("z",)}
    assert mapping.default.fields[2].field.kind is Kind.CODE


def test_an_order_is_written_only_where_the_column_tells_it(guessed: Guess) -> None:
    told = guessed("surname,born\nA,1/13/1931\nB,1/14/1931\nC,1/15/1931\n")
    assert told.default.fields[1].order is Order.MDY
    untold = guessed("surname,born\nA,1/2/1931\nB,1/3/1931\n")
    assert untold.default.fields[1].order is None
    assert "cannot be told: write order" in untold.to_toml()


def test_an_encoding_is_proposed_with_its_doubt(guessed: Guess) -> None:
    rows = "".join(f"{name};1931\n" for name in ("Петросян", "Саркисян", "Иванова", "Кузнецов"))
    mapping = guessed(f"Фамилия;Год рождения\n{rows}".encode("cp1251"))
    assert mapping.default.encoding == "cp1251"
    assert "make sure that the names read well" in mapping.to_toml()


def test_words_for_not_known_are_proposed(guessed: Guess) -> None:
    mapping = guessed("surname,birth date\nA,неизвестно\nB,1931\nNULL,1956\n")
    assert mapping.default.missing == ("NULL", "неизвестно")


def test_coordinates_belong_to_the_place(guessed: Guess) -> None:
    mapping = guessed("surname,village,latitude,longitude\nA,X,40.5,44.5\n")
    assert columns(mapping)["place"] == ("village", "latitude", "longitude")


def test_files_that_are_alike_share_a_mapping_and_others_have_sections(guessed: Guess) -> None:
    one = guessed({"a.csv": "surname,name\nA,B\n", "b.csv": "surname,name\nC,D\n"})
    assert one.lists == ()
    two = guessed({"a[1].csv": "surname,name\nA,B\n", "b.csv": "Фамилия,Имя\nC,D\n"})
    assert columns(two, "a[1].csv")["family"] == ("surname",)
    assert columns(two, "b.csv")["family"] == ("Фамилия",)


def test_a_name_means_one_thing_in_all_files(guessed: Guess) -> None:
    mapping = guessed({"a.csv": "surname,age,died\nA,60,1990\n", "b.csv": "surname,age\nB,50\n"})
    assert set(columns(mapping, "a.csv")) == {"family", "age", "death"}
    assert set(columns(mapping, "b.csv")) == {"family", "age_2"}


def test_every_field_has_a_reason(guessed: Guess) -> None:
    mapping = guessed("id,surname,name,born,sex,age,village\n1,A,B,1931,m,60,X\n")
    assert all(each.reason for each in mapping.default.fields)


@pytest.mark.parametrize("content", ["x,y\n1,2\n", "", "a\n"])
def test_what_is_not_understood_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(ImportRefused):
        guess([path])
    with pytest.raises(ImportRefused):
        guess([])


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data/linkage is absent")
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("rldata10000", {"given", "family", "birth"}),
        (
            "febrl3",
            {"given", "family", "house_number", "residence", "postcode", "birth", "identity"},
        ),
        (
            "hist50k",
            {
                "full_name",
                "given",
                "family",
                "birth",
                "birth_place",
                "postcode",
                "sex",
                "occupation",
            },
        ),
    ],
)
def test_the_labelled_lists_are_mapped(name: str, fields: set[str]) -> None:
    path = DATA / f"{name}.parquet"
    mapping = guess([path])
    assert {each.field.name for each in mapping.default.fields} == fields
    assert mapping.default.id == "rid"
    assert "cluster" in mapping.default.ignore
    assert read_lists([path], mapping).frame.height > 0
