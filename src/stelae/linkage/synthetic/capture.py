"""Who is on which list: known probabilities by stratum, latent classes, dependence of lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stelae.linkage.synthetic.designs import AGES, Capture, ListDesign
from stelae.linkage.synthetic.population import People
from stelae.linkage.synthetic.spelling import spell, spelling

__all__ = ["CLASSES", "Captured", "captures", "full_years", "strata"]

Bits: TypeAlias = NDArray[np.bool_]
CLASSES = (0.6, 0.4)
"""The shares of the latent classes: those easier and those harder to reach."""
_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Captured:
    """`seen[i, j]`: person i is on list j; `chance[i, j]` its probability, given the lists before.

    `strata` has the columns region, sex and age of everybody; `latent` their classes.
    """

    seen: Bits
    chance: NDArray[np.float64]
    strata: pl.DataFrame
    latent: NDArray[np.int64]


def strata(people: People) -> pl.DataFrame:
    """Region of home (in Latin letters), sex and age at death of everybody."""
    frame = people.frame
    names = _region_names(people)
    region = people.places.region[frame["home"].to_numpy()]
    years = full_years(frame)
    lowest = np.array(list(AGES.values()))
    band = np.searchsorted(lowest, years, side="right") - 1
    return pl.DataFrame(
        {
            "region": pl.Series(names).gather(region),
            "sex": frame["sex"],
            "age": pl.Series(list(AGES)).gather(band),
        }
    )


def captures(people: People, designs: Sequence[ListDesign], rng: np.random.Generator) -> Captured:
    """Draw who is on which list, list by list."""
    count = people.frame.height
    latent = np.searchsorted(np.cumsum(CLASSES)[:-1], rng.random(count), side="right")
    of = strata(people)
    region = people.places.region[people.frame["home"].to_numpy()].astype(np.int64)
    sex = (of["sex"] == "m").to_numpy().astype(np.int64)
    ages = list(AGES)
    age = of["age"].replace_strict(ages, range(len(ages)), return_dtype=pl.Int64).to_numpy()
    cell = ((region * 2 + sex) * len(ages) + age) * len(CLASSES) + latent
    seen = np.zeros((count, len(designs)), dtype=np.bool_)
    chance = np.zeros((count, len(designs)))
    before = np.zeros(count, dtype=np.int64)
    for at, design in enumerate(designs):
        combined = cell * 2 + before
        chances = _chances(design.capture, combined)
        chance[:, at] = chances[combined]
        seen[:, at] = rng.random(count) < chance[:, at]
        before = seen[:, at].astype(np.int64)
    return Captured(seen, chance, of, latent)


def _chances(capture: Capture, cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """The probability of each cell: the constant is found so that the mean over people is right."""
    sizes = np.bincount(cells)
    cell = np.arange(len(sizes))
    before, cell = cell % 2, cell // 2
    latent, cell = cell % len(CLASSES), cell // len(CLASSES)
    age, cell = cell % len(AGES), cell // len(AGES)
    sex, region = cell % 2, cell // 2
    regions = np.array(capture.region or (0.0,))
    odds = (
        regions[region % len(regions)]
        + np.array([capture.sex.get(name, 0.0) for name in ("f", "m")])[sex]
        + np.array([capture.age.get(name, 0.0) for name in AGES])[age]
        + np.array(capture.classes)[latent]
        + capture.follows * before
    )
    low, high = -40.0, 40.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        mean = np.average(_logistic(middle + odds), weights=sizes)
        low, high = (middle, high) if mean < capture.mean else (low, middle)
    return _logistic((low + high) / 2 + odds)


def _logistic(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def full_years(frame: pl.DataFrame) -> NDArray[np.int64]:
    """Full years of age at death."""
    birth, death = pl.col("birth"), pl.col("death")
    of_year = [day.dt.month().cast(pl.Int32) * 32 + day.dt.day() for day in (birth, death)]
    years = death.dt.year() - birth.dt.year() - (of_year[1] < of_year[0]).cast(pl.Int32)
    return frame.select(years).to_series().to_numpy().astype(np.int64)


def _region_names(people: People) -> list[str]:
    latin = spelling("latin-english")
    rng = np.random.default_rng(0)
    names = spell(people.places.regions, latin, 1, rng)
    return [name if name not in names[:at] else f"{name} {at + 1}" for at, name in enumerate(names)]
