import pytest

from stelae.errors import BadValue
from stelae.values.anniversaries import (
    Anniversary,
    LeapDayPolicy,
    NotKept,
    Undecided,
    anniversary,
    anniversary_in,
    anniversary_of_day,
    which_anniversary,
)
from stelae.values.dates import Calendar, PartialDate
from stelae.values.days import Day


@pytest.mark.parametrize(
    ("text", "year", "number", "first", "last"),
    [
        ("1990-01-13", 2020, 30, "2020-01-13", "2020-01-13"),
        ("1990-01-13/1990-01-19", 2020, 30, "2020-01-13", "2020-01-19"),
        ("1990", 2020, 30, "2020-01-01", "2020-12-31"),
        ("1988-02", 2019, 31, "2019-02-01", "2019-02-28"),
        ("1987-02", 2020, 33, "2020-02-01", "2020-02-29"),
        ("1990-33", 2020, 30, "2020-01-01", "2020-03-31"),
        ("1990-25", 2020, 30, "2020-03-01", "2020-06-21"),
        ("[1990-01-12,1990-01-13]", 2020, 30, "2020-01-12", "2020-01-13"),
        ("1918-05~", 2018, 100, "2018-05-01", "2018-05-31"),
        ("1919-12-24/1920-03-22", 2020, 101, "2020-12-24", "2021-03-22"),
        ("1918-01-22/..", 2018, 100, "2018-01-22", "2018-01-22"),
        ("1988-02-29", 2020, 32, "2020-02-29", "2020-02-29"),
    ],
)
def test_a_year_brings_an_anniversary(
    text: str, year: int, number: int, first: str, last: str
) -> None:
    date = PartialDate(text)
    found = anniversary_in(date, year)
    assert isinstance(found, Anniversary)
    assert found.number == number == which_anniversary(date, year)
    assert (str(found.days.first), str(found.days.last)) == (first, last)
    assert found.old_style is None
    assert anniversary(date, number) == found


def test_a_julian_date_is_kept_by_the_converted_day_and_both_are_shown() -> None:
    date = PartialDate("1918-01-09/1918-01-12", Calendar.JULIAN)
    found = anniversary_in(date, 2020)
    assert isinstance(found, Anniversary)
    assert (str(found.days.first), str(found.days.last)) == ("2020-01-22", "2020-01-25")
    assert found.old_style == ((2020, 1, 9), (2020, 1, 12))


def test_an_old_style_december_counts_from_its_new_style_year() -> None:
    assert which_anniversary(PartialDate("1917-12-25", Calendar.JULIAN), 2018) == 100


def test_after_2100_the_old_style_day_of_an_anniversary_moves() -> None:
    found = anniversary_in(PartialDate("1918-01-09", Calendar.JULIAN), 2118)
    assert isinstance(found, Anniversary)
    assert str(found.days.first) == "2118-01-22"
    assert found.old_style == ((2118, 1, 8), (2118, 1, 8))


def test_29_february_asks_in_common_years() -> None:
    date = PartialDate("1988-02-29")
    found = anniversary_in(date, 2019)
    assert isinstance(found, Undecided)
    for policy in LeapDayPolicy:
        assert policy.value in found.reason


@pytest.mark.parametrize(
    ("policy", "kept"),
    [(LeapDayPolicy.FEB28, "2019-02-28"), (LeapDayPolicy.MAR1, "2019-03-01")],
)
def test_29_february_is_kept_as_its_observers_say(policy: LeapDayPolicy, kept: str) -> None:
    found = anniversary_in(PartialDate("1988-02-29"), 2019, leap_day=policy)
    assert isinstance(found, Anniversary)
    assert str(found.days.first) == str(found.days.last) == kept


def test_29_february_may_be_kept_in_leap_years_only() -> None:
    policy = LeapDayPolicy.LEAP_YEARS_ONLY
    date = PartialDate("1988-02-29")
    assert isinstance(anniversary_in(date, 2019, leap_day=policy), NotKept)
    assert isinstance(anniversary_in(date, 2020, leap_day=policy), Anniversary)


def test_an_interval_that_ends_on_29_february_asks_too() -> None:
    date = PartialDate("[1988-02-29,1988-03-01]")
    assert isinstance(anniversary_in(date, 2019), Undecided)
    assert isinstance(anniversary_in(PartialDate("1988-02-27/1988-02-29"), 2019), Undecided)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1916,1917]", "from 1916 to 1917"),
        ("198X", "from 1980 to 1989"),
        ("1990/199X", "199X is not known"),
        ("../1918", "began"),
        ("/1918", "began"),
        ("[1918..]", "not known"),
        ("{1917,1918}", "one by one"),
        ("1990-24", "from 1989 to 1991"),
    ],
)
def test_a_date_without_one_known_year_has_no_numbered_anniversary(text: str, reason: str) -> None:
    found = anniversary_in(PartialDate(text), 2020)
    assert isinstance(found, Undecided)
    assert reason in found.reason


@pytest.mark.parametrize("year", [1989, 1990])
def test_no_anniversary_before_the_first(year: int) -> None:
    found = which_anniversary(PartialDate("1990-01-13"), year)
    assert isinstance(found, NotKept)
    assert "1991" in found.reason


def test_anniversaries_are_numbered_from_one() -> None:
    with pytest.raises(BadValue, match="number 0"):
        anniversary(PartialDate("1990"), 0)


def test_a_day_of_the_year_is_kept_in_its_own_calendar() -> None:
    assert anniversary_of_day(4, 24, 2021) == Day.from_gregorian(2021, 4, 24)
    julian = anniversary_of_day(2, 29, 1900, calendar=Calendar.JULIAN)
    assert julian == Day.from_gregorian(1900, 3, 13)
    assert isinstance(anniversary_of_day(2, 29, 1900), Undecided)
