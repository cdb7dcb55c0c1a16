"""Matches told from relatives: three kinds of pairs among the candidates, learned by EM.

Candidates that are no matches are not like random pairs: brothers share a family name, a father
and a village, neighbours a place and a day. With two kinds only, EM takes them for matches. So a
third kind, related non-matches, has probabilities of its own. They stay near what is usual (a few
pairs) and near those of all candidates that are no matches: as many pairs as the kind has, spread
as these are, times the share of all pairs that are no candidates; for where every pair is one,
candidates that are no matches are not relatives but any two records. Random non-matches keep
theirs, from random pairs. Levels are independent within each kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stelae.linkage.comparisons.usual import Usual
from stelae.linkage.weights import Floats, Patterns, Weights

__all__ = ["Mixture", "three_kinds"]

_STEPS = 100
_ENOUGH = 1e-5
_MATCHES, _RELATED = 0.05, 0.3
"""Shares of the candidates that EM begins with."""
_PRIOR_MATCHES, _PRIOR_RELATED = 3.0, 10.0
"""Pairs that each kind is given before any are seen, as they usually are."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """For each pattern the probability that its pairs match; m of each comparison's levels."""

    matching: Floats
    m: tuple[Floats, ...]
    matches: float
    """Expected matches among the candidates."""
    related: float
    """Expected related non-matches among the candidates."""


def three_kinds(
    candidates: Patterns, random: Weights, usual: Sequence[Usual], pairs: float
) -> Mixture:
    """Learn the kinds of candidates; `random.u` are the shares of levels among random pairs.

    `usual` is that of each comparison, and what EM begins with. `pairs` is the number of all pairs
    that could be compared.
    """
    counts, pairs = candidates.counts, max(pairs, 1.0)
    m = tuple(each.of("matching") for each in usual)
    r = tuple(each.of("related") for each in usual)
    usual_m = [_PRIOR_MATCHES * share for share in m]
    usual_r = [_PRIOR_RELATED * share for share in r]
    half = [np.full(len(each), 0.5) for each in usual_m]
    total = float(counts.sum())
    chosen = max(1.0 - total / pairs, 0.0)
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
        m = _shares(candidates, kinds[0] * counts, usual_m)
        others = _shares(candidates, (1.0 - kinds[0]) * counts, half)
        near = [
            prior + chosen * related * other for prior, other in zip(usual_r, others, strict=True)
        ]
        r = _shares(candidates, kinds[1] * counts, near)
        if abs(matches - before) < _ENOUGH * matches:
            break
    return Mixture(matching, m, matches, related)


def _log_likelihood(candidates: Patterns, shares: tuple[Floats, ...]) -> Floats:
    total = np.zeros(len(candidates.counts))
    for at, share in enumerate(shares):
        total += np.append(np.log(share), 0.0)[candidates.levels[:, at]]
    return total


def _shares(candidates: Patterns, weights: Floats, added: Sequence[Floats]) -> tuple[Floats, ...]:
    """How pairs, weighted, spread over the levels of each comparison, with `added` pairs."""
    made = []
    for at, prior in enumerate(added):
        column = candidates.levels[:, at]
        said = column >= 0
        found = np.bincount(column[said], weights=weights[said], minlength=len(prior)) + prior
        made.append(np.asarray(found / found.sum()))
    return tuple(made)
