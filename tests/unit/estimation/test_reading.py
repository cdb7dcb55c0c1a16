from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest

from stelae.errors import ImportRefused, Problem
from stelae.estimation.histories import CaptureHistories, Replicate
from stelae.estimation.reading import Reading, Wanted, read_histories
from stelae.values.digests import digest_of

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "estimation"
Read: TypeAlias = Callable[..., Reading]
Refuse: TypeAlias = Callable[..., list[tuple[int | None, str | None, str]]]

OVERLAPS = "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,10\n1,0,1,6\n0,1,1,5\n1,1,1,2\n"
COUNTS = {1: 40, 2: 30, 4: 20, 3: 10, 5: 6, 6: 5, 7: 2}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes one file and reads it."""

    def read(content: str | bytes, name: str = "lists.csv", **wanted: object) -> Reading:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_histories([path], Wanted(**wanted))  # type: ignore[arg-type]  # by keyword

    return read


@pytest.fixture
def refused(read: Read) -> Refuse:
    """Row, column and message of everything that is wrong with one file."""

    def refused(content: str | bytes, **wanted: object) -> list[tuple[int | None, str | None, str]]:
        with pytest.raises(ImportRefused) as caught:
            read(content, **wanted)
        problems: tuple[Problem, ...] = caught.value.problems
        assert {problem.file for problem in problems} == {"lists.csv"}
        return [(problem.row, problem.column, problem.what) for problem in problems]

    return refused


# --- what is read ------------------------------------------------------------------------------


def test_overlap_counts_are_read_with_the_digest_of_their_file(read: Read) -> None:
    table = read(OVERLAPS).tables[0]
    assert table == CaptureHistories.of(
        "ABC", COUNTS, inputs={"lists.csv": digest_of(OVERLAPS.encode())}
    )


@pytest.mark.parametrize("name", ["count", "Count", "Freq", "freq", "n"])
def test_the_column_of_counts_has_several_names(read: Read, name: str) -> None:
    assert dict(read(OVERLAPS.replace("count", name)).tables[0]) == COUNTS


def test_another_column_of_counts_can_be_named(read: Read) -> None:
    assert dict(read(OVERLAPS.replace("count", "people"), count="people").tables[0]) == COUNTS


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n1,1,0", "\n\n1,1,0") + "\n,,,\n",
        lambda text: text.replace("1,1,0,10", '"1", 1 ,0.0,"10.0"'),
        lambda text: text + "0,0,0,0\n",
    ],
    ids=["semicolon", "tab", "crlf", "bom", "no last end", "blank", "quoted", "all-zero, nobody"],
)
def test_what_spreadsheets_do_to_a_file_changes_nothing(
    read: Read, change: Callable[[str], str]
) -> None:
    assert dict(read(change(OVERLAPS)).tables[0]) == COUNTS


def test_persons_are_counted(read: Read) -> None:
    rows = "id,A,B\n" + "p,1,0\n" * 3 + "q,1,1\n" * 2 + "r,0,1\n"
    found = read(rows)
    assert dict(found.tables[0]) == {1: 3, 2: 1, 3: 2}
    assert "lists.csv: one row a person; lists: A, B." in found.notes
    assert "lists.csv: not used: column id." in found.notes


def test_columns_tell_strata_and_replicates_apart(read: Read) -> None:
    rows = "region,imputation,draw,A,B\nn,0,5,1,0\ns,0,5,1,1\nn,1,5,0,1\ns,1,5,1,0\n"
    found = read(rows, by=("region",))
    places = [(table.stratum, table.replicate) for table in found.tables]
    assert places == [
        ({"region": "n"}, Replicate(0, 5)),
        ({"region": "n"}, Replicate(1, 5)),
        ({"region": "s"}, Replicate(0, 5)),
        ({"region": "s"}, Replicate(1, 5)),
    ]


def test_a_column_that_is_no_list_is_left_out_and_said(read: Read) -> None:
    found = read("A,B,Freq,trueN\n1,0,5,99\n0,1,4,99\n1,1,3,99\n")
    assert found.tables[0].lists == ("A", "B")
    assert "lists.csv: not used: column trueN." in found.notes


def test_lists_can_be_chosen_and_who_is_on_none_is_said(read: Read) -> None:
    found = read(OVERLAPS, lists=("B", "A"))
    assert found.tables[0].lists == ("B", "A")
    assert dict(found.tables[0]) == {1: 35, 2: 46, 3: 12}
    assert any("on none of the lists chosen: 20 people" in note for note in found.notes)


def test_a_column_named_as_a_list_is_no_column_of_counts(read: Read) -> None:
    assert dict(read("n,A\n1,0\n1,0\n0,1\n1,1\n", lists=("n", "A")).tables[0]) == {1: 2, 2: 1, 3: 1}


def test_several_files_are_strata(tmp_path: Path) -> None:
    for name in ("north.csv", "south.csv"):
        (tmp_path / name).write_text(OVERLAPS)
    found = read_histories([tmp_path / "north.csv", tmp_path / "south.csv"])
    assert [table.stratum for table in found.tables] == [
        {"file": "north.csv"},
        {"file": "south.csv"},
    ]
    assert [list(table.inputs) for table in found.tables] == [["north.csv"], ["south.csv"]]


def test_files_of_one_name_are_told_apart_by_their_path(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "lists.csv" for folder in ("north", "south")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(OVERLAPS)
    strata = [table.stratum["file"] for table in read_histories(paths).tables]
    assert strata == [path.as_posix() for path in paths]


@pytest.mark.parametrize(
    "columns",
    [
        {"A": [True, True, False], "B": [False, True, True], "count": [5, 3, 4]},
        {"A": [1.0, 1.0, 0.0], "B": [0.0, 1.0, 1.0], "count": [5.0, 3.0, 4.0]},
        {"A": ["1", "1", "0"], "B": ["0", "1", "1"], "count": ["5", "3", "4"]},
        {"A": [1, 1, 0], "B": [0, 1, 1], "count": [5, 3, 4], "notes": [[1], [2], []]},
    ],
    ids=["booleans", "floats", "texts", "nested column"],
)
def test_parquet_is_read_as_csv_is(tmp_path: Path, columns: dict[str, list[object]]) -> None:
    path = tmp_path / "lists.parquet"
    pl.DataFrame(columns).write_parquet(path)
    table = read_histories([path]).tables[0]
    assert dict(table) == {1: 5, 2: 4, 3: 3}
    assert table.inputs == {"lists.parquet": digest_of(path.read_bytes())}


def test_faults_in_parquet_have_rows_too(tmp_path: Path) -> None:
    path = tmp_path / "lists.parquet"
    pl.DataFrame({"A": [1, 0, None], "B": [0, 1, 1], "count": [5, -4, 3]}).write_parquet(path)
    with pytest.raises(ImportRefused) as caught:
        read_histories([path])
    assert [(p.row, p.column, p.what) for p in caught.value.problems] == [
        (3, "count", "'-4' is negative"),
        (4, "A", "is missing"),
    ]


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data/estimation is absent")
@pytest.mark.parametrize(
    ("name", "lists", "observed"),
    [
        ("kosovo_1999.csv", 4, 4400),
        ("uk_2013_6lists.csv", 6, 2744),
        ("netherlands_2010_15_5lists.csv", 5, 8234),
        ("new_orleans_2016_8lists.csv", 8, 185),
        ("madigan_york_5lists.csv", 5, 537),
        ("korea_palembang.csv", 3, 123),
        ("sim_L7_n1000.csv", 7, 1000),
    ],
)
def test_published_tables_are_read_whole(name: str, lists: int, observed: int) -> None:
    table = read_histories([DATA / name]).tables[0]
    assert len(table.lists) == lists
    assert table.observed == pytest.approx(observed, rel=0.06)


# --- what is refused ---------------------------------------------------------------------------


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_rows(refused: Refuse) -> None:
    rows = "A,B,count\n1,0,5\n0,1,-3\n1,1,2.5\n\n1,0,7\n0,0,4\n2,1,1\n1,1\n1,,1\n0,1,1,1\n"
    assert refused(rows) == [
        (3, "count", "'-3' is negative"),
        (4, "count", "'2.5' is no whole number"),
        (6, None, "repeats the history 1,0 of row 2"),
        (7, None, "is on no list, so nobody can have observed it"),
        (8, "A", "'2' is neither 0 nor 1"),
        (9, None, "has 2 cells where the header has 3"),
        (10, "B", "is missing"),
        (11, None, "has 4 cells where the header has 3"),
    ]


def test_every_file_is_told_of(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("A,B,count\n1,0,x\n1,1,2\n")
    with pytest.raises(ImportRefused) as caught:
        read_histories([tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "one.csv"])
    assert [(p.file, p.what) for p in caught.value.problems] == [
        ("one.csv", "'x' is no whole number"),
        ("two.csv", "'x' is no whole number"),
        ("one.csv", "is given twice"),
    ]


@pytest.mark.parametrize(
    ("content", "row", "column", "what"),
    [
        (b"", 1, None, "is empty"),
        (b"\n\n", 1, None, "is empty"),
        (b"\n1,2\n", 1, None, "is empty"),
        (b"A,B,count\n", 2, None, "holds no rows"),
        (b"A,B,count\n,,\n", 2, None, "holds no rows"),
        (b"A,A,count\n1,0,2\n", 1, "A", "column 'A' is there twice"),
        (b"A,,count\n1,0,2\n", 1, None, "column 2 has no name"),
        (b"A,count\n1,4\n", 1, None, "has 1 list: A"),
        (b"name,count\nx,4\n", 1, None, "has no lists"),
        (b"PK\x03\x04rest", None, None, "is a spreadsheet file, not CSV"),
        (b"\xff\xfeA\x00", None, None, "is UTF-16, not UTF-8"),
        (b"A,B,count\n1,0,2\n1,1,\xff\n", 3, None, "is not UTF-8: byte 20 cannot be read"),
        (b"A,B,count\n1,0,\x00\n", 2, None, "contains a NUL character"),
        (b"A,B,count\r1,0,5\r", 1, None, "ends its rows as old Macintosh files do"),
        (b'A,B,count\n1,"0,5\n', 2, None, "cannot be read as CSV from here on"),
        (b"PAR1 but no Parquet", None, None, "cannot be read"),
        (b"A,B,count\n1,0,0\n0,1,0\n1,1,0\n", None, None, "holds nobody"),
        (b"A,B,C,count\n1,0,0,4\n0,1,0,5\n", None, "C", "is a list that holds nobody"),
        (b"A,B,C,count\n1,0,1,4\n1,1,0,5\n", None, "A", "is a list that holds everybody"),
        (b"A,B,count\n1,0,9999999999999999\n", 2, "count", "'9999999999999999' is no whole"),
    ],
)
def test_a_file_that_cannot_be_is_refused(
    refused: Refuse, content: bytes, row: int | None, column: str | None, what: str
) -> None:
    found = refused(content)
    assert any((at, name) == (row, column) and text.startswith(what) for at, name, text in found), (
        found
    )


def test_more_than_thirty_lists_are_refused(refused: Refuse) -> None:
    header = ",".join(f"L{j}" for j in range(31))
    rows = "\n".join(",".join(str(int(i == j)) for j in range(31)) for i in range(31))
    assert refused(f"{header}\n{rows}\n") == [(1, None, "has 31 lists, more than 30")]


def test_persons_with_faults_are_each_named_by_their_row(refused: Refuse) -> None:
    rows = "A,B\n1,0\n0,0\n1,1\n0,0\n1,x\n0,1\n1,x\n"
    assert [(row, column) for row, column, _ in refused(rows)] == [
        (3, None),
        (5, None),
        (6, "B"),
        (8, "B"),
    ]


def test_very_many_faults_are_counted_and_the_first_listed(refused: Refuse) -> None:
    found = refused("A,B\n1,1\n" + "0,0\n" * 1000)
    assert len(found) == 201
    assert found[0] == (None, None, "has 800 more rows with faults in their cells")


def test_a_missing_stratum_is_refused(refused: Refuse) -> None:
    assert refused("region,A,B\nn,1,0\n,1,1\n", by=("region",)) == [(3, "region", "is missing")]


def test_unknown_columns_are_named_with_those_there_are(read: Read) -> None:
    with pytest.raises(ImportRefused, match=r"column province: there is no such column .*There"):
        read(OVERLAPS, by=("province",))


def test_a_column_is_one_thing(refused: Refuse) -> None:
    assert refused(OVERLAPS, lists=("A", "B"), by=("A",)) == [(1, "A", "is named for two purposes")]


def test_a_repeated_history_asks_for_the_column_that_tells_them_apart(read: Read) -> None:
    with pytest.raises(ImportRefused, match="--by region"):
        read("region,A,B,count\nn,1,0,5\ns,1,0,4\nn,1,1,3\n")


def test_a_named_list_with_other_cells_is_refused(refused: Refuse) -> None:
    found = refused("A,B,age\n1,0,30\n1,1,40\n", lists=("A", "B", "age"))
    assert (2, "age", "'30' is neither 0 nor 1") in found


def test_strata_for_what_is_no_linkage_are_refused(tmp_path: Path) -> None:
    for name in ("lists.csv", "strata.csv"):
        (tmp_path / name).write_text(OVERLAPS)
    with pytest.raises(ImportRefused, match="holds no clusters"):
        read_histories([tmp_path / "lists.csv"], strata=tmp_path / "strata.csv")
