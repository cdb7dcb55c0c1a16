"""How sure the pairs are: how many have which probability, and what is inside the clusters."""

from dataclasses import dataclass

import numpy as np

from stelae.linkage.linking import Linkage
from stelae.linkage.report.counted import sizes
from stelae.linkage.weights import probability

__all__ = ["DOUBTFUL", "Doubt", "Inside", "Likely", "doubt", "inside", "spread"]

DOUBTFUL = (0.1, 0.9)
"""Probabilities between which a pair is doubtful, both included."""
_EDGES = (0.0, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0)
_WORDS = (
    "below 1 %",
    "1 % to 10 %",
    "10 % to 50 %",
    "50 % to 90 %",
    "90 % to 99 %",
    "99 % to 99.9 %",
    "above 99.9 %",
)


@dataclass(frozen=True, slots=True)
class Likely:
    """Pairs whose own weight gives them a probability: those in one cluster and those in two."""

    words: str
    joined: int
    apart: int


def spread(linkage: Linkage) -> tuple[Likely, ...]:
    """All compared pairs by their probability, the least probable first."""
    chances, together = _chances(linkage)
    place = np.clip(np.digitize(chances, _EDGES) - 1, 0, len(_WORDS) - 1)
    joined = np.bincount(place[together], minlength=len(_WORDS))
    apart = np.bincount(place[~together], minlength=len(_WORDS))
    # Improbable pairs in two clusters are not kept, only counted.
    apart[0] += max(linkage.compared - len(chances), 0)
    return tuple(
        Likely(words, int(one), int(two))
        for words, one, two in zip(_WORDS, joined, apart, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Doubt:
    """How many pairs are doubtful, of those that may be one person at all and of all compared."""

    pairs: int
    possible: int
    """Pairs at least as probable as the least doubtful ones, or in one cluster."""
    compared: int


def doubt(linkage: Linkage) -> Doubt:
    """Pairs with a probability of .1 to .9."""
    chances, together = _chances(linkage)
    low, high = DOUBTFUL
    doubtful = (chances >= low) & (chances <= high)
    return Doubt(int(doubtful.sum()), int(((chances >= low) | together).sum()), linkage.compared)


@dataclass(frozen=True, slots=True)
class Inside:
    """Pairs of records in one cluster: how many, never compared, and weighing against it."""

    pairs: int
    never: int
    against: int


def inside(linkage: Linkage) -> Inside:
    """What the clusters hold together."""
    pairs = sum(size * (size - 1) // 2 * people for size, people in sizes(linkage).items())
    joined = linkage.pairs.filter("together")
    against = int((joined["log_odds"] < 0).sum())
    return Inside(pairs, max(pairs - joined.height, 0), against)


def _chances(linkage: Linkage) -> tuple[np.ndarray, np.ndarray]:
    pairs = linkage.pairs
    return probability(pairs["log_odds"].to_numpy()), pairs["together"].to_numpy().astype(bool)
