from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from stelae.linkage.decisions import Answer, Decision
from stelae.linkage.explaining import Explainer, explain_pair
from stelae.linkage.explaining_words import cluster_lines, odds, pair_json, percent, verdict
from stelae.linkage.linking import Linkage
from stelae.linkage.weights import probability
from stelae.values.canonical import canonical_json

BITS = 1 / np.log(2.0)


def decision(linkage: Linkage, a: int, b: int, answer: Answer) -> Decision:
    rows = linkage.as_read.frame[[a, b]].select("list", "record").rows()
    (list_a, one), (list_b, two) = rows
    return Decision(list_a, one, "", list_b, two, "", answer, "ana", "2026-01-01T00:00:00Z")


def kept(linkage: Linkage, *, together: bool) -> tuple[int, int]:
    row = linkage.pairs.filter(pl.col("together") == together).row(0, named=True)
    return row["a"], row["b"]


def test_weights_of_kept_pairs_are_those_that_they_had(linkage: Linkage) -> None:
    explainer = Explainer(linkage)
    a, b = linkage.pairs["a"].to_numpy(), linkage.pairs["b"].to_numpy()
    levels = explainer.levels(a, b)
    columns = [f"g{at}" for at in range(len(linkage.comparisons))]
    assert levels.tolist() == linkage.pairs.select(columns).to_numpy().tolist()


def test_a_weight_is_the_sum_of_its_parts(linkage: Linkage) -> None:
    for row in linkage.pairs.head(20).iter_rows(named=True):
        pair = explain_pair(linkage, row["a"], row["b"])
        parts = pair.prior + sum(each.bits for each in pair.compared)
        assert pair.weight == pytest.approx(parts)
        alone = row["log_odds"] - linkage.settings.lean
        assert pair.weight == pytest.approx(alone * BITS)
        assert pair.lean == pytest.approx(linkage.settings.lean * BITS)
        assert pair.probability == pytest.approx(float(probability(np.array(alone))))


def test_a_pair_that_was_not_kept_is_explained_too(linkage: Linkage) -> None:
    known = set(linkage.pairs.select("a", "b").rows())
    a, b = next((a, b) for a in range(40) for b in range(a + 1, 40) if (a, b) not in known)
    pair = explain_pair(linkage, a, b)
    assert pair.probability < 0.01 or pair.barred is not None
    assert pair.weight == pytest.approx(pair.prior + sum(each.bits for each in pair.compared))


def test_the_order_of_the_two_changes_no_weight(linkage: Linkage) -> None:
    a, b = kept(linkage, together=True)
    one, two = explain_pair(linkage, a, b), explain_pair(linkage, b, a)
    assert one.weight == two.weight
    assert (one.left, one.right) == (two.right, two.left)
    assert [each.level for each in one.compared] == [each.level for each in two.compared]


def test_every_printed_cell_is_shown_once(linkage: Linkage) -> None:
    frame = linkage.as_read.frame
    fields = [field.name for field in linkage.as_read.fields]
    for row in linkage.pairs.head(20).iter_rows(named=True):
        pair = explain_pair(linkage, row["a"], row["b"])
        left = [each.left.text for each in pair.compared if each.left is not None]
        left += [each.left for each in pair.others if each.left is not None]
        shown = " ".join(left)
        for text in frame.select(fields).row(row["a"]):
            assert text is None or text in shown


def test_an_age_that_stands_for_a_birth_is_said_to_be_an_age(linkage: Linkage) -> None:
    frame = linkage.as_read.frame
    aged = frame.filter(pl.col("birth").is_null() & pl.col("age").is_not_null())["row"][0]
    other = 0 if aged else 1
    birth = next(e for e in explain_pair(linkage, aged, other).compared if e.name == "birth")
    assert birth.left is not None
    assert birth.left.field == "age"


def test_letters_are_given_of_names_that_both_say(linkage: Linkage) -> None:
    a, b = kept(linkage, together=True)
    named = [each for each in explain_pair(linkage, a, b).compared if each.kind == "name"]
    assert any(each.letters is not None for each in named)
    for each in named:
        assert (each.letters is not None) == (each.left is not None and each.right is not None)


def star(linkage: Linkage) -> Linkage:
    """Rows 0, 1 and 2 in one cluster that only 1 holds together, 3 alone."""
    labels = np.arange(len(linkage.labels)) + 10
    labels[[0, 1, 2]] = 4
    pairs = pl.DataFrame(
        {"a": [0, 1, 0], "b": [1, 2, 2], "log_odds": [3.0, 2.0, -4.0], "together": [True] * 3}
    ).with_columns(pl.col("log_odds") + linkage.settings.lean)
    return replace(linkage, labels=labels, pairs=pairs)


def test_a_pair_is_joined_through_other_records(linkage: Linkage) -> None:
    pair = explain_pair(star(linkage), 0, 2)
    assert pair.together
    assert [each.record for each in pair.companions] == [linkage.as_read.frame["record"][1]]
    assert [tie.bits for tie in pair.through] == [pytest.approx(3 * BITS), pytest.approx(2 * BITS)]
    assert any("Other records join them" in line for line in cluster_lines(pair))


def test_a_decided_match_is_a_tie_without_a_weight(linkage: Linkage) -> None:
    linked = star(linkage)
    linked = replace(linked, pairs=linked.pairs.head(1))
    pair = explain_pair(linked, 0, 2, [decision(linked, 1, 2, Answer.MATCH)])
    assert [tie.bits is None for tie in pair.through] == [False, True]


def test_two_clusters_that_a_list_keeps_apart_say_which(linkage: Linkage) -> None:
    frame = linkage.as_read.frame
    names = [one.name for one in linkage.as_read.lists if one.once]
    row, other = frame.filter(pl.col("list") == names[0])["row"][:2].to_list()
    pair = explain_pair(linkage, row, other)
    assert pair.barred is not None
    assert {each.list for each in pair.barred} == {names[0]}
    assert any("holds each person once" in line for line in cluster_lines(pair))


def test_decisions_on_the_pair_and_between_the_clusters_are_told(linkage: Linkage) -> None:
    linked = star(linkage)
    against = decision(linked, 1, 3, Answer.NON_MATCH)
    own = decision(linked, 0, 3, Answer.UNDECIDED)
    pair = explain_pair(linked, 0, 3, [against, own])
    assert pair.decisions == (own,)
    assert pair.decided == own
    assert pair.refused == (against,)
    assert any("Reviewers hold" in line for line in cluster_lines(pair))


def test_an_explanation_has_a_canonical_form(linkage: Linkage) -> None:
    a, b = kept(linkage, together=False)
    value = pair_json(explain_pair(linkage, a, b, [decision(linkage, a, b, Answer.NON_MATCH)]))
    assert value["schema"] == "stelae-link-pair/1"
    assert value["decided"] == "non-match"
    assert canonical_json(value)


def test_weights_and_probabilities_in_words() -> None:
    assert odds(0.0) == "even odds"
    assert odds(1.0) == "2.0 to 1 for one person"
    assert odds(-5.0) == "32 to 1 against one person"
    assert odds(1e9) == "over a million to 1 for one person"
    assert percent(1.0) == "above 99.9 %"
    assert percent(0.0) == "below 0.1 %"
    assert percent(0.25) == "25.0 %"
    assert verdict(0.95).startswith("one person (95.0 %")
    assert verdict(0.4).startswith("perhaps two people (40.0 % that they are one")
