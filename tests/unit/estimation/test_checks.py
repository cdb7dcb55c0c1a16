import pytest
from fake_methods import Doubling

from stelae.errors import BadValue
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.chapman import Chapman
from stelae.estimation.checks import Checks, HeldOut, check_all, held_out
from stelae.estimation.estimate import Status
from stelae.estimation.histories import CaptureHistories, Replicate
from stelae.values.canonical import Json

TABLE = CaptureHistories.of(
    "ABCD",
    {1: 40, 2: 30, 4: 20, 8: 10, 3: 10, 5: 6, 6: 5, 9: 4, 12: 4, 7: 3, 11: 2, 13: 2, 14: 2, 15: 1},
)


def test_every_list_is_dropped_held_out_and_every_variant_is_tried() -> None:
    found = check_all([TABLE], Doubling(), [ChaoLowerBound()], seed=1).strata[0]
    assert [each.list for each in found.dropped] == list("ABCD")
    assert found.dropped[0].estimate.lists == ("B", "C", "D")
    assert [(each.list, each.known) for each in found.held_out] == list(
        zip("ABCD", TABLE.on_list, strict=True)
    )
    assert [each.name for each in found.variants] == ["factor=3"]


def test_a_held_out_lists_people_are_the_population() -> None:
    members = held_out(TABLE, "A")
    assert members.lists == ("B", "C", "D")
    assert dict(members) == {1: 10, 2: 6, 4: 4, 3: 3, 5: 2, 6: 2, 7: 1}
    with pytest.raises(BadValue, match="no list Z"):
        held_out(TABLE, "Z")


@pytest.mark.parametrize(("factor", "verdict"), [(1, False), (2, True)])
def test_a_held_out_list_is_covered_or_not(factor: int, verdict: bool) -> None:
    table = CaptureHistories.of("ABCD", {1: 28, 3: 9, 5: 9, 9: 9, 15: 1, 2: 50, 4: 50, 8: 50})
    found = check_all([table], Doubling(factor=factor), seed=1).strata[0].held_out[0]
    assert (found.known, found.estimate.observed) == (56, 28)
    assert found.is_covered is verdict


def test_a_lower_bound_is_wrong_only_above_the_known_size() -> None:
    estimate = check_all([TABLE], ChaoLowerBound(), seed=1).strata[0].held_out[0].estimate
    assert estimate.interval is not None
    low, high = estimate.interval
    assert HeldOut("A", int(high) + 50, estimate).is_covered is True
    assert HeldOut("A", int(low) - 5, estimate).is_covered is False


def test_what_cannot_be_held_out_is_refused_with_the_reason_and_counts_for_nothing() -> None:
    three = CaptureHistories.of("ABC", {1: 40, 2: 30, 4: 20, 3: 10, 5: 6, 6: 5, 7: 2})
    found = check_all([three], Doubling(), seed=1)
    assert all(each.estimate.status is Status.REFUSED for each in found.strata[0].held_out)
    assert found.covered == (0, 0)


def test_two_lists_leave_nothing_to_drop() -> None:
    two = CaptureHistories.of("AB", {1: 40, 2: 30, 3: 10})
    found = check_all([two], Chapman(), [ChaoLowerBound()], seed=1)
    assert found.strata == ()
    assert found.unchecked == 0
    assert [each.method for each in found.methods] == ["chao"]


def test_the_largest_strata_are_checked_and_the_others_counted() -> None:
    tables = [
        CaptureHistories.of("ABC", {1: 10 + i, 3: 5, 6: 5, 7: 1}, stratum={"r": str(i)})
        for i in range(5)
    ]
    found = check_all(tables, ChaoLowerBound(), seed=1, most_strata=2)
    assert [each.stratum for each in found.strata] == [{"r": "3"}, {"r": "4"}]
    assert found.unchecked == 3


@pytest.mark.parametrize(("every", "compared"), [(False, 1), (True, 3)])
def test_the_first_replicate_is_checked_and_all_are_on_request(every: bool, compared: int) -> None:
    tables = [
        CaptureHistories.of("ABC", {1: 10 + d, 3: 5, 6: 5, 7: 1}, replicate=Replicate(None, d))
        for d in range(3)
    ]
    found = check_all(tables, ChaoLowerBound(), [Doubling()], seed=1, every_replicate=every)
    assert len(found.strata) == 1
    assert found.strata[0].dropped[0].estimate.replicate == Replicate(None, 0)
    assert len(found.methods[0].strata[0].replicates) == compared


def test_progress_ends_at_the_whole_and_what_it_raises_stops_the_checks() -> None:
    told: list[float] = []
    check_all([TABLE], Doubling(), [ChaoLowerBound()], seed=1, workers=1, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_all([TABLE], Doubling(), seed=1, progress=stop)


def test_json_goes_both_ways() -> None:
    found = check_all([TABLE], Doubling(), [ChaoLowerBound()], seed=1)
    assert Checks.from_json(found.to_json()).to_json() == found.to_json()


@pytest.mark.parametrize(
    "odd", [[], {"strata": 1}, {"strata": [], "methods": [3], "unchecked_strata": 0}]
)
def test_other_json_is_refused(odd: Json) -> None:
    with pytest.raises(BadValue):
        Checks.from_json(odd)
