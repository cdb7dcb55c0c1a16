"""House numbers, post codes, identity numbers: signs in a fixed order, no words."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import (
    Compare,
    Ids,
    LevelArray,
    beginnings,
    letters_of,
    rarity,
    typing_errors,
)
from stelae.linkage.comparisons.usual import Usual

__all__ = ["CodeComparison"]

_COMMON = 0.001
_LONG = 4
"""Below so many signs one wrong sign makes another code."""


_USUAL = Usual(
    matching=(0.25, 0.45, 0.12, 0.03, 0.02, 0.03, 0.1),
    related=(0.02, 0.25, 0.02, 0.1, 0.03, 0.03, 0.55),
    random=(2e-4, 0.01, 0.001, 0.001, 0.02, 0.01, 0.96),
)


@dataclass(frozen=True, slots=True)
class CodeComparison:
    """Equal, wrong in a sign or two, beginning alike, or different."""

    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The field itself."""
        return (self.name,)

    @property
    def levels(self) -> tuple[str, ...]:
        """From the most to the least alike."""
        return (
            "the same, rare",
            "the same, common",
            "one sign differs",
            "the first half is the same",
            "two signs differ",
            "it begins with the same two signs",
            "different",
        )

    @property
    def usual(self) -> Usual:
        """How pairs usually spread over the levels."""
        return _USUAL

    def ready(self, values: pl.DataFrame, share: npt.NDArray[np.float64]) -> Compare:
        """What gives the level of each pair."""
        bare = values[self.name].str.to_lowercase().str.replace_all(r"[\s\-./]", "")
        length = bare.str.len_chars().to_numpy().astype(np.int64)
        letters = letters_of(bare.to_list())
        rare = rarity(share, (_COMMON,))

        def levels(left: Ids, right: Ids) -> LevelArray:
            long = np.minimum(length[left], length[right]) >= _LONG
            errors = typing_errors(letters, left, right)
            # An entry wins over a misprint of half its length: prefixes are cut by the longer one.
            half = (np.maximum(length[left], length[right]) + 1) // 2
            common = beginnings(letters, left, right)
            return np.select(
                [
                    errors == 0,
                    (errors == 1) & long,
                    (common >= half) & long,
                    (errors == 2) & long,
                    (common >= 2) & long,
                ],
                [np.minimum(rare[left], rare[right]), 2, 3, 4, 5],
                6,
            ).astype(np.int8)

        return levels
