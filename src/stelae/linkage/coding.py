"""Values of a column as whole numbers, so that pairs of records become pairs of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import Ids

__all__ = ["Coded", "code"]


@dataclass(frozen=True, slots=True)
class Coded:
    """The distinct values of some columns, and which of them each record has.

    `ids[row]` is a row of `values`, or -1 where the first of the columns says nothing; `share` is
    the part of the records that say something which say that value.
    """

    ids: Ids
    values: pl.DataFrame
    share: npt.NDArray[np.float64]


def code(frame: pl.DataFrame, columns: Sequence[str]) -> Coded:
    """Number the distinct values of some columns, in their order, so that numbers never vary."""
    first = columns[0]
    said = frame.select(columns).filter(pl.col(first).is_not_null())
    counted = said.group_by(columns).len("\x00count").sort(columns, nulls_last=True)
    numbered = counted.with_row_index("\x00id")
    ids = (
        frame.select(columns)
        .join(
            numbered.select(*columns, pl.col("\x00id").cast(pl.Int32)),
            on=list(columns),
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        .select(
            pl.when(pl.col(first).is_not_null()).then(pl.col("\x00id")).fill_null(-1).cast(pl.Int32)
        )
        .to_series()
        .to_numpy()
    )
    counts = counted["\x00count"].to_numpy().astype(np.float64)
    return Coded(
        np.ascontiguousarray(ids, dtype=np.int32),
        counted.select(columns),
        counts / max(counts.sum(), 1.0),
    )
