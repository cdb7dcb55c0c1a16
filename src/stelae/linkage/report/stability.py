"""Whether drawn clusterings agree with the clusters: which stay whole, split, or take others in."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["MOST_DRAWS", "Drawn", "Stability", "companions", "people_drawn", "picked", "stability"]

Ints = npt.NDArray[np.int64]

MOST_DRAWS = 200
"""So many draws are looked at, evenly over all of them."""
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Drawn:
    """The number of people in each draw, and the interval that holds 95 of 100 of them."""

    people: tuple[int, ...]
    low: int
    high: int


def people_drawn(draws: Sequence[Ints]) -> Drawn | None:
    """The number of people in each draw; None without draws."""
    if not draws:
        return None
    people = [int(np.count_nonzero(np.bincount(labels))) for labels in draws]
    low = np.quantile(people, _TAIL, method="lower")
    high = np.quantile(people, 1 - _TAIL, method="higher")
    return Drawn(tuple(people), int(low), int(high))


def picked(draws: Sequence[Ints]) -> Sequence[Ints]:
    """At most `MOST_DRAWS` of the draws, evenly from the first to the last."""
    if len(draws) <= MOST_DRAWS:
        return draws
    return [draws[at] for at in np.linspace(0, len(draws) - 1, MOST_DRAWS).round().astype(int)]


@dataclass(frozen=True, slots=True)
class Stability:
    """For each label the shares of draws in which its records stay one cluster, and alone.

    The shares of `whole`, `split` and `larger` add up to one: as it is, records in several
    clusters, all in one that holds others too.
    """

    labels: Ints
    whole: npt.NDArray[np.float64]
    split: npt.NDArray[np.float64]
    larger: npt.NDArray[np.float64]


def stability(labels: Ints, draws: Sequence[Ints]) -> Stability:
    """How each cluster fares in the draws, of which there must be some."""
    order = np.argsort(labels, kind="stable")
    named, start, size = np.unique(labels[order], return_index=True, return_counts=True)
    whole, split = np.zeros(len(named)), np.zeros(len(named))
    for drawn in draws:
        here = drawn[order]
        low, high = np.minimum.reduceat(here, start), np.maximum.reduceat(here, start)
        parted = low != high
        split += parted
        whole += ~parted & (np.bincount(drawn)[low] == size)
    whole, split = whole / len(draws), split / len(draws)
    return Stability(named, whole, split, 1.0 - whole - split)


def companions(
    labels: Ints, draws: Sequence[Ints], wanted: Collection[int]
) -> Mapping[int, tuple[int, float]]:
    """For each wanted label the other one that shares a drawn cluster with it most often.

    With the share of draws in which some records of both are together; labels that never meet
    another are left out.
    """
    found: dict[int, Counter[int]] = {label: Counter() for label in wanted}
    rows = {label: np.flatnonzero(labels == label) for label in wanted}
    for drawn in draws:
        mine = {label: np.unique(drawn[rows[label]]) for label in wanted}
        every = np.unique(np.concatenate([*mine.values(), np.zeros(0, dtype=np.int64)]))
        inside = np.flatnonzero(np.isin(drawn, every))
        clusters, owners = drawn[inside], labels[inside]
        for label, here in mine.items():
            met = np.unique(owners[np.isin(clusters, here)])
            found[label].update(int(other) for other in met if other != label)
    most = {
        label: min(counts.items(), key=lambda each: (-each[1], each[0]))
        for label, counts in found.items()
        if counts
    }
    return {label: (other, times / len(draws)) for label, (other, times) in most.items()}
