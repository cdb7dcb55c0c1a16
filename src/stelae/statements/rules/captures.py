"""REF: entries held against the record: whether the source is kept, and has the place cited."""

import re
from collections.abc import Iterator

from stelae.errors import BadValue
from stelae.records.assertions import Assertion, Figure
from stelae.records.identifiers import Reference as RecordReference
from stelae.records.sources import Item, Source
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import Binding, BindingKind, Clause, Reference, Statement
from stelae.statements.rules.cited import cited_sources
from stelae.statements.rules.rule import Rule, quoted, series
from stelae.statements.text import Span
from stelae.values.locators import Locator, parse_locators

__all__ = ["Locatorless", "NoCapture", "OutOfRange", "Unbound"]

_LONG = {"book", "report"}
_NOT_HELD = {"excerpt", "cited", "recalled"}
_ISBN = re.compile(r"\bISBN[ :]?[\d-]{10,17}", re.IGNORECASE)
# "320 pp.", "312 с.", "254 էջ", "198 s.": how many pages the whole has.
_EXTENT = re.compile(
    r"(?<![\d\-\N{EN DASH}])\b\d{2,4}\s?"
    r"(?:pp?|pages|стр|с|էջ|səh|sayfa|s|S|Seiten|págs?|páginas)\b\.?\s*[.)\]]?$"
)


class Locatorless(Rule):
    """REF-locator."""

    id = "REF-locator"
    level = Level.WARNING
    why = "Nobody can check a book without the page or the chapter."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield citations without a place of what is surely a book or a report.

        Sure is the kind that the record gives, else an ISBN or a count of all pages in the entry.
        A place is also one that the entry names in words, or that the record has for what the
        clause binds to that source.
        """
        record = context.record
        books = {
            reference.number: reference
            for reference in statement.references
            if _is_long(reference, record) and not _names_place(reference, statement.language)
        }
        for clause, marker in statement.markers if books else ():
            placed: frozenset[str] | None = None
            for citation in marker.citations:
                reference = books.get(citation.number)
                if reference is None or citation.locators:
                    continue
                if placed is None:
                    placed = _placed(clause, record) if record else frozenset()
                if reference.source not in placed:
                    yield self.found(
                        marker.span,
                        f"entry {citation.number} is a whole book or report,"
                        " and no place in it is named",
                        fix=f"name the page or chapter, as [{citation.number}, p. 12]",
                    )


def _names_place(reference: Reference, code: str) -> bool:
    if reference.locators:
        return True
    _, comma, tail = reference.text.rpartition(",")
    try:
        places = parse_locators(tail.strip(" ."), code) if comma else ()
    except BadValue:
        return False
    return any(place.label is not None for place in places)


def _placed(clause: Clause, record: RecordContext) -> frozenset[str]:
    """Sources at whose places the record has what the clause binds."""
    found: set[str] = set()
    for binding in clause.bindings:
        said: Figure | Assertion | None = None
        if binding.kind is BindingKind.FIGURE:
            said = record.state.find(Figure, binding.target)
        elif binding.kind is BindingKind.DATE:
            said = record.state.find(Assertion, binding.target)
        elif binding.kind is BindingKind.QUOTE and "#" in binding.target:
            found.add(binding.target.partition("#")[0])
        if said is not None and said.locator:
            found.add(said.source)
    return frozenset(found)


def _is_long(reference: Reference, record: RecordContext | None) -> bool:
    if record is not None and reference.source is not None:
        source = record.state.find(Source, reference.source)
        if source is not None:
            return source.kind in _LONG
    return bool(_ISBN.search(reference.text) or _EXTENT.search(reference.text))


class OutOfRange(Rule):
    """REF-locator-range."""

    id = "REF-locator-range"
    level = Level.ERROR
    why = "A page that the kept copy does not have cannot be read there."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield pages beyond the last one of what is kept.

        A number that is printed on a page of the kept copy (an excerpt, a volume whose pages
        count on) is a page of it.
        """
        record = context.record
        if record is None:
            return
        cited: list[tuple[str, Locator, Span]] = []
        by_number = {reference.number: reference.source for reference in statement.references}
        for reference in statement.references:
            if reference.source:
                cited += [(reference.source, place, reference.span) for place in reference.locators]
        for _, marker in statement.markers:
            for citation in marker.citations:
                if source := by_number.get(citation.number):
                    cited += [(source, place, marker.span) for place in citation.locators]
        counts: dict[str, int | None] = {}
        for source, place, span in cited:
            numbers = place.numbers() if place.label == "page" else None
            if numbers is None:
                continue
            if source not in counts:
                counts[source] = _pages_of(record, source)
            count = counts[source]
            if count is not None and numbers[1] > count and not _printed(record, source, numbers):
                yield self.found(
                    span,
                    f"there is no page {numbers[1]}: what is kept of {source} has {count} pages",
                    fix="correct the page, or keep a copy that has it",
                )


def _pages_of(record: RecordContext, source: str) -> int | None:
    """How many pages the longest kept item of a source has, None where none has pages."""
    counts = [
        item.pages
        for item in record.state.all(Item)
        if item.source == source
        and item.pages is not None
        and not record.state.is_retracted("item", item.id)
    ]
    return max(counts, default=None)


def _printed(record: RecordContext, source: str, numbers: tuple[int, int]) -> bool:
    pages = record.pages(source) or ()
    wanted = re.compile(rf"(?<!\d){numbers[1]}(?!\d)")
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        if any(wanted.search(line) for line in {*lines[:2], *lines[-2:]} if len(line) < 120):
            return True
    return False


class NoCapture(Rule):
    """REF-no-capture."""

    id = "REF-no-capture"
    level = Level.ERROR
    why = "What is not kept can vanish, and what has changed is no longer what was cited."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield entries, and sources bound in the text, of which no unchanged bytes are kept.

        Where the record says openly that only an excerpt or others' citations of a source were
        seen, there was nothing to keep: such sources come in one note together.
        """
        record = context.record
        if record is None:
            return
        asked: set[str] = set()
        unseen: dict[str, Span] = {}
        for source, span in cited_sources(statement):
            if source in asked or not record.state.has("source", source):
                continue
            asked.add(source)
            match record.kept(source):
                case "missing" if record.state.get(Source, source).seen_as in _NOT_HELD:
                    unseen[source] = span
                case "missing":
                    yield self.found(
                        span,
                        f"nothing is kept of the source {source}",
                        fix=f"deposit a copy: stelae deposit DOSSIER FILE --source {source}",
                    )
                case "changed":
                    yield self.found(
                        span,
                        f"the bytes kept of the source {source} are not those deposited",
                        fix="run stelae verify, and restore the file from a copy",
                    )
        if unseen:
            yield self.found(
                next(iter(unseen.values())),
                f"nothing is kept of {_sources(len(unseen))} of which the record says that only"
                " excerpts or citations were seen",
                related=[Related(_named(list(unseen)))],
                fix="get hold of the sources themselves and deposit them",
                level=Level.NOTE,
            )


def _named(sources: list[str], most: int = 6) -> str:
    more = [f"{len(sources) - most} more"] if len(sources) > most else []
    return series([*sources[:most], *more])


def _sources(count: int) -> str:
    return f"{count} source{'s' if count != 1 else ''}"


class Unbound(Rule):
    """REF-unbound."""

    id = "REF-unbound"
    level = Level.ERROR
    why = "A link into the record that leads nowhere proves nothing."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield links and entries whose id the record does not have."""
        record = context.record
        if record is None:
            return
        for reference in statement.references:
            if reference.source and not record.state.has("source", reference.source):
                yield self.found(
                    reference.span,
                    f"entry {reference.number} names the source {reference.source!r},"
                    " which the record does not have",
                    fix="correct the id, or record the source",
                )
        for clause in statement.clauses:
            for binding in clause.bindings:
                if binding.kind is not BindingKind.WEB and not _leads(record, binding):
                    yield self.found(
                        binding.span,
                        f"{quoted(binding.text)} is bound to {binding.kind}:{binding.target},"
                        " which the record does not have",
                        fix="correct the id, or record it",
                    )


def _leads(record: RecordContext, binding: Binding) -> bool:
    target = binding.target.partition("#")[0]
    state = record.state
    match binding.kind:
        case BindingKind.QUOTE:
            return state.has("source", target)
        case BindingKind.PERSON:
            return state.has("party", target)
        case BindingKind.DATE:
            return state.has("event", target) or state.has("assertion", target)
        case BindingKind.DETERMINATION:
            return state.has("assertion", target) or state.has("recognition", target)
        case BindingKind.FIGURE:
            event, _, measure = target.rpartition("/")
            return state.has("figure", target) or bool(
                event
                and state.has("event", event)
                and record.slots.view(RecordReference("event", event), measure).values
            )
        case kind:
            return state.has(kind.value, target)
