from pathlib import Path

import polars as pl
import pytest

from stelae.errors import ImportRefused
from stelae.records.sheets import ROW, Form, Sheet, collect, open_sheet
from stelae.values.digests import digest_of


def opened(folder: Path, content: bytes, form: Form | None = None, name: str = "a.csv") -> Sheet:
    path = folder / name
    path.write_bytes(content)
    return open_sheet(path, name, form or Form())


def rows(sheet: Sheet) -> list[tuple[object, ...]]:
    return collect(sheet, sheet.rows).rows()


def test_cells_are_text_with_the_row_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    sheet = opened(tmp_path, b'a,b\n 01 ,"x\ny"\n\n,\nno,2\n')
    assert sheet.columns == ("a", "b")
    assert rows(sheet) == [(2, "01", "x\ny"), (5, "no", "2")]


def test_names_with_signs_of_patterns_are_names(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, b"a\nx\n", name="a[1]*.csv")) == [(2, "x")]
    path = tmp_path / "b[1]*.parquet"
    pl.DataFrame({"a": ["x"]}).write_parquet(path)
    assert rows(open_sheet(path, path.name)) == [(2, "x")]


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    content = "а;б\nщ;\u0491\n".encode("cp1251")
    sheet = opened(tmp_path, content, Form(encoding="cp1251"))
    assert (sheet.columns, rows(sheet)) == (("а", "б"), [(2, "щ", "\u0491")])
    assert sheet.digest == digest_of(content)


def test_bytes_that_are_not_of_the_encoding_are_named_by_their_row(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"row 3: is not cp1252: byte 5"):
        opened(tmp_path, b"a\nb\nc\x81\n", Form(encoding="cp1252"))
    with pytest.raises(ImportRefused, match="NUL"):
        opened(tmp_path, b"a\nb\x00\n", Form(encoding="latin-1"))


def test_the_row_of_names_may_be_a_later_one(tmp_path: Path) -> None:
    form = Form(header=3)
    assert rows(opened(tmp_path, b"Title\n\na,b\n1,2\n", form)) == [(4, "1", "2")]
    ragged = opened(tmp_path, b"Title\n\na,b\n1,2\n3\n", form)
    assert [problem.row for problem in ragged.faults] == [5]


def test_columns_without_a_name_are_refused_or_called_by_their_place(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="column 2 has no name"):
        opened(tmp_path, b"a,\n1,2\n")
    assert opened(tmp_path, b"a,\n1,2\n", Form(unnamed=True)).columns == ("a", "column 2")


@pytest.mark.parametrize("heading", ["*", "^a.*$"])
def test_names_that_stand_for_other_columns_are_refused(tmp_path: Path, heading: str) -> None:
    with pytest.raises(ImportRefused, match="cannot be the name of a column"):
        opened(tmp_path, f"a,{heading}\n1,2\n".encode())


def test_a_separator_may_be_named(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, b"a^b\n1,5^2\n", Form(separator="^"))) == [(2, "1,5", "2")]


def test_a_hidden_column_holds_the_rows(tmp_path: Path) -> None:
    sheet = opened(tmp_path, b"a\nx\n")
    assert sheet.rows.collect_schema().names() == [ROW, "a"]
