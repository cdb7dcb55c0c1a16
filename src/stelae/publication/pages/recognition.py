"""What bodies decided, by which instrument, and which days are kept: never a tally, only acts."""

from collections.abc import Iterable
from dataclasses import dataclass

from stelae.errors import BadValue
from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.pages.times import events_in_time
from stelae.publication.pages.voices import Judgment, VoiceLine, said_line, withdrawal
from stelae.publication.text import Text, anchor_of, date_in_words
from stelae.records.events import Event
from stelae.records.identifiers import Reference
from stelae.records.recognition import Day, Instrument, Recognition
from stelae.records.vocabularies import label
from stelae.values.date_display import format_month_day
from stelae.values.days import Calendar
from stelae.values.days import Day as CalendarDay
from stelae.values.month_days import parse_month_days

__all__ = [
    "ActLine",
    "DayLine",
    "InstrumentLine",
    "RecognitionPage",
    "act_line",
    "day_line",
    "days_in_order",
    "recognition_page",
]

_NO_DATE = (10**12, 0, "", "")
_LANGUAGE = "en"
_COMMON_YEAR = 2023


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: its stance is in the act's own terms, never the system's verdict."""

    anchor: str
    body: Pointer
    kind: str
    date: str
    title: str
    stance: str
    is_contested: bool
    words: str
    chamber: str
    binding: str
    votes: str
    events: tuple[Pointer, ...]
    said: VoiceLine
    withdrawn: tuple[Judgment, ...]


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """One treaty, law or resolution."""

    anchor: str
    titles: tuple[Text, ...]
    number: str
    date: str
    body: Pointer | None
    provision: str
    status: str
    source: Pointer | None
    note: str
    entry: int


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of remembrance with those who keep it.

    For a day of the Julian calendar `new_style` is its place in the Gregorian, 1900 to 2100.
    """

    anchor: str
    order: tuple[tuple[int, int], tuple[int, int]]
    date: str
    calendar: str
    new_style: str
    names: tuple[Text, ...]
    observers: tuple[Pointer, ...]
    since: str
    instrument: Pointer | None
    established_by: str
    event: Pointer | None
    said: VoiceLine


@dataclass(frozen=True, slots=True)
class EventActs:
    """The acts that speak of one event; None for those that speak of no recorded event."""

    event: Pointer | None
    acts: tuple[ActLine, ...]


@dataclass(frozen=True, slots=True)
class RecognitionPage:
    """Acts by event and date, then instruments by date."""

    groups: tuple[EventActs, ...]
    instruments: tuple[InstrumentLine, ...]


def act_line(lookup: Lookup, act: Recognition) -> ActLine:
    """One act in words."""
    target = Reference("recognition", act.id)
    return ActLine(
        anchor=anchor_of("recognition", act.id),
        body=lookup.party(act.body),
        kind=label("recognition-kind", act.kind),
        date=date_in_words(act.date) if act.date else "no date known",
        title=act.title,
        stance=label("stance", act.stance),
        is_contested=act.stance == "contested",
        words=act.words,
        chamber=act.chamber,
        binding=label("binding", act.binding),
        votes=act.votes,
        events=tuple(lookup.event(event) for event in act.event),
        said=said_line(lookup, "recognition", act),
        withdrawn=tuple(
            withdrawal(lookup, found) for found in lookup.view.state.retractions.get(target, ())
        ),
    )


def day_line(lookup: Lookup, day: Day) -> DayLine:
    """One day in words."""
    start, end = parse_month_days(day.date)
    first, last = (start.month, start.day), (end.month, end.day)
    return DayLine(
        anchor=anchor_of("day", day.id),
        order=(first, last),
        date=_month_days(first, last),
        calendar="" if day.calendar == "gregorian" else label("calendar", day.calendar),
        new_style=_new_style(first, last) if day.calendar == "julian" else "",
        names=tuple(Text.of(form) for form in day.name),
        observers=tuple(lookup.party(party) for party in day.observed_by),
        since=day.since,
        instrument=lookup.instrument(day.instrument) if day.instrument else None,
        established_by=day.established_by,
        event=lookup.event(day.event) if day.event else None,
        said=said_line(lookup, "day", day),
    )


def _new_style(first: tuple[int, int], last: tuple[int, int]) -> str:
    """The same days in the Gregorian calendar of this and the last century.

    A common year is taken; around the end of February a leap year may give a day less.
    """
    ends = [
        CalendarDay.of(_COMMON_YEAR, *day, Calendar.JULIAN)
        for day in (first, last)
        if day != (2, 29)
    ]
    if len(ends) < 2:
        return ""
    (_, *start), (_, *end) = (day.gregorian for day in ends)
    return _month_days((start[0], start[1]), (end[0], end[1]))


def _month_days(first: tuple[int, int], last: tuple[int, int]) -> str:
    try:
        return format_month_day(first, _LANGUAGE, end=last)
    except BadValue:
        return f"{first[0]:02}-{first[1]:02}"


def days_in_order(lookup: Lookup, days: Iterable[Day]) -> tuple[DayLine, ...]:
    """Days in the order of the calendar, then by id."""
    return tuple(
        sorted((day_line(lookup, day) for day in days), key=lambda line: (line.order, line.anchor))
    )


def recognition_page(lookup: Lookup) -> RecognitionPage:
    """Every act under each event that it speaks of, events in the order of time."""
    state = lookup.view.state
    groups = [
        EventActs(lookup.event(event.id), _by_date(lookup, lookup.recognitions[event.id]))
        for event, _ in events_in_time(lookup, state.all(Event))
        if event.id in lookup.recognitions
    ]
    shown = {act.id for event in state.all(Event) for act in lookup.recognitions.get(event.id, ())}
    others = [act for act in state.all(Recognition) if act.id not in shown]
    if others:
        groups.append(EventActs(None, _by_date(lookup, others)))
    instruments = sorted(
        state.all(Instrument), key=lambda i: (i.date.sort_key if i.date else _NO_DATE, i.id)
    )
    return RecognitionPage(tuple(groups), tuple(_instrument(lookup, i) for i in instruments))


def _by_date(lookup: Lookup, acts: Iterable[Recognition]) -> tuple[ActLine, ...]:
    ordered = sorted(acts, key=lambda act: (act.date.sort_key if act.date else _NO_DATE, act.id))
    return tuple(act_line(lookup, act) for act in ordered)


def _instrument(lookup: Lookup, instrument: Instrument) -> InstrumentLine:
    return InstrumentLine(
        anchor=anchor_of("instrument", instrument.id),
        titles=tuple(Text.of(form) for form in instrument.title),
        number=instrument.number,
        date=date_in_words(instrument.date) if instrument.date else "",
        body=lookup.party(instrument.body) if instrument.body else None,
        provision=instrument.provision,
        status=instrument.status,
        source=lookup.source(instrument.source) if instrument.source else None,
        note=instrument.note,
        entry=lookup.entry("instrument", instrument.id),
    )
