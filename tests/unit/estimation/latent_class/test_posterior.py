"""The marginal posterior: its gradient, its two ways of computing, and its limits."""

import numpy as np
import pytest
from capture_tables import KOREA, KOSOVO
from scipy.special import betaln, expit, gammaln

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class.coordinates import to_listed
from stelae.estimation.latent_class.density import log_density
from stelae.estimation.latent_class.posterior import Model, model_of, work_of

CLASSES = 4


def _model(
    histories: CaptureHistories, *, size: tuple[float, float] = (0.0, 1.0), dense: bool = True
) -> Model:
    model = model_of(histories, CLASSES, captures=(1.5, 2.0), alpha=(0.5, 0.75), size=size)
    return model._replace(dense=dense)


def _points(model: Model, count: int) -> np.ndarray:
    size = model.lists * model.classes + model.classes - 1
    return np.random.default_rng(7).normal(scale=1.5, size=(count, size))


def _at(x: np.ndarray, model: Model) -> tuple[float, np.ndarray]:
    gradient = np.empty_like(x)
    return log_density(x, gradient, model, work_of(model)), gradient


@pytest.mark.parametrize("dense", [True, False])
@pytest.mark.parametrize("size", [(0.0, 1.0), (1.0, 1.0), (13.14, 0.98)])
@pytest.mark.parametrize("histories", [KOSOVO, KOREA])
def test_the_gradient_is_that_of_finite_differences(
    histories: CaptureHistories, size: tuple[float, float], dense: bool
) -> None:
    model = _model(histories, size=size, dense=dense)
    for x in _points(model, 3):
        _, gradient = _at(x, model)
        step = 1e-5
        differences = [
            (_at(x + move, model)[0] - _at(x - move, model)[0]) / (2 * step)
            for move in np.eye(len(x)) * step
        ]
        assert gradient == pytest.approx(differences, rel=1e-5, abs=1e-4)


def test_subset_products_and_seen_histories_give_the_same_density() -> None:
    dense, sparse = _model(KOSOVO), _model(KOSOVO, dense=False)
    for x in _points(dense, 20):
        one, other = _at(x, dense), _at(x, sparse)
        assert one[0] == pytest.approx(other[0], rel=1e-12)
        assert one[1] == pytest.approx(other[1], rel=1e-9, abs=1e-9)


def _listed(x: np.ndarray, model: Model) -> np.ndarray:
    y = np.empty_like(x)
    to_listed(x, y, model)
    return y


def _plain(x: np.ndarray, model: Model) -> float:
    """The same density written out with N and alpha summed and integrated by formula."""
    lists, classes = model.lists, model.classes
    captures = expit(x[: lists * classes]).reshape(lists, classes)
    sticks = expit(x[lists * classes :])
    shares = np.append(sticks, 1.0) * np.append(1.0, np.cumprod(1 - sticks))
    density = 0.0
    for mask, count in zip(model.masks, model.counts, strict=True):
        on = np.array([mask >> j & 1 for j in range(lists)])[:, None]
        chance = (shares * np.prod(np.where(on, captures, 1 - captures), axis=0)).sum()
        density += count * np.log(chance)
    unseen = (shares * np.prod(1 - captures, axis=0)).sum()
    size = model.people + model.size_s
    density -= size * np.log(1 - model.size_q * unseen)
    density += (model.list_a * np.log(captures) + model.list_b * np.log(1 - captures)).sum()
    last = np.log(1 - sticks).sum()
    density -= (model.alpha_a + classes - 1) * np.log(model.alpha_b - last)
    return float(density + np.log(sticks).sum())


@pytest.mark.parametrize("size", [(0.0, 1.0), (1.0, 0.9)])
def test_the_density_is_the_written_out_one_of_captures_and_sticks(
    size: tuple[float, float],
) -> None:
    model = _model(KOSOVO, size=size)
    for x in _points(model, 20):
        assert _at(_listed(x, model), model)[0] == pytest.approx(_plain(x, model), rel=1e-10)


def test_a_density_that_is_not_wanted_leaves_the_gradient_the_same() -> None:
    model = _model(KOSOVO)
    for y in _points(model, 5):
        gradient = np.empty_like(y)
        log_density(y, gradient, model, work_of(model), False)
        assert gradient == pytest.approx(_at(y, model)[1], rel=1e-14)


def test_summing_over_n_gives_the_factor_of_the_prior() -> None:
    n, unseen = 12, 0.4
    for s, q in ((0.0, 1.0), (1.0, 1.0), (3.0, 0.8)):
        unlisted = np.arange(4000)
        terms = gammaln(n + unlisted + s) - gammaln(unlisted + 1) + unlisted * np.log(q * unseen)
        summed = np.logaddexp.reduce(terms)
        assert summed == pytest.approx(gammaln(n + s) - (n + s) * np.log(1 - q * unseen))


def test_integrating_over_alpha_gives_the_factor_of_the_sticks() -> None:
    a, b, last, classes = 0.25, 0.25, -3.0, 10
    alpha = np.geomspace(1e-12, 400, 400_000)
    values = alpha ** (a - 1 + classes - 1) * np.exp(-alpha * (b - last))
    integral = np.trapezoid(values, alpha)
    expected = gammaln(a + classes - 1) - (a + classes - 1) * np.log(b - last)
    assert np.log(integral) == pytest.approx(expected, abs=1e-6)
    assert betaln(1, 2.0) == pytest.approx(-np.log(2.0))


def test_a_stick_of_any_length_keeps_a_finite_density() -> None:
    model = _model(KOSOVO)
    x = np.zeros(model.lists * model.classes + model.classes - 1)
    x[-1] = 1e6
    assert np.isfinite(_at(x, model)[0])


def test_a_capture_too_steep_has_no_density() -> None:
    model = _model(KOSOVO)
    x = np.zeros(model.lists * model.classes + model.classes - 1)
    x[0] = 90.0  # all four logits of a class at 45
    assert _at(x, model)[0] == -np.inf
