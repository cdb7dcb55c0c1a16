"""Estimating over strata: neither order nor company changes a stratum, and totals cover all."""

from fake_methods import Doubling
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.estimation.axes import estimate_all
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.estimate import Status
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories

counts = st.dictionaries(st.integers(1, 7), st.integers(0, 60), min_size=1)
strata = st.lists(counts, min_size=1, max_size=5).map(
    lambda parts: [
        CaptureHistories.of("ABC", part, stratum={"region": f"r{at}"})
        for at, part in enumerate(parts)
    ]
)
methods = st.sampled_from([Doubling(draws=50), ChaoLowerBound(draws=50)])


@settings(max_examples=40, deadline=None)
@given(strata, methods, st.randoms(use_true_random=False))
def test_the_order_of_strata_changes_no_byte(
    tables: list[CaptureHistories], method: Doubling | ChaoLowerBound, random: object
) -> None:
    shuffled = list(tables)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
    one = estimate_all(tables, method, seed=3, workers=1)
    assert one.to_bytes() == estimate_all(shuffled, method, seed=3, workers=2).to_bytes()
    assert Estimates.from_bytes(one.to_bytes()).to_bytes() == one.to_bytes()


@settings(max_examples=40, deadline=None)
@given(strata, methods)
def test_every_listed_person_is_in_the_total_or_said_to_be_outside(
    tables: list[CaptureHistories], method: Doubling | ChaoLowerBound
) -> None:
    found = estimate_all(tables, method, seed=3)
    covered = found.total.estimate.observed
    outside = found.total.uncovered_observed
    odd = sum(
        table.observed - each.pooled.observed
        for table, each in zip(tables, found.strata, strict=True)
    )
    assert covered + outside + odd == sum(table.observed for table in tables)
    for each in found.strata:
        if each.pooled.status is Status.OK:
            assert each.pooled.point is not None
            assert each.pooled.point >= each.pooled.observed


@settings(max_examples=40, deadline=None)
@given(counts, st.permutations(range(3)))
def test_the_order_of_lists_changes_no_number(counted: dict[int, int], order: list[int]) -> None:
    table = CaptureHistories.of("ABC", counted)
    moved = CaptureHistories.of(
        ("ABC"[j] for j in order),
        {sum(1 << new for new, old in enumerate(order) if m >> old & 1): c for m, c in table},
    )
    one, two = (estimate_all([t], ChaoLowerBound(), seed=3).total for t in (table, moved))
    assert (one.estimate.point, one.estimate.interval) == (
        two.estimate.point,
        two.estimate.interval,
    )
