"""QUO: quoted words held against what is kept of their source."""

# ruff: noqa: ARG002 -- what one rule tells the other passes over

import re
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from stelae.evidence.quoting import FoldedPages, Found, NearMiss, find_quote
from stelae.records.sources import Source
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Edit, Level, Related
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.rules.identity import Same
from stelae.statements.rules.repairs import source_words
from stelae.statements.rules.rule import Rule, prose_clauses, quoted
from stelae.statements.rules.stretches import Stretches
from stelae.statements.text import Span

__all__ = ["Absent", "Altered"]

_WORDS = 4
"""Fewer words between marks, with no link, are a name or a word held at a distance."""
_MOST_NEAR = 100
"""Of so many quotations that are not found the nearest place is looked for, which takes long."""
_WORD = re.compile(r"[^\W_]+")
_MARKS = "\"'“”„‟«»‹›‘’‚「」『』 \t\n"


@dataclass(frozen=True, slots=True)
class _Quote:
    words: str
    span: Span
    sources: tuple[str, ...]
    bound: bool
    inner: Span
    written: str
    """What stands at `inner`, mark-up and all."""


@dataclass(frozen=True, slots=True)
class _Textless:
    """A source of which no text is kept."""

    source: str


_Near: TypeAlias = tuple[str, NearMiss]


@lru_cache(maxsize=2)  # both rules ask for the same
def _unfound(
    statement: Same[Statement], record: Same[RecordContext]
) -> tuple[tuple[_Quote, _Near | _Textless | None], ...]:
    """Every quotation that is not in its sources, with the nearest place in them."""
    text = statement.value
    by_number = {reference.number: reference.source for reference in text.references}
    sources = _Sources(record.value)
    return tuple(
        (quote, found)
        for clause in prose_clauses(text)
        for quote in _quotes(clause, by_number)
        if (found := sources.nearest(quote)) is not True
    )


class _Sources:
    """The kept texts, folded when first asked for."""

    def __init__(self, record: RecordContext) -> None:
        self._record = record
        self._folded: dict[str, FoldedPages | None] = {}
        self._missed = 0

    def nearest(self, quote: _Quote) -> _Near | _Textless | Literal[True] | None:
        """True where a source has the words; else the nearest place, of as many as are shown."""
        nearest: _Near | None = None
        for source in quote.sources:
            text = self._text(source)
            if text is None:
                return _Textless(source)
            found = find_quote(quote.words, text, near=self._missed < _MOST_NEAR)
            if isinstance(found, Found):
                return True
            if found is not None and (nearest is None or found.ratio > nearest[1].ratio):
                nearest = source, found
        self._missed += 1
        return nearest

    def _text(self, source: str) -> FoldedPages | None:
        if source not in self._folded:
            pages = self._record.pages(source)
            self._folded[source] = FoldedPages(pages) if pages else None
        return self._folded[source]


class _Compared(Rule):
    """What both rules have in common: looking for the words in every source that they may be of."""

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield quotations that the kept text of their source does not have, each by one rule."""
        record = context.record
        if record is None:
            return
        for quote, found in _unfound(Same(statement), Same(record)):
            if isinstance(found, _Textless):
                if quote.bound and record.kept(found.source) == "kept":
                    yield from self._without_text(quote, found.source)
                continue
            foreign = _foreign(statement, quote.sources, record)
            if foreign is not None and found is None:
                if quote.bound:
                    yield from self._translated(quote, foreign)
                continue
            yield from self._missed(quote, found)

    @abstractmethod
    def _without_text(self, quote: _Quote, source: str) -> Iterator[Diagnostic]:
        """What is told where the copy of a bound source has no text."""

    @abstractmethod
    def _translated(self, quote: _Quote, foreign: str) -> Iterator[Diagnostic]:
        """What is told of bound words whose source is in another language."""

    @abstractmethod
    def _missed(self, quote: _Quote, nearest: _Near | None) -> Iterator[Diagnostic]:
        """Yield the finding, if it is for this rule to make."""


class Absent(_Compared):
    """QUO-absent."""

    id = "QUO-absent"
    level = Level.ERROR
    why = "Words in quotation marks that the source does not have are a forgery, meant or not."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield quotations whose words the kept text of their source does not have in this order.
        The nearest place is shown and never passes: one word can turn the sense.

        Looked for are words bound to a source, and quotations of four words or more before a
        citation all of whose sources are kept as text. Bound words from a source in another
        language cannot be compared: they are a note.
        """
        yield from super().check(statement, context)

    def _without_text(self, quote: _Quote, source: str) -> Iterator[Diagnostic]:
        yield self.found(
            quote.span,
            f"{quoted(quote.words)} cannot be looked for: what is kept of {source} has no text",
            fix="deposit a copy that has text",
            level=Level.NOTE,
        )

    def _translated(self, quote: _Quote, foreign: str) -> Iterator[Diagnostic]:
        yield self.found(
            quote.span,
            f"{quoted(quote.words)} is a translation: the source is in {foreign}",
            fix="give the words of the original beside it, bound to the source",
            level=Level.NOTE,
        )

    def _missed(self, quote: _Quote, nearest: _Near | None) -> Iterator[Diagnostic]:
        if _is_altered(quote, nearest):
            return
        related = []
        if nearest is not None:
            related = [_shown_near(*nearest)]
        where = " or ".join(quote.sources)
        yield self.found(
            quote.span,
            f"the words {quoted(quote.words)} do not stand in what is kept of {where}",
            related=related,
            fix="quote the source word for word, with […] for what is left out",
        )


class Altered(_Compared):
    """QUO-altered."""

    id = "QUO-altered"
    level = Level.WARNING
    why = "Another comma or capital is quoted on, and laid to the author of the words."
    mends = "puts the source's own capitals and marks between its words"

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield quotations of which the source has the very words, with other capitals or marks
        between them. The source's own text is shown; other words are for QUO-absent."""
        yield from super().check(statement, context)

    def _without_text(self, quote: _Quote, source: str) -> Iterator[Diagnostic]:
        return iter(())

    def _translated(self, quote: _Quote, foreign: str) -> Iterator[Diagnostic]:
        return iter(())

    def _missed(self, quote: _Quote, nearest: _Near | None) -> Iterator[Diagnostic]:
        if nearest is None or not _is_altered(quote, nearest):
            return
        source, near = nearest
        yield self.found(
            quote.span,
            f"the words {quoted(quote.words)} stand in {source} otherwise",
            related=[_shown_near(source, near)],
            fix="quote the source word for word, with […] for what is left out",
            edit=_repaired(quote, near),
        )


def _repaired(quote: _Quote, near: NearMiss) -> tuple[Edit, ...] | None:
    """None also where mark-up stands among the words, or they may be of several sources."""
    plain = " ".join(quote.written.split()).strip(_MARKS) == quote.words.strip(_MARKS)
    if len(quote.sources) > 1 or not plain:
        return None
    return source_words(quote.inner, quote.written, near.text)


def _is_altered(quote: _Quote, nearest: _Near | None) -> bool:
    """Whether the source has the very words, and only marks or capitals differ."""
    return nearest is not None and _words(quote.words) == _words(nearest[1].text)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shown_near(source: str, near: NearMiss) -> Related:
    return Related(
        f"the nearest place, page {near.page + 1} of {source}:"
        f" {quoted(near.text, 200)} ({near.why})"
    )


def _quotes(clause: Clause, by_number: dict[int, str | None]) -> Iterator[_Quote]:
    bound: list[Span] = []
    ends = [gap.end for gap in clause.hidden]
    for binding in clause.bindings:
        if binding.kind is BindingKind.QUOTE:
            bound.append(binding.span)
            words = _shown(clause, ends, binding.text_span).strip(_MARKS)
            source = binding.target.partition("#")[0]
            yield _Quote(
                words,
                binding.text_span,
                (source,),
                bound=True,
                inner=binding.text_span,
                written=_written(clause, binding.text_span),
            )
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
            yield _Quote(
                words,
                fact.span,
                known,
                bound=False,
                inner=fact.inner,
                written=_written(clause, fact.inner),
            )


def _written(clause: Clause, span: Span) -> str:
    return clause.text[span.start - clause.span.start : span.end - clause.span.start]


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
