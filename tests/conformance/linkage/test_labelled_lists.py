"""Labelled lists of other people, through the command line, with a mapping that was guessed."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from linkage_truth import pairwise_f1

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "linkage"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data/linkage is absent"),
]


@pytest.mark.parametrize(
    ("name", "least"), [("rldata10000", 0.96), ("febrl3", 0.998), ("hist50k", 0.86)]
)
def test_the_clusters_are_near_the_truth(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, name: str, least: float
) -> None:
    truth = pl.read_parquet(DATA / f"{name}.parquet")
    path = tmp_path / f"{name}.parquet"
    truth.drop("cluster").write_parquet(path)
    code, _, err = run("link", path, "-o", tmp_path / "out")
    assert code == 0, err
    found = pl.read_parquet(tmp_path / "out" / "clusters.parquet")
    # Ids are the file's own or its lines; the order of the records is that of the file.
    assert found.height == truth.height
    known = found.with_columns(person=truth["cluster"])
    assert pairwise_f1(known, ["list", "record"], "person") >= least
