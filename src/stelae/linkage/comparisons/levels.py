"""What every comparison of two values is: a few levels, from the most to the least alike.

A level is a whole number, an index into the comparison's words; `MISSING` where one of the two
records says nothing. Missing is no level: it counts neither for nor against.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

__all__ = [
    "MISSING",
    "Comparison",
    "Ids",
    "LevelArray",
    "closeness",
    "rarity",
    "typing_errors",
]

Ids = npt.NDArray[np.int32]
LevelArray = npt.NDArray[np.int8]

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

    def compare(
        self, values: pl.DataFrame, share: npt.NDArray[np.float64], left: Ids, right: Ids
    ) -> LevelArray:
        """The level of each pair of values.

        `values` holds the distinct values of `columns`, one a row; `share` says which part of the
        records that say something say that value; `left` and `right` index into both. The order of
        the two does not matter.
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


def typing_errors(
    texts: Sequence[str], left: Ids, right: Ids, most: int = 2
) -> npt.NDArray[np.int32]:
    """Letters wrong, left out, added or swapped with a neighbour (optimal string alignment).

    Counts above `most` come back as `most` + 1.
    """
    found = process.cpdist(
        [texts[i] for i in left],
        [texts[i] for i in right],
        scorer=OSA.distance,
        score_cutoff=most,
    )
    return np.asarray(found, dtype=np.int32)
