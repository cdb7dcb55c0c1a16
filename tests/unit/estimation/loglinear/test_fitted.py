import math

import numpy as np
import pytest
from capture_tables import ARTIFICIAL, KOSOVO, UK_6
from scipy.optimize import minimize

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import Model, fit_model, hierarchical_models, independence
from stelae.estimation.loglinear.fitting import Floats, sum_over_subsets, sum_over_supersets


def counts_of(histories: CaptureHistories) -> Floats:
    return histories.cells.astype(np.float64)


def test_sums_over_supersets_and_subsets_are_what_they_say() -> None:
    values = np.random.default_rng(1).normal(size=32)
    above, below = values.copy(), values.copy()
    sum_over_supersets(above)
    sum_over_subsets(below)
    for x in range(32):
        assert above[x] == pytest.approx(sum(values[y] for y in range(32) if y & x == x))
        assert below[x] == pytest.approx(sum(values[y] for y in range(32) if y & x == y))


@pytest.mark.parametrize("number", [0, 20, 61, 90, 112])
def test_newton_finds_what_a_general_optimiser_finds(number: int) -> None:
    model = hierarchical_models(4)[number]
    counts = counts_of(KOSOVO)
    cells, terms = np.arange(1, 16), np.array(model.terms)
    design = (cells[:, None] & terms == terms).astype(float)

    def minus(beta: Floats) -> tuple[float, Floats]:
        means = np.exp(design @ beta)
        value = means.sum() - counts[1:] @ (design @ beta)
        return float(value), np.asarray(design.T @ (means - counts[1:]))

    start = np.linalg.lstsq(design, np.log(counts[1:] + 0.5), rcond=None)[0]
    best = minimize(minus, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 2000})
    found = fit_model(counts, model)
    assert [found.beta[t] for t in model.terms] == pytest.approx(best.x, abs=1e-5)
    margins = design.T @ (found.means[1:] - counts[1:])
    assert np.abs(margins).max() < 1e-6


def test_of_three_independent_lists_nothing_but_the_margins_counts() -> None:
    """With n_0 added, independent lists: N prod(1 - n_j / N) = N - n."""
    found = fit_model(counts_of(ARTIFICIAL), independence(3))
    n = 96 + found.unlisted
    on = ARTIFICIAL.on_list
    assert n * math.prod(1 - size / n for size in on) == pytest.approx(n - 96, rel=1e-9)


def test_two_lists_within_a_third_give_the_estimate_of_lincoln_and_petersen() -> None:
    """[A C][B C]: given C the lists are independent; off C, n_0 = n_A n_B / n_AB."""
    histories = CaptureHistories.of("ABC", {1: 30, 2: 20, 3: 6, 4: 9, 5: 8, 6: 7, 7: 5})
    found = fit_model(counts_of(histories), Model.named("ABC", [["A", "C"], ["B", "C"]]))
    assert found.unlisted == pytest.approx(30 * 20 / 6)


def test_the_likelihood_and_its_criteria_are_those_of_the_poisson_distribution() -> None:
    counts = counts_of(KOSOVO)
    found = fit_model(counts, independence(4))
    direct = sum(
        n * math.log(mu) - mu - math.lgamma(n + 1)
        for n, mu in zip(counts[1:], found.means[1:], strict=True)
    )
    assert found.log_likelihood == pytest.approx(direct)
    assert found.aic == pytest.approx(2 * 5 - 2 * direct)
    assert found.bic == pytest.approx(5 * math.log(4400) - 2 * direct)
    assert found.degrees == 15 - 5


def test_a_pair_that_never_met_goes_to_minus_infinity_with_its_cells() -> None:
    found = fit_model(counts_of(ARTIFICIAL), Model.named("ABC", [["A", "C"], ["B", "C"]]))
    assert found.code == 0
    assert found.beta[0b101] == found.beta[0b110] == -math.inf
    assert found.means[0b101] == found.means[0b110] == found.means[0b111] == 0
    assert found.unlisted == pytest.approx(40 * 30 / 6)
    assert found.degrees == 0


def test_the_standard_error_is_that_of_the_inverse_information() -> None:
    found = fit_model(counts_of(UK_6), independence(6))
    terms = np.array(found.model.terms)
    design = (np.arange(1, 64)[:, None] & terms == terms).astype(float)
    information = design.T @ (found.means[1:, None] * design)
    assert found.error == pytest.approx(math.sqrt(np.linalg.inv(information)[0, 0]))


def test_where_no_estimate_exists_there_is_none() -> None:
    found = fit_model(counts_of(ARTIFICIAL), Model.named("ABC", [["A", "B"]]))
    assert found.code == 1
    assert math.isnan(found.deviance)
    assert math.isnan(found.means[0])
