"""SIG: how many sign, by the text and by the list below it."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

from collections.abc import Iterator
from math import ceil, floor

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.facts import Counted, NumberFact
from stelae.statements.model import PartKind, Statement
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.rules.stretches import quotations
from stelae.values.figures import CountForm

__all__ = ["Signers"]

_ABOUT = 0.1
"""As for figures: a tenth to either side is still the same number to a reader."""
_ONE_ROUND = ("une ", "un ", "una ", "a ", "сотня", "сотню")
"""One hundred in words (`une centaine`) is a number; `hundreds` only says how many at least."""


class Signers(Rule):
    """SIG-count."""

    id = "SIG-count"
    level = Level.WARNING
    why = "Whoever counts the names below the text must find as many as the text claims."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield numbers of signatories, each once, that the list below does not bear out.

        A number counts signatories by the word beside it, or where its clause names two of those
        who sign. Texts without a list below them claim what is kept elsewhere.
        """
        listed = len(statement.signatories)
        if not listed:
            return
        told: set[tuple[int, int | None]] = set()
        names = [one.name for one in statement.signatories if len(one.name) > 5]
        for part in statement.parts:
            if part.kind is PartKind.REFERENCES:
                continue
            for clause in part.clauses:
                facts = [fact for fact in clause.numbers if fact.counted in _COUNTING]
                if not facts:
                    continue
                named = sum(name in clause.text for name in names) > 1
                quoted_words = quotations(clause)
                for fact in facts:
                    if quoted_words.holding(fact.span):
                        continue
                    if fact.counted is not Counted.SIGNATORIES and not named:
                        continue
                    low, high = _bounds(fact)
                    fits = low <= listed and (high is None or listed <= high)
                    if fits or (low, high) in told:
                        continue
                    told.add((low, high))
                    yield self.found(
                        fact.span,
                        f"the text claims {quoted(statement.source.at(fact.span))},"
                        f" the list below it has {listed}",
                        related=[Related("the first name", statement.signatories[0].span)],
                        fix=f"write {listed}, or complete the list",
                    )


_COUNTING = {Counted.SIGNATORIES, Counted.PEOPLE}


def _bounds(fact: NumberFact) -> tuple[int, int | None]:
    count = fact.count
    if count is None:
        readings = [int(value) for value in fact.readings]
        return min(readings, default=0), max(readings, default=None)
    if count.form is CountForm.WORDS:
        size = fact.scale or 0
        if count.words.casefold().startswith(_ONE_ROUND):
            return _about(size, size)
        return size, None
    low = count.low or 0
    if count.form is CountForm.ABOUT:
        return _about(low, count.high or low)
    return low, count.high


def _about(low: int, high: int) -> tuple[int, int]:
    return floor(low * (1 - _ABOUT)), ceil(high * (1 + _ABOUT))
