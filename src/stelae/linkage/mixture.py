"""Matches told from relatives: three kinds of pairs among the candidates, learned by EM.

Candidates that are no matches are not like random pairs: brothers share a family name, a father
and a village, neighbours a place and a day. With two kinds only, EM takes them for matches. So a
third kind, related non-matches, has probabilities of its own, which stay near those of all
candidates that are no matches (as many prior pairs as the kind has, spread as these are); random
non-matches keep theirs, from random pairs. Levels are independent within each kind.
"""

from dataclasses import dataclass

import numpy as np

from stelae.linkage.weights import Floats, Patterns, Weights

__all__ = ["Mixture", "three_kinds"]

_STEPS = 100
_ENOUGH = 1e-5
_MATCHES, _RELATED = 0.05, 0.3
"""Shares of the candidates that EM begins with."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """For each pattern the probability that its pairs match; m of each comparison's levels."""

    matching: Floats
    m: tuple[Floats, ...]
    matches: float
    """Expected matches among the candidates."""
    related: float
    """Expected related non-matches among the candidates."""


def three_kinds(candidates: Patterns, random: Weights, pairs: float) -> Mixture:
    """Learn the kinds of candidates; `random.u` are the shares of levels among random pairs.

    `pairs` is the number of all pairs that could be compared. Begins with matches that reach the
    first levels far more often than the last, and relatives spread as the candidates are.
    """
    counts, sizes, pairs = candidates.counts, [len(u) for u in random.u], max(pairs, 1.0)
    start = tuple(_falling(size) for size in sizes)
    every = _shares(candidates, counts, [np.full(size, 0.5) for size in sizes])
    m, r = start, every
    total = float(counts.sum())
    matches, related = max(_MATCHES * total, 1.0), max(_RELATED * total, 1.0)
    by_chance = _log_likelihood(candidates, random.u)
    matching = np.zeros(len(counts))
    for _ in range(_STEPS):
        kinds = np.stack(
            [
                np.log(matches / pairs) + _log_likelihood(candidates, m),
                np.log(related / pairs) + _log_likelihood(candidates, r),
                np.log(max(1.0 - (matches + related) / pairs, 1e-3)) + by_chance,
            ]
        )
        kinds = np.exp(kinds - kinds.max(axis=0))
        kinds /= kinds.sum(axis=0)
        matching = kinds[0]
        before = matches
        matches = max(float(kinds[0] @ counts), 1.0)
        related = max(float(kinds[1] @ counts), 1.0)
        m = _shares(candidates, kinds[0] * counts, start)
        others = _shares(candidates, (1.0 - kinds[0]) * counts, [np.full(s, 0.5) for s in sizes])
        r = _shares(candidates, kinds[1] * counts, [(1.0 + related) * other for other in others])
        if abs(matches - before) < _ENOUGH * matches:
            break
    return Mixture(matching, m, matches, related)


def _log_likelihood(candidates: Patterns, shares: tuple[Floats, ...]) -> Floats:
    total = np.zeros(len(candidates.counts))
    for at, share in enumerate(shares):
        total += np.append(np.log(share), 0.0)[candidates.levels[:, at]]
    return total


def _shares(
    candidates: Patterns, weights: Floats, added: tuple[Floats, ...] | list[Floats]
) -> tuple[Floats, ...]:
    """How pairs, weighted, spread over the levels of each comparison, with `added` pairs."""
    made = []
    for at, prior in enumerate(added):
        column = candidates.levels[:, at]
        said = column >= 0
        found = np.bincount(column[said], weights=weights[said], minlength=len(prior)) + prior
        made.append(np.asarray(found / found.sum()))
    return tuple(made)


def _falling(size: int) -> Floats:
    values = np.linspace(1.0, 0.05, size) ** 2
    return np.asarray(values / values.sum())
