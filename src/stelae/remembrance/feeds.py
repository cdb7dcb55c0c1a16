"""Calendar feeds of days of remembrance: iCalendar (RFC 5545, with names of RFC 7986).

A Gregorian day is one event that recurs yearly. A day of the Julian calendar, and a range whose
length changes with leap years, has no such rule: each of the coming years gets an event of its
own. Events rather than one event with RDATE, because common calendars ignore RDATE when they
subscribe to a feed, and would then show the first year only.

The same days, origin, language and stamp always give the same bytes.
"""

import datetime
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from icalendar import Calendar as ICalendar
from icalendar import Event, vRecur, vText

from stelae.errors import BadValue
from stelae.remembrance.days import DayOfRemembrance, Occurrence, occurrences
from stelae.values.anniversaries import LeapDayPolicy, Undecided
from stelae.values.date_display import format_date, format_month_day
from stelae.values.dates import PartialDate
from stelae.values.days import Calendar, Day, DaySpan
from stelae.values.month_days import MonthDay

__all__ = ["FeedSettings", "calendar_feed", "event_uid"]

_LONGEST_GAP_DAYS = 10 * 366
"""Within so many days every day that recurs by a rule falls at least once."""

_PRODUCT = "-//Stelae//Days of remembrance//EN"

_LEAP_DAY_RULES = {
    # The last day of February is the 29th in leap years, the 28th in others.
    LeapDayPolicy.FEB28: {"FREQ": "YEARLY", "BYMONTH": 2, "BYMONTHDAY": -1},
    # The 60th day of the year is 29 February in leap years, 1 March in others.
    LeapDayPolicy.MAR1: {"FREQ": "YEARLY", "BYYEARDAY": 60},
    # RFC 5545, 3.3.10: a date that a year does not have is left out.
    LeapDayPolicy.LEAP_YEARS_ONLY: {"FREQ": "YEARLY", "BYMONTH": 2, "BYMONTHDAY": 29},
}


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What a feed needs besides the days.

    `origin` is the name under which the dossier's log is published: it makes the identifiers of
    events stable and unique. `stamp` is the moment of the edition (aware; the feed reads no
    clock). From `first_year` on, days without a yearly rule are written out for `years` years.
    `source` is printed in each event, and says where the day's record can be read.
    """

    origin: str
    language: str
    title: str
    stamp: datetime.datetime
    first_year: int
    years: int = 10
    source: str = ""
    categories: tuple[str, ...] = ("Remembrance",)

    def __post_init__(self) -> None:
        if not self.origin.strip():
            raise BadValue("a feed without an origin", hint="Give the origin of the dossier's log.")
        if self.stamp.tzinfo is None:
            raise BadValue("the stamp of a feed needs a time zone", hint="Pass a time in UTC.")
        if not 1 <= self.years <= 100:
            raise BadValue(f"a feed of {self.years} years", hint="From 1 to 100 can be written.")
        if not 1 <= self.first_year <= datetime.MAXYEAR - self.years:
            raise BadValue(f"a feed cannot begin in the year {self.first_year}")


def calendar_feed(days: Iterable[DayOfRemembrance], settings: FeedSettings) -> bytes:
    """The feed, with the events in the order of the days' ids.

    BadValue for two days with one id, and for a 29 February of which nobody has said how it is
    kept in common years: the feed does not choose for the observers.
    """
    feed = ICalendar()
    feed.add("prodid", _PRODUCT)
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("name", settings.title)
    feed.add("x-wr-calname", settings.title)
    seen: set[str] = set()
    for day in sorted(days, key=lambda day: day.id):
        if day.id in seen:
            raise BadValue(f"two days of remembrance have the id {day.id}")
        seen.add(day.id)
        if day.touches_leap_day and day.leap_day is None:
            choices = ", ".join(LeapDayPolicy)
            raise BadValue(
                f"the day {day.id} lies on 29 February, which most years do not have",
                hint=f"Ask its observers, then set leap_day to one of: {choices}.",
            )
        for event in _events(day, settings):
            feed.add_component(event)
    content: bytes = feed.to_ical(sorted=True)
    return content


def event_uid(origin: str, day_id: str, year: int | None = None) -> str:
    """The identifier of an event: a UUID of version 5 (RFC 9562) from origin, id and year.

    A name as URL, `origin/days/id` with `#year` for an event of one year, in the URL namespace.
    """
    name = f"{origin}/days/{day_id}" + (f"#{year}" if year is not None else "")
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _events(day: DayOfRemembrance, settings: FeedSettings) -> Iterator[Event]:
    coming = _coming(day, settings)
    if not _recurs_by_rule(day):
        for occurrence in coming:
            yield _event(occurrence, settings, event_uid(settings.origin, day.id, occurrence.year))
        return
    for occurrence in coming:
        event = _event(occurrence, settings, event_uid(settings.origin, day.id))
        event.add("rrule", _rule(day))
        yield event
        return


def _coming(day: DayOfRemembrance, settings: FeedSettings) -> Iterator[Occurrence]:
    """The occurrences to write out; a rule begins with the first since the day is kept."""
    first = Day.from_gregorian(settings.first_year, 1, 1)
    last = Day.from_gregorian(settings.first_year + settings.years - 1, 12, 31)
    if _recurs_by_rule(day):
        since = day.since.earliest if day.since else None
        first = Day.from_gregorian(since.gregorian[0], 1, 1) if since else first
        last = max(last, first.plus(_LONGEST_GAP_DAYS))
    for found in occurrences(day, within=DaySpan(first, last)):
        assert not isinstance(found, Undecided), "asked for before"
        yield found


def _recurs_by_rule(day: DayOfRemembrance) -> bool:
    """Whether every year has the day on the same Gregorian days, or a rule of RFC 5545 says so."""
    if day.calendar is Calendar.JULIAN:
        return False
    leap_day = MonthDay(2, 29)
    if day.end < day.start:
        return day.end < leap_day < day.start
    return not (day.is_range and day.start <= leap_day <= day.end)


def _rule(day: DayOfRemembrance) -> vRecur:
    parts: dict[str, object] = {"FREQ": "YEARLY"}
    if day.touches_leap_day and day.leap_day is not None:
        parts = dict(_LEAP_DAY_RULES[day.leap_day])
    if day.until is not None and day.until.latest is not None:
        parts["UNTIL"] = day.until.latest.to_date()
    return vRecur(parts)


def _event(occurrence: Occurrence, settings: FeedSettings, uid: str) -> Event:
    day = occurrence.of
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", settings.stamp.astimezone(datetime.UTC).replace(microsecond=0))
    event.add("dtstart", occurrence.days.first.to_date())
    event.add("dtend", occurrence.days.last.plus(1).to_date())  # RFC 5545: not included
    language, name = day.name_in(settings.language)
    event.add("summary", vText(name), parameters={"LANGUAGE": language})
    event.add("description", _description(occurrence, settings))
    event.add("categories", list(settings.categories))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    return event


def _description(occurrence: Occurrence, settings: FeedSettings) -> str:
    day, labels = occurrence.of, _labels(settings.language)
    lines = [
        (labels["observers"], "; ".join(day.observers)),
        (labels["instrument"], day.instrument),
        (labels["since"], format_date(day.since, settings.language) if day.since else ""),
        (labels["days"], _days_in_words(occurrence, settings.language)),
        (labels["note"], day.note),
        (labels["source"], settings.source),
    ]
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


def _days_in_words(occurrence: Occurrence, language: str) -> str:
    """Both styles for a Julian day of one year; month and day for one that recurs."""
    day = occurrence.of
    if day.calendar is Calendar.JULIAN:
        first, last = (end.iso(Calendar.JULIAN) for end in _ends(occurrence.days))
        text = first if first == last else f"{first}/{last}"
        return format_date(PartialDate(text, Calendar.JULIAN), language)
    return format_month_day(
        (day.start.month, day.start.day), language, end=(day.end.month, day.end.day)
    )


def _ends(days: DaySpan) -> tuple[Day, Day]:
    return days.first, days.last


@cache
def _all_labels() -> dict[str, dict[str, str]]:
    file = resources.files("stelae.remembrance").joinpath("data/feed_words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _labels(language: str) -> dict[str, str]:
    found = _all_labels().get(language)
    if found is None:
        raise BadValue(
            f"there are no words for a feed in {language!r}",
            hint=f"There are for {', '.join(sorted(_all_labels()))}.",
        )
    return found
