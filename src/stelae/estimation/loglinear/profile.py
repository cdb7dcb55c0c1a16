"""What one model's likelihood says of N: profiles, their signed roots, and intervals from them.

The unlisted enter the table as one more cell with a real number n_0, and the model is fitted to the
completed table; cell x then has mean mu_x, and the means sum to N = n + n_0.

- multinomial (Cormack 1992): lgamma(N + 1) - lgamma(n_0 + 1) + sum_x n_x log(mu_x / N)
- poisson (after Regal & Hook 1984): minus half the deviance of the completed table,
  -sum_x n_x log(n_x / mu_x), cell 0 included: highest at N = n + exp(beta_0)

The interval at a level holds every N whose signed root z(N) = sign(N - top) sqrt(2 (l(top) - l(N)))
lies between the normal quantiles. Read as a confidence distribution, C(N) = Phi(z(N)), the same
curve gives draws.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr, ndtri

from stelae.estimation.compiled import compiled
from stelae.estimation.loglinear.fitted import Fitted
from stelae.estimation.loglinear.fitting import (
    FINE,
    Begin,
    Floats,
    deviance,
    fit_cells,
    reduce,
    room_for,
    table_of,
)
from stelae.estimation.loglinear.models import Ints

__all__ = ["Likelihood", "Roots", "mixed_ends", "profile", "profile_values", "wald"]

_FAR = 5.0
"""Roots beyond this are not looked at: less than one draw in a million."""
_FEWEST, _MOST = math.log(1e-6), math.log(1e15)
_KNOTS = 201


class Likelihood(StrEnum):
    """Which likelihood of the completed table is profiled."""

    MULTINOMIAL = "multinomial profile"
    POISSON = "poisson profile"


@dataclass(frozen=True, slots=True, eq=False)
class Roots:
    """Signed roots `z` at log n_0 = `log_unlisted`, both ascending; straight lines between."""

    log_unlisted: Floats
    z: Floats

    def ends(self, level: float) -> tuple[float, float] | None:
        """n_0 at both ends of the interval; 0 where the likelihood holds with nobody unlisted.

        None where it holds with any number, however large.
        """
        high = float(ndtri((1 + level) / 2))
        if self.z[-1] < high:
            return None
        low = 0.0 if self.z[0] > -high else math.exp(np.interp(-high, self.z, self.log_unlisted))
        return low, math.exp(np.interp(high, self.z, self.log_unlisted))

    def below(self, log_unlisted: float) -> float:
        """The confidence that n_0 is not larger than this."""
        return float(ndtr(np.interp(log_unlisted, self.log_unlisted, self.z)))

    def at(self, z: Floats) -> Floats:
        """n_0 at these roots; 0 below the first, the last known beyond it."""
        found = np.exp(np.interp(z, self.z, self.log_unlisted))
        return np.asarray(np.where((z < self.z[0]) & (self.z[0] > -_FAR), 0.0, found))


@compiled
def profile_values(
    counts: Floats, terms: Ints, near: Floats, log_unlisted: Floats, multinomial: bool
) -> Floats:
    """The profile log-likelihood at each log n_0, up to a constant; NaN where no fit was reached.

    `near` are parameters by term to begin each fit with.
    """
    table = table_of(counts.copy())
    room = room_for(len(counts), len(terms))
    begin = Begin(-np.inf, near)
    size = reduce(table, terms, room)
    room.alive[0] = True
    people = table.totals[0]
    values = np.full(len(log_unlisted), np.nan)
    for i in range(len(log_unlisted)):
        unlisted = np.exp(log_unlisted[i])
        table.counts[0] = unlisted
        table.totals[0] = people + unlisted
        if fit_cells(table, size, room, begin) != FINE:
            continue
        if multinomial:
            values[i] = math.lgamma(table.totals[0] + 1.0) - math.lgamma(unlisted + 1.0)
            for x in range(len(counts)):
                if table.counts[x] > 0.0:
                    values[i] += table.counts[x] * np.log(room.mean[x] / table.totals[0])
        else:
            values[i] = -0.5 * deviance(table.counts, room)
    return values


def profile(
    counts: Floats, fitted: Fitted, likelihood: Likelihood, level: float
) -> tuple[Roots, Floats]:
    """Signed roots of a fitted model's profile, exact at the ends of the level; and its values.

    The values are log-likelihoods at the same places, 0 at the top.
    """
    from scipy.optimize import minimize_scalar

    terms = np.array(fitted.model.terms, dtype=np.int64)
    near = np.zeros(len(counts))
    for term, beta in fitted.beta.items():
        near[term] = beta if math.isfinite(beta) else 0.0

    def values(at: Floats) -> Floats:
        multinomial = likelihood is Likelihood.MULTINOMIAL
        return np.asarray(profile_values(counts, terms, near, at, multinomial))

    def value(at: float) -> float:
        return float(values(np.array([at]))[0])

    top = min(max(fitted.beta[0], _FEWEST + 1), _MOST - 1)
    if likelihood is Likelihood.MULTINOMIAL:
        wide = max(3.0, 6 * fitted.error)
        top = minimize_scalar(
            lambda at: -value(at),
            bounds=(max(top - wide, _FEWEST), min(top + wide, _MOST)),
            method="bounded",
            options={"xatol": 1e-9},
        ).x
    height = value(top)

    def root(at: float) -> float:
        return math.copysign(math.sqrt(2 * max(height - value(at), 0.0)), at - top)

    high = float(ndtri((1 + level) / 2))
    below = [_place(root, top, _FEWEST, -z) for z in (max(_FAR, high), high)]
    above = [_place(root, top, _MOST, z) for z in (max(_FAR, high), high)]
    knots = np.unique([*np.linspace(below[0], above[0], _KNOTS), *below, *above, top])
    relative = np.minimum(values(knots) - height, 0.0)
    known = np.isfinite(relative)
    knots, relative = knots[known], relative[known]
    z = np.maximum.accumulate(np.copysign(np.sqrt(-2 * relative), knots - top))
    return Roots(knots, z), relative


def _place(root: Callable[[float], float], top: float, limit: float, z: float) -> float:
    """Where the root is z, between the top and a limit; the limit where it never comes so far."""
    from scipy.optimize import brentq

    step = 0.25
    inner = top
    while True:
        outer = top + math.copysign(step, limit - top)
        if abs(outer - top) >= abs(limit - top):
            outer = limit
        if abs(root(outer)) >= abs(z):
            return float(brentq(lambda at: root(at) - z, inner, outer, xtol=1e-10, rtol=1e-12))
        if outer == limit:
            return limit
        inner, step = outer, step * 2


def wald(fitted: Fitted) -> Roots:
    """log n_0 taken as normal with its standard error."""
    z = np.array([-8.0, 8.0])
    return Roots(fitted.beta[0] + fitted.error * z, z)


def mixed_ends(parts: Sequence[Roots], weights: Floats, level: float) -> tuple[float, float] | None:
    """n_0 at both ends of the interval of a mixture of confidence distributions."""
    from scipy.optimize import brentq

    def above(at: float, share: float) -> float:
        below = sum(w * part.below(at) for w, part in zip(weights, parts, strict=True))
        return float(below) - share

    low = min(float(part.log_unlisted[0]) for part in parts)
    high = max(float(part.log_unlisted[-1]) for part in parts)
    tail = (1 - level) / 2
    if above(high, 1 - tail) < 0:
        return None
    ends = [
        0.0 if above(low, share) > 0 else math.exp(brentq(above, low, high, args=(share,)))
        for share in (tail, 1 - tail)
    ]
    return ends[0], ends[1]
