"""Words of qualification, and whether somebody is said to have used them."""

from stelae.statements.facts import QuotationFact, TermFact
from stelae.statements.languages import Language
from stelae.statements.passage import MOST, Live, Passage
from stelae.statements.text import Span

__all__ = ["find_terms"]

_ATTRIBUTION_WITHIN = 25
_NAME_WITHIN = 12


def find_terms(
    passage: Passage, language: Language, quotations: list[QuotationFact], live: Live
) -> list[TermFact]:
    """Every word of qualification in order, with the words that attribute it in its sentence."""
    table = language.terms
    if not live.terms:
        return []
    covered = _outermost(quotations)
    found: list[TermFact] = []
    attributions = [
        (at, words[0]) for at in live.terms if (words := table.attribution.at(passage.tokens, at))
    ]
    resume, quote, saying = 0, 0, 0
    for index in live.terms:
        if index < resume or len(found) >= MOST:
            continue
        hit = table.terms.at(passage.tokens, index)
        if hit is None:
            continue
        after, term = hit
        span = passage.place(index, after)
        while quote < len(covered) and covered[quote].end <= span.start:
            quote += 1
        quoted = quote < len(covered) and span in covered[quote]
        start = passage.sentence_start(index, _ATTRIBUTION_WITHIN)
        end = passage.sentence_end(after, _ATTRIBUTION_WITHIN)
        while saying < len(attributions) and attributions[saying][0] < start:
            saying += 1
        said: Span | None = None
        if saying < len(attributions) and attributions[saying][1] <= end:
            said = passage.place(*attributions[saying])
        found.append(TermFact(span, term, said, quoted, _named(passage, index, language)))
        resume = after
    return found


def _outermost(quotations: list[QuotationFact]) -> list[Span]:
    spans: list[Span] = []
    for quotation in quotations:
        if quotation.balanced and not (spans and quotation.inner in spans[-1]):
            spans.append(quotation.inner)
    return spans


def _named(passage: Passage, index: int, language: Language) -> bool:
    """Whether the term ends the name of an instrument, a body or a day.

    In a language with capitals in names, the name and the term must both have one.
    """
    token = passage.tokens[index]
    capitals = language.code.split("-")[0] == "en"
    if capitals and not token.text[0].isupper():
        return False
    for at in range(index - 1, passage.sentence_start(index, _NAME_WITHIN) - 1, -1):
        if passage.is_mark(at, ",;:()«“"):
            return False
        if language.terms.names.at(passage.tokens, at) and (
            not capitals or passage.tokens[at].text[0].isupper()
        ):
            return True
    return False
