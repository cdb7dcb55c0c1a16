import threading

import pytest
from fake_methods import Doubling, Learning

from stelae.errors import BadValue
from stelae.estimation.axes import MOST_DRAWS, Task, estimate_all, fit_all
from stelae.estimation.chapman import Chapman
from stelae.estimation.estimate import Status
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories, Replicate

COUNTS = {1: 40, 2: 30, 4: 20, 3: 10, 5: 6, 6: 5, 7: 2}


def table(region: str, more: int = 0, linkage: int | None = None) -> CaptureHistories:
    return CaptureHistories.of(
        "ABC",
        {**COUNTS, 1: 40 + more},
        stratum={"region": region},
        replicate=Replicate(None, linkage),
        inputs={"lists.csv": "sha256:00"},
    )


def test_the_number_of_threads_changes_no_byte() -> None:
    tables = [table(f"r{i}", i, d) for i in range(6) for d in range(3)]
    one = estimate_all(tables, Doubling(), seed=7, workers=1)
    two = estimate_all(list(reversed(tables)), Doubling(), seed=7, workers=2)
    assert one.to_bytes() == two.to_bytes()


def test_another_seed_gives_other_numbers() -> None:
    one = estimate_all([table("n")], Doubling(), seed=1)
    two = estimate_all([table("n")], Doubling(), seed=2)
    assert one.to_bytes() != two.to_bytes()


def test_a_stratums_numbers_stay_when_another_is_added() -> None:
    alone = estimate_all([table("n")], Doubling(), seed=1)
    beside = estimate_all([table("a", 3), table("n"), table("z")], Doubling(), seed=1)
    of_n = next(each for each in beside.strata if each.stratum == {"region": "n"})
    assert of_n.to_json() == alone.strata[0].to_json()


def test_a_stratum_with_two_usable_lists_is_refused_and_the_total_says_whom_it_leaves_out() -> None:
    odd = CaptureHistories.of("ABC", {1: 5, 2: 6, 3: 2}, stratum={"region": "z"})
    found = estimate_all([table("n"), odd], Doubling(), seed=1)
    refused = found.strata[1]
    assert refused.pooled.status is Status.REFUSED
    assert refused.pooled.reason == "needs three lists, has 2 (left out: C holds nobody)"
    assert refused.unusable == {"C": "nobody"}
    assert [each.observed for each in found.total.uncovered] == [13]
    assert found.total.uncovered_observed == 13
    assert found.total.estimate.observed == table("n").observed
    assert found.total.estimate.status is Status.OK


def test_a_list_that_cannot_be_used_is_left_out_and_said() -> None:
    odd = CaptureHistories.of("ABCD", COUNTS, stratum={"region": "n"})
    found = estimate_all([odd], Doubling(), seed=1)
    assert found.strata[0].unusable == {"D": "nobody"}
    assert found.strata[0].pooled.lists == ("A", "B", "C")
    assert found.strata[0].pooled.diagnostics["unusable_lists"] == {"D": "nobody"}


def test_leaving_a_list_out_may_leave_another_that_holds_everybody() -> None:
    odd = CaptureHistories.of("ABC", {1: 5, 3: 4, 7: 2})
    assert odd.usable_and_why[1] == {"A": "everybody", "B": "everybody", "C": "everybody"}


def test_an_estimate_below_the_people_listed_is_refused() -> None:
    odd = CaptureHistories.of("ABC", {4: 500, 5: 40, 6: 30, 7: 30})
    found = estimate_all([odd], Chapman(), seed=1)
    assert found.strata[0].pooled.status is Status.REFUSED
    assert "below the 600 people who are listed" in (found.strata[0].pooled.reason or "")


def test_a_table_of_which_no_list_can_be_used_is_refused() -> None:
    odd = CaptureHistories.of("ABC", {7: 3})
    found = estimate_all([odd], Doubling(), seed=1)
    assert found.strata[0].pooled.status is Status.REFUSED
    assert "0 of its lists can be used" in (found.strata[0].pooled.reason or "")
    assert found.total.estimate.status is Status.REFUSED


def test_what_does_not_converge_has_no_total() -> None:
    observed = table("n").observed
    found = estimate_all([table("n")], Doubling(stuck=observed), seed=1)
    assert found.total.estimate.status is Status.NOT_CONVERGED
    assert found.total.estimate.reason == "the chains do not agree"
    assert found.strata[0].replicates[0].draws is not None


def test_one_stratum_is_its_own_total() -> None:
    found = estimate_all([table("n", linkage=d) for d in range(3)], Doubling(), seed=1)
    pooled, total = found.strata[0].pooled, found.total.estimate
    assert (pooled.point, pooled.interval) == (total.point, total.interval)


def test_two_tables_of_one_place_are_refused() -> None:
    with pytest.raises(BadValue, match="one stratum and replicate"):
        estimate_all([table("n"), table("n", 4)], Doubling(), seed=1)
    with pytest.raises(BadValue, match="no table"):
        estimate_all([], Doubling(), seed=1)


def test_progress_is_told_by_the_tables_as_given() -> None:
    told: list[tuple[int, float]] = []
    tables = [table("z"), table("a")]
    estimate_all(
        tables, Doubling(), seed=1, workers=1, progress=lambda at, share: told.append((at, share))
    )
    assert told == [(1, 0.0), (1, 0.5), (1, 1.0), (0, 0.0), (0, 0.5), (0, 1.0)]


def test_what_progress_raises_stops_all_threads() -> None:
    done = threading.Event()

    def stop(at: int, share: float) -> None:
        if share == 0.5:
            done.set()
            raise KeyboardInterrupt

    tasks = [Task(table(f"r{i}"), Doubling()) for i in range(50)]
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        fit_all(tasks, seed=1, workers=2, progress=stop)
    assert done.is_set()
    assert threading.active_count() == before


def test_many_tables_keep_an_equal_share_of_draws_each() -> None:
    found = fit_all([Task(table("n"), Doubling(draws=1000, chains=4))], seed=1, keep=400)
    assert found[0].draws is not None
    assert found[0].draws.shape == (4, 100)
    assert MOST_DRAWS >= 1_000_000


def test_a_table_none_of_whose_lists_can_be_used_has_none_left() -> None:
    table = CaptureHistories.of("ABC", {1: 1, 3: 40, 7: 3})
    (stratum,) = estimate_all([table], Doubling(), seed=1).strata
    assert stratum.pooled.reason is not None
    assert stratum.pooled.reason.startswith("0 of its lists can be used")


def taught(found: Estimates) -> list[list[object]]:
    return [[one.diagnostics["taught_by"] for one in each.replicates] for each in found.strata]


def test_the_first_replicate_of_a_stratum_teaches_the_others() -> None:
    tables = [table(region, linkage=d) for region in ("n", "s") for d in range(3)]
    found = estimate_all(tables, Learning(), seed=1)
    assert taught(found) == [[None, "n/0", "n/0"], [None, "s/0", "s/0"]]


def test_a_replicate_without_an_answer_teaches_nobody() -> None:
    tables = [table("n", more, more) for more in range(3)]
    found = estimate_all(tables, Learning(stuck=tables[0].observed), seed=1)
    assert taught(found) == [[None, None, "n/1"]]
    assert found.strata[0].pooled.status is Status.NOT_CONVERGED


def test_replicates_share_the_draws_asked_for_and_one_alone_keeps_them() -> None:
    tables = [table("n", linkage=d) for d in range(4)] + [table("s", linkage=0)]
    found = estimate_all(tables, Learning(draws=400), seed=1)
    sizes = [
        [one.draws.shape for one in s.replicates if one.draws is not None] for s in found.strata
    ]
    assert sizes == [[(2, 100)] * 4, [(2, 400)]]
    pooled = found.strata[0].pooled
    assert pooled.diagnostics["ess_bulk"] == 400
    assert pooled.diagnostics["ess_tail"] == 200


def test_replicates_that_do_not_agree_together_are_taken_anew_as_if_alone() -> None:
    tables = [table(region, linkage=d) for region in ("n", "s") for d in range(3)]
    found = estimate_all(tables, Learning(draws=900, apart=5), seed=1)
    for stratum in found.strata:
        assert stratum.pooled.status is Status.OK
        assert [one.parameters["draws"] for one in stratum.replicates] == [900] * 3


def test_learning_changes_no_byte_with_the_number_of_threads() -> None:
    tables = [table(f"r{i}", i, d) for i in range(6) for d in range(3)]
    one = estimate_all(tables, Learning(), seed=7, workers=1)
    two = estimate_all(list(reversed(tables)), Learning(), seed=7, workers=2)
    assert one.to_bytes() == two.to_bytes()
