"""What was found, as one page: the text as it was given, each finding in the margin beside it.

The page asks nothing of any network, has no script, and can be kept or sent as it is.
"""

import functools
import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from stelae.statements.blocks import MOST_BLOCKS
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import Statement
from stelae.statements.report import glyph, one_line, summary
from stelae.statements.text import SourceText, Span

__all__ = ["html_report"]

_GAP = re.compile(r"(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))+")
_KEPT = {"\n": "\n", "\r": "", "\t": "\t"}
_GRAVITY = {level.value: level.rank for level in Level}
_MOST_MARKS = 5_000
"""So many stretches of mark-up are shown as such in one paragraph; later ones look like words."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one look: `level` of the gravest finding on them; `opens` are the numbers of the
    findings that begin here."""

    text: str
    level: str = ""
    is_hidden: bool = False
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Finding:
    number: int
    rule: str
    level: str
    line: int
    column: int
    words: str
    message: str
    related: tuple[tuple[str, str], ...]
    fix: str
    waiver: str


@dataclass(frozen=True, slots=True)
class _Paragraph:
    line: int
    pieces: tuple[_Piece, ...]
    findings: tuple[_Finding, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    key: int
    title: str
    language: str
    summary: str
    paragraphs: tuple[_Paragraph, ...]
    notes: tuple[tuple[int, str], ...]


def html_report(checked: Iterable[tuple[Statement, Iterable[Diagnostic]]], *, version: str) -> str:
    """The page for all statements checked together; the same input always gives the same page."""
    texts = [
        _text(key, statement, tuple(diagnostics))
        for key, (statement, diagnostics) in enumerate(checked, start=1)
    ]
    return _template().render(texts=texts, version=version)


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("stelae.statements"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _text(key: int, statement: Statement, diagnostics: Sequence[Diagnostic]) -> _Text:
    source = statement.source
    found = [
        (_finding(source, number, one), one.span) for number, one in enumerate(diagnostics, start=1)
    ]
    hidden = sorted(span for clause in statement.clauses for span in clause.hidden)
    return _Text(
        name=one_line(statement.name),
        key=key,
        title=one_line(statement.title),
        language=statement.language,
        summary=summary(diagnostics),
        paragraphs=tuple(_paragraphs(source, found, hidden)),
        notes=tuple(
            (source.line_number(note.span.start), one_line(note.what)) for note in statement.notes
        ),
    )


def _finding(source: SourceText, number: int, found: Diagnostic) -> _Finding:
    start = source.position(found.span.start)
    waiver = found.waiver
    return _Finding(
        number=number,
        rule=found.rule,
        level="waived" if waiver else found.level.value,
        line=start.line,
        column=start.column,
        words=one_line(source.at(found.span)),
        message=one_line(found.message),
        related=tuple(
            (
                f"line {source.line_number(related.span.start)}: " if related.span else "",
                one_line(related.what),
            )
            for related in found.related
        ),
        fix=one_line(found.fix or ""),
        waiver=f"{one_line(waiver.by)}, until {waiver.until}: {one_line(waiver.reason)}"
        if waiver
        else "",
    )


def _paragraphs(
    source: SourceText, found: Sequence[tuple[_Finding, Span]], hidden: Sequence[Span]
) -> Iterator[_Paragraph]:
    """Stretches between empty lines, each with the findings that begin in it.

    Of more than `MOST_BLOCKS` the last holds all the rest, as it does for the reader.
    """
    spans = list(_stretches(source.content))
    starts = [span.start for span in spans]
    beginning: list[list[tuple[_Finding, Span]]] = [[] for _ in spans]
    touching: list[list[tuple[_Finding, Span]]] = [[] for _ in spans]
    for finding, span in found:
        first = max(0, bisect_right(starts, span.start) - 1)
        if spans:
            beginning[first].append((finding, span))
        for index in range(first, len(spans)):
            if starts[index] >= max(span.end, span.start + 1):
                break
            touching[index].append((finding, span))
    unseen = 0
    for span, mine, over in zip(spans, beginning, touching, strict=True):
        while unseen < len(hidden) and hidden[unseen].end <= span.start:
            unseen += 1
        last = unseen
        while last < len(hidden) and hidden[last].start < span.end:
            last += 1
        opens = {finding.number for finding, _ in mine}
        yield _Paragraph(
            source.line_number(span.start),
            tuple(
                _pieces(source, span, over, hidden[unseen : min(last, unseen + _MOST_MARKS)], opens)
            ),
            tuple(finding for finding, _ in mine),
        )


def _stretches(content: str) -> Iterator[Span]:
    start = count = 0
    for gap in _GAP.finditer(content):
        if gap.start() > start:
            count += 1
            if count == MOST_BLOCKS:
                break
            yield Span(start, gap.start())
        start = gap.end()
    if content[start:].strip():
        yield Span(start, len(content.rstrip("\r\n")))


def _pieces(
    source: SourceText,
    whole: Span,
    found: Sequence[tuple[_Finding, Span]],
    hidden: Sequence[Span],
    opens: set[int],
) -> Iterator[_Piece]:
    """The words of a stretch cut wherever a finding or a hidden part begins or ends."""
    if not found and not hidden:
        yield _Piece(_shown(source.at(whole)))
        return
    marks = {whole.start, whole.end}
    for span in (*(span for _, span in found), *hidden):
        marks.update(at for at in (span.start, span.end) if whole.start < at < whole.end)
    cuts = sorted(marks)
    waiting = sorted(found, key=lambda pair: pair[1], reverse=True)
    active: list[tuple[_Finding, Span]] = []
    unseen = 0
    for start, end in itertools.pairwise(cuts):
        active = [pair for pair in active if pair[1].end > start]
        begin: list[tuple[_Finding, Span]] = []
        while waiting and waiting[-1][1].start < end:
            begin.append(waiting.pop())
        active += begin
        over = [finding for finding, span in active if span.end > start]
        new = tuple(finding.number for finding, _ in begin if finding.number in opens)
        while unseen < len(hidden) and hidden[unseen].end <= start:
            unseen += 1
        level = min((finding.level for finding in over), key=_gravity, default="")
        yield _Piece(
            _shown(source.content[start:end]),
            level,
            unseen < len(hidden) and hidden[unseen].start < end,
            new,
        )


def _gravity(level: str) -> int:
    return _GRAVITY.get(level, len(_GRAVITY))


def _shown(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        kept if (kept := _KEPT.get(letter)) is not None else glyph(letter)[0] for letter in text
    )
