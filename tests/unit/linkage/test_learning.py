import numpy as np
import pytest

from stelae.linkage.learning import ENOUGH, Answers, importance, learn
from stelae.linkage.weights import Weights, probability

BEFORE = Weights(-3.0, (np.array([3.0, 1.0, -2.0]), np.array([2.0, 0.0, -1.0])))
TRUE = Weights(-2.0, (np.array([3.0, 1.5, -2.0]), np.array([0.2, 0.0, -0.1])))


def answers(n: int, seed: int = 1, truth: Weights = TRUE) -> Answers:
    rng = np.random.default_rng(seed)
    levels = rng.integers(-1, 3, (n, 2)).astype(np.int8)
    same = rng.random(n) < probability(truth.of(levels))
    return Answers(levels, same, np.full(n, 0.1))


ALL = np.array([[i, j] for i in range(-1, 3) for j in range(-1, 3)], dtype=np.int8)


def off(weights: Weights) -> float:
    return float(np.abs(probability(weights.of(ALL)) - probability(TRUE.of(ALL))).mean())


def test_answers_bring_weights_nearer_to_the_truth() -> None:
    few, many = (learn(answers(n), BEFORE).weights for n in (150, 5000))
    assert off(many) < off(few) < off(BEFORE)
    assert off(many) < 0.03


def test_few_answers_move_nothing() -> None:
    assert learn(answers(ENOUGH - 1), BEFORE).weights is BEFORE


def test_answers_that_agree_with_the_weights_move_them_little() -> None:
    learned = learn(answers(400, truth=BEFORE), BEFORE).weights
    before, after = probability(BEFORE.of(ALL)), probability(learned.of(ALL))
    assert np.abs(after - before).mean() < 0.06


def test_more_answers_leave_less_doubt() -> None:
    doubts = [np.trace(learn(answers(n), BEFORE).covariance) for n in (100, 400, 1600)]
    assert doubts == sorted(doubts, reverse=True)


def test_drawn_weights_lie_around_the_learned_ones() -> None:
    learned = learn(answers(400), BEFORE)
    rng = np.random.default_rng(2)
    drawn = [learned.drawn(rng).prior for _ in range(300)]
    assert np.mean(drawn) == pytest.approx(learned.weights.prior, abs=0.2)
    assert np.std(drawn) == pytest.approx(np.sqrt(learned.covariance[0, 0]), rel=0.2)


def test_answers_count_against_others_of_like_log_odds() -> None:
    counts = importance(np.array([0.5, 0.6, 5.0, 5.1]), np.array([0.1, 0.2, 0.001, 0.002]))
    assert counts == pytest.approx([4 / 3, 2 / 3, 4 / 3, 2 / 3])


def test_answers_not_drawn_by_chance_count_one() -> None:
    assert importance(np.zeros(3), np.array([np.nan, 0.1, 0.1])) == pytest.approx([1, 1, 1])


def test_unequal_chances_do_not_bias() -> None:
    # Among pairs of the same levels, matches are drawn four times as often.
    drawn = answers(40_000)
    chance = np.where(drawn.same, 0.4, 0.1)
    kept = np.random.default_rng(3).random(len(drawn)) < chance
    sample = Answers(drawn.levels[kept], drawn.same[kept], chance[kept])
    assert off(learn(sample, BEFORE).weights) < 0.03
