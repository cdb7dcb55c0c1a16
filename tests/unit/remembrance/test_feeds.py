"""Feeds are checked by reading them back with icalendar."""

import datetime
from dataclasses import replace

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # no stubs are installed
from icalendar import Calendar as ICalendar
from icalendar import Event

from stelae.errors import BadValue
from stelae.remembrance.days import DayOfRemembrance
from stelae.remembrance.feeds import FeedSettings, calendar_feed, event_uid
from stelae.values.anniversaries import LeapDayPolicy
from stelae.values.dates import Calendar, PartialDate
from stelae.values.month_days import parse_month_days

SETTINGS = FeedSettings(
    origin="log.example.org/dossier",
    language="en",
    title="Days of remembrance",
    stamp=datetime.datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=datetime.UTC),
    first_year=2026,
    years=3,
    source="https://example.org/days",
)


def day_of(text: str, key: str = "example") -> DayOfRemembrance:
    start, end = parse_month_days(text)
    return DayOfRemembrance(
        id=key,
        start=start,
        end=end,
        names=(("en", "Day of an example"), ("hy", "Օրինակի օր")),
        observers=("Example Council", "Example Society; north"),
        since=PartialDate("1965"),
        instrument="Law 1 of 1965",
    )


def events(*days: DayOfRemembrance, settings: FeedSettings = SETTINGS) -> list[Event]:
    feed = ICalendar.from_ical(calendar_feed(days, settings))
    assert isinstance(feed, ICalendar)
    return list(feed.events)


def one_event(day: DayOfRemembrance, settings: FeedSettings = SETTINGS) -> Event:
    (event,) = events(day, settings=settings)
    return event


def start(event: Event) -> datetime.date:
    assert isinstance(event.DTSTART, datetime.date)
    return event.DTSTART


def end(event: Event) -> datetime.date:
    assert isinstance(event.DTEND, datetime.date)
    return event.DTEND


def test_a_day_is_one_whole_day_that_recurs_each_year() -> None:
    event = one_event(day_of("04-24"))
    assert start(event) == datetime.date(1965, 4, 24)
    assert end(event) == datetime.date(1965, 4, 25)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["RRULE"].to_ical() == b"FREQ=YEARLY"


def test_the_end_of_a_range_is_the_day_after() -> None:
    event = one_event(day_of("01-13/01-19"))
    assert end(event) - start(event) == datetime.timedelta(days=7)
    assert "RRULE" in event


def test_a_day_without_a_beginning_starts_with_the_feed() -> None:
    assert start(one_event(replace(day_of("04-24"), since=None))).year == 2026


def test_a_day_established_after_its_date_starts_the_next_year() -> None:
    day = replace(day_of("02-28"), since=PartialDate("2005-06-16"))
    assert start(one_event(day)) == datetime.date(2006, 2, 28)


def test_a_day_no_longer_kept_ends() -> None:
    event = one_event(replace(day_of("04-24"), until=PartialDate("2010")))
    assert event["RRULE"].to_ical() == b"FREQ=YEARLY;UNTIL=20101231"


def test_the_description_names_observers_instrument_and_source() -> None:
    event = one_event(day_of("04-24"))
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Kept by: Example Council; Example Society; north",
        "By: Law 1 of 1965",
        "Since: 1965",
        "Day: 24 April",
        "Source: https://example.org/days",
    ]
    assert event.categories == ["Remembrance"]


def test_a_feed_speaks_one_language() -> None:
    event = one_event(day_of("04-24"), replace(SETTINGS, language="hy"))
    assert str(event["SUMMARY"]) == "Օրինակի օր"
    assert event["SUMMARY"].params["LANGUAGE"] == "hy"
    assert "Օրը: 24 ապրիլի" in str(event["DESCRIPTION"])


def test_a_name_in_another_language_says_so() -> None:
    event = one_event(day_of("04-24"), replace(SETTINGS, language="ru"))
    assert str(event["SUMMARY"]) == "Day of an example"
    assert event["SUMMARY"].params["LANGUAGE"] == "en"


def test_a_julian_day_is_written_out_for_each_year() -> None:
    day = replace(day_of("01-09/01-12"), calendar=Calendar.JULIAN)
    found = events(day)
    assert [start(event) for event in found] == [
        datetime.date(year, 1, 22) for year in (2026, 2027, 2028)
    ]
    assert all("RRULE" not in event for event in found)
    assert len({str(event["UID"]) for event in found}) == 3
    both = "Day: 9–12 January 2026 (old style; 22–25 January new style)"
    assert both in str(found[0]["DESCRIPTION"])


def test_a_range_that_leap_years_lengthen_is_written_out() -> None:
    found = events(day_of("02-26/03-01"))
    lengths = [(end(event) - start(event)).days for event in found]
    assert lengths == [4, 4, 5]  # 2028 is a leap year
    assert "RRULE" in one_event(day_of("12-28/01-02"))
    assert "RRULE" in one_event(day_of("02-27/02-28"))


@pytest.mark.parametrize(
    ("policy", "rule", "first"),
    [
        (LeapDayPolicy.FEB28, b"FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2", (1965, 2, 28)),
        (LeapDayPolicy.MAR1, b"FREQ=YEARLY;BYYEARDAY=60", (1965, 3, 1)),
        (
            LeapDayPolicy.LEAP_YEARS_ONLY,
            b"FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2",
            (1968, 2, 29),
        ),
    ],
)
def test_29_february_recurs_as_its_observers_decided(
    policy: LeapDayPolicy, rule: bytes, first: tuple[int, int, int]
) -> None:
    event = one_event(replace(day_of("02-29"), leap_day=policy))
    assert event["RRULE"].to_ical() == rule
    assert start(event) == datetime.date(*first)


def test_29_february_without_a_decision_is_refused() -> None:
    with pytest.raises(BadValue, match="29 February") as refusal:
        calendar_feed([day_of("02-29")], SETTINGS)
    assert "Ask its observers" in str(refusal.value.hint)


def test_the_same_days_give_the_same_bytes_in_any_order() -> None:
    days = [day_of("04-24", "b"), day_of("01-13/01-19", "a")]
    assert calendar_feed(days, SETTINGS) == calendar_feed(reversed(days), SETTINGS)


def test_identifiers_depend_on_origin_and_id_alone() -> None:
    event = one_event(day_of("04-24"))
    later = replace(SETTINGS, language="hy", first_year=2030, title="Օրեր")
    assert event["UID"] == event_uid(SETTINGS.origin, "example")
    assert one_event(replace(day_of("04-25"), note="moved"), later)["UID"] == event["UID"]
    assert event_uid("log.example.net/other", "example") != event["UID"]
    assert event_uid(SETTINGS.origin, "example", 2026) != event["UID"]


def test_the_stamp_is_the_one_given_in_utc() -> None:
    east = datetime.timezone(datetime.timedelta(hours=4))
    stamped = replace(SETTINGS, stamp=SETTINGS.stamp.astimezone(east))
    assert b"DTSTAMP:20260102T030405Z" in calendar_feed([day_of("04-24")], stamped)


def test_lines_are_folded_at_75_bytes_and_text_cannot_break_out_of_its_line() -> None:
    day = replace(day_of("04-24"), note="Ա" * 200 + "\nEND:VEVENT\nBEGIN:VALARM;X,Y\\Z")
    content = calendar_feed([day], SETTINGS)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\r\nEND:VEVENT\r\n") == 1
    assert b"\r\nBEGIN:VALARM" not in content
    assert str(one_event(day)["DESCRIPTION"]).endswith(
        "Ա\nEND:VEVENT\nBEGIN:VALARM;X,Y\\Z\nSource: https://example.org/days"
    )


def test_two_days_cannot_share_an_id() -> None:
    with pytest.raises(BadValue, match="two days"):
        calendar_feed([day_of("04-24"), day_of("01-27")], SETTINGS)


def test_a_feed_without_days_is_a_calendar() -> None:
    assert events() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": " "},
        {"stamp": datetime.datetime(2026, 1, 1)},  # noqa: DTZ001  # the refusal is the point
        {"years": 0},
        {"years": 101},
        {"first_year": 0},
        {"first_year": 9999},
    ],
)
def test_settings_that_cannot_be_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadValue):
        replace(SETTINGS, **changes)  # type: ignore[arg-type]  # fields vary by case


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(BadValue, match="no words"):
        calendar_feed([day_of("04-24")], replace(SETTINGS, language="tlh"))


@pytest.mark.parametrize(
    ("policy", "falls"),
    [
        (LeapDayPolicy.FEB28, [(2023, 2, 28), (2024, 2, 29), (2025, 2, 28)]),
        (LeapDayPolicy.MAR1, [(2023, 3, 1), (2024, 2, 29), (2025, 3, 1)]),
        (LeapDayPolicy.LEAP_YEARS_ONLY, [(2024, 2, 29), (2028, 2, 29), (2032, 2, 29)]),
    ],
)
def test_another_reader_of_rules_finds_29_february_where_it_was_decided(
    policy: LeapDayPolicy, falls: list[tuple[int, int, int]]
) -> None:
    event = one_event(replace(day_of("02-29"), leap_day=policy))
    beginning = datetime.datetime.combine(start(event), datetime.time())
    written = event["RRULE"].to_ical()
    assert isinstance(written, bytes)
    rule = rrulestr(written.decode(), dtstart=beginning)
    found = rule.xafter(datetime.datetime(2023, 1, 1), count=3)  # noqa: DTZ001  # days, no zone
    assert [(day.year, day.month, day.day) for day in found] == falls
