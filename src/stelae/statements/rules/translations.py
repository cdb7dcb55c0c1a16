"""TRN: the language versions of a text say the same, clause by clause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import AnniversaryFact, DateFact, NumberFact, StatedDate
from stelae.statements.model import Binding, BindingKind, Clause, Marker, Statement
from stelae.statements.rules.alignment import Passage, aligned, are_read, passages
from stelae.statements.rules.drift import Compared, Facts, drifts
from stelae.statements.rules.entries import same_entries
from stelae.statements.rules.rule import series
from stelae.statements.rules.stretches import links
from stelae.statements.rules.versions import originals
from stelae.statements.text import Span
from stelae.values.figures import Count, CountForm

__all__ = ["Dates", "Figures", "Names", "References"]

_LEAST = 10
"""Smaller numbers are words such as `two` and `both`, which languages put otherwise."""
_NAMES = {BindingKind.EVENT, BindingKind.PERSON, BindingKind.PLACE}
_SOURCES = {
    BindingKind.SOURCE,
    BindingKind.QUOTE,
    BindingKind.DETERMINATION,
    BindingKind.RECOGNITION,
    BindingKind.DAY,
}


class Figures(Compared):
    """TRN-figures."""

    id = "TRN-figures"
    level = Level.ERROR
    why = "Two figures in two languages are two statements."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield figures bound in one text and not in the other, and numbers that the other text
        does not have. Free numbers below ten are passed over, and so are languages whose numbers
        cannot be read."""
        for original in originals(statement, context):
            alignment = aligned(statement, original)
            for passage in alignment.passages:
                yield from self.links(passage, [BindingKind.FIGURE], "the figure ")
                yield from self._same_target(passage)
            if not are_read(statement, original):
                continue
            for drift in drifts(alignment, _Numbers()):
                for fact, other in drift.otherwise:
                    level = Level.WARNING if _bare(fact) & _bare(other) else None
                    yield self.otherwise(drift.passage, fact.span, other.span, "figure", level)
                yield from self.unmatched(
                    drift.passage,
                    [fact.span for fact in drift.mine],
                    [fact.span for fact in drift.theirs],
                    "figure",
                )

    def _same_target(self, passage: Passage) -> Iterator[Diagnostic]:
        """Words bound to one figure that put it otherwise."""
        theirs = _bound_counts(passage.theirs)
        for target, (binding, counts) in _bound_counts(passage.mine).items():
            if target not in theirs or not counts or not theirs[target][1]:
                continue
            other, others = theirs[target]
            if not {_bounds(count) for count in counts} & {_bounds(count) for count in others}:
                yield self.found(
                    binding.span,
                    f"{_in_words(counts)} here, {_in_words(others)} in {passage.called},"
                    f" both bound to {target}",
                    related=passage.other(other.text_span),
                    fix="put it in both languages as the record has it",
                )


_Reading = tuple[int | Decimal | None, int | Decimal | None, bool]
"""Bounds, and whether they are approximate."""


class _Numbers(Facts[NumberFact]):
    """Numbers that no link binds, of ten and more."""

    def of(self, clauses: Iterable[Clause]) -> list[NumberFact]:
        return _free_numbers(clauses)

    def without(
        self, facts: Sequence[NumberFact], others: Sequence[NumberFact]
    ) -> list[NumberFact]:
        known = {reading for fact in others for reading in _readings(fact)}
        # A range may stand as two numbers: `20–30`, `20 հազարից 30 հազար`.
        ends = {size for fact in others if not _is_range(fact) for size in _sizes(fact)}
        own = {size for fact in facts if not _is_range(fact) for size in _sizes(fact)}
        spanned = {
            size
            for fact in others
            if _is_range(fact) and _sizes(fact) <= own
            for size in _sizes(fact)
        }
        return [
            fact
            for fact in facts
            if known.isdisjoint(_readings(fact))
            and not (_sizes(fact) <= (ends if _is_range(fact) else spanned))
        ]

    def alike(self, fact: NumberFact, other: NumberFact) -> bool:
        return not _sizes(fact).isdisjoint(_sizes(other))

    def digits(self, fact: NumberFact) -> set[int]:
        return {int(size) for size in _sizes(fact)}


def _bounds(count: Count) -> tuple[int | None, int | None, str]:
    return count.low, count.high, count.form


def _bound_counts(clauses: Iterable[Clause]) -> dict[str, tuple[Binding, list[Count]]]:
    found: dict[str, tuple[Binding, list[Count]]] = {}
    for clause in clauses:
        counts: dict[Span, list[Count]] = {}
        bound = links(clause)
        for fact in clause.numbers:
            holder = bound.holding(fact.span)
            if holder and fact.count is not None and fact.count.form is not CountForm.WORDS:
                counts.setdefault(holder.span, []).append(fact.count)
        for binding in clause.bindings:
            if binding.kind is BindingKind.FIGURE:
                pair = binding, counts.get(binding.span, [])
                found.setdefault(f"figure:{binding.target}", pair)
    return found


def _in_words(counts: Iterable[Count]) -> str:
    return series(count.in_words() for count in counts)


def _free_numbers(clauses: Iterable[Clause]) -> list[NumberFact]:
    """Each number of ten and more once, where it first stands; of a link, the target counts."""
    found: dict[frozenset[_Reading], NumberFact] = {}
    for clause in clauses:
        bound = links(clause)
        for fact in clause.numbers:
            holder = bound.holding(fact.span)
            is_free = holder is None or holder.kind is BindingKind.WEB
            if is_free and max(_sizes(fact), default=0) >= _LEAST:
                found.setdefault(frozenset(_readings(fact)), fact)
    return list(found.values())


def _readings(fact: NumberFact) -> set[_Reading]:
    if fact.count is None:
        return {(value, value, False) for value in fact.readings}
    if fact.count.form is CountForm.WORDS:
        # `hundreds` answers to `several hundred`, and `une centaine` to `about a hundred`.
        size = 10 ** (len(str(fact.scale)) - 1)  # scores are tens in most languages
        return {(size, None, False), (size, size, True)}
    return {(fact.count.low, fact.count.high, fact.count.form is CountForm.ABOUT)}


def _is_range(fact: NumberFact) -> bool:
    return fact.count is not None and fact.count.form is CountForm.RANGE


def _bare(fact: NumberFact) -> set[tuple[object, ...]]:
    """Bounds alone: what is left where only one of two languages says about."""
    return {reading[:2] for reading in _readings(fact)}


def _sizes(fact: NumberFact) -> set[int | Decimal]:
    return {bound for reading in _readings(fact) for bound in reading[:2] if bound is not None}


class Dates(Compared):
    """TRN-dates."""

    id = "TRN-dates"
    level = Level.ERROR
    why = "A date that differs between languages is wrong in one of them."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield dates bound in one text and not in the other, and dates that nothing in the other
        text can be. A date may say less than its counterpart."""
        for original in originals(statement, context):
            alignment = aligned(statement, original)
            for passage in alignment.passages:
                yield from self.links(passage, [BindingKind.DATE], "the date ")
            if not are_read(statement, original):
                continue
            for passage in alignment.passages:
                yield from self._anniversaries(passage)
            for drift in drifts(alignment, _Calendar()):
                yield from self.unmatched(
                    drift.passage,
                    [date.span for date in drift.mine],
                    [date.span for date in drift.theirs],
                    "date",
                )

    def _anniversaries(self, passage: Passage) -> Iterator[Diagnostic]:
        """Counts of years since an event, where both texts have one that the other has not."""
        mine, theirs = _anniversaries(passage.mine), _anniversaries(passage.theirs)
        own = [fact for years, fact in mine.items() if years not in theirs]
        others = [fact for years, fact in theirs.items() if years not in mine]
        if len(own) == len(others) == 1:
            yield self.otherwise(passage, own[0].span, others[0].span, "anniversary")


class _Calendar(Facts[DateFact]):
    """Dates as far as both texts say."""

    def of(self, clauses: Iterable[Clause]) -> list[DateFact]:
        return _dates(clauses)

    def without(self, facts: Sequence[DateFact], others: Sequence[DateFact]) -> list[DateFact]:
        return [
            fact
            for fact in facts
            if not any(_answers(fact, other) for other in others)
            and not _are_ends(fact, others)
            and not any(_within(fact, other) and _are_ends(other, facts) for other in others)
        ]

    def digits(self, fact: DateFact) -> set[int]:
        stated = (fact.start, fact.end or fact.start)
        return {part for one in stated for part in (one.year, one.day) if part is not None}


def _anniversaries(clauses: Iterable[Clause]) -> dict[int, AnniversaryFact]:
    found: dict[int, AnniversaryFact] = {}
    for clause in clauses:
        for fact in clause.anniversaries:
            found.setdefault(fact.years, fact)
    return found


def _dates(clauses: Iterable[Clause]) -> list[DateFact]:
    """Each date once, where it first stands."""
    found: dict[tuple[object, ...], DateFact] = {}
    for clause in clauses:
        for fact in clause.dates:
            found.setdefault((fact.start, fact.end, fact.other), fact)
    return list(found.values())


def _answers(one: DateFact, other: DateFact) -> bool:
    """Whether two dates can be the same, as far as both say."""
    ends = (one.end or one.start, other.end or other.start)
    if _meet(one.start, other.start) and _meet(*ends):
        return True
    # One language may give only the other style.
    return any(
        extra is not None and _meet(extra, plain)
        for extra, plain in ((one.other, other.start), (other.other, one.start))
    )


def _are_ends(span: DateFact, others: Sequence[DateFact]) -> bool:
    """Whether a range stands as two dates, its first day and its last: `13 Ocak'tan 20 Ocak'a`."""
    if span.end is None:
        return False
    return all(
        any(other.end is None and _meet(end, other.start) for other in others)
        for end in (span.start, span.end)
    )


def _within(fact: DateFact, span: DateFact) -> bool:
    """Whether a date is an end of a range, or a day of it: the 14th of 13–15 January."""
    if span.end is None or fact.end is not None:
        return False
    if _meet(fact.start, span.start) or _meet(fact.start, span.end):
        return True
    days = (span.start.day, fact.start.day, span.end.day)
    same = replace(fact.start, day=None)
    if None in days or not _meet(same, span.start) or not _meet(same, span.end):
        return False
    return (days[0] or 0) < (days[1] or 0) < (days[2] or 0)


def _meet(one: StatedDate, other: StatedDate) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(left is None or right is None or left == right for left, right in pairs)


class References(Compared):
    """TRN-refs."""

    id = "TRN-refs"
    level = Level.ERROR
    why = "Every language must rest on the same sources, at the same places."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield citations, and links to sources and acts, that one text has and the other lacks."""
        for passage in passages(statement, context):
            yield from self.links(passage, _SOURCES, "")
            keys, others = same_entries(passage.here, passage.there)
            mine = _citations(passage.mine, keys)
            theirs = _citations(passage.theirs, others)
            for cited, marker in mine.items():
                if cited not in theirs:
                    yield self.found(
                        marker.span,
                        f"{cited} is cited here and not in {passage.called}",
                        related=passage.other(),
                        fix="cite the same sources in every language",
                    )
            for cited, marker in theirs.items():
                if cited not in mine:
                    yield self.found(
                        passage.span,
                        f"{cited} is cited in {passage.called} and not here",
                        related=passage.other(marker.span),
                        fix="cite the same sources in every language",
                    )


def _citations(clauses: Iterable[Clause], keys: Mapping[int, str]) -> dict[str, Marker]:
    """What is cited, by the name that both texts give the entry, with the places."""
    found: dict[str, Marker] = {}
    for clause in clauses:
        for marker in clause.markers:
            for citation in marker.citations:
                name = keys.get(citation.number, f"[{citation.number}]")
                places = ", ".join(
                    str(place) for place in citation.locators if place.label is not None
                )
                found.setdefault(f"{name}, {places}" if places else name, marker)
    return found


class Names(Compared):
    """TRN-names."""

    id = "TRN-names"
    level = Level.ERROR
    why = "A name bound in one language alone may mean another in the next."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield events, persons and places bound in one text and not in the other."""
        for passage in passages(statement, context):
            yield from self.links(passage, _NAMES, "")
