"""Occupations and other words that are neither names nor places."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from anyascii import anyascii
from rapidfuzz import fuzz, process

from stelae.linkage.comparisons.levels import Compare, Ids, LevelArray, by_distinct, rarity
from stelae.linkage.comparisons.usual import Usual

__all__ = ["TextComparison", "plain"]

_COMMON = 0.01
_ALIKE, _SOMEWHAT = 85.0, 60.0
_MOST = 400
"""Letters of a text that are compared."""


def plain(text: str) -> str:
    """A text in small Latin letters, without marks and signs."""
    return re.sub(r"[\W_]+", " ", anyascii(text[:_MOST])).strip().lower()


_USUAL = Usual(
    matching=(0.25, 0.5, 0.06, 0.04, 0.15),
    related=(0.1, 0.35, 0.01, 0.03, 0.51),
    random=(0.001, 0.1, 0.001, 0.02, 0.87),
)


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

    @property
    def usual(self) -> Usual:
        """How pairs usually spread over the levels."""
        return _USUAL

    def ready(self, values: pl.DataFrame, share: npt.NDArray[np.float64]) -> Compare:
        """What gives the level of each pair."""
        texts = [plain(text) for text in values[self.name].to_list()]
        rare = rarity(share, (_COMMON,))
        numbers: dict[str, int] = {}
        number = np.array([numbers.setdefault(text, len(numbers)) for text in texts])

        def levels(left: Ids, right: Ids) -> LevelArray:
            lefts, rights = [texts[i] for i in left], [texts[i] for i in right]
            score = process.cpdist(lefts, rights, scorer=fuzz.token_set_ratio)
            whole = process.cpdist(lefts, rights, scorer=fuzz.ratio)
            same = number[left] == number[right]
            alike = np.maximum(score, whole)
            return np.select(
                [same, alike >= _ALIKE, alike >= _SOMEWHAT],
                [np.minimum(rare[left], rare[right]), 2, 3],
                4,
            ).astype(np.int8)

        return by_distinct(levels, len(texts))
