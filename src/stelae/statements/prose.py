"""Every fact in one stretch of prose, in the order of the text."""

from collections.abc import Iterable

from stelae.statements.anniversaries import find_anniversaries
from stelae.statements.dates import find_dates
from stelae.statements.facts import Fact
from stelae.statements.languages import Language
from stelae.statements.numbers import find_numbers
from stelae.statements.passage import Passage
from stelae.statements.quotations import find_quotations
from stelae.statements.terms import find_terms
from stelae.statements.text import Span

__all__ = ["facts_in", "facts_of"]


def facts_in(
    content: str, span: Span, language: Language, hidden: Iterable[Span] = ()
) -> tuple[Fact, ...]:
    """Read one stretch of a text; what `hidden` covers (mark-up, citations) is passed over."""
    return facts_of(content, Passage.of(content, span, hidden), language)


def facts_of(content: str, passage: Passage, language: Language) -> tuple[Fact, ...]:
    """Every fact of a fresh passage.

    Dates are read before numbers and take their digits; anniversaries take theirs. Quotations and
    terms are read over the same words.
    """
    live = passage.beginnings(language)
    dates = find_dates(passage, language, live)
    anniversaries = find_anniversaries(passage, language, dates, live)
    numbers = find_numbers(passage, language, live)
    quotations = find_quotations(content, passage, language)
    terms = find_terms(passage, language, quotations, live)
    facts: list[Fact] = [*dates, *anniversaries, *numbers, *quotations, *terms]
    return tuple(sorted(facts, key=lambda fact: (fact.span.start, -fact.span.end)))
