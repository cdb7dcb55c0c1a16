"""The page of one event: everything that is said of it, by whom, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from stelae.publication.pages.figures import FigureTable, figure_table
from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.pages.recognition import ActLine, DayLine, act_line, day_line
from stelae.publication.pages.times import When, when
from stelae.publication.pages.voices import Slot, VoiceLine, said_line, slot_table
from stelae.publication.text import Text, anchor_of, date_in_words, language_name
from stelae.records.events import Event, Link, Place
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.records.vocabularies import label, vocabularies
from stelae.values.dates import PartialDate

__all__ = ["EventPage", "LinkLine", "PlaceLine", "event_page"]

_WORDS = ("name", "qualification")


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What somebody says this event has to do with another; `this` and `other` in that order."""

    first: Pointer
    relation: str
    second: Pointer
    said: VoiceLine


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One form of a place's name, when it was in use, and by whose word."""

    text: Text
    language: str
    period: str
    in_use_then: bool
    said: VoiceLine


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place with its house forms, where it lies, and the names that were used for it."""

    anchor: str
    forms: tuple[Text, ...]
    within: tuple[Text, ...]
    coordinates: str
    coordinates_from: str
    names: tuple[PlaceName, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """What the page of an event says, in the order in which it says it."""

    event: Event
    title: Text
    other_titles: tuple[Text, ...]
    when: When
    where: tuple[Text, ...]
    communities: tuple[Pointer, ...]
    note: str
    words: tuple[Slot, ...]
    slots: tuple[Slot, ...]
    figures: tuple[FigureTable, ...]
    links: tuple[LinkLine, ...]
    acts: tuple[ActLine, ...]
    days: tuple[DayLine, ...]
    places: tuple[PlaceLine, ...]
    entry: int


def event_page(lookup: Lookup, event: Event) -> EventPage:
    """Gather everything said of an event."""
    views = {view.slot: view for view in lookup.view.slots.of_subject(Reference("event", event.id))}
    known = vocabularies()
    dates = [parse_date(value.text) for value in views["date"].standing] if "date" in views else []
    title = event.name.in_language("en")
    return EventPage(
        event=event,
        title=Text.of(title),
        other_titles=tuple(Text.of(form) for form in event.name if form != title),
        when=when(lookup, event),
        where=tuple(lookup.place(place) for place in event.place),
        communities=tuple(lookup.party(party) for party in event.communities),
        note=event.note,
        words=tuple(slot_table(lookup, views[slot]) for slot in _WORDS if slot in views),
        slots=tuple(
            slot_table(lookup, views[slot])
            for slot in dict.fromkeys((*known["slot"], *views))
            if slot in views and slot not in _WORDS and slot not in known["measure"]
        ),
        figures=tuple(
            figure_table(lookup, views[measure]) for measure in known["measure"] if measure in views
        ),
        links=tuple(_link(lookup, link) for link in lookup.links.get(event.id, ())),
        acts=tuple(act_line(lookup, act) for act in lookup.recognitions.get(event.id, ())),
        days=tuple(day_line(lookup, day) for day in lookup.days.get(event.id, ())),
        places=tuple(
            line
            for place in dict.fromkeys(event.place)
            if (line := _place(lookup, place, dates)) is not None
        ),
        entry=lookup.entry("event", event.id),
    )


def _link(lookup: Lookup, link: Link) -> LinkLine:
    return LinkLine(
        first=lookup.event(link.event),
        relation=label("relation", link.relation),
        second=lookup.event(link.other),
        said=said_line(lookup, "link", link),
    )


def _place(lookup: Lookup, identifier: str, dates: Sequence[PartialDate]) -> PlaceLine | None:
    """A place as the page of an event of these dates shows it."""
    place = lookup.view.state.find(Place, identifier)
    if place is None:
        return None
    within: list[str] = []
    larger = place.within
    while larger and larger not in within and larger != identifier:
        within.append(larger)
        found = lookup.view.state.find(Place, larger)
        larger = found.within if found else ""
    names = sorted(
        lookup.place_names.get(identifier, ()),
        key=lambda name: (name.period.sort_key if name.period else (-(10**12), 0, "", ""), name.id),
    )
    return PlaceLine(
        anchor=anchor_of("place", identifier),
        forms=tuple(Text.of(form) for form in place.name),
        within=tuple(lookup.place(outer) for outer in within),
        coordinates=str(place.coordinates) if place.coordinates else "",
        coordinates_from=place.coordinates_from,
        names=tuple(
            PlaceName(
                text=Text(name.text, name.language),
                language=language_name(name.language),
                period=date_in_words(name.period) if name.period else "",
                in_use_then=name.period is not None
                and any(name.form.may_be_in_use(date) for date in dates),
                said=said_line(lookup, "place-name", name),
            )
            for name in names
        ),
    )
