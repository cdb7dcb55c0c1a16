from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stelae.linkage.comparisons.usual import Usual
from stelae.linkage.weights import Patterns, Weights, fellegi_sunter, inflation, probability

M = (np.array([0.8, 0.15, 0.05]), np.array([0.9, 0.1]), np.array([0.7, 0.2, 0.05, 0.05]))
U = (np.array([0.01, 0.09, 0.9]), np.array([0.2, 0.8]), np.array([0.02, 0.03, 0.15, 0.8]))
USUAL = [
    Usual((0.7, 0.2, 0.1), (0.4, 0.2, 0.4), (0.02, 0.08, 0.9)),
    Usual((0.9, 0.1), (0.6, 0.4), (0.3, 0.7)),
    Usual((0.7, 0.2, 0.05, 0.05), (0.2, 0.2, 0.2, 0.4), (0.01, 0.04, 0.15, 0.8)),
]


def counted(rows: list[np.ndarray[tuple[int, int], np.dtype[np.int8]]]) -> Patterns:
    levels, counts = np.unique(np.concatenate(rows), axis=0, return_counts=True)
    return Patterns(levels, counts.astype(np.float64))


def drawn(
    rng: np.random.Generator, shares: tuple[np.ndarray, ...], n: int, missing: float = 0.1
) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    columns = [rng.choice(len(share), size=n, p=share) for share in shares]
    levels = np.stack(columns, axis=1).astype(np.int8)
    levels[rng.random(levels.shape) < missing] = -1
    return levels


def test_em_recovers_the_shares_and_the_number_of_matches() -> None:
    rng = np.random.default_rng(1)
    matches, others = drawn(rng, M, 4_000), drawn(rng, U, 96_000)
    random = counted([drawn(rng, U, 200_000)])
    weights = fellegi_sunter(counted([matches, others]), random, USUAL, 100_000, 10_000)
    assert weights.matches == pytest.approx(4_000, rel=0.05)
    for learned, true in zip((*weights.m, *weights.u), (*M, *U), strict=True):
        assert learned == pytest.approx(true, abs=0.03)
    for by_level, m, u in zip(weights.by_level, M, U, strict=True):
        assert by_level == pytest.approx(np.log(m / u), abs=0.35)
    assert weights.prior == pytest.approx(np.log(0.04 / 0.96), abs=0.1)


def test_matches_among_few_records_do_not_count_as_chance() -> None:
    """Of 25 records a twentieth of all pairs may match, and random pairs are these pairs."""
    rng = np.random.default_rng(4)
    every = counted([drawn(rng, M, 15, 0.0), drawn(rng, U, 285, 0.0)])
    again = replace(every, counts=1000 * every.counts)
    few = fellegi_sunter(every, again, USUAL, 300, 25)
    many = fellegi_sunter(every, again, USUAL, 300, 100_000)
    assert few.u[0][0] == pytest.approx(0.015, abs=0.012)
    assert many.u[0][0] > 0.04
    assert few.matches == pytest.approx(15, abs=6)


def test_no_random_pair_at_a_level_leaves_it_rarer_the_more_pairs_there_are() -> None:
    rng = np.random.default_rng(5)
    never = (np.array([0.0, 0.1, 0.9]), *U[1:])
    found = []
    for pairs in (1_000, 100_000):
        random = counted([drawn(rng, never, pairs)])
        found.append(fellegi_sunter(random, random, USUAL, 1e6, 2_000).u[0][0])
    assert 0 < found[1] < found[0] < 1e-3


def test_what_is_missing_weighs_nothing() -> None:
    weights = Weights(-2.0, (np.array([3.0, -1.0]), np.array([1.0, 0.0, -4.0])))
    levels = np.array([[-1, -1], [0, -1], [1, 2]], dtype=np.int8)
    assert weights.of(levels).tolist() == [-2.0, 1.0, -7.0]
    assert weights.scaled(0.5).of(levels).tolist() == [-2.0, -0.5, -4.5]


def test_no_candidates_teach_no_matches() -> None:
    empty = Patterns(np.zeros((0, 1), dtype=np.int8), np.zeros(0))
    weights = fellegi_sunter(empty, empty, USUAL[:1], 10.0, 5)
    assert weights.matches == 0.0
    assert np.isfinite(weights.prior)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_probabilities_lie_between_none_and_all_and_rise(odds: list[float]) -> None:
    found = probability(np.sort(np.array(odds)))
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found) >= 0).all()


def test_evidence_said_twice_varies_more_and_independent_evidence_does_not() -> None:
    rng = np.random.default_rng(2)
    one, other = drawn(rng, U[:2], 20_000, 0.0), drawn(rng, M[:2], 2_000, 0.0)
    weights = Weights(-3.0, tuple(np.log(m / u) for m, u in zip(M[:2], U[:2], strict=True)))
    alone = inflation(weights, counted([one, other]), counted([one]))
    twice = Weights(-3.0, (weights.by_level[0], weights.by_level[0]))
    same = [np.repeat(each[:, :1], 2, axis=1) for each in (one, other)]
    assert alone == pytest.approx(1.0, abs=0.25)
    assert inflation(twice, counted(same), counted(same[:1])) == pytest.approx(2.0, rel=0.05)
