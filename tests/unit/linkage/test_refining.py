import numpy as np
import pytest

from stelae.linkage.refining import refine
from stelae.linkage.weights import Weights, probability

TRUE = Weights(-1.0, (np.array([3.0, 0.5, -2.0]), np.array([1.5, -1.5])))
LEVELS = np.array([[i, j] for i in (-1, 0, 1, 2) for j in (-1, 0, 1)], dtype=np.int8)


def answered(times: float) -> tuple[np.ndarray, np.ndarray]:
    p = probability(TRUE.of(LEVELS))
    return times * p, times * (1.0 - p)


def test_many_answers_overrule_the_weights_before() -> None:
    before = Weights(0.0, (np.zeros(3), np.zeros(2)))
    found = refine(LEVELS, *answered(1e5), before, price=0.01, shrink=False)
    assert found.of(LEVELS) == pytest.approx(TRUE.of(LEVELS), abs=0.05)


def test_without_answers_the_weights_stay() -> None:
    none = np.zeros(len(LEVELS))
    found = refine(LEVELS, none, none, TRUE, price=1.0, shrink=False)
    assert found.prior == pytest.approx(TRUE.prior)
    for one, other in zip(found.by_level, TRUE.by_level, strict=True):
        assert one == pytest.approx(other)


def test_the_dearer_the_less_weights_move() -> None:
    before = Weights(0.0, (np.zeros(3), np.zeros(2)))
    moved = [
        sum(
            float(np.abs(each).sum())
            for each in refine(LEVELS, *answered(10), before, price=price, shrink=False).by_level
        )
        for price in (0.1, 1.0, 10.0, 100.0)
    ]
    assert moved == sorted(moved, reverse=True)
    assert moved[-1] < 0.5 * moved[0]


def test_weights_that_are_too_sure_are_shrunk_by_one_factor() -> None:
    found = refine(LEVELS, *answered(1e4), TRUE.scaled(3.0), price=1e9, shrink=True)
    for one, other in zip(found.by_level, TRUE.by_level, strict=True):
        assert one == pytest.approx(other, abs=0.05)


def test_rows_count_as_often_as_they_are_answered() -> None:
    yes, no = answered(50)
    once = refine(LEVELS, yes, no, TRUE, price=1.0)
    halves = refine(
        np.concatenate([LEVELS, LEVELS]),
        np.concatenate([yes, yes]) / 2,
        np.concatenate([no, no]) / 2,
        TRUE,
        price=1.0,
    )
    assert once.of(LEVELS) == pytest.approx(halves.of(LEVELS))
