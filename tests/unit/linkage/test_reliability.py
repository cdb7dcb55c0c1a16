import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.linkage.reliability import reliability, wilson


def answered(n: int, power: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities, and answers that match with that probability to some power."""
    rng = np.random.default_rng(1)
    p = rng.random(n)
    return p, rng.random(n) < p**power


def test_right_probabilities_fit() -> None:
    judged = reliability(*answered(2000))
    assert abs(judged.z) < 2.5
    assert "fit the answers" in judged.in_words()


def test_probabilities_that_say_too_much_are_told() -> None:
    judged = reliability(*answered(2000, 3.0))
    assert judged.z > 4
    assert "do not fit" in judged.in_words()
    assert "less often" in judged.in_words()


@settings(deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 300))
def test_the_brier_score_is_the_sum_of_its_parts(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    p, same, counts = rng.random(n), rng.random(n) < 0.4, rng.uniform(0.1, 5, n)
    judged = reliability(p, same, counts)
    parts = judged.uncertainty - judged.resolution + judged.reliability + judged.within
    assert judged.brier == pytest.approx(parts)
    assert sum(one.answers for one in judged.bins) == n


def test_the_scores_of_sure_and_right_probabilities_are_nought() -> None:
    same = np.array([True, False] * 20)
    judged = reliability(same.astype(float), same)
    assert judged.brier == 0.0
    assert judged.z == pytest.approx(0.0, abs=0.1)
    assert judged.log_score == pytest.approx(0.0, abs=1e-6)


def test_answers_count_as_they_were_drawn() -> None:
    p = np.full(100, 0.5)
    same = np.arange(100) < 20
    counts = np.where(same, 4.0, 1.0)
    assert reliability(p, same, counts).bins[0].seen == pytest.approx(0.5)


def test_few_answers_judge_nothing() -> None:
    assert "Too few answers (5)" in reliability(*answered(5)).in_words()
    with pytest.raises(ValueError, match="no answers"):
        reliability(*answered(0))


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(1, 1000))
def test_wilsons_interval_holds_the_share(share: float, answers: float) -> None:
    low, high = wilson(share, answers)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe 1998, Statistics in Medicine 17: 81 of 263, and 0 of 20.
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0.0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
