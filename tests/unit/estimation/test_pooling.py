from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t

from stelae.estimation.estimate import Estimate, Status, interval_of
from stelae.estimation.histories import Replicate
from stelae.estimation.pooling import pool, sum_strata, summed_draws


def posterior(
    draws: object, replicate: Replicate | None = None, stratum: str = "", observed: int = 100
) -> Estimate:
    values = np.atleast_2d(np.asarray(draws, dtype=np.int64))
    return Estimate(
        "doubling",
        {},
        ("A", "B", "C"),
        observed,
        Status.OK,
        point=float(np.median(values)),
        interval=interval_of(values, 0.95),
        draws=values,
        replicate=replicate or Replicate(),
        stratum={"region": stratum} if stratum else {},
        seed=1,
    )


def point(n_0: float, sigma: float, replicate: Replicate, observed: int = 100) -> Estimate:
    z = 1.959963984540054
    return Estimate(
        "chapman",
        {},
        ("A", "B"),
        observed,
        Status.OK,
        point=observed + n_0,
        interval=(observed + n_0 * np.exp(-z * sigma), observed + n_0 * np.exp(z * sigma)),
        replicate=replicate,
    )


def test_one_replicate_is_its_own_pool() -> None:
    one = posterior([150, 160, 170])
    pooled, variance = pool([one], is_point=False)
    assert pooled is one
    assert variance is not None
    assert (variance.scale, variance.between_linkages) == ("N", 0)


def test_draws_of_replicates_are_pooled_and_the_variance_adds_up() -> None:
    draws = [np.arange(100) + 200 + shift for shift in (0, 50, 400, 450)]
    places = [Replicate(0, 0), Replicate(0, 1), Replicate(1, 0), Replicate(1, 1)]
    pooled, variance = pool(
        [posterior(d, r) for d, r in zip(draws, places, strict=True)], is_point=False
    )
    assert pooled.draws is not None
    assert variance is not None
    assert sorted(pooled.draws.ravel()) == sorted(np.concatenate(draws))
    assert pooled.interval == interval_of(np.concatenate(draws), 0.95)
    assert variance.total == pytest.approx(np.var(np.concatenate(draws)))
    assert variance.between_imputations == pytest.approx(200.0**2)
    assert variance.between_linkages == pytest.approx(25.0**2)


def test_each_replicate_has_an_equal_share_of_the_pooled_draws() -> None:
    pooled, _ = pool(
        [posterior([200] * 10, Replicate(0)), posterior([300] * 90, Replicate(1))], is_point=False
    )
    assert pooled.draws is not None
    assert np.mean(pooled.draws) == 250


def test_points_follow_rubins_rules_on_the_logarithm_of_the_unlisted() -> None:
    n_0, sigma = [80.0, 100.0, 130.0], 0.2
    pooled, variance = pool(
        [point(value, sigma, Replicate(None, at)) for at, value in enumerate(n_0)], is_point=True
    )
    logs = np.log(n_0)
    between = np.var(logs, ddof=1)
    total = sigma**2 + (1 + 1 / 3) * between
    freedom = 2 * (1 + sigma**2 / ((1 + 1 / 3) * between)) ** 2
    half = t.ppf(0.975, freedom) * np.sqrt(total)
    assert variance is not None
    assert variance.within == pytest.approx(sigma**2)
    assert variance.between_linkages == pytest.approx(between)
    assert variance.total == pytest.approx(total)
    assert pooled.point == pytest.approx(100 + np.exp(logs.mean()))
    assert pooled.interval == pytest.approx(
        (100 + np.exp(logs.mean() - half), 100 + np.exp(logs.mean() + half))
    )


def test_linkages_within_imputations_are_nested() -> None:
    logs = np.array([[4.0, 4.2], [4.5, 4.9]])
    estimates = [
        point(float(np.exp(logs[i, j])), 0.3, Replicate(i, j)) for i in (0, 1) for j in (0, 1)
    ]
    _, variance = pool(estimates, is_point=True)
    assert variance is not None
    linkages = np.var(logs, axis=1, ddof=1).mean()
    imputations = np.var(logs.mean(axis=1), ddof=1)
    assert variance.between_linkages == pytest.approx(linkages)
    assert variance.between_imputations == pytest.approx(imputations)
    assert variance.total == pytest.approx(0.09 + linkages / 2 + 1.5 * imputations)


def test_points_that_agree_pool_to_the_interval_of_each() -> None:
    one = point(100, 0.2, Replicate(None, 0))
    pooled, _ = pool([one, point(100, 0.2, Replicate(None, 1))], is_point=True)
    assert pooled.point == pytest.approx(one.point)
    assert pooled.interval == pytest.approx(one.interval)


def test_a_replicate_without_an_answer_leaves_the_stratum_without_one() -> None:
    stuck = posterior([150, 160], Replicate(1)).refused(Status.NOT_CONVERGED, "two modes")
    pooled, variance = pool([posterior([150, 160], Replicate(0)), stuck], is_point=False)
    assert pooled.status is Status.NOT_CONVERGED
    assert pooled.reason == "1 of 2 replicates have no answer: two modes"
    assert (pooled.point, pooled.interval, variance) == (None, None, None)


def test_linkages_with_different_numbers_observed_give_the_smallest() -> None:
    pooled, _ = pool(
        [
            posterior([150, 160], Replicate(None, 0), observed=100),
            posterior([150, 160], Replicate(None, 1), observed=97),
        ],
        is_point=False,
    )
    assert pooled.observed == 97


def test_strata_are_summed_by_draws_not_by_the_ends_of_intervals() -> None:
    generator = np.random.default_rng(3)
    one = posterior(np.sort(generator.normal(1000, 100, 4000)), stratum="north")
    two = posterior(np.sort(generator.normal(2000, 100, 4000)), stratum="south")
    total, variance = sum_strata([[one], [two]], seed=1, is_point=False, like=one)
    assert total.draws is not None
    assert total.interval is not None
    assert variance is not None
    assert total.observed == 200
    assert np.std(total.draws) == pytest.approx(100 * np.sqrt(2), rel=0.05)
    assert total.point == pytest.approx(3000, rel=0.01)
    assert one.interval is not None
    assert two.interval is not None
    assert total.interval[0] > one.interval[0] + two.interval[0] + 50
    again = summed_draws([[one], [two]], 1)
    assert again is not None
    assert (again == total.draws).all()


def test_replicates_of_strata_go_together() -> None:
    low = [posterior([200] * 50, Replicate(None, 0), s) for s in ("n", "s")]
    high = [posterior([400] * 50, Replicate(None, 1), s) for s in ("n", "s")]
    total, variance = sum_strata(
        [[low[0], high[0]], [low[1], high[1]]], seed=1, is_point=False, like=low[0]
    )
    assert total.draws is not None
    assert variance is not None
    assert sorted(set(total.draws.ravel().tolist())) == [400, 800]
    assert (variance.within, variance.between_linkages) == (0, 200.0**2)


def test_a_stratum_without_draws_gives_a_total_without_an_interval() -> None:
    one = point(50, 0.1, Replicate())
    total, _ = sum_strata([[one], [one]], seed=1, is_point=True, like=one)
    assert total.point == pytest.approx(300)
    assert total.interval is None


def chained(replicate: int, apart: float, rng: np.random.Generator) -> Estimate:
    """Four chains, the first of them above the others; what is said of each alone is fine."""
    draws = rng.normal(1000 + 50 * replicate, 100, size=(4, 400))
    draws[0] += apart
    found = posterior(draws.round(), Replicate(None, replicate))
    return replace(found, diagnostics={"r_hat": 1.0, "ess_bulk": 300.0, "ess_tail": 200.0})


def test_chains_of_replicates_are_judged_together() -> None:
    rng = np.random.default_rng(1)
    agreeing, _ = pool([chained(d, 0, rng) for d in range(10)], is_point=False)
    assert agreeing.status is Status.OK
    assert agreeing.diagnostics["ess_bulk"] == 3000
    assert agreeing.diagnostics["ess_tail"] == 2000
    apart, variance = pool([chained(d, 50, rng) for d in range(10)], is_point=False)
    assert apart.status is Status.NOT_CONVERGED
    assert apart.interval is None
    assert "10 replicates do not agree" in (apart.reason or "")
    assert variance is None


def test_replicates_that_differ_are_no_chains_apart() -> None:
    """The doubt of the linkage is between replicates; every chain has all of them."""
    rng = np.random.default_rng(2)
    pooled, _ = pool([chained(10 * d, 0, rng) for d in range(10)], is_point=False)
    assert pooled.diagnostics["r_hat"] == pytest.approx(1.0, abs=0.002)
