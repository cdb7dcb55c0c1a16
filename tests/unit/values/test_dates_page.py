"""Every example of docs/formats/dates.md is true."""

from pathlib import Path

import pytest

from stelae.errors import BadValue
from stelae.values.date_display import format_date
from stelae.values.dates import Calendar, Edge, PartialDate
from stelae.values.days import Day

PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats" / "dates.md"


def rows(*headers: str) -> list[list[str]]:
    """The rows of every table of the page whose header begins with one of these."""
    found: list[list[str]] = []
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif cells[0] in headers:
            inside = True
        elif inside and set(cells[0]) != {"-"}:
            found.append(cells)
    return found


def bound(day: Day | None, edge: Edge) -> str:
    return str(day) if day is not None else edge.value


def test_the_page_has_examples_of_each_kind() -> None:
    assert len(rows("EDTF")) > 30
    assert len(rows("EDTF (Julian)")) > 3
    assert len(rows("text")) > 5


@pytest.mark.parametrize(
    ("calendar", "example"),
    [
        *((Calendar.GREGORIAN, row) for row in rows("EDTF")),
        *((Calendar.JULIAN, row) for row in rows("EDTF (Julian)")),
    ],
)
def test_an_example_means_and_reads_what_the_page_says(
    calendar: Calendar, example: list[str]
) -> None:
    text, earliest, latest, english = example
    date = PartialDate.parse(text, calendar=calendar)
    assert str(date) == text
    assert bound(date.earliest, date.start_edge) == earliest
    assert bound(date.latest, date.end_edge) == latest
    assert format_date(date, "en") == english


@pytest.mark.parametrize(("text", "why"), rows("text"))
def test_what_the_page_says_is_refused_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadValue, match=why):
        PartialDate.parse(text)
