"""WAV: exceptions that have run out, or that name nothing."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

from collections.abc import Iterator

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import Statement
from stelae.statements.rules.rule import Rule
from stelae.statements.waivers import BadWaiver, Places, Waiver, read_waivers

__all__ = ["WaiverBroken", "WaiverExpired"]


class WaiverExpired(Rule):
    """WAV-expired."""

    id = "WAV-expired"
    level = Level.WARNING
    why = "An exception is made until a day; after it the finding counts again."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield every waiver whose last day lies before the day of the check."""
        for waiver in read_waivers(statement.source):
            if isinstance(waiver, Waiver) and not waiver.holds_on(context.as_of):
                yield self.found(
                    waiver.span,
                    f"the waiver of {waiver.rule} in {waiver.clause} ended on {waiver.until}",
                    fix=f"correct the finding, or let {waiver.by} give a new reason and day",
                )


class WaiverBroken(Rule):
    """WAV-broken; `known` are the ids of the rules that can be waived."""

    id = "WAV-broken"
    level = Level.ERROR
    why = "An exception names its rule, clause, reason, person and last day, or it is none."

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield every waiver that lacks something, or names a rule or clause that is not there."""
        places: Places | None = None
        for waiver in read_waivers(statement.source):
            if isinstance(waiver, BadWaiver):
                yield self.found(
                    waiver.span,
                    waiver.why,
                    fix="give rule, clause, reason, by and until",
                )
                continue
            places = places or Places(statement)
            if waiver.rule not in self._known:
                yield self.found(
                    waiver.span,
                    f"the waiver names a rule {waiver.rule!r} that there is not",
                    fix="copy the id of the rule from the finding",
                )
            if waiver.clause not in places:
                yield self.found(
                    waiver.span,
                    f"the waiver names a clause {waiver.clause!r} that this text does not have",
                    fix="write the clause's own id into the text, as {#figures}, and name that",
                )
