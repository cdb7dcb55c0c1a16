"""Rows of levels as whole numbers, so that a pair's comparisons are one column of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

__all__ = ["PatternCode"]

_MOST = 1 << 62


@dataclass(frozen=True, slots=True)
class PatternCode:
    """Numbers in a mixed base: level + 1 of each comparison (0: missing) is a digit.

    Rarely, with very many comparisons, one number is too small for all; then there are several.
    `groups` are the comparisons of each number.
    """

    sizes: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, sizes: Sequence[int]) -> "PatternCode":
        """For comparisons of so many levels."""
        groups: list[list[int]] = [[]]
        room = _MOST
        for at, size in enumerate(sizes):
            if room // (size + 1) == 0:
                groups.append([])
                room = _MOST
            room //= size + 1
            groups[-1].append(at)
        return cls(tuple(sizes), tuple(map(tuple, groups)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: p0, p1 ..."""
        return tuple(f"p{at}" for at in range(len(self.groups)))

    def numbers(self, levels: Sequence[npt.NDArray[np.int8]], rows: int) -> dict[str, pl.Series]:
        """The columns of levels, given comparison by comparison."""
        made = {}
        for column, group in zip(self.columns, self.groups, strict=True):
            number = np.zeros(rows, dtype=np.int64)
            for at in group:
                number *= self.sizes[at] + 1
                number += levels[at] + 1
            made[column] = pl.Series(number)
        return made

    def levels(self, frame: pl.DataFrame) -> npt.NDArray[np.int8]:
        """Rows of levels of the columns (-1: missing)."""
        out = np.empty((frame.height, len(self.sizes)), dtype=np.int8)
        for column, group in zip(self.columns, self.groups, strict=True):
            number = frame[column].to_numpy().astype(np.int64)
            for at in reversed(group):
                out[:, at] = number % (self.sizes[at] + 1) - 1
                number //= self.sizes[at] + 1
        return out
