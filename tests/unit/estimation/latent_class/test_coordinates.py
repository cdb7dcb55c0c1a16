"""Coordinates of trajectories: there and back, volume, and what each of them holds."""

import numpy as np
import pytest
from capture_tables import KOSOVO
from scipy.special import expit, logit

from stelae.estimation.latent_class.coordinates import from_listed, to_listed
from stelae.estimation.latent_class.posterior import Model, model_of

CLASSES = 4
MODEL = model_of(KOSOVO, CLASSES, captures=(1, 1), alpha=(0.25, 0.25), size=(0, 1))
SIZE = MODEL.lists * CLASSES + CLASSES - 1


def _to(x: np.ndarray, model: Model = MODEL) -> np.ndarray:
    y = np.empty_like(x)
    to_listed(x, y, model)
    return y


def _from(y: np.ndarray, model: Model = MODEL) -> np.ndarray:
    x = np.empty_like(y)
    from_listed(y, x, model)
    return x


def _points(count: int) -> np.ndarray:
    return np.random.default_rng(11).normal(scale=2.0, size=(count, SIZE))


def test_there_and_back_is_where_one_was() -> None:
    for x in _points(20):
        assert _from(_to(x)) == pytest.approx(x, abs=1e-9)


def test_volume_is_the_same_in_both() -> None:
    step = 1e-6
    for x in _points(5):
        slopes = [(_to(x + move) - _to(x - move)) / (2 * step) for move in np.eye(SIZE) * step]
        assert abs(np.linalg.det(slopes)) == pytest.approx(1.0, rel=1e-6)


def test_sticks_are_those_of_the_shares_among_the_listed() -> None:
    for x in _points(5):
        captures = expit(x[: MODEL.lists * CLASSES]).reshape(MODEL.lists, CLASSES)
        sticks = expit(x[MODEL.lists * CLASSES :])
        shares = np.append(sticks, 1.0) * np.append(1.0, np.cumprod(1 - sticks))
        listed = shares * (1 - np.prod(1 - captures, axis=0))
        left = listed[::-1].cumsum()[::-1]
        expected = logit(listed[:-1] / left[:-1])
        assert _to(x)[MODEL.lists * CLASSES :] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_first_coordinate_of_a_class_shifts_all_its_logits_alike() -> None:
    y = _points(1)[0]
    moved = y.copy()
    moved[2] += 3.0
    shift = (_from(moved) - _from(y))[: MODEL.lists * CLASSES].reshape(MODEL.lists, CLASSES)
    assert shift[:, 2] == pytest.approx(3.0 / np.sqrt(MODEL.lists))
    assert np.delete(shift, 2, axis=1) == pytest.approx(0.0)


def test_sticks_of_any_length_stay_finite() -> None:
    x = np.zeros(SIZE)
    x[-2:] = 1e9, -1e9
    assert _from(_to(x)) == pytest.approx(x, abs=1e-6)
