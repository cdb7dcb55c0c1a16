"""Laws of log-linear estimates: names and order of lists do not matter; nothing small crashes."""

import itertools

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stelae.errors import NotEstimable
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import (
    Interval,
    LogLinear,
    Model,
    Selection,
    check,
    fit_model,
    hierarchical_models,
)

small = st.sampled_from([0, 0, 0, 1, 2, 3, 5, 8, 40])


@st.composite
def tables(draw: st.DrawFn, least: int = 2, most: int = 4) -> CaptureHistories:
    lists = draw(st.integers(least, most))
    cells = draw(st.lists(small, min_size=(1 << lists) - 1, max_size=(1 << lists) - 1))
    return CaptureHistories.of("ABCDE"[:lists], dict(enumerate(cells, start=1)))


def reordered(histories: CaptureHistories, order: tuple[int, ...]) -> CaptureHistories:
    def moved(mask: int) -> int:
        return sum(1 << new for new, old in enumerate(order) if mask >> old & 1)

    names = [histories.lists[old] for old in order]
    return CaptureHistories.of(names, {moved(mask): count for mask, count in histories})


@settings(deadline=None, max_examples=150)
@given(
    tables(),
    st.sampled_from([s for s in Selection if s is not Selection.GIVEN]),
    st.sampled_from(Interval),
)
def test_any_table_has_an_estimate_or_a_reason(
    histories: CaptureHistories, selection: Selection, interval: Interval
) -> None:
    method = LogLinear(selection, interval, replicates=100, draws=50)
    refusal: NotEstimable | None = None
    try:
        found = method.fit(histories, rng=np.random.default_rng(1))
    except NotEstimable as error:
        refusal = error
    if refusal is not None:
        assert refusal.what
        assert refusal.hint
        return
    assert found.point is not None
    assert found.point >= found.observed
    if found.interval is None:
        assert found.reason
    else:
        assert histories.observed <= found.interval[0] <= found.interval[1]
        assert np.isfinite(found.interval).all()
    assert found.to_bytes() == type(found).from_bytes(found.to_bytes()).to_bytes()


@settings(deadline=None, max_examples=200)
@given(tables(3, 4), st.integers(0, 112))
def test_a_fit_and_the_solver_agree_on_what_exists(
    histories: CaptureHistories, number: int
) -> None:
    models = hierarchical_models(len(histories.lists))
    model = models[number % len(models)]
    assume(histories.observed)
    assert fit_model(histories.cells.astype(np.float64), model).code == check(histories, model)


@settings(deadline=None, max_examples=60)
@given(tables(3, 4), st.permutations(range(4)), st.integers(0, 112))
def test_the_order_of_lists_does_not_change_a_model(
    histories: CaptureHistories, order: list[int], number: int
) -> None:
    lists = len(histories.lists)
    other = reordered(histories, tuple(old for old in order if old < lists))
    models = hierarchical_models(lists)
    model = models[number % len(models)]
    same = Model.named(other.lists, model.names(histories.lists))
    assert check(histories, model) == check(other, same)
    one = fit_model(histories.cells.astype(np.float64), model)
    two = fit_model(other.cells.astype(np.float64), same)
    assert one.code == two.code
    if one.code == 0:
        assert np.isclose(one.unlisted, two.unlisted, rtol=1e-6)
        assert np.isclose(one.deviance, two.deviance, rtol=1e-6, atol=1e-8)


def test_the_order_of_lists_does_not_change_a_selection() -> None:
    rng = np.random.default_rng(8)
    for _ in range(5):
        cells = {x: int(rng.integers(1, 200)) for x in range(1, 16)}
        histories = CaptureHistories.of("ABCD", cells)
        for selection in (Selection.BIC, Selection.STEPWISE, Selection.AIC_AVERAGE):
            method = LogLinear(selection, Interval.MULTINOMIAL_PROFILE)
            found = [
                method.fit(reordered(histories, order), rng=np.random.default_rng(1))
                for order in itertools.islice(itertools.permutations(range(4)), 0, 24, 5)
            ]
            points = [one.point for one in found]
            ends = [one.interval for one in found]
            assert np.allclose(np.array(points, dtype=float), points[0] or np.nan, rtol=1e-7)
            assert np.allclose(np.array(ends, dtype=float), ends[0] or np.nan, rtol=1e-4)
