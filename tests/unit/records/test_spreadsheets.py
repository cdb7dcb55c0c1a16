from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from workbooks import workbook

from stelae.errors import ImportRefused
from stelae.records.sheets import ROW, Sheet, collect
from stelae.records.spreadsheets import open_spreadsheet, sheet_names
from stelae.values.digests import digest_of


def written(folder: Path, rows: Sequence[Sequence[object]], name: str = "a.xlsx") -> Path:
    path = folder / name
    path.write_bytes(workbook({"Sheet1": rows}))
    return path


def cells(sheet: Sheet) -> pl.DataFrame:
    return collect(sheet, sheet.rows)


def test_cells_are_the_text_that_people_see(tmp_path: Path) -> None:
    row = ["Aram", 7, 7.5, date(1931, 4, 9), True, None]
    path = written(tmp_path, [["a", "b", "c", "d", "e", "f"], row])
    found = cells(open_spreadsheet(path, path.name)).drop(ROW).row(0)
    assert found == ("Aram", "7", "7.5", "1931-04-09", "1", "")


def test_rows_are_counted_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = written(tmp_path, [["a"], ["x"], [None], ["y"]])
    assert cells(open_spreadsheet(path, path.name))[ROW].to_list() == [2, 4]


def test_rows_above_the_row_of_names_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, [["List of the dead"], [], ["a", "b"], ["x", "y"]])
    sheet = open_spreadsheet(path, path.name, header=3)
    assert sheet.columns == ("a", "b")
    assert cells(sheet).row(0) == (4, "x", "y")


def test_columns_without_a_name_are_called_by_their_place_and_dropped_when_empty(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, [["a", None, None, "d"], ["x", "y", None, "z"]])
    assert open_spreadsheet(path, path.name).columns == ("a", "column 2", "d")


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, [["a"], ["x"]])
    assert open_spreadsheet(path, path.name).digest == digest_of(path.read_bytes())


def test_one_of_several_sheets_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"People": [["a"], ["x"]], "Notes": [["b"], ["y"]], "Empty": []}))
    assert sheet_names(path, "a.xlsx") == ("People", "Notes")
    assert open_spreadsheet(path, "a.xlsx", "Notes").columns == ("b",)
    with pytest.raises(ImportRefused, match="several sheets: People, Notes"):
        open_spreadsheet(path, "a.xlsx")
    with pytest.raises(ImportRefused, match="no sheet 'People '"):
        open_spreadsheet(path, "a.xlsx", "People ")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([], "is empty"),
        ([[None, " "]], "names no columns|is empty"),
        ([["a", "a"], ["x", "y"]], "'a' is there twice"),
    ],
)
def test_sheets_without_a_sound_row_of_names_are_refused(
    tmp_path: Path, rows: list[list[object]], what: str
) -> None:
    path = written(tmp_path, rows)
    with pytest.raises(ImportRefused, match=what):
        open_spreadsheet(path, path.name)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 nonsense", b"\xd0\xcf\x11\xe0 nonsense", workbook({"a": []})[:-30]]
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match="cannot be read"):
        open_spreadsheet(path, path.name)
