"""QUO: quotation marks, and quoted words held against what is kept of their source."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

from collections.abc import Iterator

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import QuotationFact
from stelae.statements.model import Clause, Statement
from stelae.statements.rules.repairs import closed
from stelae.statements.rules.rule import Rule, prose_clauses, quoted

__all__ = ["Unbalanced"]


class Unbalanced(Rule):
    """QUO-unbalanced."""

    id = "QUO-unbalanced"
    level = Level.WARNING
    why = "Without both marks nobody can tell where the words of others end."
    mends = "closes a quotation that is the one sentence at the end of its clause"

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield quotations that are opened or closed only.

        One that is opened in one paragraph and closed in a later one, each paragraph between
        them opened again, is in order: so printers set long quotations.
        """
        pending: QuotationFact | None = None
        last: Clause | None = None
        for clause in prose_clauses(statement):
            broken = [fact for fact in clause.quotations if not fact.balanced]
            outermost = [fact for fact in clause.quotations if fact.depth == 0]
            if pending is not None:
                first = outermost[0] if outermost else None
                leads = first is not None and first.span.start == _first(
                    clause.prose, clause.span.start
                )
                closes = first is not None and not first.balanced and not first.opening
                if first is not None and (closes or (leads and first.opening == pending.opening)):
                    broken = [fact for fact in broken if fact is not first]
                    if first.balanced or closes:
                        pending = None
                    else:
                        pending, last = first, clause
                        continue
                else:
                    yield self._unclosed(pending, statement, last)
                    pending = None
            if broken and broken[-1].opening and broken[-1].depth == 0:
                pending, last = broken.pop(), clause
            for fact in broken:
                yield self._unclosed(fact, statement)
        if pending is not None:
            yield self._unclosed(pending, statement, last)

    def _unclosed(
        self, fact: QuotationFact, statement: Statement, clause: Clause | None = None
    ) -> Diagnostic:
        if fact.opening:
            return self.found(
                fact.span,
                f"the quotation {quoted(fact.words, 40)} is opened and never closed",
                fix="close it where the words of others end",
                edit=closed(fact, clause, statement) if clause is not None else None,
            )
        return self.found(
            fact.span,
            f"{fact.closing or statement.source.at(fact.span)} closes a quotation"
            " that was never opened",
            fix="open it where the words of others begin",
        )


def _first(prose: str, offset: int) -> int:
    return offset + len(prose) - len(prose.lstrip())
