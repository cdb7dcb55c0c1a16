"""How far a number reaches: the interval, and draws that express the same doubt."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from stelae.estimation.estimate import Curve, Draws, Progress
from stelae.estimation.loglinear.bootstrap import bootstrap
from stelae.estimation.loglinear.fitted import fit_model
from stelae.estimation.loglinear.fitting import Floats
from stelae.estimation.loglinear.models import Model
from stelae.estimation.loglinear.profile import Likelihood, Roots, mixed_ends, profile, wald
from stelae.estimation.loglinear.selection import Chosen
from stelae.values.canonical import Json

__all__ = ["Interval", "Reach", "by_bootstrap", "by_likelihood"]

_MOST_FAILED = 0.05
"""Where more replicates than this share have no estimate, they are no picture of the doubt."""
_LEFT_OUT = 0.001
"""Models of an average that together weigh less than this have no profile drawn."""
_MOST_PEOPLE = 1e15
"""Numbers beyond this are drawn as this one: no population, and beyond exact whole numbers."""


class Interval(StrEnum):
    """Where the interval comes from."""

    BCA = "bca"
    MULTINOMIAL_PROFILE = "multinomial-profile"
    POISSON_PROFILE = "poisson-profile"
    WALD = "wald"


_LIKELIHOODS = {
    Interval.MULTINOMIAL_PROFILE: Likelihood.MULTINOMIAL,
    Interval.POISSON_PROFILE: Likelihood.POISSON,
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Both ends of N and draws of N, or the reason why there are none."""

    ends: tuple[float, float] | None = None
    draws: Draws | None = None
    reason: str | None = None
    curve: Curve | None = None
    said: Mapping[str, Json] = field(default_factory=dict)


def by_bootstrap(
    counts: Floats,
    chosen: Chosen,
    *,
    replicates: int,
    level: float,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Reach:
    """The BCa interval, and draws with the same correction as its ends."""
    point = float(counts.sum()) + chosen.unlisted
    found = bootstrap(counts, point, chosen.refit, replicates, rng=rng, progress=progress)
    own = chosen.refit(counts[None])[1][0]
    said: dict[str, Json] = {
        "replicates_failed": found.failed,
        "replicates_of_the_same_model": float(np.mean(found.chosen == own)),
        "bias_correction": found.bias if math.isfinite(found.bias) else None,
        "acceleration": found.acceleration,
    }
    if found.failed > _MOST_FAILED * replicates:
        reason = (
            f"{found.failed} of {replicates} bootstrap replicates have no estimate: the lists meet"
            " too rarely for an interval"
        )
        return Reach(reason=reason, said=said)
    if not math.isfinite(found.bias):
        reason = "all bootstrap replicates lie on one side of the estimate"
        return Reach(reason=reason, said=said)
    low, high = found.at(np.array([(1 - level) / 2, (1 + level) / 2]))
    shares = (rng.permutation(replicates) + 0.5) / replicates
    said["percentile_interval"] = list(found.percentiles(level))
    said["draws"] = "bootstrap replicates, their quantiles corrected as those of the interval"
    return Reach((float(low), float(high)), _whole(found.at(shares)), said=said)


def by_likelihood(
    counts: Floats,
    chosen: Chosen,
    interval: Interval,
    *,
    averages: bool,
    draws: int,
    level: float,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Reach:
    """The interval of the chosen model, or of the average, by its confidence distribution."""
    people = float(counts.sum())
    weighted = _heaviest(chosen) if averages else [(chosen.model, 1.0)]
    weights = np.array([weight for _, weight in weighted])
    weights /= weights.sum()
    parts, curve = [], None
    for i, (model, _) in enumerate(weighted):
        roots, curve = _roots(counts, model, interval, level)
        parts.append(roots)
        if progress is not None:
            progress((i + 1) / len(weighted))
    only = len(parts) == 1
    ends = parts[0].ends(level) if only else mixed_ends(parts, weights, level)
    curve = curve if only else None
    if ends is None:
        return Reach(reason="the likelihood has no upper end: any larger number fits", curve=curve)
    which = rng.choice(len(parts), size=draws, p=weights)
    z = rng.standard_normal(draws)
    unlisted = np.zeros(draws)
    for i, part in enumerate(parts):
        unlisted[which == i] = part.at(z[which == i])
    said: dict[str, Json] = {
        "draws": "drawn from the interval's own confidence distribution (signed roots of the"
        " likelihood taken as normal), not replicates",
        "profiled_models": len(parts),
    }
    return Reach((people + ends[0], people + ends[1]), _whole(people + unlisted), None, curve, said)


def _roots(
    counts: Floats, model: Model, interval: Interval, level: float
) -> tuple[Roots, Curve | None]:
    fitted = fit_model(counts, model)
    if interval is Interval.WALD:
        return wald(fitted), None
    likelihood = _LIKELIHOODS[interval]
    roots, values = profile(counts, fitted, likelihood, level)
    at = tuple(float(n) for n in counts.sum() + np.exp(roots.log_unlisted))
    return roots, Curve(str(likelihood), at, tuple(float(value) for value in values))


def _heaviest(chosen: Chosen) -> list[tuple[Model, float]]:
    """The best models that together hold nearly all weight."""
    kept: list[tuple[Model, float]] = []
    weight = 0.0
    for one in chosen.ranked:
        kept.append((one.model, one.weight))
        weight += one.weight
        if weight >= 1 - _LEFT_OUT:
            break
    return kept


def _whole(values: Floats) -> Draws:
    """Whole numbers of people, one chain."""
    return np.rint(np.minimum(values, _MOST_PEOPLE)).astype(np.int64)[None]
