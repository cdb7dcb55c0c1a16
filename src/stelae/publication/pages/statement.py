"""A statement as a page: its exact words, its references in the margin, its bound facts traced."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from stelae.publication.pages.lookup import Lookup, Pointer
from stelae.publication.pages.traces import Trace, gathered, trace
from stelae.publication.pages.wording import words_with_links
from stelae.publication.printed import (
    UNSAFE,
    anchors_of,
    cited_in,
    head_addressees,
    mark_of,
    named_source,
    printed_date,
    signatories_by_clause,
    tag_of,
)
from stelae.publication.text import Text, language_name
from stelae.publication.view import PublishedStatement, Remark
from stelae.statements.model import Clause, PartKind, Reference, Signatory, Statement
from stelae.statements.text import Span
from stelae.values.names import scripts_of

__all__ = ["StatementLink", "StatementPage", "in_order", "statement_links", "statement_page"]

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

    @property
    def text_path(self) -> str:
        """Where the text stands as its authors wrote it, so that anyone can check it again."""
        return f"{self.path.removesuffix('.html')}.txt"


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """One item of the list of references.

    `source` leads to its page where the record has it; `text` is then "" unless the item has
    words of its own.
    """

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
class RemarkLine:
    """One remark, with the fragment of the clause that it concerns, "" for the whole text."""

    remark: Remark
    anchor: str


@dataclass(frozen=True, slots=True)
class RemarkGroup:
    """What one rule found at one level."""

    rule: str
    level: str
    lines: tuple[RemarkLine, ...]


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
    remarks: tuple[RemarkGroup, ...]
    remark_count: int
    waivers: int
    file_name: str
    text_path: str


def _stem(file_name: str) -> str:
    name = file_name.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0] if "." in name else name


def in_order(
    links: tuple[StatementLink, ...], languages: tuple[str, ...]
) -> tuple[StatementLink, ...]:
    """Versions of one statement together, in the order of the dossier's languages."""
    families = list(dict.fromkeys(link.family for link in links))
    ranks = {language: rank for rank, language in enumerate(languages)}
    return tuple(
        sorted(
            links,
            key=lambda link: (
                families.index(link.family),
                ranks.get(link.language, len(ranks)),
                link.path,
            ),
        )
    )


def statement_links(statements: tuple[PublishedStatement, ...]) -> tuple[StatementLink, ...]:
    """Every statement with a path of its own, in the order given."""
    seen: Counter[str] = Counter()
    links: list[StatementLink] = []
    for published in statements:
        statement = published.statement
        stem = UNSAFE.sub("-", _stem(published.file_name)).strip("-.") or "statement"
        seen[stem.lower()] += 1
        times = seen[stem.lower()]
        name = stem if times == 1 else f"{stem}~{times}"
        family = statement.translation_of or statement.version_of or _stem(published.file_name)
        links.append(
            StatementLink(
                title=Text(statement.title or published.file_name, tag_of(statement)),
                path=f"statements/{name}.html",
                language=tag_of(statement),
                language_name=language_name(statement.language),
                family=_LANGUAGE_SUFFIX.sub("", _stem(family)),
                date=printed_date(statement),
                remarks=len(published.diagnostics),
            )
        )
    return tuple(links)


def statement_page(
    lookup: Lookup,
    published: PublishedStatement,
    link: StatementLink,
    all_: tuple[StatementLink, ...],
) -> StatementPage:
    """One statement, read for its page."""
    statement = published.statement
    lines: dict[int, ReferenceLine] = {}
    anchors = anchors_of(statement)
    for reference in statement.references:
        lines.setdefault(reference.number, _reference(lookup, statement, reference, anchors))
    text = Text(statement.title, tag_of(statement))
    return StatementPage(
        title=text if statement.title else Text(published.file_name),
        language=link.language,
        direction=text.direction,
        date=link.date,
        addressees=_addressees(statement),
        parts=tuple(_parts(lookup, statement, lines, anchors)),
        references=tuple(lines[number] for number in lines),
        signatories=statement.signatories,
        joining=statement.joining.shown if statement.joining else "",
        versions=tuple(
            other for other in all_ if other.family == link.family and other.path != link.path
        ),
        remarks=_remarks(published.diagnostics, anchors),
        remark_count=len(published.diagnostics),
        waivers=sum(bool(remark.waiver) for remark in published.diagnostics),
        file_name=published.file_name,
        text_path=link.text_path,
    )


def _addressees(statement: Statement) -> tuple[str, ...]:
    """To whom it is addressed as its head says, else as its demands say; each once."""
    return head_addressees(statement) or tuple(
        dict.fromkeys(addressee.name for addressee in statement.addressees)
    )


def _remarks(remarks: tuple[Remark, ...], anchors: dict[str, str]) -> tuple[RemarkGroup, ...]:
    """By rule in the order of the text; a reference is named `reference-3`."""
    groups: dict[tuple[str, str], list[RemarkLine]] = {}
    for remark in remarks:
        place, _, number = remark.clause.partition("reference-")
        anchor = f"ref.{number}" if number and not place else anchors.get(remark.clause, "")
        groups.setdefault((remark.rule, remark.level), []).append(RemarkLine(remark, anchor))
    return tuple(RemarkGroup(rule, level, tuple(lines)) for (rule, level), lines in groups.items())


def _reference(
    lookup: Lookup, statement: Statement, reference: Reference, anchors: dict[str, str]
) -> ReferenceLine:
    source, text = named_source(lookup.view.state, reference, statement.language)
    return ReferenceLine(
        anchor=f"ref.{reference.number}",
        number=reference.number,
        text=text,
        source=lookup.source(source) if source else None,
        date=lookup.source_date(source) if source else "",
        locators=", ".join(str(locator) for locator in reference.locators),
        cited_in=cited_in(statement, reference.number, anchors),
    )


def _parts(
    lookup: Lookup,
    statement: Statement,
    references: dict[int, ReferenceLine],
    anchors: dict[str, str],
) -> Iterator[PartBlock]:
    names = signatories_by_clause(statement)
    listed = {
        PartKind.SIGNATORIES: statement.signatories,
        PartKind.REFERENCES: statement.references,
    }
    for index, part in enumerate(statement.parts, start=1):
        if part.kind is PartKind.TITLE:
            continue
        clauses = tuple(clause for clause in part.clauses if clause.id not in names)
        if not clauses and listed.get(part.kind):
            continue  # its names or items stand below, under a heading of the page
        yield PartBlock(
            anchor=f"part.{index}",
            kind=part.kind.value,
            heading=part.heading,
            clauses=tuple(
                _clause(lookup, statement, clause, references, anchors[clause.id])
                for clause in clauses
            ),
        )


def _in_its_language(statement: Statement, found: Trace) -> Trace:
    """Quoted words keep the language of their source only where their letters show it."""
    if not found.language or scripts_of(found.words)[:1] != scripts_of(statement.title)[:1]:
        return found
    return replace(found, language="")


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
            traces[binding.text_span] = _in_its_language(statement, found)
    numbered = {number: line.anchor for number, line in references.items()}
    numbers = dict.fromkeys(n for marker in clause.markers for n in marker.numbers)
    return ClauseBlock(
        anchor=anchor,
        mark=mark_of(statement, clause),
        words=words_with_links(statement, clause, traces, numbered),
        addressee=clause.addressee.name if clause.addressee and not clause.addressee.span else "",
        references=tuple(references[n] for n in numbers if n in references),
        traces=gathered(tuple(traces.values())),
    )
