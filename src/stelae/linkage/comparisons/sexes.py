"""The sex that two records give."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import Ids, LevelArray

__all__ = ["SexComparison"]


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

    def compare(
        self, values: pl.DataFrame, share: npt.NDArray[np.float64], left: Ids, right: Ids
    ) -> LevelArray:
        """The level of each pair."""
        female = (values[self.columns[0]] == "f").to_numpy()
        same = female[left] == female[right]
        return np.where(same, np.where(female[left], 0, 1), 2).astype(np.int8)
