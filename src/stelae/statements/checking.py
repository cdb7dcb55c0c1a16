"""All rules over one text. The result depends on the text and the context alone."""

from collections.abc import Iterable
from dataclasses import replace

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, in_order
from stelae.statements.model import Statement
from stelae.statements.rules import (
    blame,
    captures,
    changes,
    circles,
    dates,
    determinations,
    exposure,
    figures,
    links,
    originals,
    quotations,
    quoting,
    references,
    scopes,
    signing,
    sources,
    styles,
    sums,
    terms,
    toponyms,
    translated_dates,
    translated_figures,
    translations,
    unread,
)
from stelae.statements.rules.rule import Rule
from stelae.statements.rules.waived import WaiverBroken, WaiverExpired
from stelae.statements.waivers import Places, Waiver, read_waivers

__all__ = ["RULES", "check_statement"]

_OF_THE_TEXT: tuple[Rule, ...] = (
    references.Dangling(),
    references.Unused(),
    references.Order(),
    references.Ambiguous(),
    captures.Locatorless(),
    captures.OutOfRange(),
    captures.NoCapture(),
    links.Unbound(),
    figures.Uncited(),
    figures.Contradicts(),
    figures.FalsePrecision(),
    figures.OneOfRivals(),
    scopes.Unscoped(),
    sums.Sum(),
    dates.Anniversary(),
    dates.Impossible(),
    dates.OfRecord(),
    styles.StyleUnsaid(),
    sources.OwnSource(),
    circles.OneRoot(),
    circles.Cycle(),
    quoting.Absent(),
    quoting.Altered(),
    quotations.Unbalanced(),
    terms.Undetermined(),
    determinations.Exceeds(),
    unread.Unread(),
    blame.Collective(),
    blame.Dehumanising(),
    toponyms.Toponym(),
    exposure.Exposed(),
    signing.Signers(),
    changes.Changed(),
    translated_figures.Figures(),
    translated_dates.Dates(),
    translations.References(),
    translations.Names(),
    originals.Missing(),
    originals.Stale(),
)
RULES: tuple[Rule, ...] = (
    *_OF_THE_TEXT,
    WaiverExpired(),
    WaiverBroken(frozenset(rule.id for rule in _OF_THE_TEXT)),
)
"""Every rule, in the order in which the reference prints them."""


def check_statement(
    statement: Statement, context: CheckContext, rules: Iterable[Rule] = RULES
) -> tuple[Diagnostic, ...]:
    """Everything that the rules find, by place in the text; what is waived is marked, not left out.

    A waiver past its last day waives nothing.
    """
    found = [diagnostic for rule in rules for diagnostic in rule.check(statement, context)]
    waivers = {
        (waiver.rule, waiver.clause): waiver
        for waiver in read_waivers(statement.source)
        if isinstance(waiver, Waiver) and waiver.holds_on(context.as_of)
    }
    if waivers:
        places = Places(statement)
        found = [_waived(diagnostic, waivers, places) for diagnostic in found]
    return in_order(found)


def _waived(
    found: Diagnostic, waivers: dict[tuple[str, str], Waiver], places: Places
) -> Diagnostic:
    waiver = waivers.get((found.rule, places.at(found.span) or ""))
    return found if waiver is None else replace(found, waiver=waiver)
