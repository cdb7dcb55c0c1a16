"""Weights learned from reviewers' answers, near those that the linkage taught itself.

A few hundred answers cannot say what each of a hundred levels weighs. They move what moves
together: the starting odds, the scale of all weights, the scale of one comparison's evidence for
and of its evidence against, neighbouring levels, and least of all a level alone. Each is a normal
prior of mean nought; their sum is a Gaussian prior on the weights around the earlier ones, and
the weights under which answers and prior are most likely are found by Newton's steps.

Questions are not drawn evenly (`questions`): at the same log odds pairs in one cluster are drawn
more often or less often than pairs in two. Answers therefore count in inverse proportion to their
chance, but only against others of about the same log odds: what depends on log odds alone leaves
the odds of a match, given the levels, as they are, and weights that vary less cost fewer answers.

Bishop: Pattern Recognition and Machine Learning (2006), 4.5 (Laplace), 3.3 (Gaussian priors).
Pfeffermann: The role of sampling weights when modeling survey data. ISR 61 (1993).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.questions import EDGES
from stelae.linkage.weights import Floats, Weights, probability

__all__ = [
    "ENOUGH",
    "Answers",
    "Learned",
    "importance",
    "learn",
    "log_odds_variance",
]

ENOUGH = 100
"""Answers from which weights are learned; fewer only bind their own pairs."""
_STEPS = 50
_SMALL = 1e-6
_START = 1.5
_ALL = 0.3
_COMPARISON = 0.5
_NEAR = 0.7
_NEARNESS = 0.8
_ALONE = 0.5
_MOST, _LEAST = 5.0, 0.2
"""Bounds on how much one answer counts."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Reviewed pairs: their levels (pair x comparison), whether they match, and their chances.

    `chance` is NaN where a pair was not drawn by chance.
    """

    levels: npt.NDArray[np.int8]
    same: npt.NDArray[np.bool_]
    chance: Floats

    def __len__(self) -> int:
        return len(self.same)


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights, and how unsure they are: the covariance of [prior, levels ...] (Laplace)."""

    weights: Weights
    covariance: Floats

    def drawn(self, rng: np.random.Generator) -> Weights:
        """Weights drawn from their approximate posterior."""
        centre = np.concatenate([[self.weights.prior], *self.weights.by_level])
        return _weights(
            rng.multivariate_normal(centre, self.covariance, method="cholesky"), self.weights
        )


def importance(log_odds: Floats, chance: Floats) -> Floats:
    """How much each answer counts: 1 / chance over its mean among answers of like log odds.

    Between 0.2 and 5; 1 where the chance is not known.
    """
    counts = np.ones(len(chance))
    place = np.digitize(log_odds, EDGES)
    known = np.isfinite(chance)
    for here in np.unique(place[known]):
        chosen = known & (place == here)
        inverse = 1.0 / chance[chosen]
        counts[chosen] = inverse / inverse.mean()
    return np.clip(counts, _LEAST, _MOST)


def learn(answers: Answers, before: Weights) -> Learned:
    """The weights that answers and `before` make most likely; below `ENOUGH`, `before` itself.

    `before` should be without any lean: its odds are what the prior is around.
    """
    centre = np.concatenate([[before.prior], *before.by_level])
    prior = _covariance(before)
    if len(answers) < ENOUGH:
        return Learned(before, prior)
    design = _design(answers.levels, [len(weights) for weights in before.by_level])
    counts = importance(before.of(answers.levels), answers.chance)
    precision = np.linalg.inv(prior)
    beta, hessian = centre, precision
    for _ in range(_STEPS):
        p = probability(design @ beta)
        gradient = design.T @ (counts * (answers.same - p)) - precision @ (beta - centre)
        hessian = (design * (counts * p * (1.0 - p))[:, None]).T @ design + precision
        step = np.linalg.solve(hessian, gradient)
        step *= min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-12))
        beta = beta + step
        if np.abs(step).max() < _SMALL:
            break
    return Learned(_weights(beta, before), np.asarray(np.linalg.inv(hessian)))


def log_odds_variance(learned: Learned, levels: npt.NDArray[np.int8]) -> float:
    """The variance of the mean log odds of some pairs, as the answers left it."""
    sizes = [len(weights) for weights in learned.weights.by_level]
    mean = _design(levels, sizes).mean(axis=0)
    return float(mean @ learned.covariance @ mean)


def _weights(values: Floats, like: Weights) -> Weights:
    ends = np.cumsum([len(weights) for weights in like.by_level])[:-1]
    return Weights(float(values[0]), tuple(np.split(values[1:], ends)), matches=like.matches)


def _design(levels: npt.NDArray[np.int8], sizes: Sequence[int]) -> Floats:
    """One row a pair: a one for the start, and one at the level of each comparison that says."""
    width = 1 + sum(sizes)
    columns = np.where(levels >= 0, levels + np.cumsum([1, *sizes[:-1]]), width)
    design = np.zeros((len(levels), width + 1))
    design[np.arange(len(levels))[:, None], columns] = 1.0
    design[:, 0] = 1.0
    return design[:, :width]


def _covariance(before: Weights) -> Floats:
    """How far weights may lie from the earlier ones, and which move together."""
    values = np.concatenate([[0.0], *before.by_level])
    found = _ALL**2 * np.outer(values, values)
    found[0, 0] += _START**2
    at = 1
    for weights in before.by_level:
        here = slice(at, at + len(weights))
        for side in (np.maximum(weights, 0.0), np.minimum(weights, 0.0)):
            found[here, here] += _COMPARISON**2 * np.outer(side, side)
        place = np.arange(len(weights))
        found[here, here] += _NEAR**2 * _NEARNESS ** np.abs(place[:, None] - place)
        found[here, here] += _ALONE**2 * np.eye(len(weights))
        at += len(weights)
    return np.asarray(found)
