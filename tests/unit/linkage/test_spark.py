"""Spark gives what DuckDB gives."""

import shutil
import sys
import warnings
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from stelae.linkage.candidates import CANDIDATES, Limits, find
from stelae.linkage.coding import code
from stelae.linkage.engine import DuckEngine, Engine
from stelae.linkage.fields import Lists
from stelae.linkage.linking import Settings, likeness_of, link, once_of
from stelae.linkage.marks import marks_of
from stelae.linkage.names import NameModel
from stelae.linkage.patterns import PatternCode
from stelae.linkage.plan import comparisons_for, completed
from stelae.linkage.scoring import compare_pairs
from stelae.linkage.spark import SparkEngine
from stelae.linkage.words import words_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    sql = pytest.importorskip("pyspark.sql")
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        warnings.simplefilter("ignore")
        session = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        with SparkEngine(session=session) as engine:
            yield engine
        session.stop()


def steps(engine: Engine, lists: Lists) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """What keys found, the candidates, and the patterns of levels of their pairs."""
    words = words_of(lists, NameModel.shipped())
    report = find(engine, marks_of(lists, words), Limits(), once_of(lists))
    candidates = engine.fetch(f"select a, b, found from {CANDIDATES}", ["a", "b"])
    comparisons = comparisons_for(lists, likeness_of(NameModel.shipped(), {}))
    coded = [code(lists.frame, comparison.columns) for comparison in comparisons]
    patterns = PatternCode.of([len(comparison.levels) for comparison in comparisons])
    compare_pairs(engine, [CANDIDATES], ["pairs"], comparisons, coded, patterns)
    return report, candidates, engine.fetch("select * from pairs", ["a", "b"])


@pytest.mark.filterwarnings("ignore")
def test_spark_finds_and_compares_the_pairs_that_duckdb_does(
    spark: SparkEngine, lists: Lists
) -> None:
    whole = completed(lists)
    with DuckEngine(threads=1) as duck:
        report, candidates, pairs = steps(duck, whole)
    other_report, other_candidates, other_pairs = steps(spark, whole)
    assert pairs.height > 100
    assert other_report.equals(report)
    assert other_candidates.equals(candidates)
    assert other_pairs.equals(pairs)


@pytest.mark.filterwarnings("ignore")
def test_spark_makes_the_clusters_that_duckdb_does(spark: SparkEngine, lists: Lists) -> None:
    few = Settings(random_pairs=5_000, rounds=1)
    made = []
    with DuckEngine(threads=1) as duck:
        for engine in (duck, spark):
            rng = np.random.default_rng(1)
            made.append(link(lists, NameModel.shipped(), engine, rng, few))
    here, there = made
    assert there.labels.tolist() == here.labels.tolist()
    assert there.pairs.equals(here.pairs)
    assert there.found == here.found


@pytest.mark.filterwarnings("ignore")
def test_a_table_can_be_made_anew_of_itself_and_dropped(spark: SparkEngine) -> None:
    spark.put("again", pl.DataFrame({"n": [1, 2]}, schema={"n": pl.UInt32}))
    spark.make("again", "select n + 1 as n from again")
    assert spark.fetch("select n from again", ["n"])["n"].to_list() == [2, 3]
    spark.drop("again", "never there")
    with pytest.raises(Exception, match="again"):
        spark.fetch("select n from again")
