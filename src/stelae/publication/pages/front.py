"""The front page: what this is, whose dead it holds, what is in it."""

from dataclasses import dataclass

from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.pages.recognition import DayLine, days_in_order
from stelae.publication.pages.statement import StatementLink
from stelae.publication.pages.times import events_in_time
from stelae.publication.text import Text, plural
from stelae.records.events import Event
from stelae.records.recognition import Day, Instrument, Recognition
from stelae.records.sources import Item, Party, Source

__all__ = ["FrontPage", "front_page"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the dossier and how much it holds."""

    name: str
    path: str
    holds: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front page says; forms are in the order of the dossier's languages."""

    titles: tuple[Text, ...]
    intros: tuple[Text, ...]
    notices: tuple[Text, ...]
    communities: tuple[Pointer, ...]
    parts: tuple[Part, ...]
    span: str
    statements: tuple[tuple[StatementLink, ...], ...]
    days: tuple[DayLine, ...]


def front_page(lookup: Lookup, links: tuple[StatementLink, ...]) -> FrontPage:
    """The front page of an edition; statements are grouped with their versions."""
    settings, state = lookup.view.settings, lookup.view.state
    events = events_in_time(lookup, state.all(Event))
    communities = {party for event, _ in events for party in event.communities}
    years = [time.year for _, time in events if time.year]
    families: dict[str, list[StatementLink]] = {}
    for link in links:
        families.setdefault(link.family, []).append(link)
    return FrontPage(
        titles=tuple(Text.of(form) for form in settings.title),
        intros=tuple(Text.of(form) for form in settings.intro or ()),
        notices=tuple(Text.of(form) for form in settings.notice or ()),
        communities=tuple(
            sorted(
                (lookup.party(party) for party in communities),
                key=lambda pointer: (pointer.text.words.casefold(), pointer.path or ""),
            )
        ),
        parts=tuple(_parts(lookup)),
        span=_span(years),
        statements=tuple(tuple(family) for family in families.values()),
        days=days_in_order(lookup, state.all(Day)),
    )


def _span(years: list[str]) -> str:
    if not years:
        return ""
    first, last = years[0], years[-1]
    return first if first == last else f"{first}\N{EN DASH}{last}"


def _parts(lookup: Lookup) -> list[Part]:
    state = lookup.view.state

    def count(type_: type, one: str, many: str = "") -> str:
        return plural(sum(1 for _ in state.all(type_)), one, many)

    figures = plural(len(state.versions.get("figure", {})), "figure")
    assertions = plural(len(state.versions.get("assertion", {})), "assertion")
    return [
        Part("Chronicle", "chronicle.html", f"{count(Event, 'event')}, {assertions}, {figures}"),
        Part(
            "Recognition",
            "recognition.html",
            f"{count(Recognition, 'act')}, {count(Instrument, 'instrument')}",
        ),
        Part("Days of remembrance", "days.html", count(Day, "day")),
        Part(
            "Sources",
            "sources/index.html",
            f"{count(Source, 'source')}, {count(Item, 'kept item')}",
        ),
        Part("Who speaks", "parties.html", count(Party, "party", "parties")),
        Part("Method", "method.html", "what the words and drawings mean"),
        Part("Verify", "verify.html", plural(lookup.view.log.size, "log entry", "log entries")),
        Part("Data", "data/index.html", "every record, as CSV and JSON"),
    ]
