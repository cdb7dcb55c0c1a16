"""Comparisons asked for the levels of two values, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.coding import code
from stelae.linkage.comparisons.levels import Comparison, LevelArray
from stelae.linkage.comparisons.people import Likeness
from stelae.linkage.linking import likeness_of
from stelae.linkage.names import NameModel

__all__ = ["COMMON", "RARE", "date_columns", "every_level", "likeness", "word"]

RARE, COMMON = 1e-5, 0.5
"""Shares of the records that say a value."""


def likeness() -> Likeness:
    """Names compared by the model that comes with Stelae."""
    return likeness_of(NameModel.shipped(), {})


def every_level(
    comparison: Comparison, values: pl.DataFrame, share: npt.NDArray[np.float64] | None = None
) -> LevelArray:
    """The levels of each value (row) with each (column): of the rows, if their shares are given,
    else of the distinct values.
    """
    if share is None:
        coded = code(values, comparison.columns)
        values, share = coded.values, coded.share
    n = values.height
    left, right = (ids.ravel().astype(np.int32) for ids in np.indices((n, n)))
    return comparison.ready(values, share)(left, right).reshape(n, n)


def word(comparison: Comparison, columns: Mapping[str, Any], share: float = RARE) -> str:
    """The level of two values, in words; each column has the two."""
    found = every_level(comparison, pl.DataFrame(dict(columns)), np.full(2, share))
    assert found[0, 1] == found[1, 0]
    level: str = comparison.levels[found[0, 1]]
    return level


def date_columns(
    *dates: str | tuple[date | None, date | None], name: str = "d"
) -> dict[str, pl.Series]:
    """Columns of dates: a day as YYYY-MM-DD, a range of days, or what is no day as printed."""
    printed, firsts, lasts = [], [], []
    for each in dates:
        first: date | None
        last: date | None
        if isinstance(each, str):
            try:
                first = last = date.fromisoformat(each)
            except ValueError:
                first = last = None
            text = each
        else:
            first, last = each
            text = f"{first} to {last}"
        printed.append(text)
        firsts.append(first)
        lasts.append(last)
    return {
        name: pl.Series(printed, dtype=pl.String),
        f"{name}_first": pl.Series(firsts, dtype=pl.Date),
        f"{name}_last": pl.Series(lasts, dtype=pl.Date),
    }
