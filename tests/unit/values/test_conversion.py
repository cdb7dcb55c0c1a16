import pytest

from stelae.values.conversion import converted
from stelae.values.dates import Calendar, PartialDate


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1918-01-09", "1918-01-22"),
        ("1917-12-25", "1918-01-07"),
        ("1918-01-09/1918-01-12", "1918-01-22/1918-01-25"),
        ("1918-03-18?", "1918-03-31?"),
        ("1918-02", "[1918-02-14..1918-03-13]"),
        ("[1918-09-01,1918-09-02]", "[1918-09-14,1918-09-15]"),
        ("{1918-09-01..1918-09-03}", "{1918-09-14..1918-09-16}"),
        ("1918-01-09/..", "1918-01-22/.."),
        ("/1918-01-09", "/1918-01-22"),
        ("[..1918-01-09]", "[..1918-01-22]"),
    ],
)
def test_a_date_is_rewritten_in_the_other_calendar(old: str, new: str) -> None:
    date = PartialDate(old, Calendar.JULIAN)
    found = converted(date, Calendar.GREGORIAN)
    assert found == PartialDate(new)
    assert (found.earliest, found.latest) == (date.earliest, date.latest)


def test_a_date_already_in_the_calendar_is_itself() -> None:
    date = PartialDate("15XX-12-25")
    assert converted(date, Calendar.GREGORIAN) is date


@pytest.mark.parametrize("text", ["15XX-12-25", "Y17000", "[1918,15XX-12-25]", "9999", "{XXXX}"])
def test_what_the_other_calendar_cannot_write_is_none(text: str) -> None:
    assert converted(PartialDate(text, Calendar.JULIAN), Calendar.GREGORIAN) is None
