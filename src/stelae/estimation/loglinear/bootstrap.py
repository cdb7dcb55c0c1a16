"""Bias-corrected and accelerated bootstrap of N, with the selection made anew for each replicate.

Counts are resampled multinomially from the observed histories, n people each time. With replicates
N*, z_0 = Phi^-1(share of N* below N, ties as halves); with delete-one estimates N_(x), one for
each distinct history x with its n_x people as weight, d_x = mean - N_(x) and

    a = sum n_x d_x^3 / (6 (sum n_x d_x^2)^(3/2)).

The end at normal quantile z is the quantile of the replicates at

    Phi(z_0 + (z_0 + z) / (1 - a (z_0 + z))).

Efron (1987), JASA 82, 171-185; DiCiccio & Efron (1996), Statistical Science 11, 189-228.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.special import ndtr, ndtri

from stelae.estimation.estimate import Progress
from stelae.estimation.loglinear.fitting import Floats
from stelae.estimation.loglinear.models import Ints

__all__ = ["Bootstrap", "Refit", "bootstrap", "corrected_levels", "delete_one"]

Refit: TypeAlias = Callable[[Floats], tuple[Floats, Ints]]
"""Tables, one a row → n_0 of each (NaN: no estimate) and a number for the model chosen."""

_BATCH = 50


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """Replicates of N in the order drawn (NaN: no estimate), and what corrects their quantiles.

    `bias` is z_0, `acceleration` is a; `chosen` numbers the model of each replicate.
    """

    replicates: Floats
    chosen: Ints
    bias: float
    acceleration: float

    @property
    def failed(self) -> int:
        """How many replicates had no estimate."""
        return int(np.count_nonzero(np.isnan(self.replicates)))

    def at(self, shares: Floats) -> Floats:
        """The corrected quantiles of N at these shares."""
        known = self.replicates[~np.isnan(self.replicates)]
        return np.quantile(known, corrected_levels(shares, self.bias, self.acceleration))

    def percentiles(self, level: float) -> tuple[float, float]:
        """The interval without correction."""
        known = self.replicates[~np.isnan(self.replicates)]
        low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)


def corrected_levels(shares: Floats, bias: float, acceleration: float) -> Floats:
    """At which share of the replicates each share is read off."""
    z = bias + ndtri(shares)
    scale = 1 - acceleration * z
    return np.asarray(np.where(scale > 0, ndtr(bias + z / np.where(scale > 0, scale, 1)), z > 0))


def delete_one(counts: Floats) -> tuple[Floats, Floats]:
    """A table without one person for each history seen, and how many people that stands for."""
    seen = np.flatnonzero(counts)
    tables = np.repeat(counts[None], len(seen), axis=0)
    tables[np.arange(len(seen)), seen] -= 1
    return tables, counts[seen]


def bootstrap(
    counts: Floats,
    point: float,
    refit: Refit,
    size: int,
    *,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Bootstrap:
    """Resample `size` times; `progress` is told after each batch, and may stop it."""
    seen = np.flatnonzero(counts)
    people = int(counts.sum())
    tables, people_each = delete_one(counts)
    left_out = np.concatenate([refit(part)[0] for part in np.array_split(tables, len(tables))])
    acceleration = _acceleration(left_out + people - 1, people_each)
    replicates, chosen = [], []
    for done in range(0, size, _BATCH):
        batch = min(_BATCH, size - done)
        tables = np.zeros((batch, len(counts)))
        tables[:, seen] = rng.multinomial(people, counts[seen] / people, size=batch)
        unlisted, models = refit(tables)
        replicates.append(unlisted + people)
        chosen.append(models)
        if progress is not None:
            progress((done + batch) / size)
    found = np.concatenate(replicates)
    known = found[~np.isnan(found)]
    share = np.mean((known < point) + 0.5 * (known == point)) if len(known) else np.nan
    return Bootstrap(found, np.concatenate(chosen), float(ndtri(share)), acceleration)


def _acceleration(estimates: Floats, people: Floats) -> float:
    """a, from delete-one estimates and how many people each stands for; 0 where all are equal."""
    known = ~np.isnan(estimates)
    estimates, people = estimates[known], people[known]
    if not len(estimates):
        return 0.0
    away = np.average(estimates, weights=people) - estimates
    spread = float(np.sum(people * away**2))
    return float(np.sum(people * away**3)) / (6 * spread**1.5) if spread > 0 else 0.0
