"""Whether a date of a text can be a date of the record."""

from functools import lru_cache

from stelae.errors import BadValue
from stelae.statements.facts import DateFact, Style
from stelae.values.dates import Calendar, PartialDate

__all__ = ["agrees"]


def agrees(fact: DateFact, date: PartialDate) -> bool:
    """Whether the words can be that date; without a named style either calendar will do."""
    if fact.start.year is None:
        return _same_days(fact, date)
    readings = [fact.edtf]
    if fact.other is not None:
        readings.append(fact.other.edtf)
    calendars = {
        None: (Calendar.GREGORIAN, date.calendar),
        Style.OLD: (Calendar.JULIAN,),
        Style.NEW: (Calendar.GREGORIAN,),
    }[fact.style if fact.other is None else None]
    for edtf in readings:
        for calendar in dict.fromkeys(calendars):
            said = _parsed(edtf, calendar)
            if said is None or _are_apart(said, date):
                continue
            if date.contains(said) or date.may_equal(said) or _says_less(said, date):
                return True
    return False


@lru_cache(maxsize=8192)  # held against every date of the record, by several rules
def _parsed(edtf: str, calendar: Calendar) -> PartialDate | None:
    try:
        return PartialDate.parse(edtf, calendar=calendar)
    except BadValue:
        return None


def _are_apart(said: PartialDate, date: PartialDate) -> bool:
    """Whether they have no day in common, as their first and last days tell at once.

    Of two intervals the ends may still agree where they say little: `1990-02/1990`.
    """
    if said.is_interval and date.is_interval:
        return False
    return said.surely_before(date) or date.surely_before(said)


def _says_less(said: PartialDate, date: PartialDate) -> bool:
    return not said.is_interval and said.contains(date)


def _same_days(fact: DateFact, date: PartialDate) -> bool:
    """Whether days without a year fall on those of the date, in either calendar."""
    if date.earliest is None or date.latest is None:
        return True
    for calendar in dict.fromkeys((Calendar.GREGORIAN, date.calendar)):
        first = date.earliest.in_calendar(calendar)
        last = date.latest.in_calendar(calendar)
        if first[0] != last[0]:
            return True
        end = fact.end or fact.start
        low = (fact.start.month or 1, fact.start.day or 1)
        high = (end.month or fact.start.month or 12, end.day or 31)
        within = first[1:] <= low and high <= last[1:]
        less = fact.end is None and low <= first[1:] and last[1:] <= high
        if within or less:
            return True
    return False
