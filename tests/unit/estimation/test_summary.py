from fake_methods import Doubling

from stelae.estimation.axes import estimate_all
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.checks import Checks, check_all
from stelae.estimation.histories import CaptureHistories, Replicate
from stelae.estimation.summary import summary

COUNTS = {1: 400, 2: 300, 4: 200, 3: 100, 5: 60, 6: 50, 7: 20}


def table(region: str, draw: int | None = None) -> CaptureHistories:
    return CaptureHistories.of(
        "ABC",
        {**COUNTS, 1: 400 + 40 * (draw or 0)},
        stratum={"region": region} if region else {},
        replicate=Replicate(None, draw),
    )


def test_a_row_tells_observed_estimate_interval_method_and_status() -> None:
    text = summary(estimate_all([table("")], Doubling(), seed=1))
    header, row = text.splitlines()[:2]
    assert header.split() == [
        "stratum",
        "observed",
        "estimate",
        "95",
        "%",
        "interval",
        "method",
        "status",
    ]
    assert row.split()[:2] == ["all", "1,130"]
    assert row.split()[-2:] == ["doubling", "ok"]
    assert "total" not in text


def test_strata_have_a_total_and_the_refused_are_named_with_the_reason() -> None:
    odd = CaptureHistories.of("ABC", {1: 5, 2: 6, 3: 2}, stratum={"region": "west"})
    text = summary(estimate_all([table("north"), odd], Doubling(), seed=1))
    assert "\ntotal " in text
    assert "west: refused: needs three lists, has 2 (left out: C holds nobody)" in text
    assert "The total does not cover 1 of 2 strata, with 13 people listed." in text
    assert "west: left out, since it tells nothing of overlap: C holds nobody." in text


def test_an_interval_never_stands_without_what_it_assumes() -> None:
    text = summary(estimate_all([table("")], ChaoLowerBound(), seed=1))
    assert "An interval holds only under the assumptions of its method." in text
    assert "≥ " in text
    assert "the bound may lie above the truth" in " ".join(text.split())


def test_linkages_that_differ_are_shown_with_their_share_of_the_variance() -> None:
    text = summary(estimate_all([table("", 0), table("", 1)], Doubling(), seed=1))
    assert "1,130–1,170" in text
    assert "from the linkage of the lists" in text


def test_what_would_change_it_is_shown() -> None:
    tables = [table("")]
    estimates = estimate_all(tables, Doubling(), seed=1)
    text = summary(estimates, check_all(tables, Doubling(), [ChaoLowerBound()], seed=1))
    shown = text.partition("What would change it")[2]
    assert "A; B; C: refused" not in shown
    assert "without A; without B; without C: refused: needs three lists, has 2" in shown
    assert "factor=3" in shown
    assert "chao" in shown


def test_held_out_lists_are_counted_against_what_is_published() -> None:
    tables = [table("")]
    checks = check_all(tables, ChaoLowerBound(), seed=1)
    text = summary(estimate_all(tables, ChaoLowerBound(), seed=1), checks)
    covered, tried = checks.covered
    assert tried == 3
    assert f"the intervals cover the known size of {covered} of 3 lists" in text
    assert "Binette & Steorts 2021" in text


def test_many_strata_are_shown_in_part() -> None:
    tables = [table(f"r{i:03}") for i in range(70)]
    text = summary(estimate_all(tables, ChaoLowerBound(), seed=1))
    assert "… 10 more" in text
    assert max(map(len, text.splitlines())) <= 110


def test_a_method_that_is_refused_stands_beside_those_who_are_listed() -> None:
    alone = CaptureHistories.of("ABC", {1: 1, 3: 40, 7: 3})
    refused = estimate_all([alone], ChaoLowerBound(), seed=1)
    shown = summary(refused, Checks((), (refused,)))
    assert "chao" in shown
    assert ["chao", "44"] in [line.split()[:2] for line in shown.splitlines()]
