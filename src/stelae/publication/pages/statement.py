"""A statement as a page: its exact words, its references in the margin, its bound facts traced."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from stelae.errors import BadValue
from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.pages.traces import Trace, trace
from stelae.publication.text import Text, date_in_words, language_name, web_address
from stelae.publication.view import PublishedStatement, Remark
from stelae.statements.model import BindingKind, Clause, PartKind, Reference, Signatory, Statement
from stelae.statements.text import Span
from stelae.values.dates import PartialDate

__all__ = ["StatementLink", "StatementPage", "statement_links", "statement_page"]

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NUMBERED = re.compile(r"\d{1,3}[.)]|\[\d{1,3}\]")
_BULLETS = frozenset("-*+\N{BULLET}\N{EN DASH}\N{EM DASH}")
_LANGUAGE_SUFFIX = re.compile(r"[.-][a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$")


@dataclass(frozen=True, slots=True)
class StatementLink:
    """A statement in a list of statements; texts with one `family` are versions of one another."""

    title: Text
    path: str
    language: str
    language_name: str
    family: str
    date: str
    remarks: int


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """One item of the list of references; `source` leads to its page where the record has it."""

    anchor: str
    number: int
    text: str
    source: Pointer | None
    date: str
    locators: str
    cited_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseBlock:
    """One clause: its words as mark-up, the references that it names, what its facts rest on.

    `mark` is the number or dash of an item, as the text has it.
    """

    anchor: str
    mark: str
    words: Markup
    addressee: str
    references: tuple[ReferenceLine, ...]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class PartBlock:
    """Clauses under one heading or none."""

    anchor: str
    kind: str
    heading: str
    clauses: tuple[ClauseBlock, ...]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A statement with all that its page says."""

    title: Text
    language: str
    direction: str
    date: str
    addressees: tuple[str, ...]
    parts: tuple[PartBlock, ...]
    references: tuple[ReferenceLine, ...]
    signatories: tuple[Signatory, ...]
    joining: str
    versions: tuple[StatementLink, ...]
    remarks: tuple[Remark, ...]
    waivers: int
    file_name: str


def _stem(file_name: str) -> str:
    name = file_name.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0] if "." in name else name


def statement_links(statements: tuple[PublishedStatement, ...]) -> tuple[StatementLink, ...]:
    """Every statement with a path of its own, in the order given."""
    seen: Counter[str] = Counter()
    links: list[StatementLink] = []
    for published in statements:
        statement = published.statement
        stem = _UNSAFE.sub("-", _stem(published.file_name)).strip("-.") or "statement"
        seen[stem.lower()] += 1
        times = seen[stem.lower()]
        name = stem if times == 1 else f"{stem}~{times}"
        family = statement.translation_of or statement.version_of or _stem(published.file_name)
        links.append(
            StatementLink(
                title=Text(statement.title or published.file_name, _tag(statement)),
                path=f"statements/{name}.html",
                language=_tag(statement),
                language_name=language_name(statement.language),
                family=_LANGUAGE_SUFFIX.sub("", _stem(family)),
                date=_date(statement),
                remarks=len(published.diagnostics),
            )
        )
    return tuple(links)


def _tag(statement: Statement) -> str:
    return "" if statement.language == "und" else statement.language


def _date(statement: Statement) -> str:
    """The day of the statement in its own language, as it stands where that cannot be said."""
    if statement.date is None:
        return ""
    try:
        date = PartialDate.parse(statement.date.edtf)
    except BadValue:
        return statement.source.at(statement.date.span)
    return date_in_words(date, language=statement.language)


def statement_page(
    lookup: Lookup,
    published: PublishedStatement,
    link: StatementLink,
    all_: tuple[StatementLink, ...],
) -> StatementPage:
    """One statement, read for its page."""
    statement = published.statement
    lines: dict[int, ReferenceLine] = {}
    anchors = _anchors(statement)
    for reference in statement.references:
        lines.setdefault(reference.number, _reference(lookup, statement, reference, anchors))
    text = Text(statement.title, _tag(statement))
    return StatementPage(
        title=text if statement.title else Text(published.file_name),
        language=link.language,
        direction=text.direction,
        date=link.date,
        addressees=tuple(addressee.name for addressee in statement.addressees),
        parts=tuple(_parts(lookup, statement, lines, anchors)),
        references=tuple(lines[number] for number in lines),
        signatories=statement.signatories,
        joining=statement.joining.shown if statement.joining else "",
        versions=tuple(
            other for other in all_ if other.family == link.family and other.path != link.path
        ),
        remarks=published.diagnostics,
        waivers=sum(bool(remark.waiver) for remark in published.diagnostics),
        file_name=published.file_name,
    )


def _anchors(statement: Statement) -> dict[str, str]:
    """A safe fragment for the id of each clause, each its own."""
    seen: Counter[str] = Counter()
    anchors: dict[str, str] = {}
    for clause in statement.clauses:
        name = _UNSAFE.sub("-", clause.id).strip("-.") or "clause"
        seen[name] += 1
        anchors.setdefault(clause.id, name if seen[name] == 1 else f"{name}~{seen[name]}")
    return anchors


def _reference(
    lookup: Lookup, statement: Statement, reference: Reference, anchors: dict[str, str]
) -> ReferenceLine:
    known = reference.source is not None and lookup.view.state.has("source", reference.source)
    return ReferenceLine(
        anchor=f"ref.{reference.number}",
        number=reference.number,
        text=reference.text,
        source=lookup.source(reference.source) if known and reference.source else None,
        date=lookup.source_date(reference.source) if known and reference.source else "",
        locators=", ".join(str(locator) for locator in reference.locators),
        cited_in=tuple(
            dict.fromkeys(
                anchors[clause.id]
                for clause, marker in statement.markers
                if reference.number in marker.numbers
            )
        ),
    )


def _parts(
    lookup: Lookup,
    statement: Statement,
    references: dict[int, ReferenceLine],
    anchors: dict[str, str],
) -> Iterator[PartBlock]:
    for index, part in enumerate(statement.parts, start=1):
        if part.kind is PartKind.TITLE:
            continue
        if part.kind is PartKind.SIGNATORIES and statement.signatories:
            continue
        if part.kind is PartKind.REFERENCES and statement.references:
            continue
        yield PartBlock(
            anchor=f"part.{index}",
            kind=part.kind.value,
            heading=part.heading,
            clauses=tuple(
                _clause(lookup, statement, clause, references, anchors[clause.id])
                for clause in part.clauses
            ),
        )


def _clause(
    lookup: Lookup,
    statement: Statement,
    clause: Clause,
    references: dict[int, ReferenceLine],
    anchor: str,
) -> ClauseBlock:
    traces: dict[Span, Trace] = {}
    for number, binding in enumerate(clause.bindings, start=1):
        found = trace(lookup, binding, f"{anchor}.fact{number}")
        if found is not None:
            traces[binding.text_span] = found
    numbers = dict.fromkeys(n for marker in clause.markers for n in marker.numbers)
    return ClauseBlock(
        anchor=anchor,
        mark=_mark(statement, clause),
        words=_words(statement, clause, traces, references),
        addressee=clause.addressee.name if clause.addressee and not clause.addressee.span else "",
        references=tuple(references[n] for n in numbers if n in references),
        traces=tuple(traces.values()),
    )


def _mark(statement: Statement, clause: Clause) -> str:
    """What stands before an item on its line: a number with its dot, or a dash for any bullet."""
    line = statement.source.line_span(statement.source.line_number(clause.span.start))
    before = statement.source.content[line.start : clause.span.start].strip()
    if _NUMBERED.fullmatch(before):
        return before
    return "\N{EN DASH}" if before in _BULLETS else ""


def _words(
    statement: Statement,
    clause: Clause,
    traces: dict[Span, Trace],
    references: dict[int, ReferenceLine],
) -> Markup:
    """The exact words that a reader sees, with links around bound words and markers."""
    wraps: dict[Span, tuple[Markup, Markup]] = {}
    for span, found in traces.items():
        start = Markup('<a class="fact" href="#{}">').format(found.anchor)
        if found.missing:
            start = Markup('<a class="fact unresolved" href="#{}">').format(found.anchor)
        wraps[span] = (start, Markup("</a>"))
    for binding in clause.bindings:
        address = web_address(binding.target) if binding.kind is BindingKind.WEB else None
        if address:
            start = Markup('<a rel="noreferrer" href="{}">').format(address)
            wraps[binding.text_span] = (start, Markup("</a>"))
    for marker in clause.markers:
        known = next((n for n in marker.numbers if n in references), None)
        if known is not None and not any(marker.span.overlaps(span) for span in wraps):
            start = Markup('<a class="marker" href="#{}">').format(references[known].anchor)
            wraps[marker.span] = (start, Markup("</a>"))
    pieces: list[Markup] = []
    at = clause.span.start
    for span in sorted(wraps):
        if span.start < at:
            continue
        before, after = wraps[span]
        pieces += [_seen(statement, clause, Span(at, span.start)), before]
        pieces += [_seen(statement, clause, span), after]
        at = span.end
    pieces.append(_seen(statement, clause, Span(at, max(at, clause.span.end))))
    return Markup("").join(pieces)


def _seen(statement: Statement, clause: Clause, span: Span) -> Markup:
    """The words of a stretch, escaped, without what a reader does not see."""
    pieces: list[str] = []
    at = span.start
    for hidden in clause.hidden:
        if hidden.end <= span.start or hidden.start >= span.end:
            continue
        if hidden.start > at:
            pieces.append(statement.source.content[at : hidden.start])
        at = max(at, min(hidden.end, span.end))
    pieces.append(statement.source.content[at : span.end])
    return Markup.escape("".join(pieces))
