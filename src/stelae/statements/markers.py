"""Citation markers: `[2]`, `[2, ch. 5; 3]`, `[2 – chapter 5, 3]`, `[4–7]`.

A semicolon parts two references; after a comma bare numbers are further references until a place
is named, and belong to that place from then on, so `[2 – chapter 5, 3]` cites only 2. Numbers
have at most three digits: `[1918]` is an editor's year.
"""

import re
from collections.abc import Mapping

from stelae.statements.model import Citation
from stelae.values.locators import Locator, parse_locators

__all__ = ["LONGEST", "WIDEST", "read_labelled", "read_marker", "resembles_marker"]

LONGEST = 300
"""A bracket with more code points than this is no citation."""
WIDEST = 100
"""A range of more references than this is no citation."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_HEAD = re.compile(rf"\s*\^?(\d{{1,3}})(?!\d)(?:\s*[{_DASHES}]\s*(\d{{1,3}})(?!\d))?\s*")
_RESEMBLES = re.compile(rf"\s*\d{{1,3}}\s*[{_DASHES},;:]")
_BARE = re.compile(r"\s*\d{1,3}\s*")
_SEPARATOR = re.compile(rf"[{_DASHES},:\u060c]\s*")


def read_marker(inside: str, language: str | None = None) -> tuple[Citation, ...] | None:
    """The references that the words of a bracket name, or None where it is no citation."""
    if len(inside) > LONGEST:
        return None
    citations: list[Citation] = []
    for group in re.split("[;\u061b]", inside):
        found = _group(group, language)
        if found is None:
            return None
        citations.extend(found)
    return tuple(citations)


def read_labelled(
    inside: str, labels: Mapping[str, int], language: str | None = None
) -> tuple[Citation, ...] | None:
    """The references that a bracket names by the words of the list: `[Hope 1894, p. 4; Zapt]`.

    None where one of them is no label of the list.
    """
    written = [piece.strip().removeprefix("^") for piece in re.split("[;\u061b]", inside)]
    read: list[str] = []
    for piece in written:
        label = next(
            (
                name
                for name in (piece, *piece.split(",", 1)[:1], *piece.split(":", 1)[:1])
                if name.strip() in labels
            ),
            None,
        )
        if label is None:
            return None
        read.append(f"{labels[label.strip()]}{piece[len(label) :]}")
    return read_marker("; ".join(read), language)


def resembles_marker(inside: str) -> bool:
    """Whether a bracket that is no citation looks as if it was meant as one: `[7–4]`, `[2–]`."""
    return len(inside) <= LONGEST and _RESEMBLES.match(inside) is not None


def _group(text: str, language: str | None) -> list[Citation] | None:
    citations: list[Citation] = []
    at = 0
    while True:
        head = _HEAD.match(text, at)
        if not head:
            return None
        first = int(head[1])
        last = int(head[2]) if head[2] else first
        if not first <= last < first + WIDEST:
            return None
        citations.extend(Citation(number) for number in range(first, last + 1))
        at = head.end()
        if at == len(text):
            return citations
        separator = _SEPARATOR.match(text, at)
        rest = text[separator.end() if separator else at :].strip()
        if separator and separator[0][0] in ",\u060c" and _HEAD.match(rest):
            at = separator.end()
            continue
        locators = _locators(rest, language, separator[0][0] if separator else "")
        if locators is None:
            return None
        citations[-1] = Citation(citations[-1].number, locators, _perhaps(rest))
        return citations


def _perhaps(rest: str) -> tuple[int, ...]:
    """The bare numbers after a place: `chapter 5, 3` may mean two chapters or two references."""
    return tuple(int(piece) for piece in rest.split(",")[1:] if _BARE.fullmatch(piece))


def _locators(rest: str, language: str | None, separator: str) -> tuple[Locator, ...] | None:
    """The places named after a number; without a separator only a known term makes them so.

    Bare digits are a place only after a colon: `[12: 45]`.
    """
    if not rest:
        return None
    locators = parse_locators(rest, language)
    if not locators:
        return None
    if locators[0].label is None and (not separator or (rest[0].isdigit() and separator != ":")):
        return None
    return locators
