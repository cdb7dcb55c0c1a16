from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from stelae.errors import BadInput
from stelae.linkage.explaining import explain_pair
from stelae.linkage.linking import Linkage
from stelae.linkage.names import NameModel
from stelae.linkage.reopening import Kept, reopened
from stelae.linkage.results import clusters, model_json, pairs, records, summary, words
from stelae.values.canonical import canonical_json, parse_json


@pytest.fixture(scope="module")
def kept(linkage: Linkage) -> Kept:
    manifest = {
        **summary(linkage),
        "inputs": {one.file: one.digest for one in linkage.lists.lists},
    }
    model = parse_json(canonical_json(model_json(linkage)))
    assert isinstance(model, dict)
    return Kept(
        records(linkage.as_read), clusters(linkage), pairs(linkage), words(linkage), model, manifest
    )


def test_a_linkage_comes_back_as_it_was(linkage: Linkage, kept: Kept) -> None:
    again = reopened(kept, NameModel.shipped())
    assert again.as_read.frame.equals(linkage.as_read.frame)
    assert again.as_read.fields == linkage.as_read.fields
    assert again.lists.frame.equals(linkage.lists.frame)
    assert again.labels.tolist() == linkage.labels.tolist()
    assert [each.name for each in again.comparisons] == [e.name for e in linkage.comparisons]
    for mine, its in zip(again.weights.by_level, linkage.weights.by_level, strict=True):
        assert np.abs(mine - its).max() < 1e-4
    assert clusters(again).equals(clusters(linkage))
    assert again.pairs.select("a", "b", "together").equals(
        linkage.pairs.select("a", "b", "together")
    )


def test_pairs_are_explained_from_the_folder_as_they_were(linkage: Linkage, kept: Kept) -> None:
    again = reopened(kept, NameModel.shipped())
    for row in linkage.pairs.head(10).iter_rows(named=True):
        one = explain_pair(linkage, row["a"], row["b"])
        two = explain_pair(again, row["a"], row["b"])
        assert [each.level for each in one.compared] == [each.level for each in two.compared]
        assert two.weight == pytest.approx(one.weight, abs=1e-3)
        assert [(tie.left, tie.right) for tie in two.through] == [
            (tie.left, tie.right) for tie in one.through
        ]


def test_another_model_of_names_is_refused(kept: Kept) -> None:
    other = {**kept.model, "names": {"version": "9", "digest": "sha256:00"}}
    with pytest.raises(BadInput, match="another model of names"):
        reopened(replace(kept, model=other), NameModel.shipped())


def test_levels_of_another_version_are_refused(kept: Kept) -> None:
    text = canonical_json(kept.model).replace(b'"the same, unique"', b'"the very same"')
    model = parse_json(text)
    assert isinstance(model, dict)
    with pytest.raises(BadInput, match="in other steps"):
        reopened(replace(kept, model=model), NameModel.shipped())


@pytest.mark.parametrize(
    "model",
    [{}, {"schema": "stelae-link-model/1"}, {"schema": "stelae-link-model/2"}],
)
def test_a_model_of_another_form_is_refused(kept: Kept, model: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="another version"):
        reopened(replace(kept, model=model), NameModel.shipped())


def test_tables_of_two_runs_are_refused(kept: Kept) -> None:
    with pytest.raises(BadInput, match="different runs"):
        reopened(replace(kept, clusters=kept.clusters.head(3)), NameModel.shipped())
    with pytest.raises(BadInput, match="cannot be read"):
        reopened(replace(kept, pairs=pl.DataFrame({"a": [1]})), NameModel.shipped())
