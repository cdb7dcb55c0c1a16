import pytest

from stelae.records.tables import Table, kind_of_file, read_table

PARTIES = "id,name:en,kind\np-1,One,press\n"


def read(text: str, name: str = "parties.csv") -> Table:
    return read_table(name, text.encode())


def only_problem(table: Table) -> str:
    assert table.rows == ()
    (problem,) = table.problems
    return str(problem)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("events.csv", "event"),
        ("02-figures-1918.csv", "figure"),
        ("02_figures_1918.CSV", "figure"),
        ("place-names.yaml", "place-name"),
        ("Place_Names.yml", "place-name"),
        ("some/folder/days.csv", "day"),
        ("events.old.csv", "event"),
        ("items.csv", None),
        ("editions.csv", None),
        ("eventsx.csv", None),
        ("event.csv", None),
        ("figures/x.csv", None),
        ("", None),
    ],
)
def test_a_file_is_named_for_what_it_holds(name: str, kind: str | None) -> None:
    assert kind_of_file(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        PARTIES,
        "\ufeff" + PARTIES,
        PARTIES.replace("\n", "\r\n"),
        PARTIES.replace("\n", "\r"),
        PARTIES.replace(",", ";"),
        PARTIES.replace(",", "\t"),
        PARTIES.rstrip("\n"),
        PARTIES + "\n,,\n",
        'id, name:en ,kind,note\n p-1 ,"One", press ,  \n',
        'id,name:en,name:hy,kind\np-1,"One",,press\n',
    ],
    ids=["plain", "bom", "crlf", "cr", "semicolon", "tab", "no-end", "blank", "spaces", "empty"],
)
def test_the_forms_that_spreadsheets_write_say_the_same(text: str) -> None:
    table = read(text)
    assert table.problems == ()
    (row,) = table.rows
    assert row.body == {"id": "p-1", "name": {"en": "One"}, "kind": "press"}


def test_cells_stay_text_as_it_stands_there() -> None:
    table = read('id,name:en,kind,note\nno,01,press,"a ""b"", c\r\nd"\n')
    assert table.rows[0].body == {
        "id": "no",
        "name": {"en": "01"},
        "kind": "press",
        "note": 'a "b", c\nd',
    }


def test_ids_in_one_cell_are_a_list() -> None:
    text = "id,title:en,kind,authors\ns,T,book,a; b ;;c\n"
    assert read(text, "sources.csv").rows[0].body["authors"] == ["a", "b", "c"]


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    text = 'id,name:en,kind,note\na,A,press,"two\nlines"\n\nb,B,press,\n'
    assert [row.row for row in read(text).rows] == [2, 4]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "parties.csv, row 1: is empty"),
        ("\n\n", "parties.csv, row 1: is empty"),
        ("id,name:en,kind\n", "parties.csv: holds no records"),
        ("id,name:en,kind,rank\n", "row 1, column rank: a party has no column 'rank'"),
        ("id,name:en,kind,kind\n", "row 1, column kind: column 'kind' is there twice"),
        ("id,name:en,name:en,kind\n", "column 'name:en' is there twice"),
        ("id,name:en,kind,\n", "row 1: column 4 has no name"),
        ("id,name,kind\n", "'name' is given by language or code (Name the columns name:en"),
        ("id,name:,kind\n", "a party has no column 'name:'"),
        ("id,name:en,kind:en\n", "a party has no column 'kind:en'"),
        ("id,name:en\n", "column 'kind' is missing"),
        ("id,kind\n", "column 'name:en' is missing"),
        ("id,name:en,kind\na,b\n", "row 2: has 2 cells where the header has 3"),
        ("id,name:en,kind\na,b,c,d\n", "row 2: has 4 cells where the header has 3"),
        (PARTIES + 'p-2,"Two,press\n', "row 3: cannot be read as CSV from here on"),
        (PARTIES + 'p-2,"Two"x,press\n', "row 3: cannot be read as CSV from here on"),
        ('id,"name:en,kind\n', "row 1: cannot be read as CSV from here on"),
        (PARTIES + "p-2," + "x" * 200_000 + ",press\n", "field larger than field limit"),
        (PARTIES + "p\x00,Two,press\n", "row 3: contains a NUL character"),
    ],
)
def test_what_is_wrong_with_a_csv_file_is_said_with_its_place(text: str, says: str) -> None:
    table = read(text)
    assert says in "\n".join(map(str, table.problems))


def test_all_rows_with_a_wrong_count_of_cells_are_named_and_the_others_read() -> None:
    table = read(PARTIES + "a,b\np-2,Two,press\nc\n")
    assert [problem.row for problem in table.problems] == [3, 5]
    assert [row.body["id"] for row in table.rows] == ["p-1", "p-2"]


def test_a_header_that_comes_again_is_no_record() -> None:
    table = read("id,name:en\nland,Land\nid,name:en\n", "places.csv")
    assert [str(problem) for problem in table.problems] == [
        "places.csv, row 3: is the header again (Delete it.)"
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (PARTIES.encode() + b"p-2,\xcc\xe0,press\n", "parties.csv, row 3: is not UTF-8: byte 34"),
        (PARTIES.encode("utf-16"), "is UTF-16, not UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 40, "is a spreadsheet file, not CSV"),
        (PARTIES.encode("utf-16-le"), "NUL"),
    ],
)
def test_another_encoding_is_refused_with_advice(content: bytes, says: str) -> None:
    assert says in only_problem(read_table("parties.csv", content))


def test_a_file_of_another_form_or_name_is_refused_with_advice() -> None:
    assert "is neither .csv nor .yaml" in only_problem(read_table("parties.xlsx", b"PK"))
    assert "Name it after one of: parties.csv" in only_problem(read_table("x.csv", b"id\n"))
    assert "its name does not say" in only_problem(read_table("x.yaml", b"- id: a\n"))
    assert "Leave this file out" in only_problem(read_table("data/items.csv", b"id\n"))


# --- YAML ---------------------------------------------------------------------------------------


def read_yaml(text: str) -> Table:
    return read(text, "parties.yaml")


def test_yaml_says_what_csv_says() -> None:
    (row,) = read_yaml("- id: p-1\n  name: {en: One, hy: ''}\n  kind: press\n  note:\n").rows
    assert row.body == read(PARTIES).rows[0].body


def test_yaml_holds_several_kinds_under_their_plurals() -> None:
    table = read(
        "parties:\n- {id: p, name: {en: P}, kind: press}\nplaces:\n- id: no\n  name: {en: 01}\n",
        "all.yaml",
    )
    assert [(row.kind, row.row, row.body["id"]) for row in table.rows] == [
        ("party", 2, "p"),
        ("place", 4, "no"),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("no", "no"),
        ("007", "007"),
        ("2020-01-01", "2020-01-01"),
        ("~", "~"),
        ("null", "null"),
        ("!!int 3", "3"),
        ("|\n    two\n    lines\n", "two\nlines"),
        ("'  spaces '", "spaces"),
    ],
)
def test_yaml_values_stay_text(value: str, expected: str) -> None:
    table = read_yaml(f"- id: p\n  note: {value}\n")
    assert table.rows[0].body["note"] == expected


@pytest.mark.parametrize("value", ["a; b", "[a, b]", "[a, '', ' b ']"])
def test_a_list_in_yaml_may_be_written_as_in_a_cell(value: str) -> None:
    row = read(f"- id: s\n  authors: {value}\n", "sources.yaml").rows[0]
    assert row.body["authors"] == ["a", "b"]


def test_the_line_of_each_column_is_kept() -> None:
    (row,) = read_yaml("# parties\n- id: p\n\n  kind: press\n").rows
    assert str(row.problem("odd", "kind")) == "parties.yaml, line 4, column kind: odd"
    assert str(row.problem("odd")) == "parties.yaml, line 2: odd"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "parties.yaml: holds no records"),
        ("[]", "holds no records"),
        ("# nothing\n", "holds no records"),
        ("just words", "line 1: should hold lists of records"),
        ("- a\n- [b]\n", "line 2: should be a record, column by column"),
        ("verdicts:\n- id: x\n", "line 1: 'verdicts' is no kind of records"),
        ("[a]: b\n", "is no kind of records"),
        ("- id: p\n  id: q\n", "line 2, column id: 'id' is there twice"),
        ("- note:\n  note: q\n", "line 2, column note: 'note' is there twice"),
        ("- name: {en: a, en: b}\n", "line 1, column name: should be text, a list of texts"),
        ("- name: {en: [a]}\n", "column name: should be text"),
        ("- name: [[a]]\n", "column name: should be text"),
        ("- [a, b]: c\n", "line 1: the name of a column should be text"),
        ("- id: p\n  kind: 'open\n", "cannot be read as YAML: found unexpected end of stream"),
        ("- id: p\n bad: x\n", "cannot be read as YAML"),
        ("--- a\n--- b\n", "cannot be read as YAML"),
        ("- id: &a p\n- id: *a\n", "line 2: cannot be read as YAML: it uses an alias (*name)"),
        ("- &a {id: p}\n- <<: *a\n", "it uses an alias"),
        ('- id: "\\UFFFFFFFF"\n', "cannot be read as YAML"),
        ("- id: p\n- id: \x01\n", "line 2: contains a control character"),
        ("- id: " + "[" * 5000, "is nested too deeply"),
    ],
)
def test_what_is_wrong_with_a_yaml_file_is_said_with_its_place(text: str, says: str) -> None:
    table = read_yaml(text)
    assert says in "\n".join(map(str, table.problems))


def test_a_bomb_of_aliases_is_refused_at_its_first_alias() -> None:
    lines = ["a0: &a0 [x, x, x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert "line 2" in only_problem(read_yaml("\n".join(lines)))


def test_tags_of_python_objects_are_text_like_all_else() -> None:
    (row,) = read_yaml("- id: !!python/object/apply:os.system ['x']\n").rows
    assert row.body["id"] == ["x"]
