"""A date rewritten in the other calendar."""

from stelae.values.dates import Certainty, PartialDate
from stelae.values.days import Calendar, Day, DaySpan
from stelae.values.edtf import Choice, Gap, Interval, Moment, Run
from stelae.values.extents import days_of, first_day, last_day

__all__ = ["converted"]

_LONGEST_YEAR = 9999


def converted(date: PartialDate, calendar: Calendar) -> PartialDate | None:
    """The same days, written in a calendar; None where EDTF has no way to write them.

    A month or year becomes the run of days that it was: February 1918 (Julian) is
    `[1918-02-14..1918-03-13]`. An interval runs from its earliest to its latest day. The marks
    of certainty move to every date written. None: dates with gaps such as `15XX-12-25`, and
    years beyond 9999.
    """
    if date.calendar is calendar:
        return date
    text = _text(date, calendar)
    return None if text is None else PartialDate(text, calendar)


def _text(date: PartialDate, calendar: Calendar) -> str | None:
    expression, mark = date.expression, date.certainty
    if isinstance(expression, Interval):
        ends = [
            end.value if isinstance(end, Gap) else _day(bound, calendar, mark)
            for end, bound in (
                (expression.start, date.earliest),
                (expression.end, date.latest),
            )
        ]
        return None if None in ends else "/".join(end for end in ends if end is not None)
    if isinstance(expression, Moment):
        member = _member(expression, date.calendar, calendar, mark)
        return f"[{member}]" if member and ".." in member else member
    members = [_member(member, date.calendar, calendar, mark) for member in expression.members]
    if None in members:
        return None
    return str(_rewrapped(expression, [member for member in members if member is not None]))


def _rewrapped(choice: Choice, members: list[str]) -> str:
    opening, closing = str(choice)[0], str(choice)[-1]
    return f"{opening}{','.join(members)}{closing}"


def _member(
    member: Moment | Run, written: Calendar, calendar: Calendar, mark: Certainty
) -> str | None:
    if isinstance(member, Run):
        first = _day(first_day(member.first, written), calendar, mark) if member.first else ""
        last = _day(last_day(member.last, written), calendar, mark) if member.last else ""
        return None if first is None or last is None else f"{first}..{last}"
    window = DaySpan(first_day(member, written), last_day(member, written))
    if next(days_of(member, written, window)) != window:
        return None
    first = _day(window.first, calendar, mark)
    last = _day(window.last, calendar, mark)
    if first is None or last is None:
        return None
    return first if first == last else f"{first}..{last}"


def _day(day: Day | None, calendar: Calendar, mark: Certainty) -> str | None:
    if day is None or abs(day.in_calendar(calendar)[0]) > _LONGEST_YEAR:
        return None
    return day.iso(calendar) + mark
