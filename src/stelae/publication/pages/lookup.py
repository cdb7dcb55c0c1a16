"""What belongs together, found once: by event, by source, by place; and pointers to it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from stelae.publication.text import Text, anchor_of, date_in_words, slug
from stelae.publication.view import EditionView
from stelae.records.attribution import Attributed
from stelae.records.events import Event, Link, Place, PlaceName
from stelae.records.fold import attributed
from stelae.records.identifiers import Reference
from stelae.records.recognition import Day, Instrument, Recognition
from stelae.records.sources import Item, Party, Source

__all__ = ["Lookup", "Pointer"]

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words that lead somewhere: `path` is relative to the root of the site, None for nowhere."""

    text: Text
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """A view with its indexes. Tuples keep the order in which things were recorded."""

    view: EditionView
    links: Mapping[str, tuple[Link, ...]]
    recognitions: Mapping[str, tuple[Recognition, ...]]
    days: Mapping[str, tuple[Day, ...]]
    place_names: Mapping[str, tuple[PlaceName, ...]]
    items: Mapping[str, tuple[Item, ...]]
    built_on: Mapping[str, tuple[Source, ...]]
    cited_by: Mapping[str, tuple[tuple[str, Attributed], ...]]
    said: Mapping[str, int]

    @classmethod
    def of(cls, view: EditionView) -> "Lookup":
        """Go once through a state and note what belongs to what."""
        state = view.state
        links: dict[str, list[Link]] = defaultdict(list)
        for link in state.all(Link):
            for event in dict.fromkeys((link.event, link.other)):
                links[event].append(link)
        recognitions: dict[str, list[Recognition]] = defaultdict(list)
        for act in state.all(Recognition):
            for event in act.event:
                recognitions[event].append(act)
        days: dict[str, list[Day]] = defaultdict(list)
        for day in state.all(Day):
            days[day.event].append(day)
        place_names: dict[str, list[PlaceName]] = defaultdict(list)
        for name in state.all(PlaceName):
            place_names[name.place].append(name)
        items: dict[str, list[Item]] = defaultdict(list)
        for item in state.all(Item):
            items[item.source].append(item)
        built_on: dict[str, list[Source]] = defaultdict(list)
        for source in state.all(Source):
            for other in source.rests_on:
                built_on[other].append(source)
        cited_by: dict[str, list[tuple[str, Attributed]]] = defaultdict(list)
        said: dict[str, int] = defaultdict(int)
        for kind, record in attributed(state):
            cited_by[record.source].append((kind, record))
            said[record.said_by] += 1
        return cls(
            view=view,
            links=_frozen(links),
            recognitions=_frozen(recognitions),
            days=_frozen(days),
            place_names=_frozen(place_names),
            items=_frozen(items),
            built_on=_frozen(built_on),
            cited_by=_frozen(cited_by),
            said=said,
        )

    def entry(self, kind: str, identifier: str) -> int:
        """The number of the entry in the log that holds the current version."""
        return self.view.state.logged(kind, identifier).index

    def party(self, identifier: str) -> Pointer:
        """A speaker, body or community; its id where it may not be shown."""
        found = self.view.state.find(Party, identifier)
        if found is None:
            return Pointer(Text(identifier, ""))
        return Pointer(Text.best(found.name), f"parties.html#{anchor_of('party', identifier)}")

    def source(self, identifier: str) -> Pointer:
        """A source by its title."""
        found = self.view.state.find(Source, identifier)
        if found is None:
            return Pointer(Text(identifier, ""))
        return Pointer(Text.best(found.title), source_path(identifier))

    def event(self, identifier: str) -> Pointer:
        """An event by its plain label."""
        found = self.view.state.find(Event, identifier)
        if found is None:
            return Pointer(Text(identifier, ""))
        return Pointer(Text.best(found.name), event_path(identifier))

    def place(self, identifier: str) -> Text:
        """The house form of a place's name."""
        found = self.view.state.find(Place, identifier)
        return Text.best(found.name) if found else Text(identifier, "")

    def instrument(self, identifier: str) -> Pointer:
        """An instrument by its title."""
        found = self.view.state.find(Instrument, identifier)
        if found is None:
            return Pointer(Text(identifier, ""))
        path = f"recognition.html#{anchor_of('instrument', identifier)}"
        return Pointer(Text.best(found.title), path)

    def source_date(self, identifier: str) -> str:
        """The date of a source in words, or ""."""
        found = self.view.state.find(Source, identifier)
        return date_in_words(found.date) if found and found.date else ""

    def record(self, target: Reference) -> Pointer:
        """Where a record is shown, whatever it is."""
        identifier = target.id
        match target.kind:
            case "event":
                return self.event(identifier)
            case "source":
                return self.source(identifier)
            case "party":
                return self.party(identifier)
            case "place":
                return Pointer(self.place(identifier))
            case "instrument":
                return self.instrument(identifier)
            case _:
                return Pointer(Text(str(target)))


def _frozen(index: Mapping[str, list[R]]) -> Mapping[str, tuple[R, ...]]:
    return {key: tuple(values) for key, values in index.items()}


def event_path(identifier: str) -> str:
    """The page of an event."""
    return f"events/{slug(identifier)}.html"


def source_path(identifier: str) -> str:
    """The page of a source."""
    return f"sources/{slug(identifier)}.html"
