"""Who says a thing, where, when and how they know: the lines that stand beside every value."""

from collections.abc import Iterable
from dataclasses import dataclass

from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.text import (
    Text,
    anchor_of,
    date_in_words,
    language_name,
    plural,
)
from stelae.records.assertions import Assertion, Figure
from stelae.records.attribution import Attributed
from stelae.records.judgments import Preference, Retraction
from stelae.records.notation import parse_date
from stelae.records.sources import Source
from stelae.records.views import SlotView, Value, Voice
from stelae.records.vocabularies import label, value_form

__all__ = [
    "Judgment",
    "Row",
    "Slot",
    "VoiceLine",
    "slot_table",
    "voice_line",
    "words_of",
]


@dataclass(frozen=True, slots=True)
class Judgment:
    """What somebody judged about something said: that it is taken back, or preferred."""

    what: str
    by: Pointer
    date: str
    why: str
    source: Pointer | None = None
    locator: str = ""


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """One who says it, with the place where it is read. `entry` is its number in the log."""

    anchor: str
    speaker: Pointer
    connection: str
    source: Pointer
    locator: str
    date: str
    quote: Text | None
    note: str
    entry: int
    denies: bool = False
    qualified: tuple[str, ...] = ()
    via: tuple[Pointer, ...] = ()
    withdrawn: tuple[Judgment, ...] = ()
    preferred: tuple[Judgment, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One value and all who say it.

    `language` names the language of the words, "" where it is that of the page or not recorded;
    `origins` is "" where as many sources began it as say it.
    """

    text: Text
    language: str
    voices: tuple[VoiceLine, ...]
    origins: str
    standing: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """All values of one slot, side by side."""

    slot: str
    label: str
    contested: bool
    rows: tuple[Row, ...]


def words_of(lookup: Lookup, record: Assertion) -> Text:
    """A value as a reader has it: dates in prose, codes by their label, places by name."""
    match value_form(record.slot):
        case "date":
            return Text(date_in_words(parse_date(record.value)))
        case "act":
            return Text(label("act", record.value))
        case "place":
            return lookup.place(record.value)
        case _:
            return Text(record.value, record.qualifiers.get("language", ""))


def slot_table(lookup: Lookup, view: SlotView) -> Slot:
    """The values of a slot in the order recorded, dates in the order of time."""
    values = list(view.values)
    if view.slot == "date":
        values.sort(key=lambda value: parse_date(value.text).sort_key)
    rows = tuple(_row(lookup, value) for value in values)
    return Slot(view.slot, label("slot", view.slot), view.is_contested, rows)


def _row(lookup: Lookup, value: Value) -> Row:
    record = value.voices[0].record
    assert isinstance(record, Assertion)
    text = words_of(lookup, record)
    return Row(
        text=text,
        language=language_name(text.language) if text.is_foreign and text.language else "",
        voices=tuple(voice_line(lookup, voice) for voice in value.voices),
        origins=origins(value),
        standing=value.is_standing,
    )


def origins(value: Value) -> str:
    """`3 voices, 1 origin` where sources copy one another, else ""."""
    voices, roots = len(value.affirmed_by), len(value.roots)
    if voices < 2 or roots >= voices:
        return ""
    return f"{plural(voices, 'voice')}, {plural(roots, 'origin')}"


def voice_line(lookup: Lookup, voice: Voice) -> VoiceLine:
    """One voice as a line."""
    record = voice.record
    line = said_line(lookup, voice.reference.kind, record)
    return VoiceLine(
        anchor=line.anchor,
        speaker=line.speaker,
        connection=line.connection,
        source=line.source,
        locator=line.locator,
        date=date_in_words(voice.said_on) if voice.said_on else "",
        quote=line.quote,
        note=line.note,
        entry=line.entry,
        denies=isinstance(record, Assertion) and record.polarity == "denies",
        qualified=tuple(_qualifiers(record)),
        via=line.via,
        withdrawn=tuple(withdrawal(lookup, found) for found in voice.retractions),
        preferred=tuple(preference(lookup, found) for found in voice.preferences),
    )


def said_line(lookup: Lookup, kind: str, record: Attributed) -> VoiceLine:
    """Anything that somebody says, without what was judged of it."""
    source = lookup.view.state.find(Source, record.source)
    date = record.said_on or (source.date if source else None)
    return VoiceLine(
        anchor=anchor_of(kind, record.id),
        speaker=lookup.party(record.said_by),
        connection=""
        if record.connection == "unstated"
        else label("connection", record.connection),
        source=lookup.source(record.source),
        locator=record.locator,
        date=date_in_words(date) if date else "",
        quote=Text(record.quote, source.language if source else "") if record.quote else None,
        note=record.note,
        entry=lookup.entry(kind, record.id),
        via=tuple(lookup.source(origin) for origin in record.origin),
    )


def _qualifiers(record: Assertion | Figure) -> Iterable[str]:
    if isinstance(record, Figure):
        if record.scope:
            yield record.scope
        stated = record.stated.rstrip(". ")
        if stated and stated != record.count.in_words():
            yield f"Stated as: {stated}."
        return
    for name, value in record.qualifiers.items():
        if name == "involvement":
            yield label("involvement", value)
        elif name != "language":
            yield f"{name}: {value}"


def withdrawal(lookup: Lookup, found: Retraction) -> Judgment:
    """A retraction in words."""
    return Judgment(
        what=label("retraction-kind", found.kind),
        by=lookup.party(found.by),
        date=date_in_words(found.date) if found.date else "",
        why=found.why,
        source=lookup.source(found.source) if found.source else None,
        locator=found.locator,
    )


def preference(lookup: Lookup, found: Preference) -> Judgment:
    """A preference in words: whose, when and why."""
    return Judgment(
        what="preferred",
        by=lookup.party(found.by),
        date=date_in_words(found.date) if found.date else "",
        why=found.why,
    )
