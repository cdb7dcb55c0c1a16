import re
from dataclasses import replace

import pytest
from estimated_samples import ODD, Stuck, sample_result, sample_table
from fake_methods import Doubling
from page_text import Reading

from stelae.estimation.axes import estimate_all
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.checks import Checks, check_all
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.plots import Table
from stelae.estimation.report import report_files
from stelae.estimation.report.facts import models_table
from stelae.estimation.wording import EQUALLY_WELL
from stelae.values.canonical import Json


def page(estimates: Estimates, tables: list[CaptureHistories], checks: Checks | None) -> Reading:
    return Reading(report_files(estimates, tables, checks)["index.html"].decode())


@pytest.fixture(scope="module")
def answered() -> dict[str, bytes]:
    return dict(report_files(*sample_result(), "stelae estimate 'synthetic <lists>.csv'"))


def regions() -> tuple[Estimates, list[CaptureHistories]]:
    tables = [
        sample_table("north <i>"),
        sample_table("south", more=5),
        CaptureHistories.of("AB", {1: 5, 2: 6, 3: 2}, stratum={"region": "west"}),
    ]
    stuck = tables[1].observed
    return estimate_all(tables, Doubling(stuck=stuck), seed=1), tables


def test_the_same_results_give_the_same_bytes(answered: dict[str, bytes]) -> None:
    again = report_files(*sample_result(), "stelae estimate 'synthetic <lists>.csv'")
    assert answered == again


def test_every_plot_on_the_page_is_a_file_in_two_forms(answered: dict[str, bytes]) -> None:
    figures = re.findall(r'<figure id="([^"]+)"', answered["index.html"].decode())
    assert len(figures) == 8
    assert set(answered) == {"index.html"} | {
        f"plots/{name}.{form}" for name in figures for form in ("svg", "png")
    }


def test_every_plot_has_a_caption_and_a_table(answered: dict[str, bytes]) -> None:
    for figure in re.findall(r"<figure.*?</figure>", answered["index.html"].decode(), re.DOTALL):
        assert figure.count("<figcaption>") == figure.count("<table>") == 1
        assert figure.count('<svg class="drawing"') == 1


def test_the_page_is_well_formed_and_asks_nothing_of_the_world(answered: dict[str, bytes]) -> None:
    text = answered["index.html"].decode()
    read = Reading(text)
    assert read.amiss == []
    assert read.tags.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert all(each.startswith("#") for each in read.asked if ":" not in each)
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in text
    assert not re.search(r"url\((?!#)", text)


def test_names_are_text_and_never_markup(answered: dict[str, bytes]) -> None:
    text = answered["index.html"].decode()
    assert "<b>&amp; list" not in text
    assert "a &lt;b&gt;&amp;amp; list" in text
    read = Reading(text)
    for name in ODD:
        assert name in read.text
    assert "synthetic <lists>.csv" in read.text


def test_what_was_found_stands_with_method_interval_and_the_listed() -> None:
    estimates, tables, checks = sample_result()
    whole = estimates.strata[0].pooled
    assert whole.interval is not None
    low, high = whole.interval
    text = page(estimates, tables, checks).text
    assert f"{whole.point:,.0f} people 95 % interval {low:,.0f}–{high:,.0f} people, by" in text
    assert f"Listed 1,247 people On no list, by this estimate {whole.unlisted:,.0f} people" in text


@pytest.mark.parametrize("method", [Doubling(), Stuck(chains=4)])
def test_every_report_says_that_assumptions_cannot_be_tested(method: Doubling) -> None:
    estimates = estimate_all([sample_table()], method, seed=1)
    assert page(estimates, [sample_table()], None).text.count(EQUALLY_WELL) == 2


def test_not_converged_is_as_large_as_a_number_and_has_its_reason() -> None:
    result = sample_result(Stuck(chains=4))
    text = report_files(*result)["index.html"].decode()
    assert '<p class="headline">Not converged: there is no number</p>' in text
    read = Reading(text)
    assert "Why: the chains <do not> agree" in read.text
    found = read.text.partition("What was found")[2].partition("What it rests on")[0]
    assert "interval" not in re.sub(r"no interval", "", found)
    assert "R-hat (at most 1.01)" in read.text


def test_refused_is_as_large_as_a_number_and_has_its_reason() -> None:
    two = CaptureHistories.of("AB", {1: 40, 2: 30, 3: 12})
    text = page(estimate_all([two], Doubling(), seed=1), [two], None).text
    assert "Refused: there is no number Why: needs three lists, has 2" in text
    assert "From no file" in text
    assert "No checks were made" in text


def test_a_lower_bound_is_called_one() -> None:
    estimates = estimate_all([sample_table()], ChaoLowerBound(), seed=1)
    text = page(estimates, [sample_table()], None).text
    assert f"At least {estimates.total.estimate.point:,.0f} people" in text
    assert "On no list, by this estimate at least" in text


def test_a_total_says_whom_it_leaves_out_and_why() -> None:
    estimates, tables = regions()
    text = page(estimates, tables, None).text
    assert "The total does not cover 2 of 3 parts, in which 1,265 people are listed." in text
    assert "west, 13 people listed: needs three lists, has 2" in text
    assert "south, 1,252 people listed: the chains do not agree" in text
    assert "The total holds only if the parts share nobody" in text


def test_strata_have_plots_of_their_own_named_by_number() -> None:
    estimates, tables = regions()
    files = report_files(estimates, tables, check_all(tables, Doubling(), seed=1))
    assert {"plots/strata.svg", "plots/likely-total.png", "plots/likely-1.svg"} <= set(files)
    read = Reading(files["index.html"].decode())
    assert read.amiss == []
    assert "north <i>: where the number may lie" in read.text


def test_only_the_largest_strata_are_drawn_and_it_is_said() -> None:
    tables = [sample_table(f"r{at}", more=at) for at in range(8)]
    estimates = estimate_all(tables, Doubling(), seed=1)
    files = report_files(estimates, tables, check_all(tables, Doubling(), seed=1))
    assert "plots/overlaps-2.svg" not in files
    assert "plots/overlaps-3.svg" in files
    text = Reading(files["index.html"].decode()).text
    assert "the other 2 is in estimates.json" in text


def test_linkages_that_differ_are_named_as_a_source_of_doubt() -> None:
    tables = [sample_table(linkage=draw, more=60 * draw) for draw in (0, 1)]
    text = page(estimate_all(tables, Doubling(), seed=1), tables, None).text
    assert "from not knowing how the lists' records belong together" in text
    assert "Listed 1,247–1,307 people" in text


def test_synthetic_data_are_named_so_only_where_the_input_says_it() -> None:
    said = "The data are synthetic"
    table = replace(sample_table(), inputs={"lists.csv": "sha256:" + "0" * 64})
    estimates = estimate_all([table], Doubling(), seed=1)
    assert said not in page(estimates, [table], None).text
    assert said in page(estimates, [sample_table()], None).text


def test_it_says_how_to_make_it_again(answered: dict[str, bytes]) -> None:
    text = Reading(answered["index.html"].decode()).text
    assert "stelae estimate 'synthetic <lists>.csv'" in text
    assert "sha256:" + "ab" * 32 in text
    assert "Seed 1" in text


def test_models_that_a_method_tells_of_are_a_table() -> None:
    estimate = estimate_all([sample_table()], Doubling(), seed=1).strata[0].pooled
    assert models_table(estimate) is None
    linear: dict[str, Json] = {"best_models": [{"model": "[A B][C]", "n": 1999.6, "weight": 0.25}]}
    told = models_table(replace(estimate, diagnostics=linear))
    assert told == Table(("Model", "Estimate, people", "Weight"), (("[A B][C]", "2,000", "0.250"),))
    graphs: dict[str, Json] = {
        "models": [
            {"cliques": [["A", "B"], ["C"]], "point": 2100, "probability": 0.9997},
            {"cliques": [["A"], ["B"], ["C"]], "point": 1900, "probability": 0.0003},
        ]
    }
    told = models_table(replace(estimate, diagnostics=graphs))
    assert told is not None
    assert told.rows == (("A×B, C", "2,100", "1.000"),)
