"""FIG: counts of people and losses: cited, true to the record, and whose they are."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator

from stelae.records.assertions import Figure
from stelae.records.vocabularies import label
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.facts import Counted, NumberFact
from stelae.statements.model import Binding, BindingKind, Clause, Statement
from stelae.statements.rules.bounds import Fit, fit
from stelae.statements.rules.rule import Rule, prose_clauses, quoted
from stelae.statements.rules.slots import (
    Held,
    Resolver,
    bound_figures,
    describe,
    figures_of,
    rivals,
    same_scope,
)
from stelae.statements.rules.speakers import attributes, event_name, names_somebody
from stelae.statements.rules.stretches import links, quotations
from stelae.statements.text import Span
from stelae.statements.words import fold
from stelae.values.figures import CountForm

__all__ = ["Contradicts", "FalsePrecision", "OneOfRivals", "Uncited"]

_CITING = {BindingKind.SOURCE, BindingKind.QUOTE, BindingKind.WEB}
_FEW = 10
"""Fewer people than this, of whom no loss is said, are a story and no figure."""
_MANY = 1_000
"""From here on a count of things is a claim about size."""


class Uncited(Rule):
    """FIG-uncited."""

    id = "FIG-uncited"
    level = Level.ERROR
    why = "A figure without a source is the first thing that is called a falsification."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield counts of people or losses, and of things in the thousands, whose clause has
        neither a citation nor a link to a source.

        Not years, ordinals, names signed below, words quoted, or a figure that is cited where the
        text gives it elsewhere.
        """
        names = [signatory.name for signatory in statement.signatories if len(signatory.name) > 5]
        uncited: list[tuple[Clause, NumberFact]] = []
        cited: set[tuple[object, ...]] = set()
        for clause in prose_clauses(statement):
            figures = [fact for fact in clause.numbers if _is_claim(fact, statement.language)]
            if not figures:
                continue
            quoted_words, bound = quotations(clause), links(clause)
            cites = bool(clause.markers) or any(b.kind in _CITING for b in clause.bindings)
            for fact in figures:
                if quoted_words.holding(fact.span):
                    continue
                if cites or bound.holding(fact.span):
                    cited.add(_key(fact))
                elif not (fact.counted is Counted.PEOPLE and _names_signers(clause, names)):
                    uncited.append((clause, fact))
        for _, fact in uncited:
            if _key(fact) in cited:
                continue
            words = statement.source.at(fact.span)
            yield self.found(
                fact.span,
                f"the figure {quoted(statement.source.at(_with_unit(fact)))} has no reference"
                " in its clause",
                fix="cite its source here, or bind it to a figure of the record:"
                f" [{words}](figure:…)",
            )


def _with_unit(fact: NumberFact) -> Span:
    if fact.unit_span is None:
        return fact.span
    return Span(min(fact.span.start, fact.unit_span.start), max(fact.span.end, fact.unit_span.end))


def _is_claim(fact: NumberFact, code: str) -> bool:
    if fact.count is not None and fact.count.form is CountForm.WORDS:
        size = fact.scale or 0
        vague = True
    else:
        bounds = (fact.count.low, fact.count.high) if fact.count else ()
        size = max([bound for bound in bounds if bound is not None] or [0])
        size = max([size, *(int(reading) for reading in fact.readings if fact.count is None)])
        vague = False
    match fact.counted:
        case Counted.LOSSES:
            return size >= 1
        case Counted.PEOPLE:
            return vague or size >= _FEW
        case Counted.OTHER:
            return size >= _MANY and not _is_measure(fact, code)
        case _:
            return False


def _is_measure(fact: NumberFact, code: str) -> bool:
    """Whether it measures time, length, money or share, as far as the tables tell."""
    return any(
        fold(word).startswith(_measures(code.split("-", 1)[0])) for word in fact.unit.split()
    )


@functools.cache
def _measures(code: str) -> tuple[str, ...]:
    data = importlib.resources.files("stelae.statements.rules") / "measures.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    return tuple(fold(word) for word in (*table.get(code, ()), *table["signs"]))


def _key(fact: NumberFact) -> tuple[object, ...]:
    count = fact.count
    bounds = (count.low, count.high, count.words) if count else fact.readings
    return (*bounds, fact.counted)


def _names_signers(clause: Clause, names: list[str]) -> bool:
    """Whether it counts those who sign, two of whom the clause names."""
    return sum(name in clause.text for name in names) > 1


def _held(
    statement: Statement, context: CheckContext
) -> Iterator[tuple[Clause, NumberFact, Held, Binding | None]]:
    """Every number of people that can be held against one slot of the record."""
    record = context.record
    if record is None:
        return
    resolver = Resolver(record, statement.language)
    for clause in prose_clauses(statement):
        numbers = clause.numbers
        if not numbers:
            continue
        bound, quoted_words = links(clause), quotations(clause)
        alone = sum(number.of_people for number in numbers) == 1
        for fact in numbers:
            binding = bound.holding(fact.span)
            if binding is not None and binding.kind is BindingKind.FIGURE:
                held = bound_figures(record, binding)
                if held is not None:
                    yield clause, fact, held, binding
            elif alone and fact.of_people and not quoted_words.holding(fact.span):
                held = resolver.slot(clause, fact)
                if held is not None:
                    yield clause, fact, held, None


class Contradicts(Rule):
    """FIG-contradicts."""

    id = "FIG-contradicts"
    level = Level.ERROR
    why = "A text that differs from its own record refutes itself."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield numbers that say something else than the figure they are bound to, or than every
        figure of the one slot that they can mean."""
        record = context.record
        if record is None:
            return
        for _, fact, held, binding in _held(statement, context):
            words = quoted(statement.source.at(fact.span))
            figures = [held.figure] if held.figure else list(figures_of(held.view))
            fits = [fit(fact, figure.count) for figure in figures]
            if not fits or not set(fits) <= {Fit.CANNOT, Fit.BEYOND}:
                continue
            if binding is None and set(fits) != {Fit.CANNOT}:
                continue
            related = [
                Related(describe(record, value, statement.language))
                for value in held.view.standing
                if held.figure is None or any(v.record is held.figure for v in value.voices)
            ]
            said = figures[0].count.in_words()
            if len(figures) > 1:
                message = f"the text says {words}, and no figure of the record allows it"
            elif fits[0] is Fit.CANNOT:
                message = f"the text says {words}, the record has {said}: both cannot hold"
            else:
                message = (
                    f"the text says {words}, the record has {said}:"
                    f" {said} does not say that it was {_bound_words(fact)}"
                )
            yield self.found(
                fact.span,
                message,
                related=related,
                fix="say what the source says, or bind the number to the figure that it comes from",
            )


def _bound_words(fact: NumberFact) -> str:
    assert fact.count is not None
    return fact.count.in_words()


class FalsePrecision(Rule):
    """FIG-false-precision."""

    id = "FIG-false-precision"
    level = Level.WARNING
    why = "One number where the source leaves room claims to know more than the source."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield plain numbers bound to a figure that is approximate, a bound, a range or words."""
        record = context.record
        if record is None:
            return
        for _, fact, held, _ in _held(statement, context):
            if held.figure is None or fit(fact, held.figure.count) is not Fit.SHARPER:
                continue
            said = held.figure.count.in_words()
            yield self.found(
                fact.span,
                f"the text says {quoted(statement.source.at(fact.span))} and no more,"
                f" the record has {said}",
                fix=f"keep the source's reserve: {said}",
            )


class OneOfRivals(Rule):
    """FIG-range."""

    id = "FIG-range"
    level = Level.WARNING
    why = "Where sources differ, one figure alone is a choice that the reader is not told of."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield a figure given alone where the record holds rivals, with all of them.

        Not where the clause says whose figure it is, or where it or the clause beside it gives
        another of them.
        """
        record = context.record
        if record is None:
            return
        by_slot: dict[tuple[str, object], list[tuple[Clause, NumberFact, Held]]] = {}
        for clause, fact, held, _ in _held(statement, context):
            by_slot.setdefault((clause.id, _slot(held)), []).append((clause, fact, held))
        beside = _neighbours(statement)
        for (clause_id, slot), found in by_slot.items():
            _, fact, held = found[0]
            values = rivals(held)
            if not values or self._is_told(found, statement, record):
                continue
            others = [one for near in beside[clause_id] for one in by_slot.get((near, slot), ())]
            if {_key(number) for _, number, _ in others} - {_key(fact)}:
                continue
            yield self.found(
                fact.span,
                f"{quoted(statement.source.at(fact.span))} stands alone and is nobody's:"
                f" the record has {len(values)} figures ({label('measure', held.view.slot)})"
                f" for {event_name(record, held.view.subject.id)}",
                related=[Related(describe(record, value, statement.language)) for value in values],
                fix="write who says it, or give the others beside it",
            )

    @staticmethod
    def _is_told(
        found: list[tuple[Clause, NumberFact, Held]],
        statement: Statement,
        record: RecordContext,
    ) -> bool:
        clause, fact, held = found[0]
        figures = list(figures_of(held.view))
        given = {_key(number) for _, number, _ in found}
        bound = {
            binding.target
            for binding in clause.bindings
            if (other := bound_figures(record, binding)) and _slot(other) == _slot(held)
        }
        if max(len(given), len(bound)) > 1 or _spans(fact, figures):
            return True
        return attributes(clause, statement.language) or names_somebody(clause, figures, record)


def _neighbours(statement: Statement) -> dict[str, list[str]]:
    """Of each clause the ids of the one before and the one after it in its part, as in a list."""
    found: dict[str, list[str]] = {}
    for part in statement.parts:
        ids = [clause.id for clause in part.clauses]
        for index, clause_id in enumerate(ids):
            found[clause_id] = [*ids[max(0, index - 1) : index], *ids[index + 1 : index + 2]]
    return found


def _slot(held: Held) -> tuple[object, str]:
    return held.view.subject, held.view.slot


def _spans(fact: NumberFact, figures: list[Figure]) -> bool:
    """Whether the text gives a range that leaves room for every figure that rivals one of them."""
    count = fact.count
    if count is None or count.low is None or count.high is None or count.is_point:
        return False
    low, high = count.low, count.high
    return any(
        all(
            low <= bound <= high
            for other in figures
            if same_scope(figure, other)
            for bound in (other.count.low, other.count.high)
            if bound is not None
        )
        for figure in figures
    )
