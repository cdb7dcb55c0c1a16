"""Every fact in one stretch of prose, in the order of the text."""

from bisect import bisect_right
from collections.abc import Iterable

from stelae.statements.anniversaries import find_anniversaries
from stelae.statements.dates import find_dates
from stelae.statements.facts import DateFact, Fact, NumberFact
from stelae.statements.languages import Language
from stelae.statements.model import Binding, BindingKind
from stelae.statements.numbers import find_numbers
from stelae.statements.passage import Passage
from stelae.statements.quotations import find_quotations
from stelae.statements.terms import find_terms
from stelae.statements.text import Span

__all__ = ["bound_facts", "facts_in", "facts_of"]

_BOUND: dict[BindingKind, type[NumberFact | DateFact]] = {
    BindingKind.FIGURE: NumberFact,
    BindingKind.DATE: DateFact,
    BindingKind.DAY: DateFact,
}


def facts_in(
    content: str, span: Span, language: Language, hidden: Iterable[Span] = ()
) -> tuple[Fact, ...]:
    """Read one stretch of a text; what `hidden` covers (mark-up, citations) is passed over."""
    return facts_of(content, Passage.of(content, span, hidden, language), language)


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
    return _in_order([*dates, *anniversaries, *numbers, *quotations, *terms])


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: (fact.span.start, -fact.span.end)))


def bound_facts(
    content: str, bindings: Iterable[Binding], language: Language, known: tuple[Fact, ...]
) -> tuple[Fact, ...]:
    """The known facts and those of bound words that prose alone did not show: `[1000](figure:a)`.

    Linear in facts and bindings together: both are in the order of the text.
    """
    facts = list(known)
    starts = {
        kind: [f.span for f in known if isinstance(f, kind)] for kind in (NumberFact, DateFact)
    }
    for binding in bindings:
        kind = _BOUND.get(binding.kind)
        if kind is None:
            continue
        words = binding.text_span
        at = bisect_right(starts[kind], words.start, key=lambda span: span.end)
        if at < len(starts[kind]) and starts[kind][at].overlaps(words):
            continue
        passage = Passage.of(content, words, language=language)
        live = passage.beginnings(language)
        if kind is NumberFact:
            facts.extend(find_numbers(passage, language, live, bound=True))
        else:
            facts.extend(find_dates(passage, language, live, bound=True))
    return known if len(facts) == len(known) else _in_order(facts)
