"""From bound words of a statement back to the record: value, source, kept bytes, entry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stelae.publication.pages.figures import counts_of
from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.pages.recognition import day_line
from stelae.publication.pages.sources import ItemLine, item_line
from stelae.publication.pages.voices import VoiceLine, said_line, voice_line, words_of
from stelae.publication.text import Text, anchor_of, date_in_words
from stelae.records.assertions import Assertion, Figure
from stelae.records.fold import State
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.records.recognition import Day, Recognition
from stelae.records.sources import Source
from stelae.records.vocabularies import label
from stelae.statements.model import Binding, BindingKind

__all__ = ["Trace", "TracedValue", "gathered", "trace"]


@dataclass(frozen=True, slots=True)
class TracedValue:
    """One value of the record, who says it, and the entry that holds it.

    `plain` is the value alone, as it stands among rivals.
    """

    words: str
    plain: str
    voice: VoiceLine
    leaf: str
    items: tuple[ItemLine, ...]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """What bound words rest on. `rivals` are the other values of the record, never hidden.

    Where the words are bound to several rival values at once, `rivals` are all of them.
    `slot` names what the values are of, so that traces of one slot can share their rivals.
    `language` is that of quoted words, where it differs from that of the statement.
    `missing` is what could not be found; the check that precedes publication reports it too.
    """

    anchor: str
    words: str
    about: Pointer | None
    values: tuple[TracedValue, ...]
    rivals: tuple[str, ...] = ()
    slot: str = ""
    language: str = ""
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
            return _dates(lookup, binding, anchor)
        case BindingKind.DATE if _is_date(state, target):
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
            words = day_line(lookup, day).date
            value = _value(lookup, Reference("day", target), words, voice)
            return Trace(anchor, binding.text, about, (value,))
        case BindingKind.EVENT | BindingKind.PLACE | BindingKind.SOURCE as kind if state.has(
            kind.value, target
        ):
            return Trace(anchor, binding.text, lookup.record(Reference(kind.value, target)), ())
        case _:
            missing = f"the record holds no {binding.kind} {target}"
            return Trace(anchor, binding.text, None, (), missing=missing)


def _is_date(state: State, identifier: str) -> bool:
    found = state.find(Assertion, identifier)
    return found is not None and found.slot == "date"


def _value(
    lookup: Lookup, record: Reference, words: str, voice: VoiceLine, *, plain: str = ""
) -> TracedValue:
    state = lookup.view.state
    logged = state.logged(record.kind, record.id)
    source = getattr(logged.record, "source", record.id)
    return TracedValue(
        words=words,
        plain=plain or words,
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
        count.in_words()
        for count in dict.fromkeys(counts_of(view, standing=True))
        if count != figure.count
    ]
    event = lookup.event(figure.event)
    path = f"{event.path}#{anchor_of('figure', figure.id)}" if event.path else None
    count = figure.count.in_words()
    words = f"{count} {label('measure', figure.measure)}"
    if figure.of:
        words += f", {figure.of}"
    value = _value(lookup, own.reference, words, voice_line(lookup, own), plain=count)
    slot = f"{view.subject} {view.slot}"
    return Trace(anchor, binding.text, Pointer(event.text, path), (value,), tuple(others), slot)


def _date(lookup: Lookup, binding: Binding, anchor: str) -> Trace:
    """The words are bound to what one source says of a date; the others are its rivals."""
    assertion = lookup.view.state.get(Assertion, binding.target)
    view = lookup.view.slots.view(assertion.subject, assertion.slot)
    own, words = next(
        (voice, words_of(lookup, assertion).words)
        for value in view.values
        for voice in value.voices
        if voice.reference.id == assertion.id
    )
    others = dict.fromkeys(
        words_of(lookup, record).words
        for value in view.standing
        if isinstance(record := value.voices[0].record, Assertion)
        and not parse_date(record.value).same_days(parse_date(assertion.value))
    )
    about = lookup.record(assertion.subject)
    path = f"{about.path}#{anchor_of('assertion', assertion.id)}" if about.path else None
    return Trace(
        anchor,
        binding.text,
        Pointer(about.text, path),
        (_value(lookup, own.reference, words, voice_line(lookup, own)),),
        tuple(other for other in others if other != words),
        f"{view.subject} {view.slot}",
    )


def _dates(lookup: Lookup, binding: Binding, anchor: str) -> Trace:
    """The words are bound to an event: to every date of it that stands."""
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
    path = f"{event.path}#slot.date" if event.path and view.values else event.path
    missing = "" if values else "the record holds no standing date of it"
    return Trace(
        anchor,
        binding.text,
        Pointer(event.text, path),
        tuple(values),
        tuple(words for words, _ in standing) if view.is_contested else (),
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
    about = lookup.source(identifier)
    return Trace(anchor, binding.text, about, (value,), language=source.language)


def gathered(traces: Sequence[Trace]) -> tuple[Trace, ...]:
    """The traces of one clause: the last of each slot says what the clause leaves out of it."""
    last = {trace.slot: index for index, trace in enumerate(traces) if trace.slot}
    said: dict[str, set[str]] = {}
    for trace in traces:
        said.setdefault(trace.slot, set()).update(value.plain for value in trace.values)
    return tuple(
        trace
        if not trace.slot
        else replace(
            trace,
            rivals=tuple(rival for rival in trace.rivals if rival not in said[trace.slot])
            if last[trace.slot] == index
            else (),
        )
        for index, trace in enumerate(traces)
    )
