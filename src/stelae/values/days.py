"""One civil day of any era, counted so that calendars can be compared.

A day is held as its Julian Day Number: whole days since 1 January 4713 BC of the Julian
calendar (24 November 4714 BC, Gregorian). Years are astronomical as in ISO 8601: year 0 is
1 BC, year -1 is 2 BC. Both calendars are proleptic: carried back before their introduction.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from convertdate import gregorian, julian

from stelae.errors import BadValue

__all__ = ["LARGEST_YEAR", "Calendar", "Day", "DaySpan", "is_leap_year", "month_length"]

LARGEST_YEAR = 10_000_000_000
"""Beyond this many years either way convertdate's floating point would lose single days."""

_SHORT_MONTHS = (4, 6, 9, 11)
_ORDINAL_OFFSET = 1_721_425
"""Julian Day Number of the day before 1 January of the year 1 (Gregorian), ordinal 1 of Python."""


class Calendar(StrEnum):
    """The calendar in which a date is written."""

    GREGORIAN = "gregorian"
    JULIAN = "julian"

    @classmethod
    def _missing_(cls, value: object) -> Self:
        raise BadValue(
            f"there is no calendar {value!r} here",
            hint="Write gregorian (new style) or julian (old style).",
        )


def is_leap_year(year: int, calendar: Calendar) -> bool:
    """Whether the year has a 29 February in that calendar."""
    if calendar is Calendar.JULIAN:
        return year % 4 == 0
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int, calendar: Calendar) -> int:
    """The number of days, 28 to 31, of a month (1 to 12)."""
    if month == 2:
        return 29 if is_leap_year(year, calendar) else 28
    return 30 if month in _SHORT_MONTHS else 31


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """One civil day; ordered in time.

    `number` is the Julian Day Number of the day's noon.
    """

    number: int

    @classmethod
    def of(cls, year: int, month: int, day: int, calendar: Calendar) -> Self:
        """The day with that name in a calendar; BadValue when the calendar has no such day."""
        if not -LARGEST_YEAR <= year <= LARGEST_YEAR:
            raise BadValue(
                f"the year {year} is too far away to be counted in days",
                hint=f"Years from {-LARGEST_YEAR} to {LARGEST_YEAR} can be.",
            )
        if not 1 <= month <= 12:
            raise BadValue(f"there is no month {month}", hint="Months go from 1 to 12.")
        length = month_length(year, month, calendar)
        if not 1 <= day <= length:
            raise BadValue(
                f"the month {year:04}-{month:02} has no day {day} in the {calendar} calendar",
                hint=f"Its days go from 1 to {length}.{_julian_hint(year, month, day, calendar)}",
            )
        convert = julian if calendar is Calendar.JULIAN else gregorian
        return cls(int(convert.to_jd(year, month, day) + 0.5))

    @classmethod
    def from_gregorian(cls, year: int, month: int, day: int) -> Self:
        """The day with that name in the Gregorian calendar (new style)."""
        return cls.of(year, month, day, Calendar.GREGORIAN)

    @classmethod
    def from_julian(cls, year: int, month: int, day: int) -> Self:
        """The day with that name in the Julian calendar (old style)."""
        return cls.of(year, month, day, Calendar.JULIAN)

    @classmethod
    def from_date(cls, date: datetime.date) -> Self:
        """The day of a datetime.date, which is always Gregorian."""
        return cls(date.toordinal() + _ORDINAL_OFFSET)

    def in_calendar(self, calendar: Calendar) -> tuple[int, int, int]:
        """Year, month and day of the month in a calendar."""
        convert = julian if calendar is Calendar.JULIAN else gregorian
        year, month, day = convert.from_jd(self.number - 0.5)
        return int(year), int(month), int(day)

    @property
    def gregorian(self) -> tuple[int, int, int]:
        """Year, month and day in the Gregorian calendar (new style)."""
        return self.in_calendar(Calendar.GREGORIAN)

    @property
    def julian(self) -> tuple[int, int, int]:
        """Year, month and day in the Julian calendar (old style)."""
        return self.in_calendar(Calendar.JULIAN)

    @property
    def weekday(self) -> int:
        """Day of the week as in datetime: Monday is 0, Sunday 6."""
        return self.number % 7

    def to_date(self) -> datetime.date:
        """The same day as a datetime.date; BadValue outside the years 1 to 9999 that it knows."""
        year, month, day = self.gregorian
        if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
            raise BadValue(
                f"the day {self} lies outside the years 1 to 9999",
                hint="Use `gregorian`, which has no such limit.",
            )
        return datetime.date(year, month, day)

    def plus(self, days: int) -> "Day":
        """The day that many days later, or earlier when negative."""
        return Day(self.number + days)

    def iso(self, calendar: Calendar = Calendar.GREGORIAN) -> str:
        """YYYY-MM-DD in a calendar, -YYYY-MM-DD before the year 0; longer past the year 9999."""
        year, month, day = self.in_calendar(calendar)
        return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"

    def __str__(self) -> str:
        return self.iso()


@dataclass(frozen=True, slots=True, order=True)
class DaySpan:
    """Consecutive days; both ends are included."""

    first: Day
    last: Day

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadValue(f"ends {self.last} before it starts {self.first}")

    def __contains__(self, day: Day) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return self.last.number - self.first.number + 1

    @classmethod
    def around(cls, spans: Iterable["DaySpan"]) -> "DaySpan":
        """The smallest span that holds every given one; BadValue when none is given."""
        given = tuple(spans)
        if not given:
            raise BadValue("no days to span")
        return cls(min(span.first for span in given), max(span.last for span in given))


def _julian_hint(year: int, month: int, day: int, calendar: Calendar) -> str:
    if calendar is Calendar.GREGORIAN and (month, day) == (2, 29) and year % 4 == 0:
        return " It exists in the Julian calendar: is the source in the old style?"
    return ""
