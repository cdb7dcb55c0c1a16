"""A synthetic population: three generations of families in villages, everybody in one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stelae.errors import BadValue
from stelae.linkage.synthetic.cultures import Culture, culture, cultures
from stelae.linkage.synthetic.families import Families, families
from stelae.linkage.synthetic.places import Places, places

__all__ = ["MOST_PEOPLE", "OCCUPATIONS", "Parameters", "People", "population"]

Whole: TypeAlias = NDArray[np.int64]
MOST_PEOPLE = 10_000_000
OCCUPATIONS = 10
_EPOCH = date(1970, 1, 1).toordinal()
_GROWN = 14


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a population is made by.

    `customs` gives the naming customs their shares. All die from the first day of `from_year` to
    the last of `to_year`, which stand for no event: names, places and people are synthetic.
    """

    people: int = 1000
    customs: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(cultures(), 1.0))
    regions: int = 2
    villages: int | None = None
    """By default one for each 250 people, 12 at least."""
    from_year: int = 1918
    to_year: int = 1921

    def __post_init__(self) -> None:
        for name in self.customs:
            culture(name)
        if not 1 <= self.people <= MOST_PEOPLE:
            raise BadValue(f"a population has 1 to {MOST_PEOPLE:,} people, not {self.people:,}")
        if not self.customs or min(self.customs.values()) <= 0:
            raise BadValue("a population has naming customs, with shares above 0")
        if not 1 <= self.regions <= 100:
            raise BadValue(f"a population has 1 to 100 regions, not {self.regions}")
        if self.villages is not None and not self.regions <= self.villages <= 20_000:
            raise BadValue("a population has up to 20,000 villages, one in each region at least")
        if not 1000 <= self.from_year <= self.to_year <= 2100:
            raise BadValue(f"years from {self.from_year} to {self.to_year} are none")


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody, on lists or not, one row each, with the words that its codes mean.

    Columns of `frame`: `person` (the true id), `custom`, `sex` (`f`, `m`), `given` (code in
    `given`), `family` and `former` (codes in `family`; `former` where the name changed at
    marriage), `father`, `mother`, `spouse` (rows), `father_given`, `grandfather_given` and
    `child_given` (codes), `birth` and `death` (Date, Gregorian), `birth_place`, `home` and
    `death_place` (villages), `occupation` (a number). Null: there is none, or it is not known.
    """

    frame: pl.DataFrame
    given: tuple[str, ...]
    family: tuple[tuple[str, str], ...]
    places: Places
    customs: tuple[Culture, ...]
    parameters: Parameters


def population(parameters: Parameters, rng: np.random.Generator) -> People:
    """Make a population; the same parameters and generator give the same people."""
    customs = tuple(culture(name) for name in parameters.customs)
    shares = np.array(list(parameters.customs.values()), dtype=np.float64)
    shares /= shares.sum()
    villages = parameters.villages or min(20_000, max(12, parameters.people // 250))
    land = places(customs, shares, parameters.regions, max(villages, parameters.regions), rng)
    days = (
        date(parameters.from_year, 1, 1).toordinal() - _EPOCH,
        date(parameters.to_year, 12, 31).toordinal() - _EPOCH,
    )
    made = families(parameters.people, customs, shares, land, days, rng)
    return People(
        frame=_frame(made, days, land, rng),
        given=tuple(name for custom in customs for name in (*custom.men, *custom.women)),
        family=tuple(customs[c].family(stem, end) for c, stem, end in made.family_names),
        places=land,
        customs=customs,
        parameters=parameters,
    )


def _frame(
    made: Families, days: tuple[int, int], land: Places, rng: np.random.Generator
) -> pl.DataFrame:
    count = len(made.custom)
    earliest = np.maximum.reduce([np.full(count, days[0]), made.birth, made.last_child])
    death = earliest + (rng.random(count) * (days[1] - earliest + 1)).astype(np.int64)
    home = made.home
    moved = rng.random(count)
    near = _in_district_of(home, land, rng)
    anywhere = rng.integers(0, len(land.first), size=count)
    death_place = np.where(moved < 0.75, home, np.where(moved < 0.9, near, anywhere))
    grown = death - made.birth > _GROWN * 365
    occupation = np.minimum(rng.geometric(0.3, size=count) - 1, OCCUPATIONS - 1)
    width = len(str(count))
    ids = np.char.zfill(np.arange(1, count + 1).astype(f"U{width}"), width)

    def code(values: Whole) -> pl.Series:
        return pl.Series(values, dtype=pl.Int32).set(pl.Series(values < 0), None)

    return pl.DataFrame(
        {
            "person": pl.Series(np.char.add("p", ids)),
            "custom": pl.Series(made.custom, dtype=pl.Int32),
            "sex": pl.Series(np.where(made.man, "m", "f")),
            "given": pl.Series(made.given, dtype=pl.Int32),
            "family": pl.Series(made.family, dtype=pl.Int32),
            "former": code(made.former),
            "father": code(made.father),
            "mother": code(made.mother),
            "spouse": code(made.spouse),
            "father_given": code(made.father_given),
            "grandfather_given": code(made.grandfather_given),
            "child_given": code(made.child_given),
            "birth": pl.Series(made.birth, dtype=pl.Int32).cast(pl.Date),
            "death": pl.Series(death, dtype=pl.Int32).cast(pl.Date),
            "birth_place": pl.Series(made.birth_place, dtype=pl.Int32),
            "home": pl.Series(home, dtype=pl.Int32),
            "death_place": pl.Series(death_place, dtype=pl.Int32),
            "occupation": code(np.where(grown, occupation, -1)),
        }
    )


def _in_district_of(
    home: Whole,
    land: Places,
    rng: np.random.Generator,
) -> Whole:
    """A village of the same district: villages of a district lie a fixed step apart."""
    step = len(land.districts)
    there = -(-(len(land.first) - land.district[home]) // step)
    return np.asarray(land.district[home] + step * (rng.random(len(home)) * there).astype(np.int64))
