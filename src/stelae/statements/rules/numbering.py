"""A list of references numbered anew: the list and its markers, in every language at once.

Nothing is done where anything may point at an entry by other means than a marker that can surely
be rewritten: a range, words such as `ibid.`, a waiver of `reference-3`.
"""

import re
from collections.abc import Mapping, Sequence

from stelae.statements.edits import Edit
from stelae.statements.model import Marker, Reference, Statement
from stelae.statements.rules.rule import prose_clauses
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver, read_waivers

__all__ = ["renumbered", "sorted_list"]

_LEAD = re.compile(r"\s*(?:[-*]\s+)?\[?(\d{1,3})[.)\]]\s+")
_PIECE = re.compile(r"(?:^|;)\s*(\d{1,3})(?=\s*(?:[,;]|$))|,\s*(\d{1,3})(?=\s*(?:[,;]|$))")
_ELSEWHERE = re.compile(
    r"\[\s{0,3}\d{1,3}\s{0,3}[\],;]|\b(?:ibid|ibidem|idem|eadem|op\.\s?cit|loc\.\s?cit|там же"
    r"|там само|указ\.\s?соч|ebd|ebenda|a\.\s?a\.\s?O|a\.\s?g\.\s?e|adı geçen|yenə orada"
    r"|նույն տեղում|նույնը|იქვე)\b|المرجع نفسه|المصدر نفسه",
    re.IGNORECASE,
)
"""In an entry: what sends the reader to another one, which may no longer stand before it."""
_BY_WORD = re.compile(
    r"\b(?:source|reference|note|entry|footnote|no\.|источник\w{0,20}+|ссылк\w{0,20}+|сноск\w{0,20}+|примечани\w{0,20}+"
    r"|джерел\w{0,20}+|посиланн\w{0,20}+|աղբյուր\w{0,20}+|հղում\w{0,20}+|ծանոթագրութ\w{0,20}+|mənbə\w{0,20}+|istinad\w{0,20}+|qeyd"
    r"|kaynak|dipnot|fuente|referencia|nota|référence|renvoi|Quelle|Anm\.|Anmerkung|Fußnote"
    r"|წყარო\w{0,20}+|المصدر|المرجع)\s{1,3}(?:no\.?|№|n°|Nr\.|رقم)?\s{0,3}\d{1,3}\b",
    re.IGNORECASE,
)
"""In the text: an entry named by a word instead of a marker."""


def renumbered(
    statement: Statement, others: Sequence[Statement]
) -> Mapping[str, tuple[Edit, ...]] | None:
    """By the name of each text, what puts the list in the order in which the text cites it, what
    is never cited last, and every marker after it.

    `others` are the other languages, whose lists must be the same. The original decides the
    order; where it is not known which that is, all must give the same. None where a marker or an
    entry cannot surely be rewritten, or nothing is out of order.
    """
    texts = (statement, *others)
    if len({text.name for text in texts}) < len(texts):
        return None
    originals = [text for text in texts if text.translation_of is None]
    deciding = originals if len(originals) == 1 else texts
    orders = [_order(text) for text in deciding]
    new = orders[0]
    if new is None or any(order != new for order in orders):
        return None
    if all(old == number for old, number in new.items()):
        return None
    if any(not _is_same_list(deciding[0].references, text.references) for text in texts):
        return None
    found: dict[str, tuple[Edit, ...]] = {}
    for text in texts:
        edits = _edits(text, new)
        if edits is None:
            return None
        found[text.name] = edits
    return found


def sorted_list(statement: Statement) -> tuple[Edit, ...] | None:
    """The entries in the order of their numbers, each keeping its own; None where two share one,
    or an entry cannot surely be moved."""
    numbers = [reference.number for reference in statement.references]
    if len(set(numbers)) < len(numbers) or numbers == sorted(numbers):
        return None
    edits: list[Edit] = []
    ordered = sorted(statement.references, key=lambda reference: reference.number)
    for here, there in zip(statement.references, ordered, strict=True):
        number = _number_span(statement, here)
        if number is None or _ELSEWHERE.search(here.text):
            return None
        if here is not there:
            edits.append(Edit(number, str(there.number)))
            edits.append(Edit(here.span, statement.source.at(there.span)))
    return tuple(edits)


def _order(statement: Statement) -> Mapping[int, int] | None:
    """The new number of each old one, by the first citation; None where the list is not plain."""
    numbers = [reference.number for reference in statement.references]
    cited = [number for _, marker in statement.markers for number in marker.numbers]
    if numbers != sorted(set(numbers)) or not set(cited) <= set(numbers):
        return None
    return dict(zip(dict.fromkeys([*cited, *numbers]), numbers, strict=True))


def _is_same_list(one: Sequence[Reference], other: Sequence[Reference]) -> bool:
    return len(one) == len(other) and all(
        mine.number == theirs.number and len({mine.source, theirs.source} - {None}) < 2
        for mine, theirs in zip(one, other, strict=True)
    )


def _edits(statement: Statement, new: Mapping[int, int]) -> tuple[Edit, ...] | None:
    edits: list[Edit] = []
    for _, marker in statement.markers:
        places = _numbers(marker, statement)
        if places is None or not set(marker.numbers) <= set(new):
            return None
        edits += [Edit(span, str(new[old])) for span, old in places if new[old] != old]
    bodies = {reference.number: reference.span for reference in statement.references}
    for reference in statement.references:
        if _number_span(statement, reference) is None or _ELSEWHERE.search(reference.text):
            return None
    if _is_named_otherwise(statement):
        return None
    edits += [
        Edit(bodies[slot], statement.source.at(bodies[old]))
        for old, slot in new.items()
        if old != slot
    ]
    return tuple(sorted(edits))


def _number_span(statement: Statement, reference: Reference) -> Span | None:
    """Where an entry's own number stands; None where it is counted, or a word stands for it."""
    source = statement.source
    start = source.line_span(source.line_number(reference.span.start)).start
    lead = _LEAD.fullmatch(source.content, start, reference.span.start)
    if reference.label or lead is None or int(lead[1]) != reference.number:
        return None
    return Span(lead.start(1), lead.end(1))


def _is_named_otherwise(statement: Statement) -> bool:
    """Whether the text or a waiver names an entry by its number and not by a marker."""
    return any(_BY_WORD.search(clause.text) for clause in prose_clauses(statement)) or any(
        isinstance(waiver, Waiver) and waiver.clause.startswith("reference-")
        for waiver in read_waivers(statement.source)
    )


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
