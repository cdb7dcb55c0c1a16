import numpy as np
import pytest
from capture_tables import SPINA_BIFIDA
from graph_reference import posterior as reference
from graph_reference import quantile

from stelae.estimation.decomposable.components import Components
from stelae.estimation.decomposable.graphs import all_graphs
from stelae.estimation.decomposable.grid import lay_grid
from stelae.estimation.decomposable.posterior import Posterior
from stelae.estimation.priors import INVERSE

MOST = 20_000
N = SPINA_BIFIDA.observed + np.arange(MOST + 1.0)
PROBABILITY, _ = reference(dict(SPINA_BIFIDA), 3, 1.0, -np.log(N), np.arange(MOST + 1.0))


@pytest.fixture(scope="module")
def posterior() -> Posterior:
    grid = lay_grid(all_graphs(3), Components.of(SPINA_BIFIDA, 1.0, INVERSE), most=MOST)
    return Posterior(SPINA_BIFIDA.observed, grid, grid.log_weights)


def test_quantiles_are_those_of_a_sum_over_every_number(posterior: Posterior) -> None:
    levels = np.linspace(0.001, 0.999, 197)
    expected = [SPINA_BIFIDA.observed + quantile(PROBABILITY, level) for level in levels]
    assert posterior.quantiles(levels).tolist() == expected


def test_moments_are_those_of_a_sum_over_every_number(posterior: Posterior) -> None:
    assert posterior.mean == pytest.approx(PROBABILITY @ N, rel=1e-8)
    assert posterior.mode == N[PROBABILITY.argmax()]
    assert posterior.relative == pytest.approx(
        (PROBABILITY @ (1 / N)) / (PROBABILITY @ (1 / N**2)), rel=1e-9
    )


def test_a_heavy_tail_has_no_mean() -> None:
    grid = lay_grid(all_graphs(3), Components.of(SPINA_BIFIDA, 0.125, INVERSE))
    assert Posterior(SPINA_BIFIDA.observed, grid, grid.log_weights).mean is None


def test_draws_follow_the_posterior(posterior: Posterior) -> None:
    draws = posterior.draws(np.random.default_rng(5), 20_000)
    for level in (0.025, 0.5, 0.975):
        at_most = (draws <= posterior.quantiles(np.array([level]))[0]).mean()
        assert at_most == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / 20_000) + 0.02)
    assert draws.min() >= SPINA_BIFIDA.observed


def test_the_curve_is_the_probability_of_each_number(posterior: Posterior) -> None:
    curve = posterior.curve()
    index = (np.array(curve.n) - SPINA_BIFIDA.observed).astype(int)
    np.testing.assert_allclose(np.exp(curve.log_weight), PROBABILITY[index], rtol=1e-6)
    assert list(curve.n) == sorted(set(curve.n))
    assert posterior.mode in curve.n
