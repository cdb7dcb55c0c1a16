import re
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from linked_samples import ODD, clustered, hand_made
from page_text import Reading

from stelae import __version__
from stelae.linkage.evaluation import Estimated
from stelae.linkage.linking import Linkage
from stelae.linkage.posterior import People
from stelae.linkage.reliability import reliability
from stelae.linkage.report import Reviewed, report_page

DRAWS = [[0, 1, 0, 1, 1, 0, 1, 2], [0, 1, 0, 1, 2, 0, 1, 1], [0, 1, 0, 1, 1, 0, 1, 1]]


def answers(count: int) -> Reviewed:
    chances = np.linspace(0.05, 0.95, count)
    judged = reliability(chances, np.arange(count) % 3 > 0)
    return Reviewed(
        count,
        judged,
        (
            Estimated("precision", 0.97, (0.94, 0.99), 200),
            Estimated("recall", None, None, 3, "too few reviews"),
        ),
        People(None, (2, 9), 1.0, ("the weights <may> be wrong",)),
    )


@pytest.fixture(scope="module")
def page() -> str:
    return report_page(hand_made(DRAWS), 7)


def test_the_same_linkage_gives_the_same_text(page: str) -> None:
    assert report_page(hand_made(DRAWS), 7) == page


def test_the_page_is_well_formed_and_asks_nothing_of_the_world(page: str) -> None:
    read = Reading(page)
    assert read.amiss == []
    assert read.tags.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert all(each.startswith("#") for each in read.asked if ":" not in each)
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page
    assert not re.search(r"url\((?!#)", page)


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    read = Reading(page)
    targets = set(re.findall(r'<a href="#([^"]+)"', page))
    assert len(targets) == 11
    assert targets <= set(read.ids)


@pytest.mark.parametrize("reviewed", [Reviewed(), answers(60)])
def test_every_figure_has_a_caption_and_a_table(reviewed: Reviewed) -> None:
    text = report_page(hand_made(DRAWS), 7, reviewed)
    figures = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
    assert len(figures) == 7 + bool(reviewed.reliability)
    for figure in figures:
        assert figure.count("<figcaption>") == figure.count("<table>") == 1
        assert figure.count('<svg class="drawing"') == 1


def test_it_says_that_it_is_not_for_publication(page: str) -> None:
    assert "Not for publication" in Reading(page).text
    assert '<meta name="robots" content="noindex">' in page


def test_names_are_text_and_never_markup(page: str) -> None:
    assert "<i>Vardan" not in page
    assert "&lt;i&gt;Vardan&lt;/i&gt;" in page
    read = Reading(page)
    assert ODD in read.text
    assert "birth: <odd> dates: 1" in read.text


def test_names_are_isolated_and_find_their_own_direction(page: str) -> None:
    for name in ("يعقوب", "Յակոբ", "Акоп", "Sarkissian"):
        shown = [m.start() for m in re.finditer(name, page)]
        assert shown
        for at in shown:
            assert page[:at].rfind('<bdi lang="und" dir="auto">') > page[:at].rfind("</bdi>")


def test_what_was_found_stands_first(page: str) -> None:
    text = Reading(page).text
    assert "What was found 3 people 2–3 people in 95 % of 3 drawn clusterings" in text
    assert "Records 8, on 3 lists" in text
    assert "Most records of one person 4" in text
    assert "Decisions of reviewers none" in text
    assert "Of 28 possible pairs of records, 20 were compared (71.4 %)" in text


def test_lists_stand_with_duplicates_notes_and_digests(page: str) -> None:
    text = Reading(page).text
    assert "b 3 2 1 no" in text
    assert f"{ODD} 2 2 0 yes" in text
    assert f"b.csv sha256:{'cd' * 32}" in text


def test_candidates_have_their_recall_and_their_keys(page: str) -> None:
    text = Reading(page).text
    assert "Of the pairs that match, 90.0 % were compared at all" in text
    assert "a word of the name + birth: year 12 5 0" in text
    assert "the sound of a word of the name 7 3 40" in text


def test_doubt_and_clusters_are_told(page: str) -> None:
    text = Reading(page).text
    assert "5 pairs are doubtful, with a probability of 10 % to 90 %" in text
    assert "The clusters bring 9 pairs of records together." in text
    assert "It stays as it is in 33 % of the draws, is split in 33 % and takes in other" in text
    assert "Weakest pair inside: " + ODD + " 2 and b 3, −5.0 bits (32 to 1 against" in text


def test_how_it_was_made_stands_with_seed_versions_and_digest(page: str) -> None:
    text = Reading(page).text
    linkage = hand_made()
    assert f"Stelae {__version__} Seed 7 Draws 3" in text
    assert f"{linkage.model.version}, sha256:{linkage.model.digest}" in text


def test_without_answers_it_is_said_how_to_get_them(page: str) -> None:
    text = Reading(page).text
    assert "No reviewer has decided on any pair." in text
    assert 'id="reliability"' not in page


def test_answers_show_reliability_errors_and_the_verdict_on_people() -> None:
    text = Reading(report_page(hand_made(DRAWS), 7, answers(60))).text
    assert "Whether probabilities hold" in text
    assert "precision 0.970 0.940–0.990 200" in text
    assert "recall unknown none: too few reviews 3" in text
    assert "3 clusters no interval: it would not be honest" in text
    assert "not stated: the weights <may> be wrong." in text


def test_few_answers_have_no_curve() -> None:
    page = report_page(hand_made(DRAWS), 7, answers(5))
    assert 'id="reliability"' not in page
    assert "Too few answers (5)" in Reading(page).text


def test_an_interval_that_holds_is_the_headline() -> None:
    reviewed = Reviewed(people=People((2, 4), (2, 4), 0.0))
    text = Reading(report_page(hand_made(), 7, reviewed)).text
    assert "3 people 2–4 people Records" in text
    assert "Between 2 and 4 people." in text


def test_synthetic_lists_are_named_so() -> None:
    linkage = hand_made()
    said = "The data are synthetic"
    assert said not in Reading(report_page(linkage, 1)).text
    first, *others = linkage.lists.lists
    named = (replace(first, file="SYNTHETIC.csv"), *others)
    found = replace(linkage, lists=replace(linkage.lists, lists=named))
    assert said in Reading(report_page(found, 1)).text


@pytest.mark.parametrize(
    "linkage",
    [
        clustered([0, 0], [0, 1]),
        clustered([0, 1], [0, 0]),
        clustered([0], [0]),
        clustered(list(range(40)) * 2, list(range(40)) * 2),
    ],
    ids=["nothing joined", "never compared", "one record", "forty lists"],
)
def test_little_to_show_is_shown(linkage: Linkage) -> None:
    read = Reading(report_page(linkage, 1))
    assert read.amiss == []
    assert "What can go wrong" in read.text


def test_a_page_stays_small_whatever_the_cells_hold() -> None:
    linkage = hand_made()
    wide = pl.Series(["x" * 100_000] * 8)
    frame = linkage.lists.frame.with_columns(given=wide, family=wide, birth=wide)
    lists = replace(linkage.lists, frame=frame)
    assert len(report_page(replace(linkage, lists=lists, as_read=lists), 1)) < 300_000


def test_a_real_linkage_has_a_page(linkage: Linkage) -> None:
    page = report_page(linkage, 1)
    assert Reading(page).amiss == []
    assert page == report_page(linkage, 1)
    assert "One pair added up" in page
