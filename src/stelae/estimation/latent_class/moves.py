"""Moves across what gradients and Gibbs cross slowly: labels, the ridge of a class, long sticks.

All are Metropolis-Hastings moves that leave the marginal posterior unchanged.
"""

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.latent_class.density import log_density
from stelae.estimation.latent_class.posterior import Floats, Model, Work

__all__ = ["move_on_ridge", "stretch_sticks", "swap_labels"]

LONG = 2.0
"""A stick is long where its logit is above this."""


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
def move_on_ridge(
    rng: np.random.Generator,
    y: Floats,
    proposed: Floats,
    gradient: Floats,
    model: Model,
    work: Work,
) -> bool:
    """Shift all logits of one class, with every share among the listed as it is.

    `y` are coordinates of trajectories; `proposed` and `gradient` are room of the size of y.
    """
    before = log_density(y, gradient, model, work)
    if not np.isfinite(before):
        return False
    k = rng.integers(0, model.classes)
    shift = rng.standard_normal() * 10.0 ** (2.5 * rng.random() - 2.0)
    proposed[:] = y
    proposed[k] += shift * np.sqrt(model.lists)
    if not np.log(rng.random()) < log_density(proposed, gradient, model, work) - before:
        return False
    y[:] = proposed
    return True


@compiled
def stretch_sticks(
    rng: np.random.Generator,
    y: Floats,
    proposed: Floats,
    gradient: Floats,
    model: Model,
    work: Work,
) -> bool:
    """Multiply all long sticks by one factor c; their number m gives the Jacobian c^m.

    Where classes are empty alpha may be near 0 and sticks as long as 1 / alpha: trajectories take
    steps of ordinary size, and alternate draws of alpha and sticks walk over its orders of
    magnitude one by one. The arguments are those of `move_on_ridge`.
    """
    before = log_density(y, gradient, model, work)
    if not np.isfinite(before):
        return False
    log_factor = rng.standard_normal() * 10.0 ** (1.2 * rng.random() - 0.5)
    factor = np.exp(log_factor)
    proposed[:] = y
    long = 0
    for at in range(model.lists * model.classes, len(y)):
        if y[at] > LONG:
            long += 1
            proposed[at] *= factor
            if not proposed[at] > LONG:
                return False
    if long == 0:
        return False
    after = log_density(proposed, gradient, model, work)
    if not np.log(rng.random()) < after - before + long * log_factor:
        return False
    y[:] = proposed
    return True
