"""Occupations and other words that are neither names nor places."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from anyascii import anyascii
from rapidfuzz import fuzz, process

from stelae.linkage.comparisons.levels import Ids, LevelArray, rarity

__all__ = ["TextComparison", "plain"]

_COMMON = 0.01
_ALIKE, _SOMEWHAT = 85.0, 60.0
_MOST = 400
"""Letters of a text that are compared."""


def plain(text: str) -> str:
    """A text in small Latin letters, without marks and signs."""
    return re.sub(r"[\W_]+", " ", anyascii(text[:_MOST])).strip().lower()


@dataclass(frozen=True, slots=True)
class TextComparison:
    """Equal, much the same words, some of them, or others."""

    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The field itself."""
        return (self.name,)

    @property
    def levels(self) -> tuple[str, ...]:
        """From the most to the least alike."""
        return ("the same, rare", "the same, common", "alike", "somewhat alike", "different")

    def compare(
        self, values: pl.DataFrame, share: npt.NDArray[np.float64], left: Ids, right: Ids
    ) -> LevelArray:
        """The level of each pair."""
        texts = [plain(text) for text in values[self.name].to_list()]
        lefts, rights = [texts[i] for i in left], [texts[i] for i in right]
        score = process.cpdist(lefts, rights, scorer=fuzz.token_set_ratio)
        whole = process.cpdist(lefts, rights, scorer=fuzz.ratio)
        common = np.minimum(rarity(share, (_COMMON,))[left], rarity(share, (_COMMON,))[right])
        same = np.fromiter(
            (a == b for a, b in zip(lefts, rights, strict=True)), dtype=bool, count=len(left)
        )
        alike = np.maximum(score, whole)
        return np.select([same, alike >= _ALIKE, alike >= _SOMEWHAT], [common, 2, 3], 4).astype(
            np.int8
        )
