"""Names of places folded for looking them up, with or without the word for what they are."""

import re
import tomllib
from functools import cache
from importlib import resources

from stelae.linkage.date_words import fold

__all__ = ["bare", "fold_place"]

_MARKS = re.compile(r"[^\w\s-]|_")


@cache
def _kinds() -> frozenset[str]:
    file = resources.files("stelae.linkage").joinpath("data/place_kinds.toml")
    return frozenset(map(fold_place, tomllib.loads(file.read_text(encoding="utf-8"))["kinds"]))


def fold_place(name: str) -> str:
    """Small letters, plain spaces, no punctuation but hyphens."""
    return " ".join(_MARKS.sub(" ", fold(name)).split())


def bare(name: str) -> str:
    """The folded name without words for its kind before and after it; at least one word is left."""
    words = fold_place(name).split()
    while len(words) > 1:
        if " ".join(words[:2]) in _kinds() and len(words) > 2:
            words = words[2:]
        elif words[0] in _kinds():
            words = words[1:]
        elif words[-1] in _kinds():
            words = words[:-1]
        else:
            break
    return " ".join(words)
