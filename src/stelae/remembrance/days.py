"""Days of remembrance: who keeps which day, since when and by what instrument; when it falls.

A day belongs to its observers: the same date may be kept by several, for opposite reasons, and
each is a `DayOfRemembrance` of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stelae.errors import BadValue
from stelae.values.anniversaries import LeapDayPolicy, NotKept, Undecided, anniversary_of_day
from stelae.values.dates import PartialDate
from stelae.values.days import Calendar, Day, DaySpan
from stelae.values.month_days import MonthDay

__all__ = [
    "DayOfRemembrance",
    "Occurrence",
    "next_occurrence",
    "occurrences",
]

_LONGEST_GAP = 9
"""Years to look ahead: from 29 February 1896 to that of 1904 is the longest wait for a day."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class DayOfRemembrance:
    """A day, or the days from `start` to `end`, that its observers keep each year.

    `calendar` is that of `start` and `end`; `names` are (language, name) pairs with the first
    as the fallback; `instrument` is the law, decree or decision, as text or as an id; `since`
    and `until` bound the time in which the day is kept, a bound given as a year taken as wide
    as it is; `leap_day` is the observers' answer for a 29 February, None where they gave none.
    """

    id: str
    start: MonthDay
    end: MonthDay
    names: tuple[tuple[str, str], ...]
    observers: tuple[str, ...] = ()
    calendar: Calendar = Calendar.GREGORIAN
    since: PartialDate | None = None
    until: PartialDate | None = None
    instrument: str = ""
    event_id: str | None = None
    note: str = ""
    leap_day: LeapDayPolicy | None = None

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise BadValue("a day of remembrance without an id")
        if not self.names or not all(name.strip() for _, name in self.names):
            raise BadValue(f"the day {self.id} has no name", hint="Name it as its observers do.")
        texts = (self.id, self.instrument, self.note, *self.observers)
        for text in (*texts, *(name for _, name in self.names)):
            if _CONTROLS.search(text):
                raise BadValue(f"the day {self.id!r} has control characters in {text[:40]!r}")

    @property
    def is_range(self) -> bool:
        """Whether it lasts more than one day."""
        return self.start != self.end

    @property
    def touches_leap_day(self) -> bool:
        """Whether it begins or ends on 29 February."""
        return MonthDay(2, 29) in {self.start, self.end}

    def name_in(self, language: str) -> tuple[str, str]:
        """(language, name): in that language, or the first that there is."""
        for code, name in self.names:
            if code == language:
                return code, name
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The days of one year on which a day of remembrance is kept.

    `year` is counted in the day's own calendar and is that of the first day.
    """

    of: DayOfRemembrance
    year: int
    days: DaySpan


def occurrences(day: DayOfRemembrance, *, within: DaySpan) -> Iterator[Occurrence | Undecided]:
    """Every occurrence that begins inside `within`, in order.

    A year in which a 29 February would fall without anyone having said how it is kept gives
    `Undecided`; a year in which it is by decision not kept gives nothing.
    """
    first = within.first.in_calendar(day.calendar)[0]
    last = within.last.in_calendar(day.calendar)[0]
    for year in range(first, last + 1):
        found = _in_year(day, year)
        if isinstance(found, Undecided):
            if _earliest_choice(day, year) in within:
                yield found
        elif isinstance(found, Occurrence) and found.days.first in within:
            yield found


def next_occurrence(day: DayOfRemembrance, *, after: Day) -> Occurrence | Undecided | None:
    """The first occurrence that begins after a day; None when it is no longer kept by then."""
    year = after.in_calendar(day.calendar)[0] + _LONGEST_GAP
    beginning = after
    if day.since is not None and day.since.earliest is not None:
        beginning = max(beginning, day.since.earliest.plus(-1))
        year = max(year, beginning.in_calendar(day.calendar)[0] + _LONGEST_GAP)
    within = DaySpan(after.plus(1), Day.of(year, 12, 31, day.calendar))
    return next(occurrences(day, within=within), None)


def _in_year(day: DayOfRemembrance, year: int) -> Occurrence | Undecided | NotKept:
    earliest = _earliest_choice(day, year)
    if day.until is not None and day.until.latest is not None and earliest > day.until.latest:
        return NotKept(f"{day.id} was kept until {day.until}")
    over_new_year = day.end < day.start
    ends = []
    for name, its_year in ((day.start, year), (day.end, year + over_new_year)):
        found = anniversary_of_day(
            name.month, name.day, its_year, leap_day=day.leap_day, calendar=day.calendar
        )
        if not isinstance(found, Day):
            return found if not _is_before_since(day, earliest) else _not_yet(day)
        ends.append(found)
    days = DaySpan(*ends)
    return Occurrence(day, year, days) if not _is_before_since(day, days.last) else _not_yet(day)


def _is_before_since(day: DayOfRemembrance, last: Day) -> bool:
    return day.since is not None and day.since.earliest is not None and last < day.since.earliest


def _not_yet(day: DayOfRemembrance) -> NotKept:
    return NotKept(f"{day.id} is kept since {day.since}")


def _earliest_choice(day: DayOfRemembrance, year: int) -> Day:
    """The first day in a year, or for a 29 February the earliest that anyone could choose."""
    first = MonthDay(2, 28) if day.start == MonthDay(2, 29) else day.start
    return Day.of(year, first.month, first.day, day.calendar)
