"""Putting replicates together, summing strata, and saying where the doubt comes from.

A *posterior* method's draws are pooled: an equal share from every replicate. A *point* method's
answers are combined by Rubin's rules on log n_0 (n_0 the unlisted), within an imputation and
between imputations (nested multiple imputation; Shen 2000, Rubin 2003):

    T = U + (1 - 1/n) W + (1 + 1/m) B

for m imputations of n linkages each, U the mean variance within a fit, W between linkages of one
imputation, B between imputations. Ends of intervals are never summed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.special import ndtri, stdtrit

from stelae.estimation.convergence import MOST_R_HAT, r_hat_of
from stelae.estimation.estimate import Draws, Estimate, Status, interval_of
from stelae.estimation.histories import ONLY, Replicate
from stelae.estimation.streams import stream_of
from stelae.values.canonical import Json

__all__ = ["Variance", "pool", "pooled_draws", "sum_strata", "summed_draws"]


@dataclass(frozen=True, slots=True)
class Variance:
    """The variance of an answer and its parts, on a scale: `N` or `log n_0`.

    On the scale N (posterior draws) the parts add up to the total. On log n_0 (Rubin's rules) the
    total is larger, since there are few replicates.
    """

    scale: str
    within: float
    between_linkages: float
    between_imputations: float
    total: float

    def to_json(self) -> dict[str, Json]:
        """The keys of ../formats/estimates.md."""
        return {
            "scale": self.scale,
            "within": self.within,
            "between_linkages": self.between_linkages,
            "between_imputations": self.between_imputations,
            "total": self.total,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> "Variance | None":
        """Read what `to_json` gave; None stays None."""
        return None if value is None else cls(**value)


def pool(estimates: Sequence[Estimate], *, is_point: bool) -> tuple[Estimate, Variance | None]:
    """One estimate from the replicates of one stratum, and the variance by where it comes from.

    One replicate is its own pool. Where any has no answer the pool has none, with the reasons:
    leaving it out would leave out a part of the doubt. Chains of several replicates are judged
    together: what is said of N rests on all their draws.
    """
    first = estimates[0]
    failed = [each for each in estimates if each.status is not Status.OK]
    if len(estimates) == 1:
        return first, None if failed else _variance(estimates, is_point=is_point)
    common = replace(
        first,
        observed=min(each.observed for each in estimates),
        lists=_union(estimates),
        replicate=ONLY,
        curve=None,
        draws=pooled_draws(estimates),
        stream=(),
        diagnostics={"replicates": len(estimates), **_agreement(estimates)},
        inputs={name: digest for each in estimates for name, digest in each.inputs.items()},
    )
    if failed:
        return common.refused(_worst(failed), _reasons(failed, len(estimates))), None
    r_hat = common.diagnostics.get("r_hat")
    if isinstance(r_hat, float) and r_hat > MOST_R_HAT:
        reason = (
            f"the chains of {len(estimates)} replicates do not agree where all are taken together"
            f" (R-hat {r_hat:.3f}, wanted at most {MOST_R_HAT:g})"
        )
        return common.refused(Status.NOT_CONVERGED, reason), None
    if not is_point and common.draws is not None:
        return (
            replace(
                common,
                point=float(np.median(common.draws)),
                interval=interval_of(common.draws, common.level),
            ),
            _variance(estimates, is_point=False),
        )
    return _rubin(common, estimates)


def pooled_draws(estimates: Sequence[Estimate]) -> Draws | None:
    """The draws of all replicates, as many of each; None where any has none."""
    draws = [each.draws for each in estimates if each.draws is not None]
    if len(draws) < len(estimates):
        return None
    if len(draws) == 1:
        return draws[0]
    if len({each.shape for each in draws}) == 1:
        return np.concatenate(draws)
    size = min(each.size for each in draws)
    return np.stack([_spread(each.ravel(), size) for each in draws])


def _agreement(estimates: Sequence[Estimate]) -> dict[str, Json]:
    """R-hat of the chains of all replicates, put together, and their effective draws, added up.

    A chain's draws go on from replicate to replicate draw by draw, so that its first half is the
    first half in each. Nothing of methods without chains.
    """
    draws = [each.draws for each in estimates if each.draws is not None]
    known = [each.diagnostics for each in estimates if "ess_bulk" in each.diagnostics]
    if len(draws) < len(estimates) or len(known) < len(estimates):
        return {}
    if len({len(each) for each in draws}) > 1:
        return {}
    length = min(each.shape[1] for each in draws)
    joined = np.stack([each[:, :length] for each in draws], axis=2).reshape(len(draws[0]), -1)
    found = {
        name: round(float(sum(float(str(each[name])) for each in known)), 1)
        for name in ("ess_bulk", "ess_tail")
    }
    return {"r_hat": round(r_hat_of(joined), 4), **found}


def _spread(draws: Draws, size: int) -> Draws:
    """So many of the draws, evenly from the first to the last."""
    return draws[np.linspace(0, len(draws) - 1, size).round().astype(np.int64)]


def sum_strata(
    strata: Sequence[Sequence[Estimate]], *, seed: int, is_point: bool, like: Estimate
) -> tuple[Estimate, Variance | None]:
    """The total of strata (each its replicates, all with an answer): summed by draws, then pooled.

    Replicate r of one stratum goes with replicate r of another, for they come from one completion
    of the data. A stratum without people in a replicate adds nothing there.
    """
    sums = [_sum(parts, seed, is_point, like) for parts in _by_replicate(strata)]
    return pool(sums, is_point=is_point)


def summed_draws(strata: Sequence[Sequence[Estimate]], seed: int) -> Draws | None:
    """The draws of the total, as `sum_strata` has them; None without strata or their draws."""
    if not strata:
        return None
    sums = [_summed(parts, seed) for parts in _by_replicate(strata)]
    whole = [each for each in sums if each is not None]
    if len(whole) < len(sums):
        return None
    size = min(each.size for each in whole)
    return np.stack([_spread(each.ravel(), size) for each in whole])


def _by_replicate(strata: Sequence[Sequence[Estimate]]) -> list[list[Estimate]]:
    parts: dict[Replicate, list[Estimate]] = {}
    for estimates in strata:
        for estimate in estimates:
            parts.setdefault(estimate.replicate, []).append(estimate)
    return [parts[key] for key in sorted(parts, key=_order)]


def _order(replicate: Replicate) -> tuple[int, int]:
    return (
        -1 if replicate.imputation is None else replicate.imputation,
        -1 if replicate.linkage is None else replicate.linkage,
    )


def _summed(parts: Sequence[Estimate], seed: int) -> Draws | None:
    """Independent draws added up, each stratum's in an order of its own.

    Without a new order, draws that a method gives sorted would add low to low and high to high.
    """
    if len(parts) == 1:
        draws = parts[0].draws
        return None if draws is None else draws.reshape(1, -1)
    flat = [each.draws.ravel() for each in parts if each.draws is not None]
    if len(flat) < len(parts):
        return None
    size = min(len(each) for each in flat)
    total = np.zeros(size, dtype=np.int64)
    for part, draws in zip(parts, flat, strict=True):
        rng = stream_of(seed, part.stratum, part.replicate, "sum")
        total += rng.permutation(draws)[:size]
    return total.reshape(1, -1)


def _sum(parts: Sequence[Estimate], seed: int, is_point: bool, like: Estimate) -> Estimate:
    draws = _summed(parts, seed)
    if len(parts) == 1:
        point, interval = parts[0].point, parts[0].interval
    else:
        point = sum(each.point for each in parts if each.point is not None)
        interval = None if draws is None else interval_of(draws, like.level)
        if draws is not None and not is_point:
            point = float(np.median(draws))
    return replace(
        like,
        observed=sum(each.observed for each in parts),
        lists=_union(parts),
        status=Status.OK,
        reason=None,
        point=point,
        interval=interval,
        draws=draws,
        curve=parts[0].curve if len(parts) == 1 else None,
        replicate=parts[0].replicate,
        diagnostics={"strata": len(parts)},
    )


# --- Rubin's rules -----------------------------------------------------------------------------


def _rubin(common: Estimate, estimates: Sequence[Estimate]) -> tuple[Estimate, Variance | None]:
    """Rubin's rules on log n_0; the mean number observed is added back."""
    observed = float(np.mean([each.observed for each in estimates]))
    logs = np.array([_log_unlisted(each.point, each.observed) for each in estimates])
    point = observed + float(np.exp(logs.mean()))
    variance = _variance(estimates, is_point=True)
    if variance is None:
        return replace(common, point=point, interval=None), None
    low, high = np.exp(
        logs.mean()
        + np.array([-1, 1])
        * stdtrit(_freedom(variance, estimates), (1 + common.level) / 2)
        * np.sqrt(variance.total)
    )
    interval = (observed + float(low), observed + float(high))
    return replace(common, point=point, interval=interval), variance


def _log_unlisted(number: float | None, observed: int) -> float:
    """log n_0; a bound of no unlisted people counts as half a person."""
    assert number is not None  # an estimate that is ok has a point
    return float(np.log(max(number - observed, 0.5)))


def _axes(estimates: Sequence[Estimate]) -> list[list[int]]:
    """The positions of the replicates by imputation."""
    by: dict[int | None, list[int]] = {}
    for at, each in enumerate(estimates):
        by.setdefault(each.replicate.imputation, []).append(at)
    return list(by.values())


def _sample_variance(values: Any) -> float:
    return float(np.var(values, ddof=1)) if len(values) > 1 else 0.0


def _variance(estimates: Sequence[Estimate], *, is_point: bool) -> Variance | None:
    """Split by the law of total variance (draws), or by nested multiple imputation (points)."""
    groups = _axes(estimates)
    if not is_point and all(each.draws is not None for each in estimates):
        means = np.array(
            [float(np.mean(each.draws)) for each in estimates if each.draws is not None]
        )
        inner = np.array(
            [float(np.var(each.draws)) for each in estimates if each.draws is not None]
        )
        sizes = np.array([len(group) for group in groups])
        of_groups = np.array([means[group].mean() for group in groups])
        imputations = float(np.average((of_groups - means.mean()) ** 2, weights=sizes))
        linkages = max(float(np.var(means)) - imputations, 0.0)
        within = float(inner.mean())
        return Variance("N", within, linkages, imputations, within + linkages + imputations)
    if any(each.interval is None for each in estimates):
        return None
    logs = np.array([_log_unlisted(each.point, each.observed) for each in estimates])
    within = float(np.mean([_log_variance(each) for each in estimates]))
    m, n = len(groups), len(estimates) / len(groups)
    linkages = float(np.mean([_sample_variance(logs[group]) for group in groups]))
    imputations = _sample_variance([logs[group].mean() for group in groups])
    if m == 1:
        total = within + (1 + 1 / n) * linkages
    else:
        total = within + (1 - 1 / n) * linkages + (1 + 1 / m) * imputations
    return Variance("log n_0", within, linkages, imputations, total)


def _log_variance(estimate: Estimate) -> float:
    """The variance of log n_0 that an interval implies."""
    assert estimate.interval is not None  # asked by the caller
    low, high = (_log_unlisted(end, estimate.observed) for end in estimate.interval)
    return float(((high - low) / (2 * ndtri((1 + estimate.level) / 2))) ** 2)


def _freedom(variance: Variance, estimates: Sequence[Estimate]) -> float:
    """Degrees of freedom of the pooled answer (Shen 2000; with one axis, Rubin 1987)."""
    groups = _axes(estimates)
    m, n = len(groups), len(estimates) / len(groups)
    if variance.total <= 0:
        return float("inf")
    if m == 1:
        parts = [((1 + 1 / n) * variance.between_linkages, n - 1)]
    else:
        parts = [
            ((1 + 1 / m) * variance.between_imputations, m - 1),
            ((1 - 1 / n) * variance.between_linkages, m * (n - 1)),
        ]
    inverse = sum((part / variance.total) ** 2 / free for part, free in parts if free > 0)
    return float(1 / inverse) if inverse > 0 else float("inf")


# --- what has no answer -------------------------------------------------------------------------


def _worst(failed: Sequence[Estimate]) -> Status:
    """Refused where any was refused."""
    refused = any(each.status is Status.REFUSED for each in failed)
    return Status.REFUSED if refused else Status.NOT_CONVERGED


def _reasons(failed: Sequence[Estimate], replicates: int) -> str:
    reasons = list(dict.fromkeys(each.reason or "" for each in failed))
    more = f"; and {len(reasons) - 3} other reasons" if len(reasons) > 3 else ""
    return (
        f"{len(failed)} of {replicates} replicates have no answer: {'; '.join(reasons[:3])}{more}"
    )


def _union(estimates: Sequence[Estimate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in estimates for name in each.lists))
