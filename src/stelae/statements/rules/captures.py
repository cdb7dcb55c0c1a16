"""REF: entries held against the record: whether the source is kept, and has the place cited."""

import re
from collections.abc import Iterator

from stelae.errors import BadValue
from stelae.records.assertions import Assertion, Figure
from stelae.records.sources import Item, Source
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import BindingKind, Clause, Marker, Reference, Statement
from stelae.statements.rules.cited import cited_sources, read_in
from stelae.statements.rules.places import is_placed_in_words, pages_of, place_after
from stelae.statements.rules.rule import Rule, series
from stelae.statements.text import Span
from stelae.values.locators import Locator, parse_locators

__all__ = ["Locatorless", "NoCapture", "OutOfRange"]

_LONG = {"book", "report"}
_NOT_HELD = {"excerpt", "cited", "recalled"}
_SHORT = 5
"""A report of so few pages is read whole."""
_ISBN = re.compile(
    r"\bISBN(?:[-\u2010-\u2015]1[03])?:?\s?\d[\d\s\u2010-\u2015-]{8,15}[\dX]", re.IGNORECASE
)
# "320 pp.", "312 с." (also with a Latin c), "254 էջ", "198 s.": how many pages the whole has.
_EXTENT = re.compile(
    r"(?<![\d\-\N{EN DASH}])\b\d{2,4}\s?"
    r"(?:pp?|pages|стр|[сc]|էջ|səh|sayfa|s|S|Seiten|págs?|páginas|صفحة|ص|გვ)\b"
    r"\.?\s{0,3}+[.)\]\u0589]?\s{0,3}+(?:$|[(\[;\u2013\u2014]|ISBN)"
)
_QUOTED_PAGE = re.compile(r"pp?\.?\s?(\d{1,6}(?:[-\u2013]\d{1,6})?)")


class Locatorless(Rule):
    """REF-locator."""

    id = "REF-locator"
    level = Level.WARNING
    why = "Nobody can check a book without the page or the chapter."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield citations without a place of what is surely a book or a report.

        Sure is the kind that the record gives, else an ISBN or a count of all pages in the entry.
        A place is also one that the entry names in words, or that the record has for what the
        clause binds to that source, and one in the words around the citation.
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
                if reference.source not in placed and not _is_placed(statement, clause, marker):
                    yield self.found(
                        marker.span,
                        f"entry {citation.number} is a whole book or report,"
                        " and no place in it is named",
                        fix=f"name the page or chapter, as [{citation.number}, p. 12]",
                    )


def _is_placed(statement: Statement, clause: Clause, marker: Marker) -> bool:
    code = statement.language
    return place_after(clause, marker, code) is not None or is_placed_in_words(clause, marker, code)


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
            return source.kind in _LONG and not _is_short(source, record)
    return bool(_ISBN.search(reference.text) or _EXTENT.search(reference.text))


def _is_short(source: Source, record: RecordContext) -> bool:
    pages = _pages_of(record, source.id) if source.seen_as not in _NOT_HELD else None
    return source.kind == "report" and pages is not None and pages <= _SHORT


class OutOfRange(Rule):
    """REF-locator-range."""

    id = "REF-locator-range"
    level = Level.ERROR
    why = "A page that the kept copy does not have cannot be read there."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield pages beyond the last one of what is kept, also those that bound words name.

        A number that is printed on a page of the kept copy (an excerpt, a volume whose pages
        count on) is a page of it.
        """
        record = context.record
        if record is None:
            return
        counts: dict[str, int | None] = {}
        for source, numbers, span in _cited_pages(statement):
            if source not in counts:
                counts[source] = _pages_of(record, source)
            count = counts[source]
            if count is not None and numbers[1] > count and not _printed(record, source, numbers):
                yield self.found(
                    span,
                    f"there is no page {numbers[1]}: what is kept of {source} has {count} pages",
                    fix="correct the page, or keep a copy that has it",
                )


def _cited_pages(statement: Statement) -> Iterator[tuple[str, tuple[int, int], Span]]:
    """Sources with first and last page, as entries, citations and bound words name them."""
    by_number = {reference.number: reference.source for reference in statement.references}
    for reference in statement.references:
        for place in reference.locators if reference.source else ():
            for numbers in pages_of(place):
                yield reference.source or "", numbers, reference.span
    for clause, marker in statement.markers:
        for citation in marker.citations:
            source = by_number.get(citation.number)
            if not source:
                continue
            doubtful = [number for number in citation.perhaps if number in by_number]
            places = [*citation.locators]
            if citation is marker.citations[-1] and not places:
                after = place_after(clause, marker, statement.language)
                places = [after] if after else []
            for place in places:
                for numbers in pages_of(place, doubtful):
                    yield source, numbers, marker.span
    for clause in statement.clauses:
        for binding in clause.bindings:
            source, _, place_id = binding.target.partition("#")
            if binding.kind is BindingKind.QUOTE and (page := _QUOTED_PAGE.fullmatch(place_id)):
                for numbers in pages_of(Locator("page", page[1])):
                    yield source, numbers, binding.span


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
        """Yield entries, and sources bound in the text or in which the record reads what is bound,
        of which no unchanged bytes are kept.

        Where the record says openly that only an excerpt or others' citations of a source were
        seen, there was nothing to keep: such sources come in one note together.
        """
        record = context.record
        if record is None:
            return
        asked: set[str] = set()
        unseen: dict[str, Span] = {}
        for source, span in (*cited_sources(statement), *read_in(statement, record)):
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
