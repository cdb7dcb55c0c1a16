"""All decomposable graphs on the lists, each reached once by one walk over a tree.

A graph is decomposable (chordal) if its vertices can be taken away one by one, each with
neighbours that are all joined to one another (a *simplicial* vertex). Read backwards: every
decomposable graph is made from a smaller one by a new vertex v that is joined to a clique S of it.
Of the ways to make one graph only that is kept whose v is the lowest simplicial vertex, so that
every graph has one parent, and the graphs over all subsets of the lists form a tree. It is stored
as a depth-first walk: at step i the graph of `depth[i]` vertices is that of the last step of depth
`depth[i] - 1` with the vertex and clique numbered `addition[i]`.

The weight of a graph is a product over its additions, of M(S and v) / M(S): what the cliques say
less what their separators say. So one addition a step weighs all graphs, and no step needs more
memory than its depth.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import comb
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled

__all__ = [
    "MOST_GRAPH_LISTS",
    "Graphs",
    "Walk",
    "additions_of",
    "all_graphs",
    "cliques_of",
    "number_of",
    "pairs",
]

MOST_GRAPH_LISTS = 7
"""Eight lists have 30,888,596 decomposable graphs: none is left out silently, so none is tried."""

_COUNTS = (1, 1, 2, 8, 61, 822, 18_154, 617_675)
"""How many graphs there are on so many vertices (OEIS A058862)."""

Walk: TypeAlias = tuple[NDArray[np.int8], NDArray[np.int16]]
Masks: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Graphs:
    """The walk over all decomposable graphs on `lists` vertices, and the edges of each.

    `walk` is depth and number of addition of each step. `edges[g]` is the g-th graph over all
    vertices in the order of the walk, a mask of `pairs`.
    """

    lists: int
    walk: Walk
    edges: Masks

    def __len__(self) -> int:
        return len(self.edges)


@lru_cache(maxsize=MOST_GRAPH_LISTS)
def all_graphs(lists: int) -> Graphs:
    """Enumerate them: 8, 61, 822, 18,154 and 617,675 for three to seven lists.

    Kept in memory once made; the walk for seven lists takes 5 MB and well under a second.
    """
    steps = sum(comb(lists, k) * _COUNTS[k] for k in range(1, lists + 1))
    walk, edges = _walk(lists, steps, _COUNTS[lists])
    return Graphs(lists, walk, edges)


def pairs(lists: int) -> tuple[tuple[int, int], ...]:
    """The pairs of lists in the order of the bits of `Graphs.edges`."""
    return tuple((i, j) for j in range(lists) for i in range(j))


def additions_of(edges: int, lists: int) -> list[tuple[int, int]]:
    """Vertex and clique of each addition that makes the graph, the last first.

    ValueError where the graph is not decomposable.
    """
    neighbours = [0] * lists
    for bit, (i, j) in enumerate(pairs(lists)):
        if edges >> bit & 1:
            neighbours[i] |= 1 << j
            neighbours[j] |= 1 << i
    left, additions = (1 << lists) - 1, []
    while left:
        for v in range(lists):
            clique = neighbours[v] & left
            others = (u for u in range(lists) if clique >> u & 1)
            if left >> v & 1 and all(clique & ~neighbours[u] == 1 << u for u in others):
                break
        else:
            raise ValueError(f"the graph {edges:#x} on {lists} lists is not decomposable")
        additions.append((v, clique))
        left &= ~(1 << v)
    return additions


def cliques_of(additions: Iterable[tuple[int, int]]) -> list[int]:
    """The maximal cliques of the graph that additions make, as masks of lists, ascending."""
    whole = {clique | 1 << v for v, clique in additions}
    return sorted(c for c in whole if not any(c != d and c & d == c for d in whole))


@compiled
def number_of(v: int, clique: int, lists: int) -> int:
    """The number of an addition: the clique never holds v, so its bit is left out."""
    return v << (lists - 1) | (clique >> (v + 1)) << v | clique & ((1 << v) - 1)


@compiled
def _is_clique(neighbours: NDArray[np.int64], lists: int, vertices: int) -> bool:
    for u in range(lists):
        if vertices >> u & 1 and vertices & ~neighbours[u] != 1 << u:
            return False
    return True


@compiled
def _next(
    neighbours: NDArray[np.int64], lists: int, present: int, v: int, clique: int
) -> tuple[int, int]:
    """The next addition after (v, clique) that gives a graph its one parent; v = lists: none."""
    while v < lists:
        if present >> v & 1:
            v, clique = v + 1, -1
            continue
        clique += 1
        # Skip to the next mask that lies within the vertices present.
        clique = _within(clique, present)
        if clique < 0:
            v, clique = v + 1, -1
            continue
        if not _is_clique(neighbours, lists, clique):
            continue
        # v is simplicial by construction; it must be the lowest that is.
        lowest = True
        for u in range(v):
            if present >> u & 1:
                around = neighbours[u] | (1 << v if clique >> u & 1 else 0)
                if _joined(neighbours, lists, around, v, clique):
                    lowest = False
                    break
        if lowest:
            return v, clique
    return lists, -1


@compiled
def _within(mask: int, present: int) -> int:
    """The smallest mask not below `mask` that lies within `present`; -1 where there is none."""
    while mask <= present:
        if mask & ~present == 0:
            return mask
        mask += 1
    return -1


@compiled
def _joined(neighbours: NDArray[np.int64], lists: int, around: int, v: int, clique: int) -> bool:
    """Whether the vertices `around` are all joined in the graph with v added to the clique."""
    for u in range(lists):
        if around >> u & 1:
            near = clique if u == v else neighbours[u] | (1 << v if clique >> u & 1 else 0)
            if around & ~near != 1 << u:
                return False
    return True


@compiled
def _walk(lists: int, steps: int, graphs: int) -> tuple[Walk, Masks]:
    """Walk and edges; of as many steps and graphs as there are known to be."""
    depth = np.empty(steps, np.int8)
    addition = np.empty(steps, np.int16)
    edges = np.empty(graphs, np.int32)
    neighbours = np.zeros((lists + 1, lists), np.int64)
    present = np.zeros(lists + 1, np.int64)
    vertex = np.zeros(lists + 1, np.int64)
    clique = np.full(lists + 1, -1, np.int64)
    step = count = level = 0
    while level >= 0:
        v, s = _next(neighbours[level], lists, present[level], vertex[level], clique[level])
        vertex[level], clique[level] = v, s
        if v == lists:
            level -= 1
            continue
        neighbours[level + 1] = neighbours[level]
        for u in range(lists):
            if s >> u & 1:
                neighbours[level + 1, u] |= 1 << v
        neighbours[level + 1, v] = s
        present[level + 1] = present[level] | 1 << v
        depth[step] = level + 1
        addition[step] = number_of(v, s, lists)
        step += 1
        if level + 1 < lists:
            level += 1
            vertex[level], clique[level] = 0, -1
            continue
        mask = bit = 0
        for j in range(lists):
            for i in range(j):
                if neighbours[lists, i] >> j & 1:
                    mask |= 1 << bit
                bit += 1
        edges[count] = mask
        count += 1
    return (depth, addition), edges
