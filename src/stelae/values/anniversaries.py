"""Which anniversary a year brings, and on which days.

Anniversaries are kept by the Gregorian day. A Julian date is converted first: what happened on
9 January 1918 (old style) has its anniversary on 22 January. What the sources leave open is not
filled in: the answer is then `Undecided`, with the question that somebody must answer.
"""

from dataclasses import dataclass
from enum import StrEnum

from stelae.errors import BadValue
from stelae.values.dates import PartialDate
from stelae.values.days import Calendar, Day, DaySpan, is_leap_year, month_length
from stelae.values.edtf import Choice, Gap, Interval, Moment, SetKind

__all__ = [
    "Anniversary",
    "LeapDayPolicy",
    "NotKept",
    "Undecided",
    "anniversary",
    "anniversary_in",
    "anniversary_of_day",
    "which_anniversary",
]


class LeapDayPolicy(StrEnum):
    """How those who keep a 29 February keep it in a common year; there is no default."""

    FEB28 = "feb28"
    MAR1 = "mar1"
    LEAP_YEARS_ONLY = "leap-years-only"


@dataclass(frozen=True, slots=True)
class Anniversary:
    """The `number`-th anniversary of a date: `days` is the day, or the days it may fall on.

    For an interval `days` runs from the anniversary of its start to that of its end; for a
    month or a year it is that month or year.
    """

    of: PartialDate
    number: int
    days: DaySpan

    @property
    def old_style(self) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
        """First and last day in the Julian calendar, shown beside; None for new-style dates."""
        if self.of.calendar is not Calendar.JULIAN:
            return None
        return self.days.first.julian, self.days.last.julian


@dataclass(frozen=True, slots=True)
class Undecided:
    """No answer without a decision or a better source; `reason` says which."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotKept:
    """A year without an anniversary, for a known reason."""

    reason: str


def anniversary(
    date: PartialDate, number: int, *, leap_day: LeapDayPolicy | None = None
) -> Anniversary | Undecided | NotKept:
    """The number-th anniversary (1 or more; BadValue below)."""
    if number < 1:
        raise BadValue(f"there is no anniversary number {number}", hint="The first is 1.")
    bounds = _bounds(date)
    if isinstance(bounds, Undecided):
        return bounds
    moved: list[Day] = []
    for bound in bounds:
        day = _moved(bound, number, leap_day)
        if not isinstance(day, Day):
            return day
        moved.append(day)
    return Anniversary(date, number, DaySpan(*moved))


def anniversary_in(
    date: PartialDate, year: int, *, leap_day: LeapDayPolicy | None = None
) -> Anniversary | Undecided | NotKept:
    """The anniversary that falls in a Gregorian year, counted from the beginning of the date.

    `NotKept` for the year itself, for years before it, and for a 29 February kept in leap
    years only.
    """
    number = which_anniversary(date, year)
    if not isinstance(number, int):
        return number
    return anniversary(date, number, leap_day=leap_day)


def which_anniversary(date: PartialDate, year: int) -> int | Undecided | NotKept:
    """The number of the anniversary in a Gregorian year: 30 for 1990 in 2020."""
    bounds = _bounds(date)
    if isinstance(bounds, Undecided):
        return bounds
    first = bounds[0].day.gregorian[0]
    if year <= first:
        return NotKept(f"{year} is not after {date}: the first anniversary is in {first + 1}")
    return year - first


def anniversary_of_day(
    month: int,
    day: int,
    year: int,
    *,
    leap_day: LeapDayPolicy | None = None,
    calendar: Calendar = Calendar.GREGORIAN,
) -> Day | Undecided | NotKept:
    """The day that keeps a month and day in a year, both of one calendar.

    Only a 29 February needs a policy, and only in a common year.
    """
    if (month, day) != (2, 29) or is_leap_year(year, calendar):
        return Day.of(year, month, day, calendar)
    if leap_day is LeapDayPolicy.FEB28:
        return Day.of(year, 2, 28, calendar)
    if leap_day is LeapDayPolicy.MAR1:
        return Day.of(year, 3, 1, calendar)
    if leap_day is LeapDayPolicy.LEAP_YEARS_ONLY:
        return NotKept(f"{year} has no 29 February, and the day is kept in leap years only")
    choices = ", ".join(LeapDayPolicy)
    return Undecided(f"{year} has no 29 February: those who keep the day must say how ({choices})")


@dataclass(frozen=True, slots=True)
class _Bound:
    """An end of the date; `month_end` marks one that stands for the end of its month."""

    day: Day
    month_end: bool = False


def _bounds(date: PartialDate) -> tuple[_Bound, _Bound] | Undecided:
    expression = date.expression
    if isinstance(expression, Interval):
        if isinstance(expression.start, Gap) or date.earliest is None:
            return Undecided(f"nobody says when {date} began")
        doubt = _doubt(expression.start, date)
        if isinstance(expression.end, Gap):
            start = PartialDate(str(expression.start), date.calendar)
            return doubt or _bounds(start)
        doubt = doubt or _doubt(expression.end, date)
        last_part: Moment | None = expression.end
    elif isinstance(expression, Choice):
        doubt, last_part = _doubt_of_set(expression, date), None
    else:
        doubt, last_part = _doubt(expression, date), expression
    if doubt is not None:
        return doubt
    if date.earliest is None or date.latest is None:
        return Undecided(f"{date} has no bound on one side")
    month_end = last_part is not None and _ends_a_month(last_part)
    return (
        _Bound(date.earliest),
        _Bound(date.latest, month_end=month_end and date.calendar is Calendar.GREGORIAN),
    )


def _ends_a_month(moment: Moment) -> bool:
    """Whether the last day is written only as the end of a month, quarter or year."""
    return moment.day is None and (moment.season is None or moment.season >= 33)


def _doubt(moment: Moment, date: PartialDate) -> Undecided | None:
    """A moment whose year is not known has no numbered anniversary."""
    part = PartialDate(str(moment), date.calendar)
    return _year_doubt(part)


def _doubt_of_set(choice: Choice, date: PartialDate) -> Undecided | None:
    if choice.kind is SetKind.ALL_OF and date.day is None:
        years = _years(date)
        if years is None or years[0] != years[1]:
            return Undecided(f"{date} means several dates: take them one by one")
    return _year_doubt(date)


def _year_doubt(date: PartialDate) -> Undecided | None:
    years = _years(date)
    if years is not None and years[0] == years[1]:
        return None
    between = "" if years is None else f": it may be any from {years[0]} to {years[1]}"
    return Undecided(f"the year of {date} is not known{between}")


def _years(date: PartialDate) -> tuple[int, int] | None:
    if date.earliest is None or date.latest is None:
        return None
    return (
        date.earliest.in_calendar(date.calendar)[0],
        date.latest.in_calendar(date.calendar)[0],
    )


def _moved(bound: _Bound, years: int, leap_day: LeapDayPolicy | None) -> Day | Undecided | NotKept:
    year, month, day = bound.day.gregorian
    target = year + years
    if bound.month_end:
        return Day.from_gregorian(target, month, month_length(target, month, Calendar.GREGORIAN))
    return anniversary_of_day(month, day, target, leap_day=leap_day)
