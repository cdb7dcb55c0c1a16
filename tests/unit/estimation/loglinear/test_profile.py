import math

import numpy as np
import pytest
from capture_tables import ARTIFICIAL, KOSOVO, SPINA_BIFIDA
from scipy.special import gammaln

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import Model, fit_model, independence
from stelae.estimation.loglinear.profile import Likelihood, Roots, mixed_ends, profile, wald


def slow(histories: CaptureHistories, model: Model, unlisted: float, kind: Likelihood) -> float:
    """The profile at one n_0, by plain iterated least squares over the completed table."""
    counts = histories.cells.astype(np.float64)
    counts[0] = unlisted
    terms = np.array(model.terms)
    design = (np.arange(len(counts))[:, None] & terms == terms).astype(float)
    means = counts + 0.5
    for _ in range(100):
        working = np.log(means) + (counts - means) / means
        left = design.T @ (means[:, None] * design)
        means = np.exp(design @ np.linalg.solve(left, design.T @ (means * working)))
    n = counts.sum()
    seen = counts > 0
    if kind is Likelihood.POISSON:
        return float(-(counts[seen] * np.log(counts[seen] / means[seen])).sum())
    inner = float((counts[seen] * np.log(means[seen] / n)).sum())
    return float(gammaln(n + 1) - gammaln(unlisted + 1)) + inner


@pytest.mark.parametrize("kind", list(Likelihood))
@pytest.mark.parametrize("histories", [KOSOVO, SPINA_BIFIDA, ARTIFICIAL], ids=["4", "3", "sparse"])
def test_at_both_ends_the_likelihood_has_fallen_by_half_a_quantile(
    histories: CaptureHistories, kind: Likelihood
) -> None:
    counts = histories.cells.astype(np.float64)
    model = independence(len(histories.lists))
    roots, values = profile(counts, fit_model(counts, model), kind, 0.9)
    ends = roots.ends(0.9)
    assert ends is not None
    low, high = ends
    top = math.exp(roots.log_unlisted[np.argmax(values)])
    height = slow(histories, model, top, kind)
    for end in (low, high):
        assert height - slow(histories, model, end, kind) == pytest.approx(2.7055 / 2, abs=1e-4)
    assert low < top < high


def test_the_poisson_profile_is_highest_at_the_estimate() -> None:
    counts = KOSOVO.cells.astype(np.float64)
    fitted = fit_model(counts, independence(4))
    roots, values = profile(counts, fitted, Likelihood.POISSON, 0.95)
    assert roots.log_unlisted[np.argmax(values)] == pytest.approx(fitted.beta[0])
    assert np.all(np.diff(roots.z) >= 0)


def test_the_interval_may_begin_with_nobody_unlisted() -> None:
    histories = CaptureHistories.of("ABC", {1: 1, 2: 1, 3: 9, 4: 1, 5: 9, 6: 9, 7: 90})
    counts = histories.cells.astype(np.float64)
    fitted = fit_model(counts, independence(3))
    roots, _ = profile(counts, fitted, Likelihood.MULTINOMIAL, 0.95)
    ends = roots.ends(0.95)
    assert ends is not None
    assert ends[0] == 0
    assert roots.at(np.array([-4.0]))[0] == 0


def test_without_an_upper_end_there_is_no_interval() -> None:
    roots = Roots(np.array([0.0, 1.0, 2.0]), np.array([-3.0, 0.0, 1.0]))
    assert roots.ends(0.95) is None
    assert roots.ends(0.5) is not None
    assert mixed_ends([roots], np.array([1.0]), 0.95) is None


def test_the_normal_interval_is_symmetric_in_the_logarithm() -> None:
    fitted = fit_model(KOSOVO.cells.astype(np.float64), independence(4))
    ends = wald(fitted).ends(0.95)
    assert ends is not None
    assert math.sqrt(ends[0] * ends[1]) == pytest.approx(fitted.unlisted)
    assert math.log(ends[1] / ends[0]) == pytest.approx(2 * 1.959964 * fitted.error, rel=1e-6)


def test_a_mixture_of_one_is_that_one_and_of_two_lies_around_both() -> None:
    near = Roots(np.array([-8.0, 8.0]), np.array([-8.0, 8.0]))
    far = Roots(np.array([-4.0, 12.0]), np.array([-8.0, 8.0]))
    assert mixed_ends([near], np.array([1.0]), 0.95) == pytest.approx(near.ends(0.95))
    both = mixed_ends([near, far], np.array([0.5, 0.5]), 0.95)
    one, other = near.ends(0.95), far.ends(0.95)
    assert both is not None
    assert one is not None
    assert other is not None
    assert one[0] < both[0] < other[0]
    assert one[1] < both[1] < other[1]
