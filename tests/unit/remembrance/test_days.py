import pytest

from stelae.errors import BadValue
from stelae.remembrance.days import (
    DayOfRemembrance,
    Occurrence,
    next_occurrence,
    occurrences,
)
from stelae.values.anniversaries import LeapDayPolicy, Undecided
from stelae.values.dates import Calendar, PartialDate
from stelae.values.days import Day, DaySpan
from stelae.values.month_days import MonthDay, parse_month_days


def day_of(
    text: str,
    *,
    calendar: Calendar = Calendar.GREGORIAN,
    since: str | None = None,
    until: str | None = None,
    leap_day: LeapDayPolicy | None = None,
) -> DayOfRemembrance:
    start, end = parse_month_days(text)
    return DayOfRemembrance(
        id="example",
        start=start,
        end=end,
        names=(("en", "Day of an example"), ("hy", "Օրինակի օր")),
        calendar=calendar,
        since=PartialDate(since) if since else None,
        until=PartialDate(until) if until else None,
        leap_day=leap_day,
    )


def years(first: int, last: int) -> DaySpan:
    return DaySpan(Day.from_gregorian(first, 1, 1), Day.from_gregorian(last, 12, 31))


def kept(day: DayOfRemembrance, within: DaySpan) -> list[tuple[str, str]]:
    found = []
    for occurrence in occurrences(day, within=within):
        assert isinstance(occurrence, Occurrence)
        found.append((str(occurrence.days.first), str(occurrence.days.last)))
    return found


def test_a_day_falls_once_a_year() -> None:
    assert kept(day_of("04-24"), years(2024, 2026)) == [
        ("2024-04-24", "2024-04-24"),
        ("2025-04-24", "2025-04-24"),
        ("2026-04-24", "2026-04-24"),
    ]


def test_a_range_keeps_all_its_days() -> None:
    assert kept(day_of("01-13/01-19"), years(2026, 2026)) == [("2026-01-13", "2026-01-19")]


def test_a_range_may_run_over_the_new_year() -> None:
    assert kept(day_of("12-28/01-02"), years(2026, 2026)) == [("2026-12-28", "2027-01-02")]


def test_a_julian_day_falls_on_its_gregorian_day() -> None:
    day = day_of("01-09/01-12", calendar=Calendar.JULIAN)
    assert kept(day, years(2026, 2026)) == [("2026-01-22", "2026-01-25")]
    assert kept(day, years(2101, 2101)) == [("2101-01-23", "2101-01-26")]


def test_an_old_style_december_falls_in_the_next_gregorian_year() -> None:
    day = day_of("12-25", calendar=Calendar.JULIAN)
    assert kept(day, years(2026, 2026)) == [("2026-01-07", "2026-01-07")]


def test_a_gregorian_year_may_miss_a_julian_day() -> None:
    day = day_of("12-18", calendar=Calendar.JULIAN)
    assert kept(day, years(2099, 2102)) == [
        ("2099-12-31", "2099-12-31"),
        ("2101-01-01", "2101-01-01"),
        ("2102-01-01", "2102-01-01"),
    ]
    assert kept(day, years(2100, 2100)) == []


def test_a_day_is_kept_from_its_instrument_on_and_until_it_ends() -> None:
    day = day_of("02-28", since="2005-06-16", until="2008")
    assert [first for first, _ in kept(day, years(2000, 2020))] == [
        "2006-02-28",
        "2007-02-28",
        "2008-02-28",
    ]
    assert [first for first, _ in kept(day_of("02-28", since="2005"), years(2004, 2006))] == [
        "2005-02-28",
        "2006-02-28",
    ]


def test_29_february_is_undecided_in_common_years() -> None:
    found = list(occurrences(day_of("02-29"), within=years(2024, 2026)))
    assert [type(occurrence) for occurrence in found] == [Occurrence, Undecided, Undecided]


@pytest.mark.parametrize(
    ("policy", "firsts"),
    [
        (LeapDayPolicy.FEB28, ["2024-02-29", "2025-02-28"]),
        (LeapDayPolicy.MAR1, ["2024-02-29", "2025-03-01"]),
        (LeapDayPolicy.LEAP_YEARS_ONLY, ["2024-02-29"]),
    ],
)
def test_29_february_is_kept_as_decided(policy: LeapDayPolicy, firsts: list[str]) -> None:
    found = kept(day_of("02-29", leap_day=policy), years(2024, 2025))
    assert [first for first, _ in found] == firsts


def test_a_julian_29_february_goes_by_julian_leap_years() -> None:
    day = day_of("02-29", calendar=Calendar.JULIAN, leap_day=LeapDayPolicy.LEAP_YEARS_ONLY)
    assert kept(day, years(1900, 1900)) == [("1900-03-13", "1900-03-13")]


def test_the_next_occurrence_begins_after_the_day_given() -> None:
    day = day_of("04-24")
    eve = next_occurrence(day, after=Day.from_gregorian(2026, 4, 23))
    same = next_occurrence(day, after=Day.from_gregorian(2026, 4, 24))
    assert isinstance(eve, Occurrence)
    assert isinstance(same, Occurrence)
    assert (eve.year, same.year) == (2026, 2027)


def test_the_next_29_february_may_be_eight_years_away() -> None:
    day = day_of("02-29", leap_day=LeapDayPolicy.LEAP_YEARS_ONLY)
    found = next_occurrence(day, after=Day.from_gregorian(2096, 2, 29))
    assert isinstance(found, Occurrence)
    assert str(found.days.first) == "2104-02-29"


def test_the_next_occurrence_of_a_day_not_yet_kept_is_its_first() -> None:
    found = next_occurrence(day_of("12-09", since="2015"), after=Day.from_gregorian(1900, 1, 1))
    assert isinstance(found, Occurrence)
    assert str(found.days.first) == "2015-12-09"


def test_a_day_no_longer_kept_has_no_next_occurrence() -> None:
    day = day_of("04-24", until="2000")
    assert next_occurrence(day, after=Day.from_gregorian(2026, 1, 1)) is None


def test_a_name_is_given_in_the_language_asked_or_as_its_observers_say() -> None:
    day = day_of("04-24")
    assert day.name_in("hy") == ("hy", "Օրինակի օր")
    assert day.name_in("ru") == ("en", "Day of an example")


@pytest.mark.parametrize("names", [(), (("en", " "),), (("en", "a\x07b"),)])
def test_a_day_needs_a_printable_name(names: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(BadValue):
        DayOfRemembrance("example", MonthDay(4, 24), MonthDay(4, 24), names)


def test_a_day_is_kept_on_the_very_day_on_which_it_was_established() -> None:
    assert kept(day_of("04-24", since="2015-04-24"), years(2015, 2015)) == [
        ("2015-04-24", "2015-04-24")
    ]
    assert kept(day_of("04-24", until="2015-04-24"), years(2015, 2015)) == [
        ("2015-04-24", "2015-04-24")
    ]
