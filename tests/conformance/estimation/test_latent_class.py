"""Published answers of the latent class model: Kosovo, Korea, and the Netherlands.

The figures for Kosovo and Korea are of long runs of the plain Gibbs sampler with K = 10
(Manrique-Vallier 2016; Ball, Shin & Yang 2018). The table of the Netherlands is read from
../shared and has two modes, near 48,500 and near 140,900; single chains settle in one.
"""

from pathlib import Path

import numpy as np
import pytest
from arviz_stats.base.array import array_stats
from capture_tables import KOREA, KOSOVO, read_counts

from stelae.estimation.estimate import Status
from stelae.estimation.latent_class import LatentClass

NETHERLANDS = Path(__file__).parents[4] / "shared/data/estimation/netherlands_2010_15_5lists.csv"


@pytest.mark.slow
@pytest.mark.parametrize("kernel", ["auto", "mixed"])
def test_kosovo_has_the_published_quantiles(kernel: str) -> None:
    method = LatentClass(classes=10, draws=6000, kernel=kernel)
    found = method.fit(KOSOVO, rng=np.random.default_rng(1999))
    assert found.status is Status.OK
    assert found.draws is not None
    draws = found.draws.astype(float)
    published = {0.025: 9020, 0.25: 9892, 0.5: 10442, 0.75: 11193, 0.975: 13906}
    for share, figure in published.items():
        error = array_stats.mcse(draws, chain_axis=0, draw_axis=1, method="quantile", prob=share)
        # The published run had about as many effective draws as this one.
        assert np.quantile(draws, share) == pytest.approx(figure, abs=4 * np.sqrt(2) * float(error))


def test_korea_has_the_published_answer() -> None:
    found = LatentClass(classes=10, draws=40_000).fit(KOREA, rng=np.random.default_rng(1940))
    assert found.point == pytest.approx(137, abs=1)
    assert found.interval == pytest.approx((124, 205), abs=5)


@pytest.mark.slow
@pytest.mark.skipif(not NETHERLANDS.exists(), reason="needs ../shared/data/estimation")
def test_the_netherlands_never_come_back_as_an_interval_round_one_mode() -> None:
    table = read_counts(NETHERLANDS)
    found = LatentClass(classes=10).fit(table, rng=np.random.default_rng(2017))
    if found.status is Status.OK:
        assert found.interval is not None
        low, high = found.interval
        assert low < 48_500
        assert high > 140_900
    else:
        assert found.status is Status.NOT_CONVERGED
        assert found.interval is None
        assert found.reason
