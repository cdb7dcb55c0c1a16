"""Dates in digits alone, in any order, and the days between which they lie."""

import calendar as months
import re
from dataclasses import dataclass
from datetime import date

from stelae.errors import BadValue
from stelae.linkage.mapping import ABOUT, Order
from stelae.values.dates import Calendar
from stelae.values.days import Day, month_length

__all__ = [
    "Conventions",
    "Dated",
    "date_in_digits",
    "dated_parts",
    "full_year",
    "span_between",
    "span_of",
    "span_of_years",
]

_ISO = re.compile(
    r"(\d{4})([-/. ])(\d{1,2})(?:\2(\d{1,2}))?(?:[t ]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?"
    r"(?:z|[+-]\d\d:?\d\d)?)?"
)
_GAPS = re.compile(r"(?:\d{4}|\?{4})-(?:\d\d|\?\?)-(?:\d\d|\?\?)")
_COMPACT = re.compile(r"\d{8}")
_YEAR = re.compile(r"\d{4}")
_TRIPLE = re.compile(
    r"(\d{1,2}|[?x*_-]{1,2}) ?([./ -]) ?(\d{1,2}|[?x*_-]{1,2}) ?\2 ?(\d{4}|\d{2})\b\.?"
)
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[./-] ?(\d{4})")
_DOUBLE_YEAR = re.compile(r"(\d{4}) ?[-/] ?(\d{1,2})")
_YEARS = re.compile(r"(\d{4}) ?(?:-|/|\.{2,3}|…) ?(\d{4})")


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a list's dates leave unsaid.

    `about` is how many years (months, days: of the smallest part given) a date marked as
    uncertain may lie to either side; `century_from` the first of the hundred years in which years
    of two digits lie. Without an `order`, dots and dashes mean day, month, year where that can
    be, and 3/4/1931 may be either.
    """

    order: Order | None = None
    calendar: Calendar | None = None
    about: int = ABOUT
    century_from: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """First and last day that are meant, both included; None on a side that has no bound.

    `calendar` is the one in which the date is written, None where nothing says it.
    """

    first: date | None
    last: date | None
    calendar: Calendar | None = None


def date_in_digits(text: str, conventions: Conventions, calendar: Calendar | None) -> Dated | None:
    """Dates in digits alone; None where there is more to read."""
    if _GAPS.fullmatch(text):
        text = text.replace("?", "0")
    match = _ISO.fullmatch(text)
    if match:
        year, month = int(match[1]), int(match[3])
        if match[4] is not None:
            return dated_parts(year, month, int(match[4]), calendar)
        if match[2] == "/" and month > year % 100:
            # 1910/11: a double year, or November.
            return span_of_years(year, year - year % 100 + month, calendar)
        if match[2] == "-" and month > 12 and month > year % 100:
            return span_of_years(year, year - year % 100 + month, calendar)
        if match[2] != ".":
            return dated_parts(year, month, None, calendar)
    if _COMPACT.fullmatch(text):
        if conventions.order in (None, Order.YMD):
            return dated_parts(int(text[:4]), int(text[4:6]), int(text[6:]), calendar)
        first, second, year = int(text[:2]), int(text[2:4]), int(text[4:])
        return _ordered(first, second, year, conventions.order, calendar)
    if _YEAR.fullmatch(text):
        return dated_parts(int(text), None, None, calendar)
    match = _TRIPLE.fullmatch(text)
    if match:
        return _triple(match, conventions, calendar)
    match = _MONTH_YEAR.fullmatch(text)
    if match:
        return dated_parts(int(match[2]), int(match[1]), None, calendar)
    match = _YEARS.fullmatch(text)
    if match:
        return span_of_years(int(match[1]), int(match[2]), calendar)
    match = _DOUBLE_YEAR.fullmatch(text)
    if match and int(match[2]) > int(match[1]) % 100:
        return span_of_years(int(match[1]), int(match[1][:2] + match[2].zfill(2)), calendar)
    return None


def _triple(match: re.Match[str], conventions: Conventions, calendar: Calendar | None) -> Dated:
    first, separator, second, last = match.groups()
    if conventions.order is Order.YMD and len(last) == 2 and first.isdecimal():
        year = full_year(first, conventions)
        return dated_parts(year, _part(second), _part(last), calendar)
    year = full_year(last, conventions)
    if not (first.isdecimal() and second.isdecimal()):
        day, month = _part(first), _part(second)
        return dated_parts(year, month, day if month else None, calendar)
    one, two = int(first), int(second)
    if conventions.order in (Order.DMY, Order.MDY):
        return _ordered(one, two, year, conventions.order, calendar)
    if two > 12 >= one > 0:
        return _ordered(one, two, year, Order.MDY, calendar)
    if separator == "/" and 0 < one <= 12 and 0 < two <= 12 and one != two:
        either = [_ordered(one, two, year, order, calendar) for order in (Order.DMY, Order.MDY)]
        return Dated(
            min(each.first for each in either if each.first),
            max(each.last for each in either if each.last),
            calendar,
        )
    return _ordered(one, two, year, Order.DMY, calendar)


def _ordered(first: int, second: int, year: int, order: Order, calendar: Calendar | None) -> Dated:
    day, month = (second, first) if order is Order.MDY else (first, second)
    return dated_parts(year, month or None, day or None, calendar)


def _part(text: str) -> int | None:
    """A day or month; None where a mark stands in its place."""
    return int(text) or None if text.isdecimal() else None


def full_year(text: str, conventions: Conventions) -> int:
    """The year that digits mean; BadValue for two of them where no century is said."""
    if len(text) > 2:
        return int(text)
    start = conventions.century_from
    if start is None:
        raise BadValue("has a year of two digits")
    return start + (int(text) - start) % 100


def span_of_years(first: int, last: int, calendar: Calendar | None) -> Dated:
    """From the first day of a year to the last of another."""
    one, two = span_of(first, None, None, calendar), span_of(last, None, None, calendar)
    return span_between(one[0], two[1], calendar)


def span_between(first: date, last: date, calendar: Calendar | None) -> Dated:
    """From one day to another; BadValue where they stand the other way round."""
    if last < first:
        raise BadValue("ends before it starts")
    return Dated(first, last, calendar)


def dated_parts(year: int, month: int | None, day: int | None, calendar: Calendar | None) -> Dated:
    """The days of a year, month or day; zeros stand for what is not known: 1956-04-00."""
    return Dated(
        *span_of(year, month or None, (day or None) if month else None, calendar), calendar
    )


def span_of(
    year: int, month: int | None, day: int | None, calendar: Calendar | None
) -> tuple[date, date]:
    """First and last day of a year, month or day; BadValue where the calendar has none such."""
    if not 1 <= year <= 9998:
        raise BadValue(f"has the year {year}" if year else "says no year")
    if month is not None and not 1 <= month <= 12:
        raise BadValue(f"has a month {month}")
    if calendar is Calendar.JULIAN:
        first = Day.from_julian(year, month or 1, day or 1)
        length = month_length(year, month or 12, Calendar.JULIAN)
        last = first if day else Day.from_julian(year, month or 12, length)
        return first.to_date(), last.to_date()
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, months.monthrange(year, month)[1])
    try:
        only = date(year, month, day)
    except ValueError as error:
        raise BadValue(f"has a day {day} in the month {year:04}-{month:02}") from error
    return only, only
