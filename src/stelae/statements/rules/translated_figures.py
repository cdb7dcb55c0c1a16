"""TRN-figures: the language versions of a text give the same figures, clause by clause."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import NumberFact
from stelae.statements.model import Binding, BindingKind, Clause, Statement
from stelae.statements.rules.alignment import Passage, aligned, are_read
from stelae.statements.rules.drift import Compared, Facts, Lacking, drifts
from stelae.statements.rules.rule import series
from stelae.statements.rules.stretches import links
from stelae.statements.rules.versions import originals
from stelae.statements.text import Span
from stelae.values.figures import Count, CountForm

__all__ = ["Figures"]

_LEAST = 10
"""Smaller numbers are words such as `two` and `both`, which languages put otherwise."""


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

    def lacking(self, others: Sequence[NumberFact]) -> Lacking[NumberFact]:
        known = {reading for fact in others for reading in _readings(fact)}
        # A range may stand as two numbers: `20–30`, `20 հազարից 30 հազար`.
        ends = {size for fact in others if not _is_range(fact) for size in _sizes(fact)}
        across: dict[int | Decimal, set[int | Decimal]] = {}
        for fact in others:
            if _is_range(fact):
                sizes = _sizes(fact)
                for size in sizes:
                    across.setdefault(size, set()).update(sizes - {size} or sizes)

        def lacking(facts: Sequence[NumberFact]) -> list[NumberFact]:
            own = {size for fact in facts if not _is_range(fact) for size in _sizes(fact)}
            return [
                fact
                for fact in facts
                if known.isdisjoint(_readings(fact))
                and not (
                    _sizes(fact) <= ends
                    if _is_range(fact)
                    else all(not own.isdisjoint(across.get(size, ())) for size in _sizes(fact))
                )
            ]

        return lacking

    def gist(self, fact: NumberFact) -> Collection[Hashable]:
        return _sizes(fact)

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
