"""What the heading of a column says, in many languages; data/headers.toml holds the words."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from stelae.linkage.date_words import fold

__all__ = ["said_by", "stem_of"]

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+|№|#", re.UNICODE)
_NUMBERED = re.compile(r"(?:_?c)?_? ?\d{1,3}$", re.IGNORECASE)


def _words(text: str) -> list[str]:
    return ["№" if word == "#" else word for word in _WORD.findall(fold(_CAMEL.sub(" ", text)))]


@cache
def _phrases() -> tuple[Mapping[tuple[str, ...], frozenset[str]], int]:
    file = resources.files("stelae.linkage").joinpath("data/headers.toml")
    found: dict[tuple[str, ...], set[str]] = {}
    for what, phrases in tomllib.loads(file.read_text(encoding="utf-8"))["says"].items():
        for phrase in phrases:
            found.setdefault(tuple(_words(phrase)), set()).add(what)
    longest = max(map(len, found))
    return {words: frozenset(says) for words, says in found.items()}, longest


def said_by(heading: str) -> frozenset[str]:
    """Everything that the phrases of a heading say, such as birth and place; the longest count."""
    known, longest = _phrases()
    words = _words(_NUMBERED.sub("", heading) or heading)
    found: set[str] = set()
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            says = known.get(tuple(words[at : at + length]))
            if says:
                found |= says
                at += length
                break
        else:
            at += 1
    return frozenset(found)


def stem_of(heading: str) -> str:
    """A heading without the number at its end: columns of one stem say one thing in turn."""
    return fold(_NUMBERED.sub("", heading))
