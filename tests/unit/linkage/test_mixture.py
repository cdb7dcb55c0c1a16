import numpy as np
import numpy.typing as npt
import pytest

from stelae.linkage.comparisons.usual import Usual
from stelae.linkage.mixture import three_kinds
from stelae.linkage.weights import Floats, Patterns, Weights, fellegi_sunter

Shares = tuple[tuple[float, ...], ...]
M = ((0.85, 0.1, 0.05), (0.8, 0.15, 0.05), (0.8, 0.1, 0.1), (0.85, 0.15), (0.9, 0.1))
"""Levels of matches: a family name, a given name, a birth, a village, a sex."""
RELATED = ((0.9, 0.05, 0.05), (0.02, 0.03, 0.95), (0.05, 0.15, 0.8), (0.9, 0.1), (0.5, 0.5))
U = ((0.0005, 0.0015, 0.998), (0.002, 0.008, 0.99), (0.001, 0.029, 0.97), (0.01, 0.99), (0.5, 0.5))


def drawn(
    rng: np.random.Generator, shares: Shares, pairs: int, missing: float
) -> npt.NDArray[np.int64]:
    levels = np.stack([rng.choice(len(each), pairs, p=each) for each in shares], axis=1)
    return np.where(rng.random(levels.shape) < missing, -1, levels)


def patterns(levels: npt.NDArray[np.int64]) -> tuple[Patterns, npt.NDArray[np.int64]]:
    """Distinct patterns, and the pattern of each pair."""
    found, inverse, counts = np.unique(levels, axis=0, return_inverse=True, return_counts=True)
    return Patterns(found.astype(np.int8), counts.astype(np.float64)), inverse.ravel()


def simulated(
    matches: int, related: int, others: int, seed: int = 1
) -> tuple[Patterns, Floats, Patterns]:
    """Candidates, which of their pairs match, and random pairs."""
    rng = np.random.default_rng(seed)
    parts = [
        drawn(rng, shares, pairs, 0.1)
        for shares, pairs in ((M, matches), (RELATED, related), (U, others))
    ]
    candidates, inverse = patterns(np.concatenate(parts))
    true = np.repeat([1.0, 0.0], [matches, related + others])
    share = np.bincount(inverse, weights=true) / np.bincount(inverse)
    random, _ = patterns(drawn(rng, U, 100_000, 0.1))
    return candidates, share, random


PAIRS = 5_000_000.0
RECORDS = 3200
THREE, TWO = (0.6, 0.2, 0.2), (0.8, 0.2)
USUAL = [
    Usual(THREE, (0.5, 0.1, 0.4), (0.01, 0.04, 0.95)),
    Usual(THREE, (0.1, 0.1, 0.8), (0.01, 0.04, 0.95)),
    Usual(THREE, (0.1, 0.2, 0.7), (0.01, 0.04, 0.95)),
    Usual(TWO, (0.6, 0.4), (0.1, 0.9)),
    Usual((0.9, 0.1), (0.5, 0.5), (0.5, 0.5)),
]


def learned(candidates: Patterns, random: Patterns) -> Weights:
    return fellegi_sunter(candidates, random, USUAL, PAIRS, RECORDS)


def test_m_is_found_although_relatives_are_many() -> None:
    candidates, share, random = simulated(3000, 20_000, 0)
    independent = learned(candidates, random)
    found = three_kinds(candidates, independent, USUAL, PAIRS)
    for m, true in zip(found.m, M, strict=True):
        assert m == pytest.approx(true, abs=0.06)
        assert m.sum() == pytest.approx(1.0)
    assert found.matches == pytest.approx(3000, rel=0.15)
    assert found.related == pytest.approx(20_000, rel=0.3)
    # Two kinds take relatives for matches.
    two = max(abs(m - true).max() for m, true in zip(independent.m, M, strict=True))
    three = max(abs(m - true).max() for m, true in zip(found.m, M, strict=True))
    assert three < two / 4
    wrong = float(np.abs(found.matching - share) @ candidates.counts)
    assert wrong < 0.15 * 3000


def test_without_relatives_it_is_as_two_kinds() -> None:
    candidates, _, random = simulated(3000, 0, 20_000)
    independent = learned(candidates, random)
    found = three_kinds(candidates, independent, USUAL, PAIRS)
    for m, before in zip(found.m, independent.m, strict=True):
        assert m == pytest.approx(before, abs=0.05)
    assert found.matches == pytest.approx(independent.matches, rel=0.1)


def test_probabilities_are_of_patterns_and_silent_pairs_do_not_match() -> None:
    candidates, _, random = simulated(500, 500, 5000)
    levels = np.vstack([candidates.levels, np.full((1, len(M)), -1, dtype=np.int8)])
    candidates = Patterns(levels, np.append(candidates.counts, 1.0))
    found = three_kinds(candidates, learned(candidates, random), USUAL, PAIRS)
    assert found.matching.shape == candidates.counts.shape
    assert ((found.matching >= 0) & (found.matching <= 1)).all()
    assert found.matching[-1] < 0.5


@pytest.mark.parametrize("pairs", [0.0, 1.0, 10.0])
def test_no_candidates_and_few_give_numbers(pairs: float) -> None:
    none = Patterns(np.zeros((0, 2), dtype=np.int8), np.zeros(0))
    one = Patterns(np.zeros((1, 2), dtype=np.int8), np.ones(1))
    for candidates in (none, one):
        independent = fellegi_sunter(candidates, none, [USUAL[0], USUAL[3]], pairs, 5)
        found = three_kinds(candidates, independent, [USUAL[0], USUAL[3]], pairs)
        for each in (*found.m, *independent.by_level, found.matching):
            assert np.isfinite(each).all()
        assert np.isfinite(independent.prior)


@pytest.mark.parametrize("seed", range(5))
def test_where_every_pair_is_a_candidate_relatives_are_not_taken_for_matches(seed: int) -> None:
    """Of 80 records 3,160 pairs: 40 match, 200 are relatives, the others any two records."""
    candidates, share, random = simulated(40, 200, 2920, seed)
    independent = fellegi_sunter(candidates, random, USUAL, 3160.0, 80)
    found = three_kinds(candidates, independent, USUAL, 3160.0)
    assert found.matches == pytest.approx(40, rel=0.35)
    assert float(np.abs(found.matching - share) @ candidates.counts) < 0.75 * 40
