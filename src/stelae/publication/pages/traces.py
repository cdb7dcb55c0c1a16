"""From bound words of a statement back to the record: value, source, kept bytes, entry."""

from dataclasses import dataclass

from stelae.publication.pages.figures import counts_of
from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.pages.sources import ItemLine, item_line
from stelae.publication.pages.voices import VoiceLine, said_line, voice_line
from stelae.publication.text import Text, anchor_of, count_in_words, date_in_words
from stelae.records.assertions import Figure
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.records.recognition import Day, Recognition
from stelae.records.sources import Source
from stelae.records.vocabularies import label
from stelae.statements.model import Binding, BindingKind

__all__ = ["Trace", "TracedValue", "trace"]

_MEASURE_LIMIT = 12


@dataclass(frozen=True, slots=True)
class TracedValue:
    """One value of the record, who says it, and the entry that holds it."""

    words: str
    voice: VoiceLine
    leaf: str
    items: tuple[ItemLine, ...]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """What bound words rest on. `rivals` are the other values of the record, never hidden.

    `grouped` gives rival values with their speakers where the words are bound to all of them.
    `missing` is what could not be found; the check that precedes publication reports it too.
    """

    anchor: str
    words: str
    about: Pointer | None
    values: tuple[TracedValue, ...]
    rivals: tuple[str, ...] = ()
    grouped: tuple[tuple[str, tuple[Pointer, ...]], ...] = ()
    missing: str = ""


def trace(lookup: Lookup, binding: Binding, anchor: str) -> Trace | None:
    """The trace of one binding; None for an ordinary link, which binds nothing."""
    state, target = lookup.view.state, binding.target
    match binding.kind:
        case BindingKind.WEB:
            return None
        case BindingKind.FIGURE if state.has("figure", target):
            return _figure(lookup, binding, anchor)
        case BindingKind.DATE if state.has("event", target):
            return _date(lookup, binding, anchor)
        case BindingKind.QUOTE:
            return _quote(lookup, binding, anchor)
        case BindingKind.RECOGNITION if state.has("recognition", target):
            act = state.get(Recognition, target)
            about = Pointer(
                Text(act.title, ""), f"recognition.html#{anchor_of('recognition', target)}"
            )
            voice = said_line(lookup, "recognition", act)
            words = f"{label('stance', act.stance)}: {act.words}" if act.words else act.stance
            value = _value(lookup, Reference("recognition", target), words, voice)
            return Trace(anchor, binding.text, about, (value,))
        case BindingKind.DAY if state.has("day", target):
            day = state.get(Day, target)
            about = Pointer(Text.best(day.name), f"days.html#{anchor_of('day', target)}")
            voice = said_line(lookup, "day", day)
            value = _value(lookup, Reference("day", target), day.date, voice)
            return Trace(anchor, binding.text, about, (value,))
        case BindingKind.EVENT | BindingKind.PLACE | BindingKind.SOURCE as kind if state.has(
            kind.value, target
        ):
            return Trace(anchor, binding.text, lookup.record(Reference(kind.value, target)), ())
        case _:
            missing = f"the record holds no {binding.kind} {target}"
            return Trace(anchor, binding.text, None, (), missing=missing)


def _value(lookup: Lookup, record: Reference, words: str, voice: VoiceLine) -> TracedValue:
    state = lookup.view.state
    logged = state.logged(record.kind, record.id)
    source = getattr(logged.record, "source", record.id)
    return TracedValue(
        words=words,
        voice=voice,
        leaf=logged.id.removeprefix("sha256:"),
        items=tuple(item_line(lookup, item) for item in lookup.items.get(source, ())),
        withdrawn=record in state.retractions,
    )


def _figure(lookup: Lookup, binding: Binding, anchor: str) -> Trace:
    figure = lookup.view.state.get(Figure, binding.target)
    view = lookup.view.slots.view(Reference("event", figure.event), figure.measure)
    own = next(
        voice for value in view.values for voice in value.voices if voice.reference.id == figure.id
    )
    others = [
        count_in_words(count)
        for count in dict.fromkeys(counts_of(view, standing=True))
        if count != figure.count
    ]
    shown = others[:_MEASURE_LIMIT]
    if len(others) > len(shown):
        shown.append(f"and {len(others) - len(shown)} more")
    event = lookup.event(figure.event)
    path = f"{event.path}#{anchor_of('figure', figure.id)}" if event.path else None
    words = f"{count_in_words(figure.count)} {label('measure', figure.measure)}"
    if figure.of:
        words += f", {figure.of}"
    value = _value(lookup, own.reference, words, voice_line(lookup, own))
    return Trace(anchor, binding.text, Pointer(event.text, path), (value,), tuple(shown))


def _date(lookup: Lookup, binding: Binding, anchor: str) -> Trace:
    event = lookup.event(binding.target)
    view = lookup.view.slots.view(Reference("event", binding.target), "date")
    standing = [
        (date_in_words(parse_date(value.text)), value)
        for value in sorted(view.standing, key=lambda value: parse_date(value.text).sort_key)
    ]
    values = [
        _value(lookup, voice.reference, words, voice_line(lookup, voice))
        for words, value in standing
        for voice in value.affirmed_by
    ]
    grouped = tuple(
        (words, tuple(lookup.party(speaker) for speaker in value.speakers))
        for words, value in standing
    )
    path = f"{event.path}#slot.date" if event.path and view.values else event.path
    missing = "" if values else "the record holds no standing date of it"
    return Trace(
        anchor,
        binding.text,
        Pointer(event.text, path),
        tuple(values),
        grouped=grouped if len(values) > 1 else (),
        missing=missing,
    )


def _quote(lookup: Lookup, binding: Binding, anchor: str) -> Trace:
    identifier, _, place = binding.target.partition("#")
    source = lookup.view.state.find(Source, identifier)
    if source is None:
        missing = f"the record holds no source {identifier}"
        return Trace(anchor, binding.text, None, (), missing=missing)
    voice = VoiceLine(
        anchor="",
        speaker=lookup.party(source.authors[0]) if source.authors else lookup.source(identifier),
        connection="",
        source=lookup.source(identifier),
        locator=place,
        date=lookup.source_date(identifier),
        quote=None,
        note="",
        entry=lookup.entry("source", identifier),
    )
    value = _value(lookup, Reference("source", identifier), "quoted", voice)
    return Trace(anchor, binding.text, lookup.source(identifier), (value,))
