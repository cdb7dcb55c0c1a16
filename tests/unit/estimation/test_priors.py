import numpy as np
import pytest
from scipy.special import gammaln
from scipy.stats import nbinom

from stelae.errors import BadValue
from stelae.estimation.priors import SizePrior

N = np.arange(1, 400)


def _log_weights(prior: SizePrior) -> np.ndarray:
    weights = gammaln(N + prior.s) - gammaln(N + 1) + N * np.log(prior.q)
    return np.asarray(weights - weights[0])


def test_inverse_is_one_over_n() -> None:
    assert _log_weights(SizePrior.inverse()) == pytest.approx(-np.log(N))


def test_flat_is_flat() -> None:
    assert _log_weights(SizePrior.flat()) == pytest.approx(np.zeros(len(N)), abs=1e-9)


def test_negative_binomial_has_its_shape_and_scale() -> None:
    expected = nbinom.logpmf(N, 13.14, 1 / (1 + 55.17))
    found = _log_weights(SizePrior.negative_binomial(13.14, 55.17))
    assert found == pytest.approx(expected - expected[0])


def test_a_cap_counts_in_multiples_of_the_listed() -> None:
    assert SizePrior.inverse(cap=20).most_unlisted(100) == 2000
    assert SizePrior.inverse().most_unlisted(100) is None


@pytest.mark.parametrize(
    ("s", "q", "cap"), [(-1.0, 1.0, None), (0.0, 1.5, None), (0.0, 0.0, None), (0.0, 1.0, 0.0)]
)
def test_priors_that_cannot_be_are_refused(s: float, q: float, cap: float | None) -> None:
    with pytest.raises(BadValue):
        SizePrior("x", s, q, cap)


def test_a_negative_binomial_without_shape_is_refused() -> None:
    with pytest.raises(BadValue, match="shape and scale"):
        SizePrior.negative_binomial(0, 3)
