"""QUO: quoted words held against what is kept of their source."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from stelae.evidence.quoting import FoldedPages, Found, NearMiss, find_quote
from stelae.records.sources import Source
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.rules.rule import Rule, prose_clauses, quoted
from stelae.statements.rules.stretches import Stretches
from stelae.statements.text import Span

__all__ = ["Absent"]

_WORDS = 4
"""Fewer words between marks, with no link, are a name or a word held at a distance."""
_MARKS = "\"'“”„‟«»‹›‘’‚「」『』 \t\n"


@dataclass(frozen=True, slots=True)
class _Quote:
    words: str
    span: Span
    sources: tuple[str, ...]
    bound: bool


class Absent(Rule):
    """QUO-absent."""

    id = "QUO-absent"
    level = Level.ERROR
    why = "Words in quotation marks that the source does not have are a forgery, meant or not."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield quotations that the kept text of their source does not have.

        Looked for are words bound to a source, and quotations of four words or more before a
        citation all of whose sources are kept as text. A near match is shown and never passes.
        Bound words from a source in another language cannot be compared: they are a note.
        """
        record = context.record
        if record is None:
            return
        by_number = {reference.number: reference.source for reference in statement.references}
        folded: dict[str, FoldedPages | None] = {}
        for clause in prose_clauses(statement):
            for quote in _quotes(clause, by_number):
                yield from self._one(statement, quote, record, folded)

    def _one(
        self,
        statement: Statement,
        quote: _Quote,
        record: RecordContext,
        folded: dict[str, FoldedPages | None],
    ) -> Iterator[Diagnostic]:
        nearest: tuple[str, NearMiss] | None = None
        for source in quote.sources:
            if source not in folded:
                pages = record.pages(source)
                folded[source] = FoldedPages(pages) if pages else None
            text = folded[source]
            if text is None:
                if quote.bound and record.kept(source) == "kept":
                    yield self.found(
                        quote.span,
                        f"{quoted(quote.words)} cannot be looked for:"
                        f" what is kept of {source} has no text",
                        fix="deposit a copy that has text",
                        level=Level.NOTE,
                    )
                return
            found = find_quote(quote.words, text)
            if isinstance(found, Found):
                return
            if found is not None and (nearest is None or found.ratio > nearest[1].ratio):
                nearest = source, found
        foreign = _foreign(statement, quote.sources, record)
        if foreign is not None and nearest is None:
            if quote.bound:
                yield self.found(
                    quote.span,
                    f"{quoted(quote.words)} is a translation: the source is in {foreign}",
                    fix="give the words of the original beside it, bound to the source",
                    level=Level.NOTE,
                )
            return
        related = []
        if nearest is not None:
            source, near = nearest
            related = [
                Related(
                    f"the nearest place, page {near.page + 1} of {source}:"
                    f" {quoted(near.text, 200)} ({near.why})"
                )
            ]
        where = " or ".join(quote.sources)
        yield self.found(
            quote.span,
            f"the words {quoted(quote.words)} do not stand in what is kept of {where}",
            related=related,
            fix="quote the source word for word, with […] for what is left out",
        )


def _quotes(clause: Clause, by_number: dict[int, str | None]) -> Iterator[_Quote]:
    bound: list[Span] = []
    ends = [gap.end for gap in clause.hidden]
    for binding in clause.bindings:
        if binding.kind is BindingKind.QUOTE:
            bound.append(binding.span)
            words = _shown(clause, ends, binding.text_span).strip(_MARKS)
            source = binding.target.partition("#")[0]
            yield _Quote(words, binding.text_span, (source,), bound=True)
    taken = Stretches((span, True) for span in bound)
    starts = [marker.span.start for marker in clause.markers]
    for fact in clause.quotations if starts else ():
        if fact.depth or not fact.balanced or taken.touches(fact.span):
            continue
        after = bisect_left(starts, fact.span.end)
        marker = clause.markers[after] if after < len(starts) else None
        if marker is None or len(fact.words.split()) < _WORDS:
            continue
        sources = [by_number.get(number) for number in marker.numbers]
        known = tuple(source for source in sources if source is not None)
        if known and len(known) == len(sources):
            words = _shown(clause, ends, fact.inner)
            yield _Quote(words, fact.span, known, bound=False)


def _shown(clause: Clause, ends: list[int], span: Span) -> str:
    """The words of a stretch without emphasis and other mark-up; `ends` are where that ends."""
    offset = clause.span.start
    pieces: list[str] = []
    at = span.start
    for index in range(bisect_right(ends, span.start), len(ends)):
        gap = clause.hidden[index]
        if gap.start >= span.end:
            break
        pieces.append(clause.text[at - offset : max(at, gap.start) - offset])
        at = max(at, gap.end)
    pieces.append(clause.text[at - offset : max(at, span.end) - offset])
    return " ".join("".join(pieces).split())


def _foreign(statement: Statement, sources: tuple[str, ...], record: RecordContext) -> str | None:
    """The language of the sources, where every one of them is in another than the text."""
    own = statement.language.split("-", 1)[0]
    languages = []
    for identifier in sources:
        source = record.state.find(Source, identifier)
        languages.append(source.language if source is not None else "")
    if all(code and code.split("-", 1)[0] != own for code in languages):
        return " and ".join(dict.fromkeys(languages))
    return None
