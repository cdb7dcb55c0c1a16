"""Clusters of records that do not chain: correlation clustering, and draws of whole clusterings.

Single links join strangers over one wrong pair. Here a cluster needs its records to speak for one
another: the best partition has the largest sum of pair weights inside its clusters, each capped
(pair weights are too sure of themselves), with a small weight against pairs that were never
compared. Reviewers' decisions are weights beyond any cap; a list that holds each person once puts
no two of its records together. Draws are from the partitions with probability proportional to the
exponential of that sum: Gibbs sweeps over records, and splits and merges of whole clusters.

Bansal, Blum, Chawla: Correlation clustering. Machine Learning 56 (2004).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from stelae.linkage import partition_kernels

__all__ = ["Graph", "Partition", "best", "draws", "graph_of", "pairs_within", "parts"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_ROUNDS = 30
kernels: Any = partition_kernels  # which take what Partition.state and .room hold, one by one
_HOPELESS = -4.0
"""Log odds below which a pair starts no split or merge."""
_DECIDED = 1e6
"""Log odds of a reviewer's decision: more than any sum of capped weights."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Compared pairs as sparse rows, both ways, and which lists hold each person once."""

    records: int
    start: Ints
    near: Ints
    weight: Floats
    once: Ints
    apart: float
    """The log odds of a pair that was never compared."""
    a: Ints = field(repr=False)
    b: Ints = field(repr=False)


def graph_of(
    records: int,
    a: Ints,
    b: Ints,
    log_odds: Floats,
    *,
    once: Ints,
    cap: float,
    apart: float,
    decisions: tuple[Ints, Ints, npt.NDArray[np.bool_]] | None = None,
) -> Graph:
    """The graph of compared pairs with weights between -cap and cap.

    `decisions` are pairs (their two records, and whether they are one person) that outweigh all.
    A pair given twice counts with its decision.
    """
    weight = np.clip(log_odds, -cap, cap)
    if decisions is not None and len(decisions[0]):
        one, two, same = decisions
        low, high = np.minimum(one, two), np.maximum(one, two)
        keep = ~np.isin(a.astype(np.int64) * records + b, low.astype(np.int64) * records + high)
        a, b = np.concatenate([a[keep], low]), np.concatenate([b[keep], high])
        weight = np.concatenate([weight[keep], np.where(same, _DECIDED, -_DECIDED)])
    a, b = a.astype(np.int64), b.astype(np.int64)
    ends, others = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.argsort(ends * records + others, kind="stable")
    start = np.zeros(records + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends, minlength=records), out=start[1:])
    return Graph(
        records,
        start,
        others[order],
        np.concatenate([weight, weight])[order],
        once.astype(np.int64),
        apart,
        a,
        b,
    )


def parts(records: int, a: Ints, b: Ints) -> Ints:
    """For each record the smallest record that links (a, b) connect it with.

    With the links that speak for one person: no cluster of the best partition reaches beyond a
    part, so pairs of two parts need not be looked at.
    """
    root = np.arange(records, dtype=np.int64)
    kernels.connect(a.astype(np.int64), b.astype(np.int64), root)
    return root


class Partition:
    """A clustering that is being changed: labels, members, and the room that kernels need."""

    def __init__(self, label: Ints) -> None:
        n = len(label)
        self.label = label.astype(np.int64).copy()
        # Two labels more than records: a split takes two fresh ones before it lets the old go.
        first, size = np.zeros(n + 2, dtype=np.int64), np.zeros(n + 2, dtype=np.int64)
        after, before = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self.members = (first, after, before, size)
        kernels.gather_members(self.label, first, after, before, size)
        empty = np.flatnonzero(size == 0)[::-1]
        self.free = np.zeros(n + 3, dtype=np.int64)
        self.free[: len(empty)] = empty
        self.free[-1] = len(empty)
        self.room: tuple[Any, Any, Any] = (
            np.zeros(n + 2),
            np.zeros(n + 2, dtype=np.int64),
            np.zeros(n + 2, dtype=np.int64),
        )

    @property
    def state(self) -> tuple[Any, ...]:
        """What every kernel takes."""
        return (self.label, *self.members, self.free)

    def numbered(self) -> Ints:
        """Clusters as 0, 1, 2 ... in the order of their first records."""
        _, first, inverse = np.unique(self.label, return_index=True, return_inverse=True)
        rank = np.empty(len(first), dtype=np.int64)
        rank[np.argsort(first, kind="stable")] = np.arange(len(first))
        return rank[inverse.ravel()]


def best(graph: Graph, rng: np.random.Generator, *, start: Ints | None = None) -> Ints:
    """A partition that no move of a record and no join of two clusters betters.

    Begins with every record alone, or from `start` (an earlier clustering). The clusters are
    numbered 0, 1, 2 ... in the order of their first records.
    """
    partition = Partition(np.arange(graph.records) if start is None else start)
    links = (graph.start, graph.near, graph.weight, graph.once, graph.apart)
    # Parts do not touch each other: those in which nothing changed need not be gone through again.
    _, first, inverse = np.unique(partition.label, return_index=True, return_inverse=True)
    head = first[inverse.ravel()]
    every = np.arange(graph.records)
    part = parts(graph.records, np.concatenate([graph.a, every]), np.concatenate([graph.b, head]))
    linked = np.flatnonzero((np.diff(graph.start) > 0) | (part != every))
    for _ in range(_ROUNDS):
        here, moved = linked, np.zeros(0, dtype=np.int64)
        for _ in range(_ROUNDS):
            before = partition.label.copy()
            order = rng.permutation(here)
            kernels.settle(*links, order, *partition.state, *partition.room)
            changed = here[partition.label[here] != before[here]]
            if not len(changed):
                break
            moved = np.append(moved, changed)
            here = _of_parts(linked, part, changed)
        before = partition.label.copy()
        order = rng.permutation(np.unique(partition.label[linked]))
        kernels.merge_all(*links, order, *partition.state, *partition.room)
        changed = np.append(moved, linked[partition.label[linked] != before[linked]])
        if not len(changed):
            break
        linked = _of_parts(linked, part, changed)
    return partition.numbered()


def _of_parts(records: Ints, part: Ints, changed: Ints) -> Ints:
    """Those of some records that are in one part with a record that changed."""
    stirred = np.zeros(len(part), dtype=np.bool_)
    stirred[part[changed]] = True
    return records[stirred[part[records]]]


def pairs_within(labels: Ints) -> int:
    """How many pairs of records are in one cluster."""
    sizes = np.bincount(labels)
    return int((sizes * (sizes - 1) // 2).sum())


def draws(
    graph: Graph,
    rng: np.random.Generator,
    *,
    start: Ints,
    count: int,
    thin: int = 5,
    settle: int = 20,
    progress: Callable[[float], None] | None = None,
) -> Iterator[Ints]:
    """Clusterings drawn from their distribution, one after another, from an own start.

    `thin` sweeps lie between two draws, `settle` before the first. A sweep moves every record
    once and proposes as many splits and merges as a tenth of the pairs that may be one person.
    """
    partition = Partition(start)
    links = (graph.start, graph.near, graph.weight, graph.once, graph.apart)
    gains = np.zeros(max(int(np.diff(graph.start).max(initial=0)), 1))
    members = np.zeros((graph.records, 2), dtype=np.int64)
    a, b = _anchors(graph)
    sweeps = settle + thin * count
    for sweep in range(1, sweeps + 1):
        kernels.draw(*links, rng, *partition.state, *partition.room, gains)
        if len(a):
            times = max(len(a) // 10, 1)
            kernels.split_or_merge(*links, rng, a, b, times, *partition.state, members)
        if progress is not None:
            progress(sweep / sweeps)
        if sweep > settle and (sweep - settle) % thin == 0:
            yield partition.numbered()


def _anchors(graph: Graph) -> tuple[Ints, Ints]:
    """The pairs from which splits and merges start: neither hopeless nor decided on.

    Which pairs these are depends on no partition, so that proposals there and back are alike.
    """
    rows = np.repeat(np.arange(graph.records), np.diff(graph.start))
    open_ = (graph.near > rows) & (graph.weight > _HOPELESS) & (graph.weight < _DECIDED / 2)
    return rows[open_], graph.near[open_]
