"""Log-linear estimates as they were published.

New Orleans, Chan, Silverman & Vincent (2021): 1,183.7 (717-1,657) and 1,034.2 (589-1,703), each of
one run of 1,000 replicates. Kosovo, Ball et al. (2002): the model of smallest BIC and its profile
intervals. UK, Silverman (2014), six lists, stepwise at p = .02: 11,418 (9,977-13,146), which is the
normal interval of the chosen model.
"""

import numpy as np
import pytest
from capture_tables import ARTIFICIAL, KOSOVO, NEW_ORLEANS_5, NEW_ORLEANS_8, SPINA_BIFIDA, UK_6

from stelae.estimation.estimate import Estimate
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import Check, Interval, LogLinear, Model, Selection, check


def fit(method: LogLinear, histories: CaptureHistories, seed: int = 1) -> Estimate:
    return method.fit(histories, rng=np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("interval", "low", "high"),
    [(Interval.MULTINOMIAL_PROFILE, 8994, 12110), (Interval.POISSON_PROFILE, 9012, 12138)],
)
def test_kosovo_by_minimum_bic_with_its_profile_intervals(
    interval: Interval, low: int, high: int
) -> None:
    found = fit(LogLinear(interval=interval), KOSOVO)
    assert found.point == pytest.approx(10_356.5, abs=0.05)
    assert found.diagnostics["model"] == "[EXH ABA OSCE][EXH HRW][OSCE HRW]"
    assert found.diagnostics["models_compared"] == 113
    assert found.interval is not None
    assert [round(end) for end in found.interval] == [low, high]


def test_uk_stepwise_with_the_normal_interval_of_the_model_chosen() -> None:
    found = fit(LogLinear(interval=Interval.WALD), UK_6)
    assert found.parameters["selection"] == "stepwise"
    assert found.point is not None
    assert round(found.point) == 11_418
    assert found.interval is not None
    assert [round(end) for end in found.interval] == [9977, 13_146]


@pytest.mark.parametrize(
    ("histories", "point", "low", "high"),
    [(NEW_ORLEANS_8, 1183.7, 717, 1657), (NEW_ORLEANS_5, 1034.2, 589, 1703)],
    ids=["eight", "five"],
)
def test_new_orleans_stepwise_with_bca(
    histories: CaptureHistories, point: float, low: int, high: int
) -> None:
    """One published run lies among ours; its lower end is about the smallest of 1,000."""
    ends = []
    for seed in range(8):
        found = fit(LogLinear(selection=Selection.STEPWISE), histories, seed)
        assert found.point == pytest.approx(point, abs=0.05)
        assert found.interval is not None
        ends.append(found.interval)
    lows, highs = np.array(ends).T
    assert abs(lows.mean() - low) < 2.5 * lows.std()
    assert abs(highs.mean() - high) < 2.5 * highs.std()


@pytest.mark.parametrize(
    ("pairs", "code", "meaning"),
    [
        ("AB AC BC", 2, Check.NOT_IDENTIFIABLE),
        ("AB", 1, Check.NO_ESTIMATE),
        ("AC BC", 0, Check.FINE),
    ],
)
def test_the_artificial_table_has_the_codes_of_the_paper(
    pairs: str, code: int, meaning: Check
) -> None:
    found = check(ARTIFICIAL, Model.named("ABC", pairs.split()))
    assert found == code
    assert found is meaning


def test_spina_bifida_has_the_point_of_its_best_model() -> None:
    found = fit(LogLinear(interval=Interval.WALD), SPINA_BIFIDA)
    assert found.diagnostics["model"] == "[L1 L2][L3]"
    assert found.point == pytest.approx(730.93, abs=0.01)
