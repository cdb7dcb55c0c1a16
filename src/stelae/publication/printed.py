"""What every print of a statement decides alike: fragments, words, date, addressees, sources named.

Pages of an edition and exported files rest on it, so that both show the same words under the same
fragments.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from stelae.errors import BadValue
from stelae.publication.text import date_in_words
from stelae.records.fold import State
from stelae.statements.model import Clause, Marker, PartKind, Reference, Signatory, Statement
from stelae.statements.text import Span
from stelae.values.dates import PartialDate
from stelae.values.locators import parse_locators

__all__ = [
    "UNSAFE",
    "anchors_of",
    "cited_in",
    "cut",
    "date_of",
    "head_addressees",
    "head_end",
    "mark_of",
    "named_source",
    "number_spans",
    "printed_date",
    "signatories_by_clause",
    "tag_of",
]

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
"""What stands in no name of a file and in no fragment."""

_NUMBERED = re.compile(r"\d{1,3}[.)]|\[\d{1,3}\]")
_BULLETS = frozenset("-*+\N{BULLET}\N{EN DASH}\N{EM DASH}")
_DIGITS = re.compile(r"\d{1,3}")


def tag_of(statement: Statement) -> str:
    """Its language as a tag of BCP 47, "" where it is not known."""
    return "" if statement.language == "und" else statement.language


def date_of(statement: Statement) -> PartialDate | None:
    """The day of the statement; None where there is none, or none that can be."""
    if statement.date is None:
        return None
    try:
        return PartialDate.parse(statement.date.edtf)
    except BadValue:
        return None


def printed_date(statement: Statement) -> str:
    """The day of the statement in its own language, as it stands where that cannot be said."""
    date = date_of(statement)
    if date is not None:
        return date_in_words(date, language=statement.language)
    return statement.source.at(statement.date.span) if statement.date else ""


def head_end(statement: Statement) -> int:
    """Where the head ends: what stands before it no clause prints."""
    return min(
        (
            clause.span.start
            for part in statement.parts
            if part.kind is not PartKind.TITLE
            for clause in part.clauses
        ),
        default=len(statement.source.content),
    )


def head_addressees(statement: Statement) -> tuple[str, ...]:
    """To whom it is addressed as its head says; each once."""
    end = head_end(statement)
    head = (one.name for one in statement.addressees if one.span is None or one.span.start < end)
    return tuple(dict.fromkeys(head))


def anchors_of(statement: Statement) -> dict[str, str]:
    """A safe fragment for the id of each clause, each its own."""
    seen: Counter[str] = Counter()
    anchors: dict[str, str] = {}
    for clause in statement.clauses:
        name = UNSAFE.sub("-", clause.id).strip("-.") or "clause"
        seen[name] += 1
        anchors.setdefault(clause.id, name if seen[name] == 1 else f"{name}~{seen[name]}")
    return anchors


def cited_in(statement: Statement, number: int, anchors: dict[str, str]) -> tuple[str, ...]:
    """The fragments of the clauses that cite a reference."""
    return tuple(
        dict.fromkeys(
            anchors[clause.id] for clause, marker in statement.markers if number in marker.numbers
        )
    )


def signatories_by_clause(statement: Statement) -> dict[str, Signatory]:
    """Whose name each clause of the signatories is, by the clause's id."""
    starts = [one.span.start for one in statement.signatories]
    found: dict[str, Signatory] = {}
    for part in statement.part(PartKind.SIGNATORIES):
        for clause in part.clauses:
            at = bisect_left(starts, clause.span.start)
            if at < len(starts) and statement.signatories[at].span in clause.span:
                found[clause.id] = statement.signatories[at]
    return found


def named_source(state: State, reference: Reference, language: str) -> tuple[str, str]:
    """The source of the record that an item names, and the words of its own that it has.

    `hres-296: p. 3` has none beside the place, and the record says title and date;
    `hres-296 — H.Res.296, first recital` has.
    """
    source, text = reference.source, reference.text
    if source is None or not state.has("source", source):
        return "", text
    return source, "" if text == source or is_place(text, language) else text


def is_place(text: str, language: str) -> bool:
    """Whether the words are a place in a source and nothing else: `p. 90`."""
    try:
        places = parse_locators(text, language)
    except BadValue:
        return False
    return bool(places) and all(place.label is not None for place in places)


def mark_of(statement: Statement, clause: Clause) -> str:
    """What stands before an item on its line: a number with its dot, or a dash for any bullet."""
    line = statement.source.line_span(statement.source.line_number(clause.span.start))
    before = statement.source.content[line.start : clause.span.start].strip()
    if _NUMBERED.fullmatch(before):
        return before
    return "\N{EN DASH}" if before in _BULLETS else ""


def number_spans(
    statement: Statement, marker: Marker, known: Iterable[int]
) -> Iterator[tuple[Span, int]]:
    """What of a marker leads to which reference: the whole to the one, else a piece to each.

    A piece goes from its number to the next, the brackets to the first and the last. A number
    inside a range that is not written out has none.
    """
    there = frozenset(known)
    numbers = [number for number in marker.numbers if number in there]
    if len(set(numbers)) <= 1:
        if numbers:
            yield marker.span, numbers[0]
        return
    words = statement.source.at(marker.span)
    waiting = list(marker.numbers)
    found: list[tuple[int, int]] = []
    for digits in _DIGITS.finditer(words):
        number = int(digits[0])
        if number in waiting:
            del waiting[: waiting.index(number) + 1]
            found.append((digits.start(), number))
    if not found:  # the list is named by words, or the digits are raised
        yield marker.span, numbers[0]
        return
    starts = [0, *(start for start, _ in found[1:]), len(words)]
    for (start, end), (_, number) in zip(pairwise(starts), found, strict=True):
        if number in there:
            piece = words[start:end].rstrip()
            begin = marker.span.start + start
            yield Span(begin, begin + len(piece)), number


def cut(
    statement: Statement, clause: Clause, spans: Iterable[Span]
) -> Iterator[tuple[Span | None, str]]:
    """The exact words that a reader sees, cut where each of the spans begins and ends.

    A piece comes with the span that it fills, None between them; of spans that overlap the first
    holds.
    """
    at = clause.span.start
    for span in sorted(spans):
        if span.start < at:
            continue
        yield None, _seen(statement, clause, Span(at, span.start))
        yield span, _seen(statement, clause, span)
        at = span.end
    yield None, _seen(statement, clause, Span(at, max(at, clause.span.end)))


def _seen(statement: Statement, clause: Clause, span: Span) -> str:
    """The words of a stretch without what a reader does not see."""
    pieces: list[str] = []
    at = span.start
    for hidden in clause.hidden:
        if hidden.end <= span.start or hidden.start >= span.end:
            continue
        if hidden.start > at:
            pieces.append(statement.source.content[at : hidden.start])
        at = max(at, min(hidden.end, span.end))
    pieces.append(statement.source.content[at : span.end])
    return "".join(pieces)
