"""What an editor is told while a statement is being written: findings, fixes, hovers, completions.

Invariant: lines and characters count from 0, characters in the units that editor and server agreed
on, UTF-16 unless they said otherwise (Language Server Protocol 3.17). The protocol itself is
spoken in `cli/lsp.py`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stelae.records.assertions import Assertion, Figure
from stelae.records.events import Event, Place
from stelae.records.identifiers import Reference
from stelae.records.recognition import Day
from stelae.records.sources import Party, Source
from stelae.statements.context import RecordContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import Binding, BindingKind, Statement
from stelae.statements.rules.slots import bound_figures, describe
from stelae.statements.rules.speakers import name_of, title_of
from stelae.statements.sarif import advice
from stelae.statements.text import SourceText, Span

__all__ = [
    "UTF_16",
    "Action",
    "Completion",
    "Hover",
    "Range",
    "Shown",
    "actions",
    "complete",
    "hover",
    "offset_at",
    "shown",
]

UTF_16 = "utf-16"
"""The units of the protocol where nothing else was agreed on."""

_SEVERITY = {Level.ERROR: 1, Level.WARNING: 2, Level.NOTE: 3}
_TARGET = re.compile(r"\]\((figure|date|quote|source|event|day|place|person):([^()\s]{0,200})$")
_MOST = 200
"""An editor asks again as the word grows; more at once help nobody."""


@dataclass(frozen=True, slots=True)
class Range:
    """From (line, character) up to, not including, (line, character)."""

    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as an editor shows it; `severity` 1 is an error, 2 a warning, 3 information."""

    range: Range
    severity: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Action:
    """A finding put right on demand: what to put in the place of each range, all together."""

    title: str
    edits: tuple[tuple[Range, str], ...]


@dataclass(frozen=True, slots=True)
class Hover:
    """What the record holds of bound words, as plain lines."""

    range: Range
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """A target that may stand after the colon of a link, and what it is."""

    target: str
    detail: str


def shown(
    statement: Statement, diagnostics: Iterable[Diagnostic], units: str = UTF_16
) -> Iterator[Shown]:
    """Every finding that nobody waived, then what the reader did not understand."""
    source = statement.source
    for found in diagnostics:
        if found.waiver is None:
            yield Shown(
                _range(source, found.span, units), _SEVERITY[found.level], found.rule, advice(found)
            )
    for note in statement.notes:
        yield Shown(_range(source, note.span, units), 3, "reader", note.what)


def actions(
    statement: Statement,
    diagnostics: Iterable[Diagnostic],
    asked: tuple[int, int],
    units: str = UTF_16,
) -> Iterator[Action]:
    """What needs no judgement about the findings that touch the stretch asked for, in offsets.

    What must be done to other files at once is left to `stelae check --fix`.
    """
    first, last = asked
    for found in diagnostics:
        if found.waiver is not None or found.edit is None or found.beside:
            continue
        if found.span.start <= last and first <= found.span.end:
            edits = tuple(
                (_range(statement.source, edit.span, units), edit.text) for edit in found.edit
            )
            yield Action(f"{found.rule}: {found.fix or found.message}", edits)


def offset_at(source: SourceText, line: int, character: int, units: str = UTF_16) -> int:
    """The offset of a place that an editor names; past the end of a line or text, that end."""
    if line >= len(source.starts):
        return len(source.content)
    span = source.line_span(line + 1)
    before = 0
    for at in range(span.start, span.end):
        if before >= character:
            return at
        before += _length(source.content[at], units)
    return span.end


def hover(
    statement: Statement, record: RecordContext, offset: int, units: str = UTF_16
) -> Hover | None:
    """What the record says of the bound words at an offset: every rival, with whose it is."""
    binding = next(
        (
            one
            for clause in statement.clauses
            for one in clause.bindings
            if one.span.start <= offset < one.span.end
        ),
        None,
    )
    if binding is None:
        return None
    lines = tuple(_lines(binding, record, statement.language))
    return Hover(_range(statement.source, binding.span, units), lines) if lines else None


def complete(
    source: SourceText, record: RecordContext, language: str, offset: int
) -> list[Completion]:
    """Targets for the link that is being written up to an offset; none elsewhere."""
    line = source.line_span(source.line_number(offset))
    asked = _TARGET.search(source.content[max(line.start, offset - 240) : offset])
    if asked is None:
        return []
    found = (
        Completion(target, detail)
        for target, detail in _targets(asked[1], record, language)
        if asked[2].casefold() in target.casefold()
    )
    return [one for one, _ in zip(found, range(_MOST), strict=False)]


def _range(source: SourceText, span: Span, units: str) -> Range:
    return Range(_place(source, span.start, units), _place(source, span.end, units))


def _place(source: SourceText, offset: int, units: str) -> tuple[int, int]:
    line = source.line_number(offset)
    return line - 1, _length(source.content[source.starts[line - 1] : offset], units)


def _length(text: str, units: str) -> int:
    """How many units of an encoding a text takes; `utf-32` counts code points."""
    match units:
        case "utf-32":
            return len(text)
        case "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        case _:
            return len(text) + sum(letter > "\uffff" for letter in text)


def _lines(binding: Binding, record: RecordContext, language: str) -> Iterator[str]:
    match binding.kind:
        case BindingKind.FIGURE:
            held = bound_figures(record, binding)
            for value in held.view.standing if held else ():
                bound = any(held and voice.record is held.figure for voice in value.voices)
                yield f"{'→ ' if bound else ''}{describe(record, value, language)}"
        case BindingKind.DATE:
            said = record.state.find(Assertion, binding.target)
            subject = said.subject if said else Reference("event", binding.target)
            for value in record.slots.view(subject, "date").standing:
                bound = any(voice.record is said for voice in value.voices)
                whose = "; ".join(name_of(record, party, language) for party in value.speakers)
                yield f"{'→ ' if bound else ''}{value.text}: {whose}"
        case BindingKind.QUOTE | BindingKind.SOURCE:
            identifier = binding.target.partition("#")[0]
            if record.state.has("source", identifier):
                yield f"{title_of(record, identifier, language)} ({record.kept(identifier)})"
        case _:
            details = dict(_targets(binding.kind.value, record, language))
            if binding.target in details:
                yield details[binding.target]


def _targets(kind: str, record: RecordContext, language: str) -> Iterator[tuple[str, str]]:
    """Ids of a kind that still stand, with what they are."""
    state = record.state
    match kind:
        case "figure":
            for figure in state.all(Figure):
                if not state.is_retracted("figure", figure.id):
                    whose = name_of(record, figure.said_by, language)
                    yield figure.id, f"{figure.count.in_words()}: {whose}"
        case "date":
            for said in state.all(Assertion):
                if said.slot == "date" and not state.is_retracted("assertion", said.id):
                    yield said.id, f"{said.value}: {name_of(record, said.said_by, language)}"
            yield from _named(record, Event, language)
        case "quote" | "source":
            for source in state.all(Source):
                if kind == "source" or record.kept(source.id) == "kept":
                    target = source.id if kind == "source" else f"{source.id}#p1"
                    yield target, title_of(record, source.id, language)
        case "event":
            yield from _named(record, Event, language)
        case "place":
            yield from _named(record, Place, language)
        case "person":
            yield from _named(record, Party, language)
        case "day":
            yield from _named(record, Day, language)


def _named(
    record: RecordContext, type_: type[Event | Place | Party | Day], language: str
) -> Iterator[tuple[str, str]]:
    for one in record.state.all(type_):
        yield one.id, one.name.in_language(language, "en").text
