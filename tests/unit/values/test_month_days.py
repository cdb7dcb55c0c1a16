import pytest

from stelae.errors import BadValue
from stelae.values.month_days import MonthDay, parse_month_days


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("04-24", (4, 24), (4, 24)),
        ("--04-24", (4, 24), (4, 24)),
        ("01-09/01-12", (1, 9), (1, 12)),
        ("12-28/01-02", (12, 28), (1, 2)),
        ("02-29", (2, 29), (2, 29)),
    ],
)
def test_days_of_the_year_are_read(text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    assert parse_month_days(text) == (MonthDay(*start), MonthDay(*end))


@pytest.mark.parametrize(
    "text", ["", "4-24", "24 April", "02-30", "13-01", "00-01", "a/b", "04-24/", "٠٤-٢٤"]
)
def test_what_is_no_day_of_the_year_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_month_days(text)
    assert refusal.value.hint
