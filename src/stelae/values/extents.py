"""Which days an EDTF expression may mean, in the calendar in which it is written.

Spans come out in order of time, disjoint, and never adjacent: `1988-02-2X` is one span of ten
days, `15XX-12-25` a hundred spans of one. An end that is open or unknown has no bound.
"""

import heapq
from collections.abc import Iterator

from stelae.errors import BadValue
from stelae.values.days import Calendar, Day, DaySpan, month_length
from stelae.values.edtf import Choice, Expression, Interval, Moment, Run

__all__ = ["MOST_SPANS", "days_of", "first_day", "holds_every_day", "last_day", "share_a_day"]

MOST_SPANS = 12_000
"""A comparison looks at no more spans than this; one day in each of 10,000 years fits."""

_MonthDay = tuple[int, int]

_SEASONS: dict[str, tuple[_MonthDay, _MonthDay]] = {
    # From the first day of the meteorologists' season to the last of the astronomers'.
    "spring": ((3, 1), (6, 21)),
    "summer": ((6, 1), (9, 23)),
    "autumn": ((9, 1), (12, 22)),
    "winter": ((12, 1), (3, 21)),
}
_NORTH = ("spring", "summer", "autumn", "winter")
_SOUTH = ("autumn", "winter", "spring", "summer")


def first_day(moment: Moment, calendar: Calendar) -> Day:
    """The earliest day that a moment may mean; BadValue when no day fits."""
    for year in _years(moment):
        for span in _days_in_year(moment, year, calendar):
            return span.first
    raise _impossible(moment, calendar)


def last_day(moment: Moment, calendar: Calendar) -> Day:
    """The latest day that a moment may mean; BadValue when no day fits."""
    for year in reversed(_years(moment)):
        spans = _days_in_year(moment, year, calendar)
        if spans:
            return spans[-1].last
    raise _impossible(moment, calendar)


def days_of(expression: Expression, calendar: Calendar, within: DaySpan) -> Iterator[DaySpan]:
    """The days inside `within` that the expression may mean, as spans in order of time.

    An interval means every day from its earliest start to its latest end.
    """
    if isinstance(expression, Choice):
        parts = (days_of_member(member, calendar, within) for member in expression.members)
        return _joined(heapq.merge(*parts))
    if isinstance(expression, Interval):
        start = expression.start if isinstance(expression.start, Moment) else None
        end = expression.end if isinstance(expression.end, Moment) else None
        return days_of_member(Run(start, end), calendar, within)
    return days_of_member(expression, calendar, within)


def days_of_member(member: Moment | Run, calendar: Calendar, within: DaySpan) -> Iterator[DaySpan]:
    """The days inside `within` of one moment, or of one run of moments."""
    if isinstance(member, Run):
        first = first_day(member.first, calendar) if member.first else within.first
        last = last_day(member.last, calendar) if member.last else within.last
        whole = iter((DaySpan(first, last),)) if first <= last else iter(())
        return _clipped(whole, within)
    return _clipped(_joined(_days_of_moment(member, calendar, within)), within)


def share_a_day(left: Iterator[DaySpan], right: Iterator[DaySpan]) -> bool:
    """Whether two ordered streams of spans have a day in common; stops at the first.

    Two dates such as XXXX-XX-X1 have half a million spans between them. After MOST_SPANS the
    question stays open, and what is not ruled out counts as possible: True.
    """
    one, other = next(left, None), next(right, None)
    for _ in range(MOST_SPANS):
        if one is None or other is None:
            return False
        if one.last < other.first:
            one = next(left, None)
        elif other.last < one.first:
            other = next(right, None)
        else:
            return True
    return True


def holds_every_day(whole: Iterator[DaySpan], part: Iterator[DaySpan]) -> bool:
    """Whether each span of the second ordered stream lies inside one of the first.

    After MOST_SPANS of the second it is not proven, hence False.
    """
    held = next(whole, None)
    for count, span in enumerate(part):
        while held is not None and held.last < span.first:
            held = next(whole, None)
        if held is None or span.first < held.first or held.last < span.last:
            return False
        if count == MOST_SPANS:
            return False
    return True


def _days_of_moment(moment: Moment, calendar: Calendar, within: DaySpan) -> Iterator[DaySpan]:
    years = _years(moment)
    if moment.month is None and len(years) > 1 and years == range(years[0], years[-1] + 1):
        yield DaySpan(first_day(moment, calendar), last_day(moment, calendar))
        return
    earliest = within.first.in_calendar(calendar)[0] - 2  # a winter reaches into two other years
    latest = within.last.in_calendar(calendar)[0] + 2
    for year in years:
        if earliest <= year <= latest:
            yield from _days_in_year(moment, year, calendar)


def _years(moment: Moment) -> range | list[int]:
    """Every year that the text may mean, in order."""
    text, _, significant = moment.year.text.partition("S")
    digits = text.lstrip("Y")
    sign = -1 if digits.startswith("-") else 1
    digits = digits.lstrip("-")
    if "X" in digits:
        years = _matching(digits)
        return years if sign > 0 else sorted(-year for year in years if year)
    number, _, zeros = digits.partition("E")
    magnitude = int(number) * 10 ** int(zeros or 0)
    low = high = magnitude
    if significant:
        step = 10 ** (len(str(magnitude).zfill(len(number))) - int(significant))
        low = magnitude // step * step
        high = low + step - 1
    return range(low, high + 1) if sign > 0 else range(-high, -low + 1)


def _matching(pattern: str) -> range | list[int]:
    """Every number whose digits, with leading zeros, fit a pattern of digits and X."""
    fixed = pattern.rstrip("X")
    if "X" not in fixed:
        step = 10 ** (len(pattern) - len(fixed))
        return range(int(fixed or 0) * step, (int(fixed or 0) + 1) * step)
    found = [0]
    for digit in pattern:
        choices = range(10) if digit == "X" else (int(digit),)
        found = [10 * number + choice for number in found for choice in choices]
    return found


def _days_in_year(moment: Moment, year: int, calendar: Calendar) -> list[DaySpan]:
    """The spans of one year, in order; they may touch."""
    if moment.month is None:
        return [_span(year, (1, 1), (12, 31), calendar)]
    if moment.season is not None:
        return sorted(_days_of_season(moment.season, year, calendar))
    months = [month for month in _matching(moment.month.text) if 1 <= month <= 12]
    spans = []
    for month in months:
        length = month_length(year, month, calendar)
        if moment.day is None:
            spans.append(_span(year, (month, 1), (month, length), calendar))
            continue
        first = Day.of(year, month, 1, calendar)
        spans.extend(
            DaySpan(first.plus(day - 1), first.plus(day - 1))
            for day in _matching(moment.day.text)
            if 1 <= day <= length
        )
    return spans


def _days_of_season(code: int, year: int, calendar: Calendar) -> Iterator[DaySpan]:
    """ISO 8601-2:2019, 4.8: sub-year groupings.

    Codes 21 to 24 name no hemisphere and so may mean either one's season. A season over the
    turn of the year may be named for the year in which it began or ended.
    """
    if code <= 32:
        hemispheres = {0: (_NORTH, _SOUTH), 1: (_NORTH,), 2: (_SOUTH,)}[(code - 21) // 4]
        order = (code - 21) % 4
        # 21-24, 25-28 and 29-32 all run spring, summer, autumn, winter; the south has its
        # spring when the north has its autumn.
        for hemisphere in hemispheres:
            name = _NORTH[order]
            start, end = _SEASONS[_NORTH[hemisphere.index(name)]]
            if start <= end:
                yield _span(year, start, end, calendar)
            else:
                yield DaySpan(Day.of(year - 1, *start, calendar), Day.of(year, *end, calendar))
                yield DaySpan(Day.of(year, *start, calendar), Day.of(year + 1, *end, calendar))
        return
    base, months = {33: (33, 3), 37: (37, 4), 40: (40, 6)}[
        33 if code <= 36 else 37 if code <= 39 else 40
    ]
    last = (code - base + 1) * months
    yield _span(year, (last - months + 1, 1), (last, month_length(year, last, calendar)), calendar)


def _span(year: int, start: _MonthDay, end: _MonthDay, calendar: Calendar) -> DaySpan:
    return DaySpan(Day.of(year, *start, calendar), Day.of(year, *end, calendar))


def _joined(spans: Iterator[DaySpan]) -> Iterator[DaySpan]:
    """Spans ordered by their first day, with overlapping and adjacent ones made one."""
    held = next(spans, None)
    if held is None:
        return
    for span in spans:
        if span.first.number <= held.last.number + 1:
            held = DaySpan(held.first, max(held.last, span.last))
        else:
            yield held
            held = span
    yield held


def _clipped(spans: Iterator[DaySpan], within: DaySpan) -> Iterator[DaySpan]:
    for span in spans:
        if span.first > within.last:
            return
        if span.last >= within.first:
            yield DaySpan(max(span.first, within.first), min(span.last, within.last))


def _impossible(moment: Moment, calendar: Calendar) -> BadValue:
    return BadValue(
        f"no day of the {calendar} calendar fits {str(moment)!r}",
        hint="Check the day against the length of the month, as in 1988-02-29 or 1990-06-30.",
    )
