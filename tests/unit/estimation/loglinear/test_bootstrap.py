from statistics import NormalDist

import numpy as np
import pytest
from capture_tables import SPINA_BIFIDA

from stelae.estimation.loglinear import Selection, fit_model, hierarchical_models
from stelae.estimation.loglinear.bootstrap import Bootstrap, bootstrap, corrected_levels, delete_one
from stelae.estimation.loglinear.fitting import Floats
from stelae.estimation.loglinear.selection import by_criterion

NORMAL = NormalDist()


def slow_estimate(counts: Floats) -> float:
    """N by the model of smallest BIC, each fitted by itself."""
    fitted = [fit_model(counts, model) for model in hierarchical_models(3)]
    best = min((one for one in fitted if one.code == 0), key=lambda one: one.bic)
    return float(counts.sum() + best.unlisted)


def test_bca_is_what_a_plain_implementation_finds() -> None:
    counts = SPINA_BIFIDA.cells.astype(np.float64)
    size, level = 200, 0.9
    chosen = by_criterion(counts, 3, Selection.BIC, None)
    point = counts.sum() + chosen.unlisted
    found = bootstrap(counts, point, chosen.refit, size, rng=np.random.default_rng(4))

    rng = np.random.default_rng(4)
    seen = np.flatnonzero(counts)
    replicates = []
    for _ in range(size):
        table = np.zeros_like(counts)
        table[seen] = rng.multinomial(int(counts.sum()), counts[seen] / counts.sum())
        replicates.append(slow_estimate(table))
    assert found.replicates == pytest.approx(replicates, rel=1e-7)

    people = [x for x in range(8) for _ in range(int(counts[x]))]
    without = {}
    for x in set(people):
        table = counts.copy()
        table[x] -= 1
        without[x] = slow_estimate(table)
    left_out = np.array([without[x] for x in people])
    away = left_out.mean() - left_out
    a = (away**3).sum() / (6 * (away**2).sum() ** 1.5)
    z_0 = NORMAL.inv_cdf(sum(one < point for one in replicates) / size)
    ends = []
    for share in ((1 - level) / 2, (1 + level) / 2):
        z = z_0 + NORMAL.inv_cdf(share)
        ends.append(np.quantile(replicates, NORMAL.cdf(z_0 + z / (1 - a * z))))
    assert found.acceleration == pytest.approx(a, rel=1e-6)
    assert found.at(np.array([0.05, 0.95])) == pytest.approx(ends, rel=1e-6)


def test_without_bias_and_acceleration_nothing_is_corrected() -> None:
    shares = np.array([0.025, 0.3, 0.975])
    assert corrected_levels(shares, 0.0, 0.0) == pytest.approx(shares)


def test_a_correction_beyond_its_pole_reads_the_last_replicate() -> None:
    assert corrected_levels(np.array([0.999]), 2.0, 0.5) == pytest.approx([1.0])


def test_one_person_is_left_out_of_each_history_seen() -> None:
    tables, people = delete_one(np.array([0.0, 3.0, 0.0, 1.0]))
    assert tables.tolist() == [[0, 2, 0, 1], [0, 3, 0, 0]]
    assert people.tolist() == [3, 1]


def test_replicates_without_an_estimate_are_counted_and_left_out() -> None:
    found = Bootstrap(np.array([1.0, np.nan, 3.0]), np.zeros(3, dtype=np.int64), 0.0, 0.0)
    assert found.failed == 1
    assert found.percentiles(0.5) == (1.5, 2.5)


def test_progress_may_stop_the_work() -> None:
    counts = SPINA_BIFIDA.cells.astype(np.float64)
    chosen = by_criterion(counts, 3, Selection.BIC, None)
    told: list[float] = []

    def stop(done: float) -> None:
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bootstrap(counts, 700.0, chosen.refit, 1000, rng=np.random.default_rng(1), progress=stop)
    assert told == [0.05]
