import doctest

import numpy as np
import pytest

from stelae.errors import NotEstimable
from stelae.estimation import chao
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.histories import CaptureHistories


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


KOSOVO_ONES, KOSOVO_TWOS = 3218, 882


def kosovo_like() -> CaptureHistories:
    return CaptureHistories.of("ABCD", {1: KOSOVO_ONES, 3: KOSOVO_TWOS, 15: 300})


def test_the_bound_is_chaos_in_both_forms() -> None:
    table = kosovo_like()
    plain = ChaoLowerBound(bias_corrected=False).fit(table, rng=rng())
    assert plain.unlisted == pytest.approx(KOSOVO_ONES**2 / (2 * KOSOVO_TWOS))
    corrected = ChaoLowerBound().fit(table, rng=rng())
    assert corrected.unlisted == pytest.approx(
        KOSOVO_ONES * (KOSOVO_ONES - 1) / (2 * (KOSOVO_TWOS + 1))
    )


def test_it_says_that_it_is_a_lower_bound() -> None:
    assert ChaoLowerBound().fit(kosovo_like(), rng=rng()).diagnostics["is_lower_bound"] is True


def test_the_bound_lies_below_the_truth_where_people_differ() -> None:
    generator, truth, below = rng(), 2000, 0
    for _ in range(50):
        chance = np.where(generator.random(truth) < 0.5, 0.05, 0.4)
        masks = sum((generator.random(truth) < chance) * (1 << j) for j in range(4))
        values, counts = np.unique(masks, return_counts=True)
        seen = {int(v): int(c) for v, c in zip(values, counts, strict=True) if v}
        found = ChaoLowerBound().fit(CaptureHistories.of("ABCD", seen), rng=generator)
        below += (found.point or 0) < truth
    assert below >= 48


@pytest.mark.parametrize("is_corrected", [True, False])
def test_nobody_on_two_lists_has_only_the_corrected_bound(is_corrected: bool) -> None:
    table = CaptureHistories.of("ABC", {1: 5, 2: 5, 7: 1})
    method = ChaoLowerBound(bias_corrected=is_corrected)
    if is_corrected:
        assert method.fit(table, rng=rng()).unlisted == 45
    else:
        with pytest.raises(NotEstimable, match="exactly two"):
            method.fit(table, rng=rng())


@pytest.mark.parametrize("counts", [{3: 5}, {1: 1, 3: 5}])
def test_too_few_on_one_list_bound_nothing(counts: dict[int, int]) -> None:
    with pytest.raises(NotEstimable, match="on one list only"):
        ChaoLowerBound().fit(CaptureHistories.of("ABC", counts), rng=rng())


def test_one_list_bounds_nothing() -> None:
    with pytest.raises(NotEstimable, match="needs two lists"):
        ChaoLowerBound().fit(CaptureHistories.of("A", {1: 5}), rng=rng())


def test_the_example_in_the_documentation_holds() -> None:
    assert doctest.testmod(chao).failed == 0
