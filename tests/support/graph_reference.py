"""Decomposable graphs and their weights by brute force: slow, plain, and with nothing of ours.

Every graph is tried; it is chordal if no four or more of its vertices form a cycle without a
chord. Cliques are the complete sets that no other holds; separators are the edges of a spanning
tree of cliques with the largest intersections. Weights are sums of log-gammas on whole numbers.
"""

from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

Graph: TypeAlias = frozenset[frozenset[int]]
Floats: TypeAlias = NDArray[np.float64]


def is_chordal(graph: Graph, lists: int) -> bool:
    for size in range(4, lists + 1):
        for some in combinations(range(lists), size):
            inside = [edge for edge in graph if edge <= set(some)]
            degrees = [sum(v in edge for edge in inside) for v in some]
            if degrees == [2] * size and _connected(inside, some):
                return False
    return True


def _connected(edges: list[frozenset[int]], vertices: tuple[int, ...]) -> bool:
    reached = {vertices[0]}
    for _ in vertices:
        for edge in edges:
            if edge & reached:
                reached |= edge
    return reached == set(vertices)


def chordal_graphs(lists: int) -> list[Graph]:
    every = [frozenset(pair) for pair in combinations(range(lists), 2)]
    graphs = (
        frozenset(some) for size in range(len(every) + 1) for some in combinations(every, size)
    )
    return [graph for graph in graphs if is_chordal(graph, lists)]


def cliques(graph: Graph, lists: int) -> list[frozenset[int]]:
    complete = [
        frozenset(some)
        for size in range(1, lists + 1)
        for some in combinations(range(lists), size)
        if all(frozenset(pair) in graph for pair in combinations(some, 2))
    ]
    return [one for one in complete if not any(one < other for other in complete)]


def separators(graph: Graph, lists: int) -> list[frozenset[int]]:
    whole = cliques(graph, lists)
    inside, outside, found = [whole[0]], whole[1:], []
    while outside:
        near, far = max(
            ((a, b) for a in inside for b in outside), key=lambda pair: len(pair[0] & pair[1])
        )
        found.append(near & far)
        inside.append(far)
        outside.remove(far)
    return found


def log_weights(
    counts: dict[int, int], lists: int, delta: float, log_prior: Floats, x: Floats
) -> dict[Graph, Floats]:
    """log w(G, x) at each x for every decomposable graph, up to a constant."""
    n = sum(counts.values())
    shared = log_prior + gammaln(n + x + 1) - gammaln(x + 1)
    m = {
        frozenset(some): component(counts, some, lists, delta, x)
        for size in range(lists + 1)
        for some in combinations(range(lists), size)
    }
    return {
        graph: shared
        + sum((m[c] for c in cliques(graph, lists)), np.zeros_like(x))
        - sum((m[s] for s in separators(graph, lists)), np.zeros_like(x))
        for graph in chordal_graphs(lists)
    }


def component(
    counts: dict[int, int], some: tuple[int, ...], lists: int, delta: float, x: Floats
) -> Floats:
    total = delta * 2**lists
    share = delta * 2 ** (lists - len(some))
    n = sum(counts.values())
    value = gammaln(total) - gammaln(n + x + total)
    for size in range(len(some) + 1):
        for ones in combinations(some, size):
            count = sum(
                k for mask, k in counts.items() if all((mask >> j & 1) == (j in ones) for j in some)
            )
            value = value + gammaln(count + (x if not ones else 0) + share) - gammaln(share)
    return np.asarray(value)


def posterior(
    counts: dict[int, int], lists: int, delta: float, log_prior: Floats, x: Floats
) -> tuple[Floats, dict[Graph, float]]:
    """P(x) and the probability of each graph, where x are all that are possible."""
    logs = log_weights(counts, lists, delta, log_prior, x)
    whole = np.stack(list(logs.values()))
    joint = np.exp(whole - logsumexp(whole))
    return joint.sum(axis=0), dict(zip(logs, joint.sum(axis=1).tolist(), strict=True))


def quantile(probability: Floats, level: float) -> int:
    """The smallest index with at least so much at or below it."""
    return int(np.searchsorted(np.cumsum(probability), level))
