from typing import Any

import numpy as np
import pytest
from capture_tables import KOSOVO, SPINA_BIFIDA
from numpy.typing import NDArray

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate
from stelae.estimation.higher_order import NoHighestOrderInteraction, log_odds_unlisted, unlisted
from stelae.estimation.histories import CaptureHistories

EMPTY = CaptureHistories.of("ABC", {1: 40, 2: 30, 4: 20, 3: 6, 5: 4, 7: 3})


def told(estimate: Estimate) -> Any:
    """The diagnostics, as JSON of any shape."""
    return estimate.diagnostics


def fit(histories: CaptureHistories, method: NoHighestOrderInteraction | None = None) -> Estimate:
    return (method or NoHighestOrderInteraction()).fit(histories, rng=np.random.default_rng(6))


def cells_with(lists: int, highest: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Cells of the saturated log-linear model with this coefficient of the highest order."""
    beta = rng.normal(0, 0.7, 1 << lists)
    beta[-1] = highest
    masks = np.arange(1 << lists)
    logs = np.array([beta[masks & x == masks].sum() for x in masks])
    p = np.exp(logs)
    return np.asarray(p / p.sum())


@pytest.mark.parametrize("lists", [2, 3, 4, 5, 6])
def test_cells_without_highest_order_interaction_give_their_own_unlisted(lists: int) -> None:
    p = cells_with(lists, 0.0, np.random.default_rng(lists))
    assert log_odds_unlisted(p[np.newaxis])[0] == pytest.approx(np.log(p[0] / (1 - p[0])))


@pytest.mark.parametrize("lists", [2, 3, 4, 5, 6])
def test_xi_is_the_highest_order_with_its_sign_by_the_number_of_lists(lists: int) -> None:
    highest = 0.4
    p = cells_with(lists, highest, np.random.default_rng(lists))
    xi = np.exp(highest if lists % 2 else -highest)
    assert log_odds_unlisted(p[np.newaxis], xi)[0] == pytest.approx(np.log(p[0] / (1 - p[0])))
    odd = np.bitwise_count(np.arange(1 << lists)) % 2 == 1
    assert xi == pytest.approx(np.prod(p[odd]) / np.prod(p[~odd]))


def test_for_two_lists_it_is_independence() -> None:
    counts = np.array([[0.0, 60, 40, 12]])
    # Lincoln and Petersen: n_0 = n_10 n_01 / n_11.
    assert np.exp(log_odds_unlisted(counts))[0] * 112 == pytest.approx(60 * 40 / 12)


def test_neither_a_factor_nor_the_unlisted_cell_counts() -> None:
    p = np.random.default_rng(1).random((5, 16))
    other = 7.0 * p
    other[:, 0] = 0.0
    np.testing.assert_allclose(log_odds_unlisted(p), log_odds_unlisted(other))


@pytest.mark.parametrize("cells", [np.ones((2, 7)), np.ones(8), np.zeros((1, 8))])
def test_cells_that_cannot_be_are_refused(cells: NDArray[np.float64]) -> None:
    with pytest.raises(BadValue):
        log_odds_unlisted(cells)


def test_the_unlisted_are_negative_binomial() -> None:
    p_0 = 0.6
    draws = unlisted(np.full(40_000, np.log(p_0 / (1 - p_0))), 50, np.random.default_rng(2))
    direct = np.random.default_rng(3).negative_binomial(50, 1 - p_0, 40_000)
    assert draws.mean() == pytest.approx(direct.mean(), rel=0.01)
    assert draws.std() == pytest.approx(direct.std(), rel=0.02)


def test_unlisted_without_bound_are_refused() -> None:
    with pytest.raises(NotEstimable, match="beyond 2\\^53"):
        unlisted(np.array([80.0]), 50, np.random.default_rng(2))


def test_five_xi_are_told_and_the_larger_gives_the_fewer() -> None:
    estimate = fit(KOSOVO)
    found = told(estimate)["sensitivity"]
    assert [each["xi"] for each in found] == [1 / 2, 2 / 3, 1.0, 3 / 2, 2.0]
    points = [each["point"] for each in found]
    assert points == sorted(points, reverse=True)
    assert found[2]["point"] == estimate.point
    assert tuple(found[2]["interval"]) == estimate.interval
    # Twice the odds, up to the noise of the draws.
    assert points[0] - 4_400 == pytest.approx(2 * (points[2] - 4_400), rel=0.02)
    assert "cannot tell" in told(estimate)["assumption"]


def test_the_median_is_near_the_plug_in_value() -> None:
    c = KOSOVO.cells.astype(float)
    odd = np.bitwise_count(np.arange(16)) % 2 == 1
    even = ~odd
    even[0] = False
    plugged = np.prod(c[odd]) / np.prod(c[even])
    # The concentration pulls small cells up; the two differ by far less than the interval.
    assert fit(KOSOVO).unlisted == pytest.approx(plugged, rel=0.15)


def test_a_history_that_nobody_has_is_refused_by_name() -> None:
    with pytest.raises(NotEstimable, match="nobody has the history B×C: 1 of 7 cells"):
        fit(EMPTY)


def test_an_empty_cell_may_rest_on_the_prior_which_is_then_told() -> None:
    estimate = fit(EMPTY, NoHighestOrderInteraction(fill_empty=True))
    assert told(estimate)["empty_cells"] == ["B×C"]
    found = told(estimate)["concentration_sensitivity"]
    assert [each["concentration"] for each in found] == [0.5, 2.0]
    assert found[0]["point"] > estimate.point > found[1]["point"]
    assert "concentration_sensitivity" not in told(fit(KOSOVO))


@pytest.mark.parametrize("lists", [2, 17])
def test_too_few_or_too_many_lists_are_refused(lists: int) -> None:
    histories = CaptureHistories.of(
        [f"list {j}" for j in range(lists)], {1: 5, 2: 6, (1 << lists) - 1: 3}
    )
    with pytest.raises(NotEstimable, match=f"there are {lists}"):
        fit(histories)


def test_cells_of_another_method_can_be_used() -> None:
    rng = np.random.default_rng(9)
    cells = rng.dirichlet(np.maximum(KOSOVO.cells, 1), 2_000)
    estimate = NoHighestOrderInteraction(xi=2.0).of_cells(KOSOVO, cells, rng=rng)
    assert estimate.draws is not None
    assert estimate.draws.shape == (1, 2_000)
    assert estimate.parameters["xi"] == 2.0
    with pytest.raises(BadValue, match="16 cells, not 8"):
        NoHighestOrderInteraction().of_cells(KOSOVO, cells[:, :8], rng=rng)


def test_the_same_seed_gives_the_same_bytes_and_they_can_be_read_back() -> None:
    content = fit(SPINA_BIFIDA).to_bytes()
    assert fit(SPINA_BIFIDA).to_bytes() == content
    assert Estimate.from_bytes(content).to_bytes() == content


@pytest.mark.parametrize(
    "wrong",
    [{"xi": 0.0}, {"sensitivity": (1.0, -1.0)}, {"concentration": 0.0}, {"level": 0}, {"draws": 0}],
)
def test_parameters_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadValue):
        NoHighestOrderInteraction(**wrong)  # type: ignore[arg-type]  # that is what is tested


def test_the_interval_covers_a_population_that_fulfils_the_assumption() -> None:
    rng = np.random.default_rng(12)
    p = cells_with(3, 0.0, np.random.default_rng(31))
    held = 0
    for _ in range(60):
        counts = dict(enumerate(rng.multinomial(4_000, p).tolist()))
        del counts[0]
        estimate = fit(CaptureHistories.of("ABC", counts))
        assert estimate.interval is not None
        held += estimate.interval[0] <= 4_000 <= estimate.interval[1]
    # 57 are expected; fewer than 51 happens once in a hundred.
    assert held >= 51
