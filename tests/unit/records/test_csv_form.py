import pytest

from stelae.records.csv_form import delimiter, foreign_form, ragged


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"PK\x03\x04", "is a spreadsheet file, not CSV"),
        (b"\xd0\xcf\x11\xe0", "is a spreadsheet file, not CSV"),
        (b"\xff\xfeA\x00", "is UTF-16, not UTF-8"),
    ],
)
def test_what_is_no_csv_is_named(head: bytes, what: str) -> None:
    problem = foreign_form("a.csv", head)
    assert problem is not None
    assert problem.what == what
    assert "CSV UTF-8" in (problem.hint or "")


def test_text_may_be_csv() -> None:
    assert foreign_form("a.csv", b"A,B\n") is None


@pytest.mark.parametrize(
    ("header", "separator"), [("a,b;c", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("a", ",")]
)
def test_the_header_tells_the_separator(header: str, separator: str) -> None:
    assert delimiter(f"{header}\n;;;;;,,,,,\t\t\t\t") == separator


def test_a_ragged_row_has_its_place() -> None:
    assert str(ragged("a.csv", 7, 2, 3)).startswith(
        "a.csv, row 7: has 2 cells where the header has 3"
    )
