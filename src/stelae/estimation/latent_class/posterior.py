"""The latent class model: its notation, a table with its priors, captures and shares at a point.

Notation (Manrique-Vallier 2016): L lists, K classes, n_x people with history x, n in all;
lambda_jk the probability that list j holds somebody of class k, nu_k the share of class k,
p_x = sum_k nu_k prod_j lambda_jk^x_j (1 - lambda_jk)^(1 - x_j); p_0 of being on no list.
lambda_jk ~ Beta(a_l, b_l); nu by stick-breaking, V_k ~ Beta(1, alpha), alpha ~ Gamma(a, b).

Every prior on N here has the form p(N) ~ Gamma(N + s) / N! q^N: s = 0, q = 1 is 1/N; s = 1, q = 1
is flat; s > 0, q < 1 is negative binomial. Then n_0 given the rest is NegBin(n + s, 1 - q p_0),
and N integrates out to (1 - q p_0)^-(n + s). A bound on N is put on top (`chains`).

Coordinates without bounds: theta_jk = logit lambda_jk, phi_k = logit V_k, laid out as
x[j * K + k] and x[L * K + k]. `density` has the log density with N and alpha integrated out.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled
from stelae.estimation.histories import CaptureHistories

__all__ = [
    "LONGEST",
    "STEEPEST",
    "Model",
    "Work",
    "model_of",
    "parameters",
    "work_of",
]

STEEPEST = 40.0
"""Logits of captures beyond this are refused as moves: the prior leaves them e^-40."""

LONGEST = 1e12
"""Logits of sticks beyond this: what they leave to later classes is nothing long before."""

Floats = NDArray[np.float64]


class Model(NamedTuple):
    """Table and priors in the form that compiled code takes.

    `masks` and `counts` are the histories seen. `dense` says that all 2^L probabilities are
    computed by subset products; else only those of the histories seen, bit by bit.
    """

    lists: int
    classes: int
    masks: NDArray[np.int64]
    counts: Floats
    people: float
    dense: bool
    list_a: float
    list_b: float
    alpha_a: float
    alpha_b: float
    size_s: float
    size_q: float


class Work(NamedTuple):
    """Room for one evaluation, made once for each chain."""

    cells: Floats
    odds: Floats
    capture: Floats
    base: Floats
    share: Floats
    stick: Floats
    mass: Floats
    sums: Floats
    caught: Floats
    rest: Floats
    later: Floats
    logits: Floats


def model_of(
    histories: CaptureHistories,
    classes: int,
    *,
    captures: tuple[float, float],
    alpha: tuple[float, float],
    size: tuple[float, float],
) -> Model:
    """The model of a table with priors: Beta of captures, Gamma of alpha, (s, q) of N."""
    lists = len(histories.lists)
    return Model(
        lists,
        classes,
        np.asarray(histories.masks, dtype=np.int64),
        np.asarray(histories.counts, dtype=np.float64),
        float(histories.observed),
        1 << lists <= 2 * len(histories.masks) * lists,
        *map(float, captures),
        *map(float, alpha),
        *map(float, size),
    )


def work_of(model: Model) -> Work:
    """Room for evaluations of this model."""
    cells = 1 << model.lists if model.dense else len(model.masks) + 1
    by_list = (model.lists, model.classes)
    return Work(
        np.empty((cells, model.classes)),
        np.empty(by_list),
        np.empty(by_list),
        np.empty(model.classes),
        np.empty(model.classes),
        np.empty(model.classes),
        np.empty(model.classes),
        np.empty(by_list),
        np.empty(model.classes),
        np.empty(model.classes),
        np.empty(model.classes),
        np.empty(model.lists * model.classes),
    )


@compiled
def parameters(x: Floats, model: Model, work: Work) -> float:
    """Fill odds, capture, base, share and stick from coordinates; log nu_K, or NaN if too steep.

    Sticks may be as long as they like, as a small alpha makes them: 1 - V_k is kept in logarithms.
    """
    lists, classes = model.lists, model.classes
    for i in range(lists * classes):
        if not abs(x[i]) <= STEEPEST:
            return np.nan
    for k in range(classes - 1):
        if not abs(x[lists * classes + k]) <= LONGEST:
            return np.nan
    for k in range(classes):
        work.base[k] = 1.0
    for j in range(lists):
        for k in range(classes):
            odds = np.exp(x[j * classes + k])
            absent = 1.0 / (1.0 + odds)
            work.odds[j, k] = odds
            work.capture[j, k] = odds * absent
            work.base[k] *= absent
    left = 1.0
    log_left = 0.0
    for k in range(classes - 1):
        logit = x[lists * classes + k]
        away = np.exp(-abs(logit))
        softplus = max(logit, 0.0) + np.log1p(away)
        work.stick[k] = (1.0 if logit > 0 else away) / (1.0 + away)
        work.share[k] = left * work.stick[k]
        left *= (away if logit > 0 else 1.0) / (1.0 + away)
        log_left -= softplus
    work.share[classes - 1] = left
    return log_left
