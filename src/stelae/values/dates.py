"""Dates as sources give them: partial, uncertain, in the calendar of their time.

A `PartialDate` keeps what was written and the days that it may mean. Nothing is ever rounded:
the comparisons ask what the written bounds allow. The marks `?`, `~` and `%` do not move the
bounds, since the standard gives them no width; they stay with the value as its certainty.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Self

from stelae.errors import BadValue
from stelae.values import edtf as grammar
from stelae.values.days import LARGEST_YEAR, Calendar, Day, DaySpan
from stelae.values.edtf import Choice, Expression, Gap, Interval, Moment, Run
from stelae.values.extents import (
    days_of,
    first_day,
    holds_every_day,
    last_day,
    share_a_day,
)

__all__ = ["Calendar", "Certainty", "Edge", "PartialDate", "envelope"]

_EVER = DaySpan(Day.from_gregorian(-LARGEST_YEAR, 1, 1), Day.from_gregorian(LARGEST_YEAR, 12, 31))


class Certainty(StrEnum):
    """How sure the writer is; the value is the mark of EDTF."""

    CERTAIN = ""
    UNCERTAIN = "?"
    APPROXIMATE = "~"
    BOTH = "%"


class Edge(StrEnum):
    """Whether a date is bounded on one side: by a day, by nothing (`..`), or by nobody knows."""

    KNOWN = "known"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, known as far as it is known.

    `edtf` is ISO 8601-2:2019 in the calendar in which the source writes, `as_written` what the
    source prints ("" when that adds nothing). `earliest` and `latest` are days, hence free of
    any calendar; both are included, and None where the date is open or unknown on that side
    (`start_edge` and `end_edge` say which). They follow from `edtf` and `calendar`.

    >>> date = PartialDate.parse("1918-01-09/1918-01-12", calendar=Calendar.JULIAN)
    >>> str(date.earliest), str(date.latest)
    ('1918-01-22', '1918-01-25')
    """

    edtf: str
    calendar: Calendar = Calendar.GREGORIAN
    as_written: str = ""
    earliest: Day | None = field(init=False, compare=False)
    latest: Day | None = field(init=False, compare=False)
    certainty: Certainty = field(init=False, compare=False)
    expression: Expression = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found = _interpreted(self.edtf, Calendar(self.calendar))
        for name, value in zip(_DERIVED, found, strict=True):
            object.__setattr__(self, name, value)
        if self.as_written == self.edtf:
            object.__setattr__(self, "as_written", "")

    @classmethod
    def parse(
        cls, text: str, *, calendar: Calendar = Calendar.GREGORIAN, as_written: str = ""
    ) -> Self:
        """Read EDTF of level 0, 1 or 2; BadValue says why it cannot be and shows how to write it.

        Refused: what is no EDTF, days that the calendar does not have, intervals that end before
        they start, texts of more than 200 characters.
        """
        return cls(text, calendar, as_written)

    @classmethod
    def of_day(
        cls, day: Day, *, calendar: Calendar = Calendar.GREGORIAN, as_written: str = ""
    ) -> Self:
        """The date that means exactly this day, written in the calendar given.

        BadValue outside the years -9999 to 9999, for which EDTF writes no days.
        """
        return cls(day.iso(calendar), calendar, as_written)

    @property
    def start_edge(self) -> Edge:
        """Why `earliest` is a day or None."""
        return self._edge(0, self.earliest)

    @property
    def end_edge(self) -> Edge:
        """Why `latest` is a day or None."""
        return self._edge(1, self.latest)

    @property
    def day(self) -> Day | None:
        """The one day that this date means, or None when it may mean several."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def is_interval(self) -> bool:
        """Whether it was written with a slash: something that lasted from one date to another."""
        return isinstance(self.expression, Interval)

    def may_be(self, day: Day) -> bool:
        """Whether the day is one that this date may mean; for an interval, one that it covers."""
        return bool(list(self.days(within=DaySpan(day, day))))

    def days(self, *, within: DaySpan) -> Iterable[DaySpan]:
        """The days inside `within` that this date may mean, as spans in order of time."""
        return days_of(self.expression, self.calendar, within)

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether some day may be meant, or covered, by both."""
        return _share(self.expression, self.calendar, other.expression, other.calendar)

    def may_equal(self, other: "PartialDate") -> bool:
        """Whether both can be dates of one thing: the beginnings can agree and so can the ends.

        13-19 January 1990 may equal January 1990, but neither 13 January nor 12-19 January. An
        unknown end agrees with anything, an open one only with an open or unknown end.
        """
        mine, theirs = _ends(self.expression), _ends(other.expression)
        return all(
            _may_meet(left, self.calendar, right, other.calendar)
            for left, right in zip(mine, theirs, strict=True)
        )

    def same_days(self, other: "PartialDate") -> bool:
        """Whether both mean the same days as surely: 9 January old style, 22 January new style."""
        mine, its = ((date.earliest, date.latest, date.certainty) for date in (self, other))
        return mine == its

    def contains(self, other: "PartialDate") -> bool:
        """Whether this date may mean every day that the other may mean."""
        if (self.earliest is not None and other.earliest is None) or (
            self.latest is not None and other.latest is None
        ):
            return False
        if self.expression == other.expression and self.calendar is other.calendar:
            return True
        window = DaySpan(other.earliest or _EVER.first, other.latest or _EVER.last)
        return holds_every_day(iter(self.days(within=window)), iter(other.days(within=window)))

    def surely_before(self, other: "PartialDate") -> bool:
        """Whether, as written, every day of this date lies before every day of the other."""
        return (
            self.latest is not None and other.earliest is not None and self.latest < other.earliest
        )

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        """Earliest day first, then the narrower; open beginnings come before all, and a date of
        unknown beginning stands at its end."""
        first, last = self.earliest, self.latest
        if first is None and self.start_edge is Edge.UNKNOWN:
            first = last
        return (
            (first or _EVER.first).number,
            (last or _EVER.last).number,
            self.edtf,
            self.calendar.value,
        )

    def __str__(self) -> str:
        return self.edtf

    def _edge(self, side: int, bound: Day | None) -> Edge:
        if bound is not None:
            return Edge.KNOWN
        return Edge.UNKNOWN if _ends(self.expression)[side] is Gap.UNKNOWN else Edge.OPEN


def envelope(dates: Iterable[PartialDate]) -> tuple[Day | None, Day | None]:
    """The first and last day that any of the dates may mean; None where one has no bound.

    BadValue when no date is given.
    """
    given = tuple(dates)
    if not given:
        raise BadValue("no dates to span")
    firsts = [date.earliest for date in given]
    lasts = [date.latest for date in given]
    known_firsts = [day for day in firsts if day is not None]
    known_lasts = [day for day in lasts if day is not None]
    return (
        min(known_firsts) if len(known_firsts) == len(firsts) else None,
        max(known_lasts) if len(known_lasts) == len(lasts) else None,
    )


_DERIVED = ("edtf", "calendar", "expression", "earliest", "latest", "certainty")


@lru_cache(maxsize=8192)
def _interpreted(
    text: str, calendar: Calendar
) -> tuple[str, Calendar, Expression, Day | None, Day | None, Certainty]:
    """What a text means, in the order of _DERIVED; a dossier repeats most of its dates."""
    expression = grammar.read(text)
    earliest, latest = _bounds(expression, calendar)
    return str(expression), calendar, expression, earliest, latest, _certainty(expression)


_End = Moment | Choice | Gap


def _ends(expression: Expression) -> tuple[_End, _End]:
    """Start and end of what an expression means; all but an interval is its own start and end."""
    if isinstance(expression, Interval):
        return expression.start, expression.end
    return expression, expression


def _may_meet(left: _End, left_calendar: Calendar, right: _End, right_calendar: Calendar) -> bool:
    if Gap.UNKNOWN in {left, right} or left is right is Gap.OPEN:
        return True
    if isinstance(left, Gap) or isinstance(right, Gap):
        return False
    return _share(left, left_calendar, right, right_calendar)


def _share(
    left: Expression, left_calendar: Calendar, right: Expression, right_calendar: Calendar
) -> bool:
    first_left, last_left = _bounds(left, left_calendar)
    first_right, last_right = _bounds(right, right_calendar)
    first = max(first_left or _EVER.first, first_right or _EVER.first)
    last = min(last_left or _EVER.last, last_right or _EVER.last)
    if last < first:
        return False
    window = DaySpan(first, last)
    return share_a_day(days_of(left, left_calendar, window), days_of(right, right_calendar, window))


def _moments(expression: Expression) -> Iterable[Moment]:
    if isinstance(expression, Moment):
        return (expression,)
    if isinstance(expression, Interval):
        parts: tuple[Moment | Gap | None, ...] = (expression.start, expression.end)
    else:
        parts = tuple(
            part
            for member in expression.members
            for part in ((member.first, member.last) if isinstance(member, Run) else (member,))
        )
    return tuple(part for part in parts if isinstance(part, Moment))


def _certainty(expression: Expression) -> Certainty:
    """The marks of all components together: one doubtful component makes the date doubtful."""
    marks = frozenset(
        mark
        for moment in _moments(expression)
        for index in range(len(moment.components))
        for mark in moment.marks_on(index)
    )
    if marks == {"?", "~"}:
        return Certainty.BOTH
    return Certainty("".join(marks))


def _bounds(expression: Expression, calendar: Calendar) -> tuple[Day | None, Day | None]:
    """First and last day; BadValue when a part cannot be or ends before it starts."""
    if isinstance(expression, Moment):
        return first_day(expression, calendar), last_day(expression, calendar)
    if isinstance(expression, Interval):
        start = expression.start if isinstance(expression.start, Moment) else None
        end = expression.end if isinstance(expression.end, Moment) else None
        return _bounds_of_run(start, end, calendar, str(expression))
    firsts: list[Day | None] = []
    lasts: list[Day | None] = []
    for member in expression.members:
        if isinstance(member, Run):
            first, last = _bounds_of_run(member.first, member.last, calendar, str(member))
        else:
            first, last = first_day(member, calendar), last_day(member, calendar)
        firsts.append(first)
        lasts.append(last)
    return (
        None if None in firsts else min(day for day in firsts if day is not None),
        None if None in lasts else max(day for day in lasts if day is not None),
    )


def _bounds_of_run(
    start: Moment | None, end: Moment | None, calendar: Calendar, text: str
) -> tuple[Day | None, Day | None]:
    first = first_day(start, calendar) if start else None
    last = last_day(end, calendar) if end else None
    if first is not None and last is not None and last < first:
        raise BadValue(
            f"{text!r} ends before it starts",
            hint="Put the earlier date first: 1990-01-13/1990-01-19.",
        )
    if end is not None and last is not None:
        first_day(end, calendar)
    return first, last
