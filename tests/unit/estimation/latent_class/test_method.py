"""The method as a user meets it: what it refuses, what it reports, and that a seed is a seed."""

import os
from dataclasses import replace

import numpy as np
import pytest
from capture_tables import KOREA, simulated, table

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate, Status
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class import LatentClass, Tempering
from stelae.estimation.priors import SizePrior

QUICK = LatentClass(classes=4, draws=800, effective=100)


def _fit(histories: CaptureHistories, method: LatentClass = QUICK, seed: int = 1) -> Estimate:
    return method.fit(histories, rng=np.random.default_rng(seed))


def _four_lists(seed: int) -> CaptureHistories:
    captures = np.array([[0.25, 0.3, 0.35, 0.4], [0.5, 0.45, 0.3, 0.35]])
    return simulated(400, captures, np.array([0.5, 0.5]), np.random.default_rng(seed))


def test_two_lists_are_refused_with_what_is_possible() -> None:
    with pytest.raises(NotEstimable, match="three lists") as caught:
        _fit(table("A B", h10=5, h01=6, h11=2))
    assert "Chapman" in str(caught.value)


def test_a_list_that_holds_nobody_does_not_count_as_a_list() -> None:
    with pytest.raises(NotEstimable, match="there are 2"):
        _fit(table("A B C", h100=5, h010=6, h110=2))


def test_lists_that_share_nobody_are_refused() -> None:
    with pytest.raises(NotEstimable, match="nobody is on two lists"):
        _fit(table("A B C", h100=40, h010=30, h001=20))


def test_neighbouring_whole_numbers_are_no_modes_of_their_own() -> None:
    found = _fit(KOREA)
    modes = found.diagnostics["modes"]
    assert isinstance(modes, list)
    assert len(modes) == 1


def test_fewer_than_four_chains_are_refused() -> None:
    with pytest.raises(BadValue, match="four"):
        LatentClass(chains=3)


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert _fit(KOREA).to_bytes() == _fit(KOREA).to_bytes()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores are chosen on Linux")
def test_one_core_gives_the_same_bytes_as_all() -> None:
    cores = os.sched_getaffinity(0)
    everywhere = _fit(KOREA).to_bytes()
    try:
        os.sched_setaffinity(0, {min(cores)})
        alone = _fit(KOREA).to_bytes()
    finally:
        os.sched_setaffinity(0, cores)
    assert alone == everywhere


def test_another_seed_gives_other_draws_of_the_same_answer() -> None:
    one, other = _fit(KOREA, seed=1), _fit(KOREA, seed=2)
    assert one.to_bytes() != other.to_bytes()
    assert one.point == pytest.approx(other.point, rel=0.05)


def test_an_estimate_reads_back_as_written() -> None:
    found = _fit(KOREA)
    assert Estimate.from_bytes(found.to_bytes()).to_bytes() == found.to_bytes()


def test_no_draw_lies_below_the_observed() -> None:
    found = _fit(KOREA)
    assert found.draws is not None
    assert found.draws.min() >= KOREA.observed == found.observed


def test_a_cap_bounds_the_unlisted_in_every_kernel() -> None:
    for kernel in ("gibbs", "mixed", "gradients"):
        method = LatentClass(
            classes=4, draws=800, effective=50, kernel=kernel, size=SizePrior.inverse(cap=0.2)
        )
        found = _fit(KOREA, method)
        assert found.draws is not None
        assert found.draws.max() <= KOREA.observed * 1.2


def test_too_few_effective_draws_give_no_interval() -> None:
    method = LatentClass(classes=10, draws=400, effective=10**6)
    found = _fit(KOREA, method)
    assert found.status is Status.NOT_CONVERGED
    assert found.point is None
    assert found.interval is None
    assert "effective draws" in (found.reason or "")
    assert found.draws is not None


def test_progress_runs_to_the_end_and_what_it_raises_stops_the_fit() -> None:
    shares: list[float] = []
    QUICK.fit(KOREA, rng=np.random.default_rng(1), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        QUICK.fit(KOREA, rng=np.random.default_rng(1), progress=stop)


@pytest.mark.parametrize("kernel", ["gibbs", "mixed", "gradients"])
def test_every_kernel_gives_the_same_middle(kernel: str) -> None:
    """`test_kernels` compares them closely; sweeps alone are too slow for their tails here."""
    found = _fit(KOREA, LatentClass(classes=5, draws=8000, kernel=kernel))
    assert found.draws is not None
    assert np.quantile(found.draws, [0.1, 0.5]) == pytest.approx([126, 137.5], rel=0.02)


def test_lists_in_another_order_give_the_same_answer() -> None:
    turned = table("d c b", h100=41, h010=5, h001=5, h011=54, h101=6, h111=12)
    one, other = (_fit(h, LatentClass(classes=5, draws=8000)) for h in (KOREA, turned))
    assert one.interval == pytest.approx(other.interval, rel=0.04)


def test_tempered_chains_make_round_trips_and_agree_with_plain_ones() -> None:
    method = LatentClass(
        classes=3, draws=2000, effective=100, tempering=Tempering(rungs=5, hottest=0.1)
    )
    found = _fit(KOREA, method)
    trips = found.diagnostics["round_trips"]
    assert isinstance(trips, list)
    assert all(trip > 0 for trip in trips)
    plain = _fit(KOREA, LatentClass(classes=3, draws=4000))
    assert found.point == pytest.approx(plain.point, rel=0.04)


def test_tempering_with_a_cap_is_refused() -> None:
    with pytest.raises(BadValue, match="tempering"):
        LatentClass(tempering=Tempering(), size=SizePrior.inverse(cap=20))


def test_variants_change_one_prior_each() -> None:
    method = LatentClass()
    assert len(method.variants()) >= 3
    assert all(variant != method for variant in method.variants().values())


@pytest.mark.slow
def test_intervals_hold_the_truth_where_every_class_is_seen_often_enough() -> None:
    """With a class that is rarely seen they do not (docs/explanation/estimation.md)."""
    rng = np.random.default_rng(11)
    captures = np.array([[0.7, 0.6, 0.5, 0.6], [0.35, 0.4, 0.3, 0.4]])
    method = LatentClass(classes=4, draws=800, effective=100)
    covered = 0
    for seed in range(16):
        found = _fit(simulated(300, captures, np.array([0.5, 0.5]), rng), method, seed)
        covered += found.interval is not None and found.interval[0] <= 300 <= found.interval[1]
    assert covered >= 13


def test_a_sparse_table_of_many_lists_is_read_without_all_its_cells() -> None:
    lists = tuple(f"L{j}" for j in range(20))
    histories = CaptureHistories.of(
        lists, {**{1 << j: 5 for j in range(20)}, 3: 2, 12: 2, 1 << 19 | 1: 3, 0b111 << 10: 1}
    )
    found = _fit(histories, LatentClass(classes=3, draws=400, effective=20))
    assert found.draws is not None


def test_chains_that_work_as_anothers_give_the_same_answer() -> None:
    first, other = (_four_lists(seed) for seed in (3, 4))
    _, tuning = QUICK.fit_tuned(first, rng=np.random.default_rng(1))
    assert tuning is not None
    tuned, kept = QUICK.fit_tuned(other, rng=np.random.default_rng(2), tuning=tuning)
    assert kept is tuning
    alone = _fit(other, replace(QUICK, draws=4000, effective=400))
    schedule = tuned.diagnostics["schedule"]
    assert isinstance(schedule, dict)
    assert schedule["tried"] == "on another replicate"
    assert tuned.point == pytest.approx(alone.point, rel=0.03)
    assert tuned.interval == pytest.approx(alone.interval, rel=0.1)


def test_what_was_learned_on_other_lists_is_not_used() -> None:
    _, tuning = QUICK.fit_tuned(KOREA, rng=np.random.default_rng(1))
    found, _ = QUICK.fit_tuned(_four_lists(3), rng=np.random.default_rng(2), tuning=tuning)
    schedule = found.diagnostics["schedule"]
    assert isinstance(schedule, dict)
    assert schedule["tried"] != "on another replicate"


def test_replicates_have_their_share_of_the_draws_but_enough_to_see_chains_apart() -> None:
    assert LatentClass(draws=40_000).for_replicates(10).draws == 4000
    few = LatentClass().for_replicates(100)
    assert (few.draws, few.effective, few.most_r_hat) == (800, 100, 1.05)
    with pytest.raises(BadValue, match="no agreement"):
        LatentClass(most_r_hat=1.1)
