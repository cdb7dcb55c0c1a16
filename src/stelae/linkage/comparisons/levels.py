"""What every comparison of two values is: a few levels, from the most to the least alike.

A level is a whole number, an index into the comparison's words; `MISSING` where one of the two
records says nothing. Missing is no level: it counts neither for nor against.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from stelae.linkage.comparisons.kernels import count_common, count_errors, find_shared
from stelae.linkage.comparisons.usual import Usual

__all__ = [
    "MISSING",
    "Compare",
    "Comparison",
    "Ids",
    "Letters",
    "LevelArray",
    "beginnings",
    "by_distinct",
    "closeness",
    "letters_of",
    "rarity",
    "shared",
    "typing_errors",
]

Ids = npt.NDArray[np.int32]
LevelArray = npt.NDArray[np.int8]
Compare = Callable[[Ids, Ids], LevelArray]
"""The levels of pairs of values, given by their places."""

MISSING = -1


class Comparison(Protocol):
    """One thing about two records that is compared."""

    @property
    def name(self) -> str:
        """The name of its column among the pairs: that of the field."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the joined table that it reads; the first is null where nothing is."""

    @property
    def levels(self) -> tuple[str, ...]:
        """Its levels in words, from the most alike to the least."""

    @property
    def usual(self) -> Usual:
        """How pairs usually spread over the levels."""

    def ready(self, values: pl.DataFrame, share: npt.NDArray[np.float64]) -> Compare:
        """What gives the level of each pair of values.

        `values` holds the distinct values of `columns`, one a row; `share` says which part of the
        records that say something say that value; the pairs index into both. The order of the two
        does not matter, and pairs may be asked for part by part, by several threads at once.
        """


def rarity(share: npt.NDArray[np.float64], bounds: Sequence[float]) -> LevelArray:
    """How common a value is: 0 at a share below the first bound, 1 below the second, and so on."""
    return np.searchsorted(np.asarray(bounds), share, side="right").astype(np.int8)


def closeness(texts: Sequence[str], left: Ids, right: Ids) -> npt.NDArray[np.float32]:
    """Jaro-Winkler similarity of each pair of texts, 0 to 1."""
    found = process.cpdist(
        [texts[i] for i in left], [texts[i] for i in right], scorer=JaroWinkler.similarity
    )
    return np.asarray(found, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Letters:
    """Texts as numbers of letters, one after another, as the kernels read them."""

    numbers: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]


def letters_of(texts: Sequence[str]) -> Letters:
    """The letters of some texts."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    whole = "".join(texts).encode("utf-32-le", "surrogatepass")
    return Letters(np.frombuffer(whole, dtype=np.uint32), np.cumsum(lengths) - lengths, lengths)


def typing_errors(texts: Letters, left: Ids, right: Ids, most: int = 2) -> npt.NDArray[np.int8]:
    """Letters wrong, left out, added or swapped with a neighbour (optimal string alignment).

    Counts above `most` come back as `most` + 1.
    """
    out = np.zeros(len(left), dtype=np.int8)
    count_errors(texts.numbers, texts.starts, texts.lengths, left, right, most, out)
    return out


def beginnings(texts: Letters, left: Ids, right: Ids) -> npt.NDArray[np.int32]:
    """How many letters two texts begin with alike."""
    out = np.zeros(len(left), dtype=np.int32)
    count_common(texts.numbers, texts.starts, texts.lengths, left, right, out)
    return out


def shared(
    sets: Sequence[Collection[str]],
) -> Callable[[Ids, Ids], npt.NDArray[np.bool_]]:
    """Of some sets: whether two of them, given by their places, share a member."""
    numbers = {member: at for at, member in enumerate(sorted({m for each in sets for m in each}))}
    rows = [sorted(numbers[member] for member in set(each)) for each in sets]
    starts = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    members = np.array([member for row in rows for member in row], dtype=np.int64)

    def meet(left: Ids, right: Ids) -> npt.NDArray[np.bool_]:
        out = np.zeros(len(left), dtype=np.bool_)
        find_shared(members, starts, left, right, out)
        return out

    return meet


def by_distinct(compare: Compare, values: int) -> Compare:
    """The same, with each of the pairs of some values compared once, however often it is asked."""

    def once(left: Ids, right: Ids) -> LevelArray:
        low, high = np.minimum(left, right), np.maximum(left, right)
        pairs, asked = np.unique(low.astype(np.int64) * values + high, return_inverse=True)
        return compare((pairs // values).astype(np.int32), (pairs % values).astype(np.int32))[asked]

    return once
