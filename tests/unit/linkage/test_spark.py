"""Spark gives what DuckDB gives."""

import shutil
import warnings
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from stelae.linkage.candidates import Key, Limits, Mark, find
from stelae.linkage.engine import DuckEngine, Engine
from stelae.linkage.scoring import put_labels, scored
from stelae.linkage.spark import SparkEngine
from stelae.linkage.weights import Weights

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    sql = pytest.importorskip("pyspark.sql")
    with warnings.catch_warnings():
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


def fill(engine: Engine) -> pl.DataFrame:
    """Two marks of thirty records, their candidates, levels and scores."""
    rng = np.random.default_rng(1)
    rows = np.arange(30, dtype=np.int64)
    engine.put("records", pl.DataFrame({"row": rows, "once": pl.Series([None, 1, 2] * 10)}))
    for table in ("mark_0", "mark_1"):
        values = rng.integers(0, 6, 30).astype(np.int32)
        engine.put(table, pl.DataFrame({"row": rows, "value": values}))
    one, two = Mark("word", "mark_0", "word"), Mark("year", "mark_1", "year")
    return find(engine, [Key(one), Key(two), Key(one, two)], Limits(), 30)


@pytest.mark.filterwarnings("ignore")
def test_spark_finds_and_scores_the_pairs_that_duckdb_does(spark: SparkEngine) -> None:
    weights = Weights(-2.5, (np.array([1.25, -0.1]),))
    seen = []
    with DuckEngine(threads=1) as duck:
        for engine in (duck, spark):
            report = fill(engine)
            engine.make("pairs", "select a, b, cast(a % 3 - 1 as tinyint) as g0 from candidates")
            scored(engine, "pairs", "scored", weights)
            put_labels(engine, np.arange(30, dtype=np.int64) // 2)
            pairs = engine.fetch("select a, b, log_odds from scored", ["a", "b"])
            seen.append((report, pairs))
    (report, pairs), (other_report, other_pairs) = seen
    assert pairs.height > 20
    assert other_report.equals(report)
    assert other_pairs.select("a", "b").rows() == pairs.select("a", "b").rows()
    assert other_pairs["log_odds"].to_list() == pairs["log_odds"].to_list()


@pytest.mark.filterwarnings("ignore")
def test_a_table_can_be_made_anew_of_itself_and_dropped(spark: SparkEngine) -> None:
    spark.put("again", pl.DataFrame({"n": [1, 2]}, schema={"n": pl.UInt32}))
    spark.make("again", "select n + 1 as n from again")
    assert spark.fetch("select n from again", ["n"])["n"].to_list() == [2, 3]
    spark.drop("again", "never there")
    with pytest.raises(Exception, match="again"):
        spark.fetch("select n from again")
