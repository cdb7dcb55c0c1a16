import math

import numpy as np
import pytest
from capture_tables import ARTIFICIAL, UK_6
from scipy.stats import poisson

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import Check, Model, check, fit_model
from stelae.estimation.loglinear.stepwise import Path, log_tail, stepwise


def path_of(histories: CaptureHistories, threshold: float = 0.02) -> Path:
    return stepwise(histories.cells.astype(np.float64), len(histories.lists), threshold)


@pytest.mark.parametrize(
    ("seen", "mean"),
    [(0, 3.0), (5, 2.0), (2, 5.0), (10, 10.0), (7, 7.5), (60, 25.5), (1, 0.02), (300, 350.0)],
)
def test_the_tail_is_that_of_the_poisson_distribution(seen: int, mean: float) -> None:
    expected = min(poisson.logcdf(seen, mean), poisson.logsf(seen - 1, mean))
    assert log_tail(seen, mean) == pytest.approx(expected, rel=1e-9)


def test_the_tail_of_what_nearly_never_happens_is_still_told_apart() -> None:
    assert log_tail(3000, 3.0) < log_tail(2999, 3.0) < -10_000
    assert log_tail(0, 0.0) == 0
    assert log_tail(1, 0.0) == -math.inf


def plain(histories: CaptureHistories, threshold: float) -> list[int]:
    """The selection written as the paper says it, with the solver's check of each candidate."""
    lists = len(histories.lists)
    counts = histories.cells.astype(np.float64)
    pairs = [1 << j | 1 << i for j in range(lists) for i in range(j)]
    chosen: list[int] = []
    while True:
        means = fit_model(counts, Model.of(lists, chosen)).means
        candidates = []
        for pair in pairs:
            if pair in chosen:
                continue
            mu = sum(means[x] for x in range(1, len(counts)) if x & pair == pair)
            seen = histories.on_all(pair)
            p = min(poisson.cdf(seen, mu), poisson.sf(seen - 1, mu))
            candidates.append((p, pairs.index(pair), pair))
        passed = (
            pair
            for p, _, pair in sorted(candidates)
            if p < threshold and check(histories, Model.of(lists, [*chosen, pair])) == Check.FINE
        )
        found = next(passed, None)
        if found is None:
            return chosen
        chosen.append(found)


def test_steps_are_those_of_the_plain_procedure() -> None:
    rng = np.random.default_rng(3)
    checked = 0
    for _ in range(60):
        seen = rng.choice(15, int(rng.integers(6, 16)), replace=False) + 1
        cells = {int(x): int(rng.integers(1, 40)) for x in seen}
        histories = CaptureHistories.of("ABCD", cells)
        path = path_of(histories, 0.1)
        if path.code == Check.FINE:
            checked += 1
            assert [step.pair for step in path.steps[1:]] == plain(histories, 0.1)
    assert checked > 30


def test_each_step_says_what_it_saw() -> None:
    path = path_of(UK_6)
    assert [UK_6.name_of(step.pair) for step in path.steps[1:]] == [
        "PF×NCA",
        "LA×NG",
        "NG×GP",
        "LA×PF",
        "PF×GP",
        "GO×GP",
        "NG×GO",
    ]
    for step in path.steps[1:]:
        assert step.on_both == UK_6.on_all(step.pair)
        assert step.log_p < math.log(0.02)
        tail = min(
            poisson.logcdf(step.on_both, step.expected),
            poisson.logsf(step.on_both - 1, step.expected),
        )
        assert step.log_p == pytest.approx(tail, rel=1e-6)
    lost = [step.deviance for step in path.steps]
    assert lost == sorted(lost, reverse=True)


def test_a_pair_without_an_estimate_is_passed_over() -> None:
    """A×B has the smallest p, but with it alone nobody could be expected on C and another."""
    path = path_of(ARTIFICIAL, 0.9)
    assert path.passed_over
    assert path.not_existing + path.not_identifiable >= path.passed_over
    assert check(ARTIFICIAL, path.model) == Check.FINE
