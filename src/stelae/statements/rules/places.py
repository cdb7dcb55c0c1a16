"""Places in a source that stand beside a citation and not in it, and the pages of a place."""

import re
from collections.abc import Collection, Iterator

from stelae.statements.model import Clause, Marker
from stelae.values.locators import Locator, term_of

__all__ = ["is_placed_in_words", "pages_of", "place_after"]

_DASHES = "-\u2010-\u2015\u2212"
_NUMBER = rf"\d{{1,6}}(?:\s?[{_DASHES}]\s?\d{{1,6}})?"
_AFTER = re.compile(rf"\s?[,:\u060c]?\s?\(?([^\W\d_]{{1,15}}\.?|\u00a7{{1,2}})\s?({_NUMBER})(?!\w)")
_TERM_FIRST = re.compile(r"([^\W\d_]{1,15})\.?\s{0,2}(?:\d{1,4}|[IVXLC]{1,7})(?!\w)")
# In Armenian, Azerbaijani, Turkish the ordinal comes first: `45-րդ էջում`, `45. sayfada`.
_ORDINAL_FIRST = re.compile(r"\d{1,4}(?:[-'’][^\W\d_]{1,4}|\.)\s([^\W\d_]{2,15})")
_LEADING = re.compile(rf"\s*({_NUMBER})(?!\w)")
_COMMA = re.compile("[,\u060c]")
_BEFORE = 160
_LONGEST = 40
_NAMED = frozenset(
    ("appendix", "chapter", "folio", "note", "page", "paragraph", "part", "section", "volume")
)


def place_after(clause: Clause, marker: Marker, code: str) -> Locator | None:
    """The place that follows the brackets: `[1], p. 45`, `(see [1], chapter 4)`."""
    start = marker.span.end - clause.span.start
    match = _AFTER.match(clause.text, start, start + _LONGEST)
    if match is None:
        return None
    term = term_of(match[1], code)
    return Locator(term, match[2]) if term else None


def is_placed_in_words(clause: Clause, marker: Marker, code: str) -> bool:
    """Whether the words before a citation name a place: `on page 45 of her book … [1]`."""
    end = marker.span.start - clause.span.start
    # What stands before another citation belongs to that.
    before = clause.text[max(end - _BEFORE, 0) : end].rpartition("]")[2]
    return any(
        term_of(match[1], code, inflected=True) in _NAMED
        for pattern in (_TERM_FIRST, _ORDINAL_FIRST)
        for match in pattern.finditer(before)
    )


def pages_of(place: Locator, doubtful: Collection[int] = ()) -> Iterator[tuple[int, int]]:
    """First and last page of every piece of `2, 7–9` or `4 ff.`; nothing where it is no page.

    `doubtful` are numbers after a comma that may as well be references.
    """
    if place.label != "page":
        return
    for index, piece in enumerate(_COMMA.split(place.value)):
        match = _LEADING.match(piece)
        if match is None or (index and match.end() < len(piece.rstrip())):
            continue
        numbers = Locator(place.label, match[1]).numbers()
        if numbers is not None and not (index and numbers[0] in doubtful):
            yield numbers
