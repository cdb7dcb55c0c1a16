import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.linkage.clustering import Graph, Ints, best, draws, graph_of, parts


def graph(
    n: int,
    weights: dict[tuple[int, int], float],
    once: list[int] | None = None,
    apart: float = -0.5,
    decisions: list[tuple[int, int, bool]] | None = None,
) -> Graph:
    a, b = (np.array([pair[at] for pair in weights], dtype=np.int64) for at in (0, 1))
    told = decisions or []
    return graph_of(
        n,
        a,
        b,
        np.array(list(weights.values()), dtype=np.float64),
        once=np.array(once or [-1] * n, dtype=np.int64),
        cap=6.0,
        apart=apart,
        decisions=(
            np.array([each[0] for each in told], dtype=np.int64),
            np.array([each[1] for each in told], dtype=np.int64),
            np.array([each[2] for each in told], dtype=np.bool_),
        ),
    )


def partitions(n: int) -> Iterator[tuple[int, ...]]:
    """All partitions of n records, numbered by first records."""
    for labels in itertools.product(range(n), repeat=n):
        if all(label <= max(labels[:at], default=-1) + 1 for at, label in enumerate(labels)):
            yield labels


def score(labels: tuple[int, ...] | Ints, of: Graph) -> float:
    """The sum of the weights within clusters; minus infinity where a list forbids one."""
    weight = {}
    for i in range(of.records):
        for e in range(int(of.start[i]), int(of.start[i + 1])):
            weight[i, int(of.near[e])] = float(of.weight[e])
    total = 0.0
    for i, j in itertools.combinations(range(of.records), 2):
        if labels[i] == labels[j]:
            if of.once[i] >= 0 and of.once[i] == of.once[j]:
                return -np.inf
            total += weight.get((i, j), of.apart)
    return total


def random_graph(rng: np.random.Generator, n: int, scale: float = 3.0, share: float = 0.7) -> Graph:
    weights = {
        pair: float(rng.normal(0.0, scale))
        for pair in itertools.combinations(range(n), 2)
        if rng.random() < share
    }
    once = [int(each) if each < 2 else -1 for each in rng.integers(0, 4, n)]
    return graph(n, weights, once)


def test_a_chain_of_links_is_no_cluster_where_its_ends_speak_against_it() -> None:
    chain = {(0, 1): 3.0, (1, 2): 3.0, (2, 3): 3.0, (0, 2): -5.0, (1, 3): -5.0, (0, 3): -5.0}
    labels = best(graph(4, chain), np.random.default_rng(1))
    assert labels.max() == 1
    assert score(labels, graph(4, chain)) == 6.0


@pytest.mark.parametrize("seed", range(12))
def test_no_move_and_no_join_betters_the_best_partition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    given_graph = random_graph(rng, 12)
    labels = best(given_graph, rng)
    reached = score(labels, given_graph)
    assert np.isfinite(reached)
    fresh = int(labels.max()) + 1
    for record in range(12):
        for to in range(fresh + 1):
            other = labels.copy()
            other[record] = to
            assert score(other, given_graph) <= reached + 1e-6
    for one, two in itertools.combinations(range(fresh), 2):
        other = np.where(labels == two, one, labels)
        assert score(other, given_graph) <= reached + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_pairs_of_two_parts_change_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    whole = {
        pair: float(rng.normal(-2.0, 3.0))
        for pair in itertools.combinations(range(14), 2)
        if rng.random() < 0.4
    }
    linked = [pair for pair, weight in whole.items() if weight > 0]
    a, b = (np.array([pair[at] for pair in linked], dtype=np.int64) for at in (0, 1))
    part = parts(14, a, b)
    inside = {pair: weight for pair, weight in whole.items() if part[pair[0]] == part[pair[1]]}
    of_all = best(graph(14, whole), np.random.default_rng(3))
    of_parts = best(graph(14, inside), np.random.default_rng(3))
    assert all(len(set(part[of_all == label].tolist())) == 1 for label in set(of_all.tolist()))
    assert score(of_parts, graph(14, whole)) == pytest.approx(score(of_parts, graph(14, inside)))


def test_parts_are_the_smallest_records_that_links_lead_to() -> None:
    found = parts(6, np.array([4, 2, 5], dtype=np.int64), np.array([2, 1, 0], dtype=np.int64))
    assert found.tolist() == [0, 1, 1, 3, 1, 0]


def test_records_of_an_earlier_clustering_that_nothing_links_part() -> None:
    start = np.array([0, 0, 0, 3], dtype=np.int64)
    labels = best(graph(4, {(0, 1): 4.0}), np.random.default_rng(1), start=start)
    assert labels.tolist() == [0, 0, 1, 2]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_lists_that_hold_each_person_once_and_decisions_bind(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 10
    weights = {pair: float(rng.normal(1.0, 3.0)) for pair in itertools.combinations(range(n), 2)}
    once = [0, 0, 0, 1, 1, -1, -1, -1, -1, -1]
    told = [(0, 5, True), (5, 6, True), (7, 8, False), (1, 9, False)]
    held = graph(n, weights, once, decisions=told)
    # As a linkage does: what reviewers joined is together from the start.
    start = np.array([0, 1, 2, 3, 4, 0, 0, 7, 8, 9], dtype=np.int64)
    labels = best(held, rng, start=start)
    drawn = list(draws(held, rng, start=labels, count=3, settle=3))
    for each in (labels, *drawn):
        assert all((each[a] == each[b]) == same for a, b, same in told), (each.tolist(), told)
        for number in (0, 1):
            members = each[[at for at in range(n) if once[at] == number]]
            assert len(set(members.tolist())) == len(members)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_draws_are_partitions_numbered_by_their_first_records(seed: int) -> None:
    rng = np.random.default_rng(seed)
    of = random_graph(rng, 30, share=0.3)
    for labels in draws(of, rng, start=best(of, rng), count=4, settle=2):
        firsts = [int(np.flatnonzero(labels == label)[0]) for label in range(labels.max() + 1)]
        assert firsts == sorted(firsts)
        assert np.isfinite(score(labels, of))


@pytest.mark.parametrize(
    ("n", "once", "seed"),
    [
        (4, None, 1),
        (4, [0, 0, -1, 1], 2),
        (5, None, 3),
        (5, [0, 1, 0, 1, -1], 4),
        (5, [0, 0, 1, 1, 1], 5),
    ],
)
def test_draws_have_the_exact_distribution(n: int, once: list[int] | None, seed: int) -> None:
    """Of all partitions of few records: the total variation is that of so many draws."""
    rng = np.random.default_rng(seed)
    # Every pair is compared, so that Gibbs sweeps can reach all partitions.
    weights = {pair: float(rng.normal(0.3, 1.2)) for pair in itertools.combinations(range(n), 2)}
    of = graph(n, weights, once)
    every = list(partitions(n))
    scores = np.array([score(each, of) for each in every])
    exact = np.exp(scores - scores.max())
    exact /= exact.sum()
    count = 12_000
    start = np.arange(n, dtype=np.int64)
    met = Counter(tuple(each.tolist()) for each in draws(of, rng, start=start, count=count, thin=3))
    seen = np.array([met[each] for each in every]) / count
    assert set(met) <= {each for each, share in zip(every, exact, strict=True) if share > 0}
    assert 0.5 * np.abs(seen - exact).sum() < 0.03


def test_the_same_seed_gives_the_same_clusters_and_draws() -> None:
    of = random_graph(np.random.default_rng(5), 60, share=0.2)

    def made() -> list[bytes]:
        rng = np.random.default_rng(9)
        labels = best(of, rng)
        return [
            labels.tobytes(),
            *(each.tobytes() for each in draws(of, rng, start=labels, count=3)),
        ]

    assert made() == made()


def test_no_records_and_no_pairs_make_no_clusters_and_single_ones() -> None:
    rng = np.random.default_rng(1)
    assert best(graph(0, {}), rng).tolist() == []
    assert best(graph(3, {}), rng).tolist() == [0, 1, 2]
