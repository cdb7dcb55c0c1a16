"""All events in the order of time, each with the range of what is said of it."""

from dataclasses import dataclass

from markupsafe import Markup

from stelae.publication.pages.figures import counts_of, rivals, summary
from stelae.publication.pages.lookup import Lookup, Pointer, event_path
from stelae.publication.pages.times import When, events_in_time
from stelae.publication.plots import Scale, axis, grid, overlay, scale_for
from stelae.publication.text import Text
from stelae.records.events import Event
from stelae.records.identifiers import Reference
from stelae.records.views import SlotView
from stelae.records.vocabularies import label, vocabularies
from stelae.values.figures import Count, CountForm

__all__ = ["ChroniclePage", "ChronicleRow", "chronicle_page"]


@dataclass(frozen=True, slots=True)
class RangeLine:
    """What is said of one measure of an event, small: lowest and highest value, never a middle."""

    measure: str
    words: str
    summary: str
    scopes: str
    contested: bool
    strip: Markup


@dataclass(frozen=True, slots=True)
class ChronicleRow:
    """One event."""

    event: Pointer
    other_titles: tuple[Text, ...]
    when: When
    where: tuple[Text, ...]
    communities: tuple[Pointer, ...]
    range: RangeLine | None


@dataclass(frozen=True, slots=True)
class ChroniclePage:
    """The events, and the one scale on which their ranges are drawn."""

    rows: tuple[ChronicleRow, ...]
    axis: Markup


def leading_measure(lookup: Lookup, event: Event) -> SlotView | None:
    """The killed, where anything is said of them; else the first measure that counts people."""
    measures = vocabularies()["measure"]
    people = [code for code, entry in measures.items() if entry.properties.get("people")]
    of_event = Reference("event", event.id)
    for measure in people:
        view = lookup.view.slots.view(of_event, measure)
        if view.standing:
            return view
    return None


def chronicle_page(lookup: Lookup) -> ChroniclePage:
    """Every event with its leading measure on one logarithmic scale."""
    events = events_in_time(lookup, lookup.view.state.all(Event))
    leading = {event.id: leading_measure(lookup, event) for event, _ in events}
    drawn = [count for view in leading.values() if view for count in counts_of(view, standing=True)]
    scale = scale_for(drawn, logarithmic=True)
    drawn_axis = Markup("")
    if scale is not None:
        drawn_axis = axis(
            scale,
            "Logarithmic scale of the figures",
            "One scale for all events; each row gives its lowest and highest figure in words.",
            "axis.chronicle",
        )
    return ChroniclePage(
        tuple(_row(lookup, event, time, leading[event.id], scale) for event, time in events),
        drawn_axis,
    )


def _row(
    lookup: Lookup, event: Event, time: When, view: SlotView | None, scale: Scale | None
) -> ChronicleRow:
    title = event.name.in_language("en")
    return ChronicleRow(
        event=Pointer(Text.of(title), event_path(event.id)),
        other_titles=tuple(Text.of(form) for form in event.name if form != title),
        when=time,
        where=tuple(lookup.place(place) for place in event.place),
        communities=tuple(lookup.party(party) for party in event.communities),
        range=_range(view, scale) if view else None,
    )


def _range(view: SlotView, scale: Scale | None) -> RangeLine:
    counts = counts_of(view, standing=True)
    numbers = [count for count in counts if count.form is not CountForm.WORDS]
    rival = bool(rivals(view))
    scopes = {value.key[1:4] for value in view.standing}
    strip = Markup("")
    if scale and numbers:
        strip = grid(scale) + overlay(scale, numbers, rival=rival)
    return RangeLine(
        measure=label("measure", view.slot),
        words=_ends(numbers or list(counts)),
        summary=summary(view),
        scopes="their scopes differ" if len(scopes) > 1 else "",
        contested=rival,
        strip=strip,
    )


def _ends(counts: list[Count]) -> str:
    """`26 to 400`, `48 to at least 300`; one count as it is."""
    distinct = list(dict.fromkeys(counts))
    if len(distinct) == 1 or distinct[0].form is CountForm.WORDS:
        return ", ".join(count.in_words() for count in distinct)
    lowest = min(distinct, key=lambda c: c.low if c.low is not None else (c.high or 0))
    highest = max(distinct, key=lambda c: c.high if c.high is not None else (c.low or 0))
    if lowest == highest:
        return lowest.in_words()
    return f"{_low_end(lowest)} to {_high_end(highest)}"


def _low_end(count: Count) -> str:
    if count.form is CountForm.RANGE:
        return Count.exact(count.low or 0).in_words()
    return count.in_words()


def _high_end(count: Count) -> str:
    if count.form is CountForm.RANGE:
        return Count.exact(count.high or 0).in_words()
    return count.in_words()
