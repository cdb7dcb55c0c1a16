import doctest

import numpy as np
import pytest

from stelae.errors import BadValue, NotEstimable
from stelae.estimation import chapman
from stelae.estimation.chapman import Chapman
from stelae.estimation.estimate import interval_of
from stelae.estimation.histories import CaptureHistories


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def table(a: int, b: int, both: int) -> CaptureHistories:
    return CaptureHistories.of(("A", "B"), {1: a, 2: b, 3: both})


def test_the_point_is_chapmans_and_the_variance_sebers() -> None:
    found = Chapman().fit(table(180, 80, 20), rng=rng())
    n_1, n_2, m = 200, 100, 20
    assert found.point == pytest.approx((n_1 + 1) * (n_2 + 1) / (m + 1) - 1)
    variance = (n_1 + 1) * (n_2 + 1) * (n_1 - m) * (n_2 - m) / ((m + 1) ** 2 * (m + 2))
    assert found.unlisted is not None
    n_0 = found.unlisted
    factor = np.exp(1.959964 * np.sqrt(np.log(1 + variance / n_0**2)))
    assert found.interval == pytest.approx((280 + n_0 / factor, 280 + n_0 * factor), rel=1e-6)


def test_the_draws_express_the_interval_and_lie_above_the_observed() -> None:
    found = Chapman(draws=100_000).fit(table(180, 80, 20), rng=rng())
    assert found.draws is not None
    assert found.interval is not None
    assert found.draws.min() >= found.observed
    assert interval_of(found.draws, 0.95) == pytest.approx(found.interval, rel=0.02)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    generator = rng()
    truth, trials, held = 1000, 400, 0
    for _ in range(trials):
        on_a, on_b = generator.random(truth) < 0.3, generator.random(truth) < 0.25
        both = int((on_a & on_b).sum())
        seen = table(int((on_a & ~on_b).sum()), int((on_b & ~on_a).sum()), both)
        low, high = Chapman(draws=1).fit(seen, rng=generator).interval or (0, 0)
        held += low <= truth <= high
    assert 0.91 <= held / trials <= 0.985


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ((5, 6, 0), "nobody is on both"),
        ((0, 6, 3), "A holds nobody that the other"),
        ((5, 0, 3), "B holds nobody that the other"),
    ],
)
def test_lists_that_allow_no_number_are_refused(counts: tuple[int, int, int], why: str) -> None:
    with pytest.raises(NotEstimable, match=why):
        Chapman().fit(table(*counts), rng=rng())


def test_three_lists_are_not_for_chapman() -> None:
    with pytest.raises(NotEstimable, match="takes two lists, not 3: A, B, C"):
        Chapman().fit(CaptureHistories.of("ABC", {1: 2, 7: 3}), rng=rng())


@pytest.mark.parametrize("parameters", [{"level": 1.0}, {"draws": 0}])
def test_impossible_parameters_are_refused(parameters: dict[str, float]) -> None:
    with pytest.raises(BadValue):
        Chapman(**parameters)  # type: ignore[arg-type]  # wrong on purpose


def test_the_example_in_the_documentation_holds() -> None:
    assert doctest.testmod(chapman).failed == 0
