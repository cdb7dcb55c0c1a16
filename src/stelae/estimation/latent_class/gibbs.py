"""One sweep of Gibbs sampling over the histories seen; its cost does not grow with N.

The steps are those of Manrique-Vallier (2016): the unlisted n_0, classes of everybody, lambda, V,
alpha, each from its full conditional. Logits are drawn as differences of log gammas, so that no
probability is ever rounded to 0 or 1.
"""

from typing import NamedTuple

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.latent_class.posterior import (
    LONGEST,
    STEEPEST,
    Floats,
    Model,
    Work,
    parameters,
)

__all__ = ["MOST_UNLISTED", "Tally", "draw_alpha", "draw_unlisted", "sweep", "tally_of"]

MOST_UNLISTED = 10**15
"""Numbers beyond this are drawn as this one: no population, and beyond exact whole numbers."""


WITHIN = 0.999
"""Logits are drawn so far within their bounds that a change of coordinates keeps them inside."""


class Tally(NamedTuple):
    """Room for who is in which class: `ones[j, k]` are those of class k on list j."""

    ones: Floats
    members: Floats
    weights: Floats


def tally_of(model: Model) -> Tally:
    """Room for the sweeps of one chain."""
    return Tally(
        np.zeros((model.lists, model.classes)), np.zeros(model.classes), np.zeros(model.classes)
    )


@compiled
def _log_gamma_draw(rng: np.random.Generator, shape: float) -> float:
    """The logarithm of a Gamma(shape, 1) draw, finite also where the draw itself is 0."""
    if shape >= 1.0:
        return float(np.log(rng.standard_gamma(shape)))
    return float(np.log(rng.standard_gamma(shape + 1.0)) + np.log1p(-rng.random()) / shape)


@compiled
def draw_unlisted(rng: np.random.Generator, model: Model, work: Work, most: int) -> int:
    """n_0 given captures and shares (which `parameters` has filled in), at most `most`; -1: none.

    NegBin(n + s, 1 - q p_0) as a gamma mixture of Poissons. Under a bound, draws above it are
    drawn again, up to ten thousand times.
    """
    listed = 0.0
    unlisted = 0.0
    for k in range(model.classes):
        listed += work.share[k] * (1.0 - work.base[k])
        unlisted += work.share[k] * work.base[k]
    left = (1.0 - model.size_q) + model.size_q * listed
    ratio = model.size_q * unlisted / left
    for _ in range(10_000):
        mean = rng.standard_gamma(model.people + model.size_s) * ratio
        drawn = rng.poisson(mean) if mean < MOST_UNLISTED else MOST_UNLISTED
        if drawn <= most:
            return drawn
    return -1


@compiled
def draw_alpha(rng: np.random.Generator, log_last: float, model: Model) -> float:
    """Alpha given log nu_K: Gamma(a + K - 1, rate b - log nu_K)."""
    shape = model.alpha_a + model.classes - 1
    return rng.standard_gamma(shape) / (model.alpha_b - log_last)


@compiled
def _split(
    rng: np.random.Generator,
    people: int,
    weights: Floats,
    total: float,
    into: Floats,
    mask: int,
    ones: Floats,
) -> None:
    """Put people of one history into classes: one multinomial draw, added to the tallies."""
    classes = len(weights)
    lists = len(ones)
    left = total
    for k in range(classes):
        if people == 0:
            return
        if k == classes - 1 or weights[k] >= left:
            here = people
        elif people == 1:
            here = 1 if rng.random() * left < weights[k] else 0
        else:
            here = rng.binomial(people, weights[k] / left)
        left -= weights[k]
        if here:
            people -= here
            into[k] += here
            for j in range(lists):
                if mask >> j & 1:
                    ones[j, k] += here


@compiled
def sweep(
    rng: np.random.Generator,
    x: Floats,
    alpha: float,
    model: Model,
    work: Work,
    tally: Tally,
    most: int,
) -> tuple[float, int]:
    """Draw everything once in turn, into `x`. The new alpha, and n_0 (-1 if none is allowed)."""
    lists, classes = model.lists, model.classes
    parameters(x, model, work)
    unlisted = draw_unlisted(rng, model, work, most)
    if unlisted < 0:
        return alpha, unlisted
    tally.ones[:] = 0.0
    tally.members[:] = 0.0
    weights = tally.weights
    for at in range(len(model.masks)):
        mask = model.masks[at]
        total = 0.0
        for k in range(classes):
            weight = work.share[k] * work.base[k]
            for j in range(lists):
                if mask >> j & 1:
                    weight *= work.odds[j, k]
            weights[k] = weight
            total += weight
        _split(rng, int(model.counts[at]), weights, total, tally.members, mask, tally.ones)
    total = 0.0
    for k in range(classes):
        weights[k] = work.share[k] * work.base[k]
        total += weights[k]
    _split(rng, unlisted, weights, total, tally.members, 0, tally.ones)
    for j in range(lists):
        for k in range(classes):
            there = model.list_a + tally.ones[j, k]
            absent = model.list_b + tally.members[k] - tally.ones[j, k]
            logit = _log_gamma_draw(rng, there) - _log_gamma_draw(rng, absent)
            x[j * classes + k] = min(max(logit, -WITHIN * STEEPEST), WITHIN * STEEPEST)
    later = 0.0
    for k in range(classes):
        later += tally.members[k]
    log_last = 0.0
    for k in range(classes - 1):
        later -= tally.members[k]
        logit = _log_gamma_draw(rng, 1.0 + tally.members[k]) - _log_gamma_draw(rng, alpha + later)
        logit = min(max(logit, -WITHIN * LONGEST), WITHIN * LONGEST)
        x[lists * classes + k] = logit
        log_last -= max(logit, 0.0) + np.log1p(np.exp(-abs(logit)))
    return draw_alpha(rng, log_last, model), unlisted
