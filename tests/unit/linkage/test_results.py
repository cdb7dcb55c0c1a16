import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from stelae.linkage.linking import Linkage
from stelae.linkage.results import (
    clusters,
    draws,
    model_json,
    pairs,
    people,
    records,
    summary,
    words,
)
from stelae.values.canonical import canonical_json

BITS = 1 / np.log(2.0)


def test_clusters_have_the_promised_columns_and_every_record_once(linkage: Linkage) -> None:
    found = clusters(linkage)
    assert found.columns == ["list", "record", "cluster"]
    assert found.height == linkage.lists.frame.height
    assert found.select("list", "record").is_unique().all()
    assert found["cluster"].min() == 1
    assert found["cluster"].n_unique() == found["cluster"].max() == people(linkage)


def test_pairs_have_the_promised_columns_and_one_for_each_comparison(linkage: Linkage) -> None:
    found = pairs(linkage)
    fixed = ["list_a", "record_a", "list_b", "record_b", "probability", "weight", "together"]
    names = [each.name for each in linkage.comparisons]
    assert found.columns == [*fixed, *names]
    assert found["probability"].is_between(0, 1).all()
    assert set(found.select(pl.col(names)).dtypes) == {pl.Float64}


def test_weights_of_comparisons_and_the_prior_add_up_to_the_weight(linkage: Linkage) -> None:
    found = pairs(linkage)
    names = [each.name for each in linkage.comparisons]
    prior = model_json(linkage)["prior"]
    assert isinstance(prior, float)
    total = found.select(pl.sum_horizontal(pl.col(names).fill_null(0.0)) + prior).to_series()
    off = 0.0001 * (len(names) + 2)  # each is rounded
    assert (total - found["weight"]).abs().max() <= off  # type: ignore[operator]
    odds = 2.0 ** found["weight"].to_numpy()
    assert found["probability"].to_numpy() == pytest.approx(odds / (1 + odds), abs=1e-4)


def test_nothing_is_weighed_where_one_of_two_says_nothing(linkage: Linkage) -> None:
    frame, found = linkage.lists.frame, pairs(linkage)
    for comparison in linkage.comparisons:
        said = frame[comparison.columns[0]].is_not_null()
        both = said.gather(linkage.pairs["a"]) & said.gather(linkage.pairs["b"])
        assert (found[comparison.name].is_not_null() == both).all()


def test_what_is_told_of_a_pair_is_without_the_lean_of_clusters(linkage: Linkage) -> None:
    assert linkage.settings.lean > 0
    told = pairs(linkage)["weight"].to_numpy() / BITS
    used = linkage.pairs["log_odds"].to_numpy()
    assert used - told == pytest.approx(linkage.settings.lean, abs=1e-3)
    prior = model_json(linkage)["prior"]
    assert isinstance(prior, float)
    assert linkage.weights.prior - prior / BITS == pytest.approx(linkage.settings.lean, abs=1e-3)


def test_kept_pairs_are_those_together_or_likely_enough(linkage: Linkage) -> None:
    found = pairs(linkage)
    odds = linkage.settings.keep / (1 - linkage.settings.keep) / np.exp(linkage.settings.lean)
    assert (found["together"] | (found["probability"] >= odds / (1 + odds) - 1e-6)).all()
    labels = linkage.labels
    together = labels[linkage.pairs["a"].to_numpy()] == labels[linkage.pairs["b"].to_numpy()]
    assert (found["together"].to_numpy() == together).all()
    assert (linkage.pairs["a"] < linkage.pairs["b"]).all()


def test_draws_are_whole_clusterings_from_one(linkage: Linkage) -> None:
    two = replace(linkage, draws=(linkage.labels, np.zeros_like(linkage.labels)))
    found = draws(two)
    assert found.columns == ["list", "record", "cluster", "draw"]
    assert found.group_by("draw").len().sort("draw").rows() == [
        (1, linkage.lists.frame.height),
        (2, linkage.lists.frame.height),
    ]
    first = found.filter(draw=1).drop("draw")
    assert first.equals(clusters(linkage))
    assert found.filter(draw=2)["cluster"].unique().to_list() == [1]


def test_records_are_as_their_lists_print_them(linkage: Linkage) -> None:
    found = records(linkage.as_read)
    assert found.columns[:3] == ["list", "record", "line"]
    for field in linkage.as_read.fields:
        assert found[field.name].equals(linkage.as_read.frame[field.name])


def test_the_model_says_what_every_level_means_and_weighs(linkage: Linkage) -> None:
    value = json.loads(canonical_json(model_json(linkage)))
    assert value["schema"] == "stelae-link-model/1"
    assert [each["name"] for each in value["comparisons"]] == [
        each.name for each in linkage.comparisons
    ]
    for each, comparison in zip(value["comparisons"], linkage.comparisons, strict=True):
        assert [level["means"] for level in each["levels"]] == list(comparison.levels)
        assert {"means", "weight", "first"} <= set(each["levels"][0])
    kinds = {each["kind"] for each in value["comparisons"]}
    assert kinds <= {"name", "date", "place", "sex", "code", "text"}
    assert value["names"]["digest"] == f"sha256:{linkage.model.digest}"
    assert value["inflation"] >= 1.0


def test_more_alike_weighs_more_in_all(linkage: Linkage) -> None:
    """The first level of every comparison outweighs the last: alike speaks for, unlike against."""
    for weights in linkage.weights.by_level:
        assert weights[0] > weights[-1]


def test_the_summary_has_the_keys_that_others_rely_on(linkage: Linkage) -> None:
    value = summary(linkage, {"clusters.csv": "sha256:1"})
    assert value["schema"] == "stelae-link/1"
    assert value["records"] == linkage.lists.frame.height
    assert value["clusters"] == people(linkage)
    assert value["pairs_scored"] == linkage.compared
    assert value["pairs_matched"] == pairs(linkage)["together"].sum()
    seconds = value["seconds"]
    assert isinstance(seconds, dict)
    assert {"candidates", "score", "cluster"} <= seconds.keys()
    assert value["outputs"] == {"clusters.csv": "sha256:1"}


def test_the_words_of_names_have_their_log_shares(linkage: Linkage) -> None:
    found = words(linkage)
    assert found.height == len(linkage.common)
    assert found.height > 50
