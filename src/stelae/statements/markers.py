"""Citation markers: `[2]`, `[2, ch. 5; 3]`, `[2 – chapter 5, 3]`, `[4–7]`, `[see 2, p. 5]`.

A semicolon parts two references; after a comma bare numbers are further references until a place
is named, and belong to that place from then on, so `[2 – chapter 5, 3]` cites only 2. Numbers
have at most three digits: `[1918]` is an editor's year. Arabic commas and semicolons are such
too. In Armenian the full stop (U+0589) is read as the colon that it is typed for, the stress mark
(U+055D) as a dash, the one-dot leader (U+2024) after a number as a semicolon.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Mapping

from stelae.statements.model import Citation
from stelae.values.locators import Locator, parse_locators

__all__ = ["LONGEST", "WIDEST", "read_labelled", "read_marker", "resembles_marker"]

LONGEST = 300
"""A bracket with more code points than this is no citation."""
WIDEST = 100
"""A range of more references than this is no citation."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_HEAD = re.compile(rf"\s*\^?(\d{{1,3}})(?!\d)(?:\s*[{_DASHES}]\s*(\d{{1,3}})(?!\d))?\s*")
_PARTS = re.compile(r"[;\u061b]|(?<=\d)\s?\u2024(?=\s)")
_COMMA = re.compile("[,\u060c]")
_RESEMBLES = re.compile(rf"\s*\d{{1,3}}\s*[{_DASHES},;:]")
_BARE = re.compile(rf"\s*(\d{{1,3}})(?:\s*[{_DASHES}]\s*(\d{{1,3}}))?\s*")
_SEPARATOR = re.compile(rf"[{_DASHES},:\u060c\u0589\u055d`]\s*")
_COLONS = frozenset(":\u0589")
_TERM = re.compile(r"\s*([^\W\d_]+|\u00a7+)")


@functools.lru_cache(maxsize=1024)
def read_marker(inside: str, language: str | None = None) -> tuple[Citation, ...] | None:
    """The references that the words of a bracket name, or None where it is no citation."""
    if len(inside) > LONGEST:
        return None
    citations: list[Citation] = []
    for group in _PARTS.split(inside):
        found = _group(_unprefixed(group), language)
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
    written = [_unprefixed(piece).strip().removeprefix("^") for piece in _PARTS.split(inside)]
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


@functools.cache
def _words() -> tuple[re.Pattern[str], frozenset[str]]:
    """What may stand before the number, and the terms that announce several places."""
    data = importlib.resources.files("stelae.statements") / "data" / "citations.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    before = {word for words in table["see"].values() for word in words}
    longest = sorted(before, key=lambda word: (-len(word), word))
    see = "|".join(re.escape(word) for word in longest)
    several = {word.casefold() for words in table["several"].values() for word in words}
    return re.compile(rf"\s*(?:{see})\s*:?\s*(?=[^\W_])", re.IGNORECASE), frozenset(several)


def _unprefixed(group: str) -> str:
    """A reference without the `see` before it; words of any language here, as in the pages."""
    match = _words()[0].match(group)
    return group[match.end() :] if match and (match[0][-1].isspace() or ":" in match[0]) else group


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
        if separator and _COMMA.match(separator[0]) and _HEAD.match(rest):
            at = separator.end()
            continue
        locators = _locators(rest, language, separator[0][0] if separator else "")
        if locators is None:
            return None
        citations[-1] = Citation(citations[-1].number, locators, _perhaps(rest))
        return citations


def _perhaps(rest: str) -> tuple[int, ...]:
    """The bare numbers after a place: `chapter 5, 3` may mean two chapters or two references.

    After a term that announces several places (`pp. 3, 5`) they are surely places.
    """
    return tuple(_bare_numbers(_COMMA.split(rest)))


def _bare_numbers(pieces: list[str]) -> Iterator[int]:
    several = _words()[1]
    announced = False
    for index, piece in enumerate(pieces):
        if term := _TERM.match(piece):
            announced = term[1].casefold() in several
        elif index and not announced and (bare := _BARE.fullmatch(piece)):
            first, last = int(bare[1]), int(bare[2] or bare[1])
            yield from range(first, last + 1) if last - first < WIDEST else (first, last)


def _locators(rest: str, language: str | None, separator: str) -> tuple[Locator, ...] | None:
    """The places named after a number; without a separator only a known term makes them so.

    Bare digits are a place only after a colon: `[12: 45]`.
    """
    if not rest:
        return None
    locators = parse_locators(rest, language)
    if not locators:
        return None
    digits = rest[0].isdigit() and separator not in _COLONS
    if locators[0].label is None and (not separator or digits):
        return None
    return locators
