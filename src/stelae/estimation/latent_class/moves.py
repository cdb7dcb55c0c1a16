"""Moves across what gradients and Gibbs cross slowly: labels of classes, and the ridge of a class.

Both are Metropolis-Hastings moves that leave the marginal posterior unchanged.
"""

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.latent_class.posterior import (
    Floats,
    Model,
    Work,
    log_density,
)

__all__ = ["move_on_ridge", "swap_labels"]

SMALLEST = 1e-250
"""A ridge move is not tried where a class has less than this share: sticks would be rounded."""


@compiled
def _log_left(logit: float) -> float:
    """log(1 - V) of a stick by its logit."""
    return float(-max(logit, 0.0) - np.log1p(np.exp(-abs(logit))))


@compiled
def swap_labels(rng: np.random.Generator, x: Floats, model: Model) -> int:
    """Try to exchange each class with the next, in turn; how many exchanges were made.

    The likelihood stays. In the prior of the shares, with T_k = sum_{l >= k} nu_l,
    - sum_{k < K} log T_k - log nu_K - (a + K - 1) log(b - log nu_K), exchanging k and k + 1
    changes only T_k+1, or for the last pair only nu_K.
    """
    lists, classes = model.lists, model.classes
    sticks = x[lists * classes :]
    made = 0
    for k in range(classes - 1):
        is_last = k == classes - 2
        log_left = _log_left(sticks[k])
        log_first = log_left + sticks[k]
        if is_last:
            log_second = log_left
            log_rest = -np.inf
            long = 0.0
            for logit in sticks:
                long -= _log_left(logit)
            swapped = long + log_left - log_first
            shape = model.alpha_a + classes - 1
            log_ratio = swapped - long
            log_ratio += shape * np.log((model.alpha_b + long) / (model.alpha_b + swapped))
            log_after = log_first
        else:
            log_second = log_left + _log_left(-sticks[k + 1])
            log_rest = log_left + _log_left(sticks[k + 1])
            log_after = np.logaddexp(log_first, log_rest)
            log_ratio = log_left - log_after
        if not (log_first > -600.0 and log_second > -600.0) or (not is_last and log_rest < -600.0):
            continue
        if np.log(rng.random()) >= log_ratio:
            continue
        made += 1
        for j in range(lists):
            at = j * classes + k
            x[at], x[at + 1] = x[at + 1], x[at]
        sticks[k] = log_second - log_after
        if not is_last:
            sticks[k + 1] = log_first - log_rest
    return made


@compiled
def _log_volume(sticks: Floats) -> float:
    """log |d nu / d phi| = sum_{k < K} log V_k + log(1 - V_k) + log T_k."""
    volume = 0.0
    log_tail = 0.0
    for logit in sticks:
        left = _log_left(logit)
        volume += logit + 2.0 * left + log_tail
        log_tail += left
    return volume


@compiled
def move_on_ridge(
    rng: np.random.Generator,
    x: Floats,
    proposed: Floats,
    gradient: Floats,
    model: Model,
    work: Work,
) -> bool:
    """Shift all logits of one class and rescale its share so that its listed mass stays.

    With c = (1 - q_0) / (1 - q'_0) of that class and Z = 1 + (c - 1) nu_k, the shares become
    c nu_k / Z and nu_l / Z, whose Jacobian on the simplex is c / Z^K. `proposed` and `gradient`
    are room of the size of x.
    """
    lists, classes = model.lists, model.classes
    before = log_density(x, gradient, model, work)
    if not np.isfinite(before):
        return False
    k = rng.integers(0, classes)
    shift = rng.standard_normal() * 10.0 ** (2.5 * rng.random() - 2.0)
    listed = 1.0
    for j in range(lists):
        listed *= 1.0 / (1.0 + np.exp(x[j * classes + k] + shift))
    listed = 1.0 - listed
    if not (listed > 0.0 and 1.0 - work.base[k] > 0.0):
        return False
    factor = (1.0 - work.base[k]) / listed
    total = 1.0 + (factor - 1.0) * work.share[k]
    proposed[:] = x
    for j in range(lists):
        proposed[j * classes + k] += shift
    tail = 0.0
    for place in range(classes - 1, -1, -1):
        share = work.share[place] * (factor if place == k else 1.0) / total
        if share < SMALLEST:
            return False
        if place < classes - 1:
            proposed[lists * classes + place] = np.log(share) - np.log(tail)
        tail += share
    after = log_density(proposed, gradient, model, work)
    log_ratio = after - before + np.log(factor) - classes * np.log(total)
    log_ratio += _log_volume(x[lists * classes :]) - _log_volume(proposed[lists * classes :])
    if not np.log(rng.random()) < log_ratio:
        return False
    x[:] = proposed
    return True
