"""House numbers, post codes, identity numbers: signs in a fixed order, no words."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import Ids, LevelArray, rarity, typing_errors

__all__ = ["CodeComparison"]

_COMMON = 0.001
_LONG = 4
"""Below so many signs one wrong sign makes another code."""


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

    def compare(
        self, values: pl.DataFrame, share: npt.NDArray[np.float64], left: Ids, right: Ids
    ) -> LevelArray:
        """The level of each pair."""
        bare = values[self.name].str.to_lowercase().str.replace_all(r"[\s\-./]", "")
        texts = bare.to_list()
        length = bare.str.len_chars().to_numpy().astype(np.int64)
        shorter = np.minimum(length[left], length[right])
        long = shorter >= _LONG
        # An entry wins over a misprint of half its length, so prefixes are cut by the longer one.
        half = (np.maximum(length[left], length[right]) + 1) // 2
        begins = np.fromiter(
            (texts[a][:h] == texts[b][:h] for a, b, h in zip(left, right, half, strict=True)),
            dtype=bool,
            count=len(left),
        )
        two = np.fromiter(
            (texts[a][:2] == texts[b][:2] for a, b in zip(left, right, strict=True)),
            dtype=bool,
            count=len(left),
        )
        errors = typing_errors(texts, left, right)
        common = np.minimum(rarity(share, (_COMMON,))[left], rarity(share, (_COMMON,))[right])
        return np.select(
            [errors == 0, (errors == 1) & long, begins & long, (errors == 2) & long, two & long],
            [common, 2, 3, 4, 5],
            6,
        ).astype(np.int8)
