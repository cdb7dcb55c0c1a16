"""A new statement, begun from the record: its parts, and every figure with whose it is.

What the record holds is written out and bound; what only an author can say is a marked blank,
`{{…}}`. All rivals stand side by side in the order recorded; no word of qualification is used, and
what consent or protection keeps from publication (rule 9) is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from stelae.errors import BadInput
from stelae.records.assertions import Assertion, Figure
from stelae.records.events import Event, Place
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.records.recognition import Day
from stelae.records.sources import Party, Source
from stelae.records.views import SlotView, Voice
from stelae.records.vocabularies import is_publishable, label, vocabularies
from stelae.statements.context import RecordContext
from stelae.statements.skeleton_words import Words, plain
from stelae.values.date_display import format_month_day
from stelae.values.dates import PartialDate
from stelae.values.month_days import parse_month_days
from stelae.values.names import Names

__all__ = ["Skeleton", "begin_statement"]


_DAY = re.compile(r"\d-\d\d-\d\d")
_LAST_REFORM = 1927
"""The year after the last country left the Julian calendar in civil life."""
_LONG = {"book", "report"}
"""Kinds of sources in which nobody finds a thing without its place."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The text in the native form, and how many figures and dates were kept out of it."""

    text: str
    withheld: int


@dataclass(slots=True)
class _Draft:
    """The numbers that sources get, in the order in which they are first cited."""

    record: RecordContext
    words: Words
    numbers: dict[str, int] = field(default_factory=dict)
    withheld: int = 0

    def cite(self, source: str, locator: str = "") -> str:
        number = self.numbers.setdefault(source, len(self.numbers) + 1)
        marker = self.words.marker(number, locator)
        found = self.record.state.find(Source, source)
        if not locator and found is not None and found.kind in _LONG:
            return f"{marker} {self.words.blank('place')}"
        return marker

    def name(self, names: Names) -> str:
        return plain(names.in_language(self.words.code, self.words.own, "en").text)

    def party(self, identifier: str) -> str:
        found = self.record.state.find(Party, identifier)
        return self.name(found.name) if found else identifier


def begin_statement(
    record: RecordContext,
    *,
    language: str,
    own_language: str,
    dossier: str,
    day: str = "",
    events: Iterable[str] = (),
    on: date | None = None,
) -> Skeleton:
    """Begin a statement for a day of remembrance, for events, or for both.

    `own_language` is that of the record's free words (whom a figure counts); in other languages
    they are blanks. `on` is the day of the statement. BadInput where the record has no such
    day or event, the day names no event and none is given, or the language has no words.
    """
    words = Words(language, own_language)
    draft = _Draft(record, words)
    kept = _day(record, day) if day else None
    ids = tuple(dict.fromkeys([*([kept.event] if kept and kept.event else []), *events]))
    if not ids:
        raise BadInput(
            f"the day {day!r} names no event" if day else "neither a day nor an event is named",
            hint="Name the event: --event ID",
        )
    found = [_event(record, identifier) for identifier in ids]
    title = words["title"].format(event="; ".join(_label(draft, event) for event in found))
    preamble = [*([_kept(draft, kept)] if kept else []), f"{words.blank('why')} {{#why}}"]
    recitals = [line for event in found for line in _recitals(draft, event)]
    that = words["that"]
    parts = [
        _head(title, words, dossier, day or ids[0], on),
        f"# {title}",
        _part(words["preamble"], *preamble),
        _part(words["recitals"], *(f"- {line}" for line in recitals)),
        _part(words["considerations"], f"- {that} {words.blank('consider')} {{#consider}}"),
        _part(words["declarations"], f"- {that} {words.blank('declare')} {{#declare}}"),
        _part(words["demands"], f"- {words.blank('demand')} {{#demand}}"),
        _part(words["signatories"], f"- {words.blank('signatory')}"),
    ]
    entries = "\n".join(_entry(draft, *item) for item in draft.numbers.items())
    if entries:
        parts.append(_part(words["references"], entries))
    return Skeleton("\n\n".join(parts) + "\n", draft.withheld)


def _day(record: RecordContext, identifier: str) -> Day:
    found = record.state.find(Day, identifier)
    if found is None or record.state.is_retracted("day", identifier):
        raise BadInput(
            f"the record has no day {identifier!r}", hint="See them with: stelae remember DOSSIER"
        )
    return found


def _event(record: RecordContext, identifier: str) -> Event:
    found = record.state.find(Event, identifier)
    if found is None:
        raise BadInput(f"the record has no event {identifier!r}")
    return found


def _head(title: str, words: Words, dossier: str, occasion: str, on: date | None) -> str:
    day = on.isoformat() if on else f'"{words.blank("date")}"'
    values = {"title": _quoted(title), "language": words.code, "date": day}
    values |= {"occasion": _quoted(occasion), "dossier": _quoted(dossier)}
    return "\n".join(["---", *(f"{key}: {value}" for key, value in values.items()), "---"])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _part(heading: str, *paragraphs: str) -> str:
    return "\n\n".join([f"## {heading}", *paragraphs])


def _kept(draft: _Draft, day: Day) -> str:
    """When the day is and who keeps it; what they call it is theirs, and stays in the record."""
    start, end = parse_month_days(day.date)
    when = format_month_day((start.month, start.day), draft.words.code, end=(end.month, end.day))
    observers = "; ".join(draft.party(party) for party in day.observed_by)
    marker = draft.cite(day.source, day.locator)
    return f"[{when}](day:{day.id}). {draft.words['kept_by']}: {observers} {marker}. {{#day}}"


def _label(draft: _Draft, event: Event) -> str:
    name = draft.name(event.name)
    return name if draft.words.is_unqualified(name) else event.id


def _recitals(draft: _Draft, event: Event) -> Iterator[str]:
    subject = Reference("event", event.id)
    named = f"[{_label(draft, event)}](event:{event.id})"
    slots = draft.record.slots
    dates = list(_voices(draft, slots.view(subject, "date")))
    if dates:
        said = "; ".join(_date(draft, voice) for voice in dates)
        opening = draft.words["recalling"].format(event=named)
        yield f"{opening}: {said}; {{#{_key(event.id)}-date}}"
    measures = [code for code in vocabularies()["measure"] if slots.view(subject, code).values]
    for measure in measures:
        figures = list(_voices(draft, slots.view(subject, measure)))
        if not figures:
            continue
        what = label("measure", measure, draft.words.code)
        if not draft.words.is_unqualified(what):
            what = draft.words.blank("measure")
        said = "; ".join(_figure(draft, voice) for voice in figures)
        opening = draft.words["noting"].format(event=named, measure=what)
        yield f"{opening}: {said}; {{#{_key(event.id)}-{measure}}}"


def _key(identifier: str) -> str:
    return identifier.replace("/", "-")


def _voices(draft: _Draft, view: SlotView) -> Iterator[Voice]:
    """Everyone who says a value and has not taken it back, as far as it may be published."""
    state = draft.record.state
    for value in view.standing:
        for voice in value.affirmed_by:
            said = voice.record
            party, source = state.find(Party, said.said_by), state.find(Source, said.source)
            if (
                is_publishable(said.consent, said.sensitivity)
                and (party is None or is_publishable(party.consent, party.sensitivity))
                and (source is None or is_publishable("not-needed", source.sensitivity))
            ):
                yield voice
            else:
                draft.withheld += 1


def _date(draft: _Draft, voice: Voice) -> str:
    said = voice.record
    assert isinstance(said, Assertion)
    date = parse_date(said.value)
    when = draft.words.date(date)
    return (
        f"{draft.party(said.said_by)}: [{when}](date:{said.id}){_other_style(draft, date, when)}"
        f" {draft.cite(said.source, said.locator)}"
    )


def _other_style(draft: _Draft, date: PartialDate, when: str) -> str:
    """The style of a day and the same day in the other, where that time had both in use."""
    early = date.earliest is not None and date.earliest.gregorian[0] <= _LAST_REFORM
    if not early or not _DAY.search(date.edtf):
        return ""
    styled = draft.words.date(date, both_styles=True)
    return styled.removeprefix(when) if styled.startswith(when) else ""


def _figure(draft: _Draft, voice: Voice) -> str:
    said = voice.record
    assert isinstance(said, Figure)
    scope = "; ".join(part for part in _scope(draft, said) if part)
    counted = f"[{draft.words.count(said.count)}](figure:{said.id})"
    return (
        f"{draft.party(said.said_by)}: {counted}{f' ({scope})' if scope else ''}"
        f" {draft.cite(said.source, said.locator)}"
    )


def _scope(draft: _Draft, figure: Figure) -> Iterator[str]:
    """Of whom, where, when, and what the figure rests on (rule 5)."""
    words = draft.words
    if figure.of:
        is_plain = words.reads_record and words.is_neutral(figure.of)
        yield plain(figure.of) if is_plain else "{{" + plain(figure.of) + "}}"
    place = draft.record.state.find(Place, figure.place) if figure.place else None
    if place:
        yield draft.name(place.name)
    if figure.period:
        yield words.date(figure.period)
    yield words.kind(figure.kind)
    if figure.scope:
        yield words.blank("scope")


def _entry(draft: _Draft, identifier: str, number: int) -> str:
    source = draft.record.state.find(Source, identifier)
    if source is None:
        return f"{number}. [{identifier}](source:{identifier})"
    authors = "; ".join(draft.party(author) for author in source.authors)
    tail = [authors, draft.words.date(source.date) if source.date else ""]
    printed = "".join(f", {part}" for part in tail if part)
    return f"{number}. [{draft.name(source.title)}](source:{identifier}){printed}"
