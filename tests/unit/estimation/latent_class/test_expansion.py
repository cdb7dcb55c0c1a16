import doctest

import numpy as np
import pytest

from stelae.errors import BadValue
from stelae.estimation.latent_class import captures_for, expansion, expansion_of


def test_the_examples_hold() -> None:
    assert doctest.testmod(expansion).failed == 0


def test_quantiles_are_those_of_many_random_captures() -> None:
    caught = np.random.default_rng(5).beta(1.5, 3.0, size=(200_000, 4))
    factor = 1 / (1 - np.prod(1 - caught, axis=1))
    found = expansion_of(4, (1.5, 3.0))
    assert found == pytest.approx(np.quantile(factor, [0.025, 0.5, 0.975]), rel=0.02)


@pytest.mark.parametrize("lists", [3, 4, 6])
def test_the_beta_found_gives_the_factors_asked_for(lists: int) -> None:
    low, _, high = expansion_of(lists, captures_for(lists, 1.05, 4.0))
    assert low - 1 == pytest.approx(0.05, rel=0.02)
    assert high - 1 == pytest.approx(3.0, rel=0.02)


@pytest.mark.parametrize(("low", "high"), [(1.0, 5.0), (0.5, 2.0), (3.0, 2.0)])
def test_factors_that_do_not_ascend_from_above_one_are_refused(low: float, high: float) -> None:
    with pytest.raises(BadValue, match="ascend"):
        captures_for(4, low, high)


def test_factors_that_no_beta_gives_are_refused() -> None:
    with pytest.raises(BadValue, match="no Beta"):
        captures_for(3, 1.01, 1.010001)
