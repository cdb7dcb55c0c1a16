from datetime import date

import polars as pl
import pytest
from compared_values import date_columns, every_level, word

from stelae.linkage.comparisons.dates import DateComparison

DATES = DateComparison("d")


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1931-05-13", "1931-05-13", "the same day"),
        ("1931-01-01", "1931-01-01", "the same day, a 1 January, which often stands for a year"),
        ("1915-04-24", "1915-05-07", "the same day in the old style and in the new"),
        ("1890-04-24", "1890-05-06", "the same day in the old style and in the new"),
        ("1931-05-03", "1931-03-05", "day and month swapped"),
        ("1931-05-13", "1937-05-13", "one digit differs"),
        ("1931-05-13", "1913-05-13", "one digit differs"),
        ("1931-05-13", year(1931), "the same year, one gives no day"),
        ("1931-05-13", "1931-01-01", "the same year, one gives no day"),
        ("1931-05-13", (date(1930, 1, 1), date(1935, 12, 31)), "ranges overlap"),
        ("1931-05-13", "1937-06-13", "two digits differ"),
        ("1931-05-13", "1931-12-28", "the same year, another day"),
        ("1931-05-13", "1932-12-28", "one or two years apart"),
        ("1931-05-13", "1940-12-28", "three to ten years apart"),
        ("1931-05-13", "1972-12-28", "more than ten years apart"),
        (year(1931), year(1932), "one or two years apart"),
        (year(1931), year(1938), "three to ten years apart"),
        (year(1931), year(1960), "more than ten years apart"),
        (year(1931), year(1931), "the same year, one gives no day"),
    ],
)
def test_two_dates_reach_the_level_of_what_went_wrong(
    left: str | tuple[date, date], right: str | tuple[date, date], level: str
) -> None:
    assert word(DATES, date_columns(left, right)) == level


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1599-12-21", "1599-12-31"),  # ten days until March 1700
        ("1750-06-01", "1750-06-12"),
        ("1850-06-01", "1850-06-13"),
        ("1900-02-01", "1900-02-13"),  # twelve days still, until March
        ("1910-06-01", "1910-06-14"),
    ],
)
def test_the_calendars_drift_apart_by_a_day_a_century(old: str, new: str) -> None:
    level = word(DATES, date_columns(old, new))
    assert level == "the same day in the old style and in the new"


def test_ten_days_apart_in_a_century_of_thirteen_is_no_other_calendar() -> None:
    level = word(DATES, date_columns("1931-05-18", "1931-05-28"))
    assert level == "one digit differs"
    assert word(DATES, date_columns("1931-05-08", "1931-05-19")) != (
        "the same day in the old style and in the new"
    )


def test_misprints_that_are_no_days_are_compared_as_digits() -> None:
    assert word(DATES, date_columns("1931-02-31", "1931-02-31")) == "the same day"
    assert word(DATES, date_columns("1931-02-31", "1931-02-30")) == "one digit differs"
    assert word(DATES, date_columns("1931-02-31", "1902-11-30")) == "more than ten years apart"


def test_a_misprint_and_a_range_share_no_digits() -> None:
    columns = date_columns("1931-02-31", year(1931))
    assert word(DATES, columns) == "more than ten years apart"


def test_open_ranges_overlap_nothing_that_is_known() -> None:
    columns = date_columns((None, date(1931, 1, 1)), "1930-05-05")
    found = every_level(DATES, pl.DataFrame(columns))
    assert 0 <= found.min() <= found.max() < len(DATES.levels)
