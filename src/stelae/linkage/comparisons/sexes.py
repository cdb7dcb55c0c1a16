"""The sex that two records give."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import Compare, Ids, LevelArray
from stelae.linkage.comparisons.usual import Usual

__all__ = ["SexComparison"]


_USUAL = Usual(matching=(0.47, 0.47, 0.06), related=(0.25, 0.25, 0.5), random=(0.3, 0.3, 0.4))


@dataclass(frozen=True, slots=True)
class SexComparison:
    """Both female, both male, or one of each."""

    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The code of the field."""
        return (f"{self.name}_code",)

    @property
    def levels(self) -> tuple[str, ...]:
        """From the most to the least alike."""
        return ("both female", "both male", "one of each")

    @property
    def usual(self) -> Usual:
        """How pairs usually spread over the levels."""
        return _USUAL

    def ready(self, values: pl.DataFrame, share: npt.NDArray[np.float64]) -> Compare:
        """What gives the level of each pair."""
        female = (values[self.columns[0]] == "f").to_numpy()

        def levels(left: Ids, right: Ids) -> LevelArray:
            same = female[left] == female[right]
            return np.where(same, np.where(female[left], 0, 1), 2).astype(np.int8)

        return levels
