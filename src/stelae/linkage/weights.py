"""Fellegi-Sunter weights of the levels of comparisons, learned without answers by EM.

A pair's patterns of levels are independent given whether the pair is a match. `u`, how often
non-matches reach a level, comes from random pairs: candidates were chosen for being alike, and
their non-matches are more alike than any others (estimating `u` from them turns weights round).
Of few records many random pairs match; these are left out as far as one for each record would be.
`m`, how often matches reach it, comes from EM over the candidates, with every pair that is no
candidate taken as a non-match. A level's weight is log(m / u); what is missing weighs nothing.
Both begin with what is usual (`comparisons.usual`).

Fellegi, Sunter: A theory for record linkage. JASA 64 (1969). Winkler: Using the EM algorithm for
weight computation in the Fellegi-Sunter model of record linkage. ASA (1988).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from stelae.linkage.comparisons.usual import Usual

__all__ = ["Patterns", "Weights", "fellegi_sunter", "inflation", "probability"]

Floats = npt.NDArray[np.float64]

_STEPS = 60
_ENOUGH = 1e-6
_LEAST_U = 5e-7
"""The share of random pairs that is added to each level, so that none is impossible."""
_PRIOR_U = 20.0
"""Random pairs that are added as they usually are."""
_PRIOR = 1.0
"""Matches that EM is given before any are seen, as they usually are."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Distinct rows of levels (pattern x comparison, -1 missing) and how many pairs have each."""

    levels: npt.NDArray[np.int8]
    counts: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """What every level of every comparison adds to the log odds that a pair is a match.

    `prior` is the log odds before anything is compared: of a random pair for Fellegi-Sunter, of a
    candidate for weights refined from clusters or answers. `by_level[c][l]` is in natural log
    odds. `m` and `u` are kept where the weights came from them.
    """

    prior: float
    by_level: tuple[Floats, ...]
    m: tuple[Floats, ...] = ()
    u: tuple[Floats, ...] = ()
    matches: float = 0.0
    """Expected matches among the candidates."""

    def of(self, levels: npt.NDArray[np.int8]) -> Floats:
        """Log odds of each row of levels."""
        total = np.full(len(levels), self.prior)
        for at, weights in enumerate(self.by_level):
            column = levels[:, at]
            total += np.where(column >= 0, np.append(weights, 0.0)[column], 0.0)
        return total

    def scaled(self, factor: float) -> "Weights":
        """The same with the weight of every level times a factor; the prior stays."""
        return replace(self, by_level=tuple(factor * weights for weights in self.by_level))


def probability(log_odds: Floats) -> Floats:
    """The probability of log odds, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(log_odds / 2.0)))


def fellegi_sunter(
    candidates: Patterns, random: Patterns, usual: Sequence[Usual], pairs: float, records: int
) -> Weights:
    """Learn m by EM, with u from `random` pairs; `usual` is that of each comparison.

    `pairs` is the number of all pairs that could be compared, `records` that of all records.
    """
    possible = max(records * (records - 1) / 2.0, 1.0)
    distinct = min(float(random.counts.sum()), possible)
    random = replace(random, counts=random.counts * (distinct / max(random.counts.sum(), 1.0)))
    added = [_PRIOR_U * each.of("random") + _LEAST_U * distinct for each in usual]
    start = tuple(each.of("matching") for each in usual)
    m, u = start, tuple(_shares(random, at, each) for at, each in enumerate(added))
    share = min(max(0.3 * float(candidates.counts.sum()), 1e-3) / max(pairs, 1.0), 0.5)
    current = _weights(m, u, share)
    for _ in range(_STEPS):
        expected = probability(current.of(candidates.levels)) * candidates.counts
        matched = replace(candidates, counts=expected)
        m = tuple(_shares(matched, at, _PRIOR * each) for at, each in enumerate(start))
        apart = replace(random, counts=random.counts - _matches_among(random, current, records))
        u = tuple(_shares(apart, at, each) for at, each in enumerate(added))
        share = min(max(float(expected.sum()), 1e-3) / max(pairs, 1.0), 0.9)
        before, current = current, _weights(m, u, share)
        if abs(current.prior - before.prior) < _ENOUGH:
            break
    matches = float((probability(current.of(candidates.levels)) * candidates.counts).sum())
    return Weights(current.prior, current.by_level, m, u, matches)


def _matches_among(random: Patterns, weights: Weights, records: int) -> Floats:
    """Of random pairs those that match, in all no more than if each record had one match."""
    expected = probability(weights.of(random.levels)) * random.counts
    most = 2.0 / max(records - 1.0, 1.0) * float(random.counts.sum())
    return np.asarray(expected * min(1.0, most / max(float(expected.sum()), 1e-12)))


def _weights(m: tuple[Floats, ...], u: tuple[Floats, ...], share: float) -> Weights:
    by_level = tuple(np.log(a / b) for a, b in zip(m, u, strict=True))
    return Weights(float(np.log(share / (1.0 - share))), by_level, m, u)


def _shares(patterns: Patterns, at: int, added: Floats) -> Floats:
    """How the pairs that are compared at all spread over the levels of one comparison."""
    column = patterns.levels[:, at]
    said = column >= 0
    counts = np.bincount(column[said], weights=patterns.counts[said], minlength=len(added))
    found = counts + added
    return np.asarray(found / found.sum())


def inflation(weights: Weights, candidates: Patterns, random: Patterns) -> float:
    """How much more the evidence varies than if comparisons were independent, 1 or more.

    The variance of the sum of weights over the sum of their variances (a design effect), among
    random pairs and among probable matches: their geometric mean. Names given whole and in parts,
    or the places of a day and of a house, say one thing twice; log odds divided by this factor
    are no surer than they may be.
    """
    probable = probability(weights.of(candidates.levels)) * candidates.counts
    one = _inflation(weights, random.levels, random.counts)
    two = _inflation(weights, candidates.levels, probable)
    return max(float(np.sqrt(max(one, 1.0) * max(two, 1.0))), 1.0)


def _inflation(weights: Weights, levels: npt.NDArray[np.int8], counts: Floats) -> float:
    if not counts.sum():
        return 1.0
    terms = np.stack(
        [np.append(by_level, 0.0)[levels[:, at]] for at, by_level in enumerate(weights.by_level)],
        axis=1,
    )
    share = counts / counts.sum()
    centred = terms - share @ terms
    covariance = (centred * share[:, None]).T @ centred
    alone = float(np.trace(covariance))
    return float(covariance.sum()) / alone if alone > 0 else 1.0
