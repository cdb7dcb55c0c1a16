"""Days as lists print them: old style or new, in several orders, in part, and wrongly."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["Days", "julian", "printed"]

Whole: TypeAlias = NDArray[np.int64]
_JULIAN_DAY = 2_440_588
"""The Julian day number of 1970-01-01."""


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Year, month and day in one calendar."""

    year: Whole
    month: Whole
    day: Whole


def gregorian(days: pl.Series) -> Days:
    """New style."""
    return Days(
        days.dt.year().to_numpy().astype(np.int64),
        days.dt.month().to_numpy().astype(np.int64),
        days.dt.day().to_numpy().astype(np.int64),
    )


def julian(days: pl.Series) -> Days:
    """Old style: Richards' algorithm (Explanatory Supplement, 2013, section 15.11.3)."""
    e = 4 * (days.cast(pl.Int32).to_numpy().astype(np.int64) + _JULIAN_DAY + 1401) + 3
    h = 5 * (e % 1461 // 4) + 2
    month = (h // 153 + 2) % 12 + 1
    return Days(e // 1461 - 4716 + (14 - month) // 12, month, h % 153 // 5 + 1)


def printed(
    days: pl.Series,
    *,
    old_style: bool,
    form: str,
    swapped: float,
    wrong_year: float,
    partial: float,
    rng: np.random.Generator,
) -> pl.Series:
    """Dates as text; `form` gives the order of the parts and what stands between: `dmy.`."""
    read = julian(days) if old_style else gregorian(days)
    chances = rng.random((3, len(days)))
    year = np.where(chances[1] < wrong_year, _wrong(read.year, rng), read.year)
    swap = (chances[0] < swapped) & (read.day <= 12)
    month, day = np.where(swap, read.day, read.month), np.where(swap, read.month, read.day)
    parts = {
        "y": pl.col("y").cast(pl.String),
        "m": pl.col("m").cast(pl.String).str.zfill(2),
        "d": pl.col("d").cast(pl.String).str.zfill(2),
    }
    whole = pl.concat_str([parts[part] for part in form[:3]], separator=form[3:])
    frame = pl.DataFrame({"y": year, "m": month, "d": day, "p": chances[2] < partial})
    return frame.select(pl.when("p").then(parts["y"]).otherwise(whole)).to_series()


def wrong_years(
    days: pl.Series, *, old_style: bool, rate: float, rng: np.random.Generator
) -> pl.Series:
    """Years alone, as text."""
    year = (julian(days) if old_style else gregorian(days)).year
    wrong = rng.random(len(days)) < rate
    return pl.Series(np.where(wrong, _wrong(year, rng), year)).cast(pl.String)


def _wrong(year: Whole, rng: np.random.Generator) -> Whole:
    """A year beside, ten off, or with its last digits exchanged."""
    step = rng.choice(np.array([-10, -2, -1, 1, 2, 10, 0]), size=len(year))
    exchanged = year - year % 100 + year % 10 * 10 + year % 100 // 10
    return np.where(step == 0, exchanged, year + step)
