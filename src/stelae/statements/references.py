"""The list of references: numbers, ids of sources, places, however the list is written."""

import re

from stelae.errors import BadValue
from stelae.statements.inline import merge
from stelae.statements.languages import Language
from stelae.statements.model import BindingKind, Clause, Note, Reference
from stelae.statements.pieces import Piece
from stelae.statements.prose import facts_in, facts_of
from stelae.statements.text import SourceText, Span
from stelae.values.locators import Locator, parse_locators

__all__ = ["read_references"]

# `de-waal-2003: p. 90` or `de-waal-2003 — Black Garden, p. 90`. An id has a digit, a hyphen or a
# dot, so that `ibid` is none.
_NATIVE = re.compile(
    r"(?=[a-z]*[0-9._-])([a-z0-9][a-z0-9._-]{0,99}[a-z0-9])(?:\s*$|:\s+|\s+[\u2012-\u2015]\s+)"
)
# `www.harbour.example — the page` and `example.org: the page` begin with an address, not an id.
_HOST = re.compile(r"www\.\S+|(?:[a-z0-9-]+\.)+(?:com|edu|example|gov|info|int|net|org)")
_SEPARATOR = re.compile(r"[,.;]\s+")
_TAIL = 120


def read_references(
    source: SourceText, pieces: list[Piece], language: Language
) -> tuple[tuple[Reference, ...], list[Note]]:
    """Every item of the list, numbered as written.

    Where every item carries the same number (`1.` throughout) or none, they are counted from 1.
    """
    notes: list[Note] = []
    written = [piece.block.number for piece in pieces]
    counted = len(pieces) > 1 and len(set(written)) == 1
    if counted and written[0] is not None:
        notes.append(
            Note("every reference carries the same number: they are counted", pieces[0].block.span)
        )
    references: list[Reference] = []
    seen: set[int] = set()
    for index, piece in enumerate(pieces):
        block = piece.block
        number = index + 1 if counted or block.number is None else block.number
        if number in seen:
            notes.append(Note(f"a second reference {number}", block.span))
        seen.add(number)
        references.append(_reference(source, piece, number, language))
    return tuple(references), notes


def _reference(source: SourceText, piece: Piece, number: int, language: Language) -> Reference:
    block, inline = piece.block, piece.inline
    text = Clause("", block.span, source.at(block.span), inline.hidden).shown
    line = source.line_number(block.span.start)
    identifier = next(
        (binding.target for binding in inline.bindings if binding.kind is BindingKind.SOURCE), None
    )
    match = _NATIVE.match(source.at(block.span))
    if match and not _HOST.fullmatch(match[1]):
        identifier = match[1]
        own = Span(block.span.start, block.span.start + match.end())
        hidden = merge([*inline.hidden, own])
        text = Clause("", block.span, source.at(block.span), hidden).shown or text
        gaps = merge([*hidden, *(marker.span for marker in inline.markers)])
        facts = facts_in(source.content, block.span, language, gaps)
    else:
        facts = facts_of(source.content, piece.passage, language)
    places = _whole(text, language) or _trailing(text, language)
    return Reference(
        number, block.span, line, text, identifier, places, facts, block.label, inline.markers
    )


def _places(text: str, language: Language) -> tuple[Locator, ...]:
    try:
        return parse_locators(text, language.code)
    except BadValue:
        return ()


def _whole(text: str, language: Language) -> tuple[Locator, ...]:
    """The places of an item that says nothing else: `p. 90`."""
    found = _places(text, language)
    return found if found and all(_is_place(place) for place in found) else ()


def _is_place(place: Locator) -> bool:
    return place.label is not None and any(letter.isdigit() for letter in place.value)


def _trailing(text: str, language: Language) -> tuple[Locator, ...]:
    """The places at the end of an item in free text, from the first that carries a known term."""
    tail = text[-_TAIL:]
    for cut in _SEPARATOR.finditer(tail):
        found = _places(tail[cut.end() :].rstrip(". "), language)
        if found and all(_is_place(place) for place in found):
            return found
    return ()
