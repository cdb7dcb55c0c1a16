"""When an event was, from what is asserted of it: the span of all dates, and its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from stelae.publication.pages.lookup import Lookup
from stelae.publication.text import date_in_words, plural
from stelae.records.events import Event
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.values.dates import PartialDate, envelope
from stelae.values.days import Calendar, Day

__all__ = ["When", "events_in_time", "when"]

_NEVER = 10**12


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event in words, and where it stands among others.

    `rivals` says how many dates stand side by side, "" for one. `year` is "" where none is known.
    """

    words: str
    rivals: str
    year: str
    key: tuple[int, int, str]


def when(lookup: Lookup, event: Event) -> When:
    """From the standing dates of an event: the one there is, or the span of all of them."""
    view = lookup.view.slots.view(Reference("event", event.id), "date")
    dates = [parse_date(value.text) for value in view.standing]
    if not dates:
        return When("no date asserted", "", "", (_NEVER, _NEVER, event.id))
    first, last = envelope(dates)
    narrow = min(dates, key=lambda date: date.sort_key)
    start = first or narrow.latest
    key = (start.number if start else _NEVER, last.number if last else _NEVER, event.id)
    year = str(start.gregorian[0]) if start else ""
    if all(date.same_days(dates[0]) for date in dates):
        styled = next((date for date in dates if date.calendar is Calendar.JULIAN), dates[0])
        return When(date_in_words(styled), "", year, key)
    days = {(date.earliest, date.latest, date.certainty) for date in dates}
    rivals = plural(len(days), "rival date")
    if first is None or last is None:
        return When(" / ".join(date_in_words(date) for date in dates), rivals, year, key)
    span = PartialDate(_span(first, last))
    both = any(date.calendar is Calendar.JULIAN for date in dates)
    return When(date_in_words(span, both_styles=both), rivals, year, key)


def _span(first: Day, last: Day) -> str:
    """The days from one to another in EDTF, as whole years or months where they are that."""
    start, end = first.gregorian, last.gregorian
    whole_months = start[2] == 1 and last.plus(1).gregorian[2] == 1
    if whole_months and (start[1], end[1]) == (1, 12):
        ends = [first.iso()[:-6], last.iso()[:-6]]
    elif whole_months:
        ends = [first.iso()[:-3], last.iso()[:-3]]
    else:
        ends = [first.iso(), last.iso()]
    return "/".join(dict.fromkeys(ends))


def events_in_time(lookup: Lookup, events: Iterable[Event]) -> list[tuple[Event, When]]:
    """Events by the first day that their dates may mean; those without a date at the end."""
    dated = [(event, when(lookup, event)) for event in events]
    return sorted(dated, key=lambda pair: pair[1].key)
