"""Citation markers: `[2]`, `[2, ch. 5; 3]`, `[2 – chapter 5, 3]`, `[4–7]`.

A semicolon parts two references; after a comma bare numbers are further references until a place
is named, and belong to that place from then on, so `[2 – chapter 5, 3]` cites only 2. Numbers
have at most three digits: `[1918]` is an editor's year.
"""

import re

from stelae.statements.model import Citation
from stelae.values.locators import Locator, parse_locators

__all__ = ["LONGEST", "WIDEST", "read_marker"]

LONGEST = 300
"""A bracket with more code points than this is no citation."""
WIDEST = 100
"""A range of more references than this is no citation."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_HEAD = re.compile(rf"\s*\^?(\d{{1,3}})(?!\d)(?:\s*[{_DASHES}]\s*(\d{{1,3}})(?!\d))?\s*")
_SEPARATOR = re.compile(rf"[,:{_DASHES}\u060c]\s*")


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
        locators = _locators(rest, language, separated=bool(separator))
        if locators is None:
            return None
        citations[-1] = Citation(citations[-1].number, locators)
        return citations


def _locators(rest: str, language: str | None, *, separated: bool) -> tuple[Locator, ...] | None:
    """The places named after a number; without a separator only a known term makes them so."""
    if not rest:
        return None
    locators = parse_locators(rest, language)
    if not locators:
        return None
    if locators[0].label is None and not (separated and not rest[0].isdigit()):
        return None
    return locators
