import itertools
from typing import Any

import numpy as np
import pytest
from capture_tables import CONGENITAL_ANOMALY, KOSOVO, SPINA_BIFIDA

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.decomposable import DecomposableGraphs
from stelae.estimation.estimate import Estimate, Status
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.priors import SizePrior


def told(estimate: Estimate) -> Any:
    """The diagnostics, as JSON of any shape."""
    return estimate.diagnostics


def fit(histories: CaptureHistories, method: DecomposableGraphs | None = None) -> Estimate:
    return (method or DecomposableGraphs()).fit(histories, rng=np.random.default_rng(4))


def test_the_answer_is_the_median_with_an_interval_and_draws_about_it() -> None:
    estimate = fit(KOSOVO)
    assert estimate.method == "decomposable-graphs"
    assert estimate.status is Status.OK
    assert estimate.draws is not None
    assert estimate.draws.shape == (1, 4_000)
    assert estimate.interval is not None
    assert estimate.point is not None
    below, above = estimate.interval
    assert (estimate.draws < below).mean() == pytest.approx(0.025, abs=0.01)
    assert (estimate.draws > above).mean() == pytest.approx(0.025, abs=0.01)
    assert (estimate.draws <= estimate.point).mean() == pytest.approx(0.5, abs=0.03)
    assert estimate.draws.min() >= estimate.observed


def test_the_same_seed_gives_the_same_bytes_and_they_can_be_read_back() -> None:
    content = fit(CONGENITAL_ANOMALY).to_bytes()
    assert fit(CONGENITAL_ANOMALY).to_bytes() == content
    assert Estimate.from_bytes(content).to_bytes() == content


def test_sensitivity_to_delta_is_told_by_default() -> None:
    estimate = fit(KOSOVO)
    found = told(estimate)["sensitivity"]
    assert [each["delta"] for each in found] == [0.0625, 0.5, 1.0]
    assert found[0]["point"] == estimate.point
    assert tuple(found[0]["interval"]) == estimate.interval
    alone = fit(KOSOVO, DecomposableGraphs(delta=1.0, sensitivity=()))
    assert found[2]["point"] == alone.point
    assert tuple(found[2]["interval"]) == alone.interval
    assert told(alone)["sensitivity"] == []


def test_models_have_cliques_by_name_probability_and_their_own_n() -> None:
    found = told(fit(SPINA_BIFIDA, DecomposableGraphs(models=8)))
    assert found["graphs"] == 8
    assert sum(model["probability"] for model in found["models"]) == pytest.approx(1.0)
    probabilities = [model["probability"] for model in found["models"]]
    assert probabilities == sorted(probabilities, reverse=True)
    cliques = [sorted(map(tuple, model["cliques"])) for model in found["models"]]
    assert [("B",), ("D",), ("M",)] in cliques
    assert [("B", "D", "M")] in cliques
    joined = sum(
        model["probability"]
        for model in found["models"]
        if any({"B", "D"} <= set(clique) for clique in model["cliques"])
    )
    assert found["dependence"][0]["lists"] == ["B", "D"]
    assert found["dependence"][0]["probability"] == pytest.approx(joined)
    low, high = found["models"][0]["interval"]
    assert low <= found["models"][0]["point"] <= high


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[1::5])
def test_the_order_of_the_lists_changes_nothing(order: tuple[int, ...]) -> None:
    turned = CaptureHistories.of(
        [KOSOVO.lists[j] for j in order],
        {sum((mask >> j & 1) << k for k, j in enumerate(order)): n for mask, n in KOSOVO},
    )
    ours, theirs = fit(KOSOVO), fit(turned)
    assert theirs.point == ours.point
    assert theirs.interval == ours.interval
    for one, other in zip(told(ours)["models"][:3], told(theirs)["models"], strict=False):
        assert {frozenset(c) for c in one["cliques"]} == {frozenset(c) for c in other["cliques"]}
        assert other["probability"] == pytest.approx(one["probability"], rel=1e-6)


@pytest.mark.parametrize("lists", [1, 2, 8])
def test_too_few_or_too_many_lists_are_refused(lists: int) -> None:
    histories = CaptureHistories.of(
        [f"list {j}" for j in range(lists)],
        {(1 << lists) - 1: 4, **{1 << j: 3 for j in range(lists)}},
    )
    with pytest.raises(NotEstimable, match=f"three to 7 lists, there are {lists}"):
        fit(histories)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({1: 5, 2: 4, 3: 2}, "C holds nobody"),
        ({1: 5, 3: 4, 7: 2}, "A holds everybody"),
        ({1: 5, 2: 4, 4: 2}, "nobody is on two lists"),
    ],
)
def test_tables_that_tell_nothing_of_overlap_are_refused(
    counts: dict[int, int], message: str
) -> None:
    with pytest.raises(NotEstimable, match=message):
        fit(CaptureHistories.of("ABC", counts))


def test_a_uniform_prior_that_leaves_no_finite_mass_is_refused() -> None:
    with pytest.raises(NotEstimable, match=r"no finite mass.*N\^-0\.875"):
        fit(SPINA_BIFIDA, DecomposableGraphs(size=SizePrior.flat()))
    bounded = fit(SPINA_BIFIDA, DecomposableGraphs(size=SizePrior.flat(cap=8)))
    assert bounded.status is Status.OK


def test_an_improper_delta_of_the_sensitivity_is_told_and_stops_nothing() -> None:
    method = DecomposableGraphs(delta=1.0, size=SizePrior.flat())
    first, *rest = told(fit(SPINA_BIFIDA, method))["sensitivity"]
    assert first["point"] is None
    assert "no finite mass" in first["reason"]
    assert all(each["point"] is not None for each in rest)


def test_a_tail_that_does_not_vanish_gives_no_number() -> None:
    histories = CaptureHistories.of("ABC", {1: 1, 2: 1, 4: 1, 7: 3})
    estimate = fit(histories, DecomposableGraphs(delta=1e-3))
    assert estimate.status is Status.NOT_CONVERGED
    assert estimate.interval is None
    assert estimate.draws is None
    assert estimate.reason is not None
    assert "beyond" in estimate.reason
    assert told(estimate)["tail"]["beyond"] > 1e-3


def test_a_cap_is_kept_and_told() -> None:
    estimate = fit(KOSOVO, DecomposableGraphs(size=SizePrior.inverse(cap=1.5)))
    assert estimate.draws is not None
    assert estimate.draws.max() <= 2.5 * 4_400
    assert told(estimate)["tail"]["decay"] is None
    assert estimate.parameters["size"] == {"kind": "inverse", "s": 0.0, "q": 1.0, "cap": 1.5}


def test_nobody_unlisted_is_possible() -> None:
    estimate = fit(KOSOVO, DecomposableGraphs(size=SizePrior.inverse(cap=1e-6), sensitivity=()))
    assert estimate.point == 4_400
    assert estimate.interval == (4_400, 4_400)


def test_the_work_is_told_to_its_end_and_can_be_stopped() -> None:
    shares: list[float] = []
    DecomposableGraphs().fit(SPINA_BIFIDA, rng=np.random.default_rng(1), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) == 4

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        DecomposableGraphs().fit(SPINA_BIFIDA, rng=np.random.default_rng(1), progress=stop)


@pytest.mark.parametrize(
    "wrong",
    [
        {"delta": 0.0},
        {"delta": float("nan")},
        {"sensitivity": (0.5, -1.0)},
        {"level": 1.0},
        {"draws": 0},
        {"models": 0},
    ],
)
def test_parameters_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadValue):
        DecomposableGraphs(**wrong)  # type: ignore[arg-type]  # that is what is tested


def test_a_proper_prior_has_a_mean() -> None:
    method = DecomposableGraphs(size=SizePrior.negative_binomial(13.14, 55.17))
    assert told(fit(SPINA_BIFIDA))["mean"] is None
    assert told(fit(SPINA_BIFIDA, method))["mean"] == pytest.approx(734, abs=3)
