"""What happened, where, and what one event has to do with another.

An event itself holds no claims: a label in plain words and a place on the shelf. Its dates,
acts, participants and other names are assertions, each with its source.
"""

from dataclasses import dataclass

from stelae.records.attribution import Attributed
from stelae.records.columns import column
from stelae.values.dates import PartialDate
from stelae.values.names import Name, Names
from stelae.values.places import Coordinates, PlaceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere; its other names, and who used them when, are records of their own."""

    id: str = column("The id of this place, never reused.")
    name: Names = column("Its name in the house form of each language: name:en, name:hy, …")
    within: str = column("The larger place that it lies in.", refers="place", default="")
    coordinates: Coordinates | None = column("Latitude, longitude in degrees.", default=None)
    coordinates_from: str = column("Where the coordinates come from.", default="")
    note: str = column("What a reader should know about it, in own words.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName(Attributed):
    """One form of a place's name, in one language, in one period, used by somebody."""

    place: str = column("The place.", refers="place")
    text: str = column("The name as it is written.")
    language: str = column("Its language, as a tag of BCP 47.")
    period: PartialDate | None = column("When this form was in use.", default=None)

    @property
    def form(self) -> PlaceForm:
        """The form with its period, as a value."""
        return PlaceForm(Name(self.text, self.language), self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, under a plain label: place, month, year."""

    id: str = column("The id of this event, never reused.")
    name: Names = column("A plain label by language, no qualification: name:en, name:hy, …")
    place: tuple[str, ...] = column("Where: ids of places.", refers="place", default=())
    communities: tuple[str, ...] = column(
        "Whose dead and driven out it holds, in the sources' terms: ids of parties.",
        refers="party",
        default=(),
    )
    note: str = column("What a reader should know about it, in own words.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Attributed):
    """What somebody says one event has to do with another."""

    event: str = column("The event of which it is said.", refers="event")
    relation: str = column("What it has to do with the other.", vocabulary="relation")
    other: str = column("The other event.", refers="event")
