import numpy as np
import pytest
from graph_reference import chordal_graphs, cliques

from stelae.estimation.decomposable.graphs import (
    additions_of,
    all_graphs,
    cliques_of,
    number_of,
    pairs,
)


def edges_of(graph: frozenset[frozenset[int]], lists: int) -> int:
    return sum(1 << b for b, pair in enumerate(pairs(lists)) if frozenset(pair) in graph)


@pytest.mark.parametrize("lists", [3, 4, 5])
def test_the_walk_reaches_each_chordal_graph_once_and_no_other(lists: int) -> None:
    expected = sorted(edges_of(graph, lists) for graph in chordal_graphs(lists))
    assert sorted(all_graphs(lists).edges.tolist()) == expected


@pytest.mark.parametrize("lists", [3, 4])
def test_the_cliques_are_those_that_no_other_holds(lists: int) -> None:
    for graph in chordal_graphs(lists):
        expected = sorted(sum(1 << v for v in clique) for clique in cliques(graph, lists))
        assert cliques_of(additions_of(edges_of(graph, lists), lists)) == expected


def test_a_cycle_of_four_is_not_decomposable() -> None:
    square = frozenset(frozenset(edge) for edge in ((0, 1), (1, 2), (2, 3), (3, 0)))
    with pytest.raises(ValueError, match="not decomposable"):
        additions_of(edges_of(square, 4), 4)


def test_a_graph_that_is_taken_apart_is_the_graph_that_was_built() -> None:
    for edges in all_graphs(5).edges.tolist():
        rebuilt = 0
        for v, clique in additions_of(edges, 5):
            for bit, (i, j) in enumerate(pairs(5)):
                joins = (i == v and clique >> j & 1) or (j == v and clique >> i & 1)
                rebuilt |= (1 << bit) if joins else 0
        assert rebuilt == edges


def test_every_addition_has_a_number_of_its_own() -> None:
    numbers = [number_of(v, s, 5) for v in range(5) for s in range(32) if not s >> v & 1]
    assert sorted(numbers) == list(range(80))


def test_a_step_is_one_deeper_than_its_parent_at_most() -> None:
    depth, _ = all_graphs(6).walk
    assert depth[0] == 1
    assert (np.diff(depth) <= 1).all()
    assert (depth == 6).sum() == 18_154
