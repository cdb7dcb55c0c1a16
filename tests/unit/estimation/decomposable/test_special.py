import numpy as np
import pytest
from scipy.special import gammaln, psi

from stelae.estimation.decomposable.special import log_gamma_ratio, psi_difference


@pytest.mark.parametrize("x", [0.0, 1.0, 9.5, 11.9, 12.0, 300.0, 1e5])
@pytest.mark.parametrize(("a", "b"), [(0.03, 1.0), (0.5, 40.25), (17.0, 16.0), (4400.5, 0.125)])
def test_the_ratio_is_what_two_log_gammas_say_where_they_can(x: float, a: float, b: float) -> None:
    assert log_gamma_ratio(x, a, b) == pytest.approx(gammaln(x + a) - gammaln(x + b), rel=1e-9)
    assert psi_difference(x, a, b) == pytest.approx(psi(x + a) - psi(x + b), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("x", [50.0, 1e8, 1e12, 2.0**53])
def test_the_ratio_stays_exact_where_log_gammas_are_huge(x: float) -> None:
    steps = np.arange(1.0, 9.0)
    # Gamma(x + 9) / Gamma(x + 1) is the product of x + 1 … x + 8.
    assert log_gamma_ratio(x, 9.0, 1.0) == pytest.approx(np.log(x + steps).sum(), rel=1e-14)
    assert psi_difference(x, 9.0, 1.0) == pytest.approx((1 / (x + steps)).sum(), rel=1e-12)
