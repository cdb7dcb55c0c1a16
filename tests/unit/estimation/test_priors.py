import numpy as np
import pytest
from scipy.stats import nbinom

from stelae.errors import BadValue
from stelae.estimation.priors import NegativeBinomial, PopulationPrior, Reciprocal, Uniform

N = np.array([3.0, 700.0, 12_345.5])


@pytest.mark.parametrize("prior", [Reciprocal(), Uniform(), NegativeBinomial(13.14, 55.17)])
def test_the_slope_is_the_derivative(prior: PopulationPrior) -> None:
    step = 1e-4
    found = (prior.log_weight(N + step) - prior.log_weight(N - step)) / (2 * step)
    np.testing.assert_allclose(prior.slope(N), found, rtol=1e-5, atol=1e-6)


def test_the_negative_binomial_has_shape_times_scale_as_its_mean() -> None:
    prior, n = NegativeBinomial(13.14, 55.17), np.arange(5_000.0)
    expected = nbinom(13.14, 1 / 56.17).logpmf(n)
    difference = prior.log_weight(n) - expected
    np.testing.assert_allclose(difference, difference[0], rtol=0, atol=1e-8)
    weight = np.exp(prior.log_weight(n) - prior.log_weight(n).max())
    assert weight @ n / weight.sum() == pytest.approx(13.14 * 55.17, rel=1e-9)


def test_one_over_n_gives_every_doubling_the_same() -> None:
    assert np.diff(Reciprocal().log_weight(np.array([2.0, 4.0, 8.0, 16.0]))) == pytest.approx(
        -np.log(2)
    )


@pytest.mark.parametrize("prior", [Reciprocal, Uniform])
def test_a_bound_is_told_and_lies_above_nothing(
    prior: type[Reciprocal] | type[Uniform],
) -> None:
    assert prior(most=9).to_json()["most"] == 9
    with pytest.raises(BadValue, match="at least one person"):
        prior(most=0)


@pytest.mark.parametrize(("shape", "scale"), [(0.0, 1.0), (1.0, -2.0), (float("inf"), 1.0)])
def test_shape_and_scale_are_above_zero(shape: float, scale: float) -> None:
    with pytest.raises(BadValue, match="above zero"):
        NegativeBinomial(shape, scale)
