import pytest

from stelae.statements.facts import DateFact, StatedDate
from stelae.statements.rules.agreement import agrees
from stelae.statements.text import Span
from stelae.values.dates import PartialDate


def _fact(start: StatedDate, end: StatedDate | None = None) -> DateFact:
    return DateFact(Span(0, 1), start, end)


@pytest.mark.parametrize(
    ("start", "end", "date", "is_so"),
    [
        (StatedDate(1990, 1, 13), None, "1990-01-13/1990-01-19", True),
        (StatedDate(1990, 1), None, "1990-01-13/1990-01-19", True),
        (StatedDate(1990, 1, 20), None, "1990-01-13/1990-01-19", False),
        (StatedDate(1989), None, "1990-01-13", False),
        (StatedDate(1990, 1, 20), StatedDate(1990, 1, 25), "1990-01-13/1990-01-19", False),
        # The ends of two intervals may agree although one seems to end before the other begins.
        (StatedDate(1990), StatedDate(1990, 1, 5), "1990-02/1990", True),
    ],
)
def test_words_agree_with_a_date_that_they_can_be(
    start: StatedDate, end: StatedDate | None, date: str, *, is_so: bool
) -> None:
    assert agrees(_fact(start, end), PartialDate.parse(date)) is is_so
