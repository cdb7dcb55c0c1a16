"""What can be put right without judgement: numbers of a list, a closing mark, an anniversary."""

import re

from stelae.statements.edits import Edit
from stelae.statements.facts import AnniversaryFact, AnniversaryKind, QuotationFact
from stelae.statements.model import Clause, Marker, Statement
from stelae.statements.text import Span

__all__ = ["closed", "renumbered", "right_anniversary"]

_CLOSING = {"“": "”", "«": "»", "„": "“", "‹": "›"}
_AFTER_STOP = {"en"}
"""Languages whose closing mark follows the full stop."""
_STOPS = ".,;:!?…\u0589"
_SENTENCE = re.compile(r"[.!?\u0589]\s+\S")
_LEAD = re.compile(r"\s*(?:[-*]\s+)?\[?(\d{1,3})[.)\]]\s+")
_PIECE = re.compile(r"(?:^|;)\s*(\d{1,3})(?=\s*(?:[,;]|$))|,\s*(\d{1,3})(?=\s*(?:[,;]|$))")
_ORDINAL = {"1": "st", "2": "nd", "3": "rd"}
_PLAIN_DIGITS = {"en", "ru", "uk", "hy", "fr", "de", "es"}
"""Languages whose ending after the digits does not change with the number, English aside."""


def closed(fact: QuotationFact, clause: Clause, statement: Statement) -> tuple[Edit, ...] | None:
    """The closing mark that the opening one asks for, where the quotation is the one sentence
    that ends the clause and nothing cited follows; None elsewhere."""
    mark = _CLOSING.get(fact.opening)
    inner = clause.prose[fact.inner.start - clause.span.start : fact.inner.end - clause.span.start]
    words = inner.rstrip()
    if mark is None or not words or _SENTENCE.search(words) or fact.inner.end < clause.span.end:
        return None
    if any(marker.span.start >= fact.span.start for marker in clause.markers):
        return None
    if any(binding.span.overlaps(fact.inner) for binding in clause.bindings):
        return None
    code = statement.language.split("-", 1)[0]
    end = len(words)
    if code not in _AFTER_STOP and words[-1] in _STOPS and words[-1] not in "!?…":
        end -= 1
    if fact.opening == "„" and code not in {"de", "ru", "uk"}:
        mark = "”"
    at = fact.inner.start + end
    return (Edit(Span(at, at), mark),)


def right_anniversary(
    fact: AnniversaryFact, right: int, statement: Statement
) -> tuple[Edit, ...] | None:
    """The right number in digits with its ending; None for words and for endings that follow
    the number's last vowel, as in Azerbaijani and Turkish."""
    code = statement.language.split("-", 1)[0]
    words = statement.source.at(fact.span)
    found = re.search(rf"(?<!\d){fact.years}(?!\d)", words)
    if found is None or code not in _PLAIN_DIGITS or fact.kind is not AnniversaryKind.ANNIVERSARY:
        return None
    start, end = fact.span.start + found.start(), fact.span.start + found.end()
    if min(right, fact.years) == 1:
        return None
    ending = re.match(r"(?:st|nd|rd|th)\b", words[found.end() :])
    if code != "en" or ending is None:
        return (Edit(Span(start, end), str(right)),)
    teen = right % 100 in {11, 12, 13}
    suffix = "th" if teen else _ORDINAL.get(str(right)[-1], "th")
    return (Edit(Span(start, end + ending.end()), f"{right}{suffix}"),)


def renumbered(statement: Statement) -> tuple[Edit, ...] | None:
    """The list in the order in which the text cites it, what is never cited last, and every
    marker after it; None where a marker or an entry cannot surely be rewritten."""
    numbers = [reference.number for reference in statement.references]
    if numbers != sorted(set(numbers)) or any(one.label for one in statement.references):
        return None
    cited: list[int] = []
    places: list[tuple[Span, int]] = []
    for _, marker in statement.markers:
        found = _numbers(marker, statement)
        if found is None or not set(marker.numbers) <= set(numbers):
            return None
        places += found
        cited += marker.numbers
    order = list(dict.fromkeys([*cited, *numbers]))
    new = dict(zip(order, numbers, strict=True))
    edits = [Edit(span, str(new[n])) for span, n in places if new[n] != n]
    bodies: dict[int, Span] = {}
    for reference in statement.references:
        line = statement.source.line_span(statement.source.line_number(reference.span.start))
        lead = _LEAD.fullmatch(statement.source.at(Span(line.start, reference.span.start)))
        if lead is None or int(lead[1]) != reference.number:
            return None
        bodies[reference.number] = reference.span
    edits += [
        Edit(bodies[slot], statement.source.at(bodies[old]))
        for old, slot in new.items()
        if old != slot
    ]
    return tuple(sorted(edits)) or None


def _numbers(marker: Marker, statement: Statement) -> list[tuple[Span, int]] | None:
    """Where the numbers of a marker stand; None where its form is not simply `[2, ch. 5; 3]`."""
    text = statement.source.at(marker.span)
    if not (text.startswith("[") and text.endswith("]")) or marker.perhaps:
        return None
    found: list[tuple[Span, int]] = []
    for match in _PIECE.finditer(text[1:-1]):
        group = 1 if match[1] else 2
        start = marker.span.start + 1 + match.start(group)
        found.append((Span(start, start + len(match[group])), int(match[group])))
    return found if tuple(number for _, number in found) == marker.numbers else None
