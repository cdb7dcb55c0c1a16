"""`token_pairs`: the words of one or two vocabularies that may be one name, without all pairs.

Each word gets a few keys: the classes of its consonants (labials, dentals, velars, sibilants, m, n,
l, r), romanised, with doubtful letters read in several ways (c as s or k), and these with one
class left out. Only words that share a key are aligned, and that stops as soon as a pair cannot
reach `least`.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.forms import WORDS, forms_of
from stelae.linkage.names.joining import join
from stelae.linkage.names.model import NameModel
from stelae.linkage.names.tokens import romanised

__all__ = ["TokenPairs", "keys_of", "token_pairs"]

_CLASSES: dict[str, tuple[str, ...]] = {
    "sch": ("S",), "tch": ("S",), "dzh": ("S",), "dsch": ("S",), "tsch": ("S",), "szcz": ("S",),
    "shch": ("S",), "sh": ("S",), "zh": ("S",), "ch": ("S", "K"), "kh": ("K", ""), "gh": ("K", ""),
    "ph": ("P",), "th": ("T", "S"), "dh": ("T", "S"), "ts": ("S", "TS"), "tz": ("S", "TS"),
    "cz": ("S",), "sz": ("S",), "dz": ("S", "T", "TS"), "dj": ("S",), "ck": ("K",),
    "gn": ("N", "KN"), "x": ("KS", "K"), "c": ("K", "S"), "g": ("K", "S"), "j": ("S", "", "K"),
    "h": ("", "K"), "w": ("P", ""), "v": ("P", ""), "b": ("P",), "p": ("P",), "f": ("P",),
    "t": ("T",), "d": ("T",), "k": ("K",), "q": ("K",), "s": ("S",), "z": ("S",), "m": ("M",),
    "n": ("N",), "l": ("L",), "r": ("R",),
}  # fmt: skip
"""How consonants and groups of them are read, romanised; the first way is the likeliest."""
_LONGEST_GROUP = max(map(len, _CLASSES))
_MOST_READINGS = 6
_FEWEST_FOR_DELETION = 3
_ROOM = 1 << 20


_REPEATED = re.compile(r"(.)\1+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TokenPairs:
    """Words that may be one name: places in the vocabularies, and the log odds that they are."""

    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    log_odds: npt.NDArray[np.float32]


@lru_cache(maxsize=WORDS)
def keys_of(token: str) -> tuple[tuple[str, bool], ...]:
    """The keys of a word and its other forms, and whether each is whole (nothing left out)."""
    if len(token) < 2:
        return ()
    whole = dict.fromkeys(
        reading
        for word in (token, *(form for form, _ in forms_of(token)))
        for reading in readings_of(word)
    )
    keys = dict.fromkeys(whole, True)
    for reading in whole:
        if len(reading) >= _FEWEST_FOR_DELETION:
            for k in range(len(reading)):
                keys.setdefault(_single(reading[:k] + reading[k + 1 :]), False)
    return tuple(keys.items())


def readings_of(token: str) -> tuple[str, ...]:
    """The classes of a word's consonants, in each way in which they may be read."""
    latin = "".join(romanised(letter) for letter in token)
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(latin):
        for span in range(min(_LONGEST_GROUP, len(latin) - at), 0, -1):
            found = _CLASSES.get(latin[at : at + span])
            if found is not None:
                parts.append(found)
                break
        else:
            span = 1
        at += span
    readings = dict.fromkeys(
        _single("".join(way)) for way in itertools.islice(itertools.product(*parts), 64)
    )
    return tuple(readings)[:_MOST_READINGS]


def _single(classes: str) -> str:
    return _REPEATED.sub(r"\1", classes)


def token_pairs(
    model: NameModel,
    tokens: Sequence[str],
    *,
    others: Sequence[str] | None = None,
    least: float = 1.5,
    progress: Callable[[float], None] | None = None,
) -> TokenPairs:
    """All pairs of words whose log odds are at least `least`, as far as the keys find them.

    Within one vocabulary each pair is given once, the smaller place first, and each word with
    itself; against `others`, `right` are places in it.
    """
    every = [*tokens, *(others or ())]
    words = model.vocabulary(every)
    numbers: dict[str, int] = {}
    rows = [
        (numbers.setdefault(key, len(numbers)), place, whole)
        for place, token in enumerate(every)
        for key, whole in keys_of(token)
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    order = np.lexsort((table[:, 1], table[:, 0]))
    table = table[order]
    mine = table[np.lexsort((table[:, 0], table[:, 1]))]
    own = np.searchsorted(mine[:, 1], np.arange(len(every) + 1))
    split = len(tokens) if others is not None else -1
    found: list[npt.NDArray[np.int64]] = []
    odds: list[npt.NDArray[np.float32]] = []
    at = 0
    room = max(_ROOM, len(table))
    while at < len(table):
        pairs = np.empty((room, 2), dtype=np.int64)
        weights = np.empty(room, dtype=np.float32)
        keyed = (table[:, 0], table[:, 1], table[:, 2], own, mine[:, 0], mine[:, 2], at, split)
        at, count = join(*(*keyed, least, *words.arguments, pairs, weights))
        found.append(pairs[:count].copy())
        odds.append(weights[:count].copy())
        if progress is not None:
            progress(at / len(table))
    if others is None:
        itself = np.arange(len(tokens))
        found.append(np.stack([itself, itself], axis=1))
        odds.append(words.log_odds(itself, itself))
    pairs = np.concatenate(found) if found else np.zeros((0, 2), dtype=np.int64)
    weights = np.concatenate(odds) if odds else np.zeros(0, dtype=np.float32)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, weights = pairs[order], weights[order]
    shift = split if others is not None else 0
    return TokenPairs(pairs[:, 0].astype(np.int32), (pairs[:, 1] - shift).astype(np.int32), weights)
