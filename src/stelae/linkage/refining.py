"""Weights learned anew from pairs whose answer is known, near those that were there before.

Fellegi-Sunter takes comparisons as independent; they are not (a family name and the whole name
say one thing twice), so its odds are too extreme. Penalised logistic regression weighs all levels
together: it finds the weights under which the answers are most likely, less a price for moving
away from the earlier ones. The answers are clusters (self-training) or reviewers' decisions.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stelae.linkage.weights import Floats, Weights, probability

__all__ = ["refine"]

_STEPS = 30
_ENOUGH = 1e-3


def refine(
    levels: npt.NDArray[np.int8],
    yes: Floats,
    no: Floats,
    before: Weights,
    *,
    price: float,
    shrink: bool = True,
) -> Weights:
    """The weights that explain `yes` and `no` answers to each row of `levels`.

    `price` is the precision (1 / variance, in log odds squared) of a normal prior on how far each
    level's weight lies from its earlier one. With `shrink`, a common factor for all earlier
    weights and the starting odds are learned first: that alone mends odds that are too extreme.
    """
    sizes = [len(weights) for weights in before.by_level]
    start = np.concatenate([[before.prior], *before.by_level])
    if shrink:
        start = _scaled(levels, yes, no, before, start)
    offsets = np.cumsum([1, *sizes[:-1]])
    width = 1 + sum(sizes)
    columns = _columns(levels, offsets, width)
    precision = np.full(width + 1, price)
    precision[0] = min(price, 1e-2)
    beta = np.append(start, 0.0)
    centre = beta.copy()
    for _ in range(_STEPS):
        gradient, hessian = _slopes(columns, yes, no, beta, width)
        gradient -= precision[:width] * (beta - centre)[:width]
        hessian[np.diag_indices(width)] += precision[:width]
        step = np.linalg.solve(hessian, gradient)
        step *= min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        beta[:width] += step
        if np.abs(step).max() < _ENOUGH:
            break
    parts = np.split(beta[1:width], np.cumsum(sizes)[:-1])
    expected = probability(_total(columns, beta)) * (yes + no)
    return Weights(float(beta[0]), tuple(parts), matches=float(expected.sum()))


def _scaled(
    levels: npt.NDArray[np.int8], yes: Floats, no: Floats, before: Weights, start: Floats
) -> Floats:
    """Earlier weights times one factor, with a new prior: two numbers fitted to the answers."""
    evidence = before.of(levels) - before.prior
    design = np.stack([np.ones_like(evidence), evidence], axis=1)
    two = np.array([before.prior, 1.0])
    centre, precision = np.array([before.prior, 1.0]), np.array([1e-3, 1.0])
    for _ in range(_STEPS):
        p = probability(design @ two)
        gradient = design.T @ (yes - (yes + no) * p) - precision * (two - centre)
        curvature = (yes + no) * p * (1.0 - p)
        hessian = (design * curvature[:, None]).T @ design + np.diag(precision)
        step = np.linalg.solve(hessian, gradient)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        two = two + step
        if np.abs(step).max() < _ENOUGH:
            break
    scaled = start * float(np.clip(two[1], 0.05, 1.0))
    scaled[0] = two[0]
    return np.asarray(scaled)


def _columns(
    levels: npt.NDArray[np.int8], offsets: Sequence[int] | npt.NDArray[np.int64], width: int
) -> npt.NDArray[np.int64]:
    """For each row the places of its ones; what is missing points past the end."""
    return np.where(levels >= 0, levels + np.asarray(offsets), width)


def _total(columns: npt.NDArray[np.int64], beta: Floats) -> Floats:
    return np.asarray(beta[0] + beta[columns].sum(axis=1))


def _slopes(
    columns: npt.NDArray[np.int64], yes: Floats, no: Floats, beta: Floats, width: int
) -> tuple[Floats, Floats]:
    """Gradient and (negative) Hessian of the log likelihood.

    A row has a one for the start and one for each comparison that says something, so products of
    the design are counts over pairs of levels; what is missing is counted past the end and cut.
    """
    trials = yes + no
    p = probability(_total(columns, beta))
    slope, curve = yes - trials * p, trials * p * (1.0 - p)
    wide = width + 1
    gradient = np.zeros(wide)
    hessian = np.zeros(wide * wide)
    gradient[0], hessian[0] = slope.sum(), curve.sum()
    for at in range(columns.shape[1]):
        here = columns[:, at]
        gradient += np.bincount(here, weights=slope, minlength=wide)
        hessian[:wide] += np.bincount(here, weights=curve, minlength=wide)
        for other in range(at, columns.shape[1]):
            cells = here * wide + columns[:, other]
            hessian += np.bincount(cells, weights=curve, minlength=wide * wide)
    whole = hessian.reshape(wide, wide)[:width, :width]
    diagonal = np.diag(np.diag(whole))
    return gradient[:width], whole + whole.T - diagonal
