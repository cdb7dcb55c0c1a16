from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from capture_tables import ARTIFICIAL, KOSOVO, NEW_ORLEANS_8, SPINA_BIFIDA, table

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate, Method, interval_of
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import Interval, LogLinear, Selection, check, independence


def fit(method: LogLinear, histories: CaptureHistories, seed: int = 1) -> Estimate:
    return method.fit(histories, rng=np.random.default_rng(seed))


@pytest.mark.parametrize("interval", list(Interval))
@pytest.mark.parametrize("selection", [Selection.BIC, Selection.STEPWISE, Selection.AIC_AVERAGE])
def test_draws_express_the_doubt_of_the_interval(interval: Interval, selection: Selection) -> None:
    method: Method = LogLinear(selection, interval, replicates=400, draws=20_000)
    found = method.fit(SPINA_BIFIDA, rng=np.random.default_rng(2))
    assert found.interval is not None
    assert found.draws is not None
    assert found.point is not None
    low, high = interval_of(found.draws, found.level)
    width = found.interval[1] - found.interval[0]
    assert abs(low - found.interval[0]) < 0.06 * width
    assert abs(high - found.interval[1]) < 0.06 * width
    assert found.draws.min() >= found.observed
    assert found.interval[0] < found.point < found.interval[1]


@pytest.mark.parametrize("interval", list(Interval))
def test_the_same_seed_gives_the_same_bytes(interval: Interval) -> None:
    method = LogLinear(interval=interval, replicates=200)
    assert fit(method, KOSOVO).to_bytes() == fit(method, KOSOVO).to_bytes()
    assert fit(method, KOSOVO).to_bytes() != fit(method, KOSOVO, 2).to_bytes()


def test_two_threads_give_the_bytes_that_one_gives() -> None:
    method = LogLinear(replicates=200)
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda _: fit(method, KOSOVO).to_bytes(), range(4)))
    assert set(together) == {fit(method, KOSOVO).to_bytes()}


def test_an_estimate_reads_back_from_its_bytes() -> None:
    found = fit(LogLinear(interval=Interval.POISSON_PROFILE), NEW_ORLEANS_8)
    assert Estimate.from_bytes(found.to_bytes()).to_bytes() == found.to_bytes()


def test_the_diagnostics_say_what_the_number_rests_on() -> None:
    found = fit(LogLinear(interval=Interval.MULTINOMIAL_PROFILE), KOSOVO)
    said: dict[str, Any] = dict(found.diagnostics)
    assert said["generators"] == [["EXH", "ABA", "OSCE"], ["EXH", "HRW"], ["OSCE", "HRW"]]
    assert set(said["coefficients"]) >= {"constant", "EXH", "EXH×ABA×OSCE", "OSCE×HRW"}
    assert said["terms"] == 11
    assert said["degrees_of_freedom"] == 4
    assert len(said["best_models"]) == 10
    assert said["best_models"][0]["n"] == found.point
    assert said["models_without_estimate"] == said["models_not_identifiable"] == 0
    assert found.curve is not None
    assert found.curve.kind == "multinomial profile"
    assert max(found.curve.log_weight) == 0
    assert found.parameters["selection"] == "bic"
    assert "threshold" not in found.parameters


def test_many_lists_are_stepped_through_and_the_steps_are_told() -> None:
    found = fit(LogLinear(replicates=100), NEW_ORLEANS_8)
    said: dict[str, Any] = dict(found.diagnostics)
    assert found.parameters["selection"] == "stepwise"
    assert [step["added"] for step in said["steps"]] == [None, "D×E"]
    assert said["steps"][-1]["n"] == found.point
    assert said["replicates_of_the_same_model"] < 1


def test_a_given_model_is_fitted_and_no_other() -> None:
    method = LogLinear(
        Selection.GIVEN, Interval.POISSON_PROFILE, model=(("EXH", "ABA"), ("OSCE", "HRW"))
    )
    found = fit(method, KOSOVO)
    assert found.diagnostics["model"] == "[EXH ABA][OSCE HRW]"
    assert found.diagnostics["models_compared"] == 1
    with pytest.raises(NotEstimable, match=r"\[A B\]\[C\] no maximum likelihood estimate"):
        fit(LogLinear(Selection.GIVEN, model=(("A", "B"),)), ARTIFICIAL)


def test_no_term_is_larger_than_the_order_asked_for() -> None:
    found = fit(LogLinear(max_order=2, interval=Interval.WALD), KOSOVO)
    assert found.diagnostics["models_compared"] == 64
    generators: Any = found.diagnostics["generators"]
    assert max(len(part) for part in generators) == 2


@pytest.mark.parametrize(
    ("histories", "why"),
    [
        (table("A B", h10=5, h01=4, h11=3), "three lists, there are 2"),
        (table("A B C", h100=5, h010=4, h110=3), "list C holds nobody"),
        (table("A B C", h100=5, h110=4, h101=3), "list A holds everybody"),
        (table("A B C D E F G H I J K L", h100000000000=1), "11 lists at most"),
        (CaptureHistories.of("ABC", {}), "list A holds nobody"),
        (table("A B C", h100=5, h010=4, h001=3), "none of 8 log-linear models"),
    ],
)
def test_lists_that_allow_no_number_are_refused_with_what_would_help(
    histories: CaptureHistories, why: str
) -> None:
    with pytest.raises(NotEstimable, match=why) as caught:
        fit(LogLinear(), histories)
    assert caught.value.hint


def test_steps_need_an_estimate_without_interactions() -> None:
    apart = table("A B C", h100=5, h010=4, h001=3)
    assert check(apart, independence(3)) == 1
    with pytest.raises(NotEstimable, match="even without interactions no maximum"):
        fit(LogLinear(Selection.STEPWISE), apart)


def test_all_models_of_six_lists_are_refused() -> None:
    with pytest.raises(NotEstimable, match="8 lists have too many"):
        fit(LogLinear(Selection.AIC), NEW_ORLEANS_8)


def test_where_too_many_replicates_fail_there_is_a_point_but_no_interval() -> None:
    found = fit(
        LogLinear(Selection.STEPWISE), table("A B C", h100=9, h010=9, h001=9, h110=1, h101=1)
    )
    assert found.point is not None
    assert found.interval is None
    assert found.draws is None
    assert found.reason is not None
    assert "replicates have no estimate" in found.reason


def test_numbers_beyond_any_population_are_drawn_as_a_bound() -> None:
    apart = table("A B C", h100=100000000, h010=100000000, h001=100000000, h110=1)
    found = fit(LogLinear(Selection.GIVEN, Interval.WALD, model=(("A",),)), apart)
    assert found.point is not None
    assert found.point > 10**15
    assert found.draws is not None
    assert found.draws.max() == 10**15


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 1.0},
        {"threshold": 0.0},
        {"max_order": 0},
        {"replicates": 5},
        {"draws": 0},
        {"model": (("A",),)},
        {"selection": Selection.GIVEN},
    ],
)
def test_parameters_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        LogLinear(**wrong)


@pytest.mark.parametrize("interval", [Interval.BCA, Interval.WALD])
@pytest.mark.parametrize("selection", [Selection.BIC, Selection.BIC_AVERAGE, Selection.STEPWISE])
def test_progress_rises_to_the_end(selection: Selection, interval: Interval) -> None:
    told: list[float] = []
    LogLinear(selection, interval, replicates=200).fit(
        SPINA_BIFIDA, rng=np.random.default_rng(1), progress=told.append
    )
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("interval", list(Interval))
def test_intervals_hold_the_truth_as_often_as_they_say(interval: Interval) -> None:
    """400 people (synthetic) on four lists, two of them dependent; all intervals at 90 %."""
    rng = np.random.default_rng(11)
    truth, runs, held = 400, 60, 0
    for _ in range(runs):
        on = rng.random((truth, 4)) < [0.45, 0.35, 0.4, 0.3]
        on[:, 3] |= on[:, 0] & (rng.random(truth) < 0.4)
        masks, counts = np.unique(on @ [1, 2, 4, 8], return_counts=True)
        cells = {int(m): int(n) for m, n in zip(masks, counts, strict=True) if m}
        method = LogLinear(interval=interval, level=0.9, replicates=200)
        ends = method.fit(CaptureHistories.of("ABCD", cells), rng=rng).interval
        assert ends is not None
        held += ends[0] <= truth <= ends[1]
    # 54 of 60 expected; what holds for the chosen model alone may fall short of its word.
    assert held >= (47 if interval is Interval.BCA else 42)
