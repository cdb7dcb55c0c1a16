"""The tables of a linkage on Spark, for lists that outgrow one machine (`stelae[spark]`).

The statements are those that DuckDB runs; sqlglot puts them into Spark's dialect. Pairs are
compared where they are: the function goes to the workers with the values that it compares. What
is fetched, patterns of levels and pairs to cluster, comes to the driver.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import polars as pl

from stelae.errors import MissingExtra
from stelae.linkage.engine import RowsOf

__all__ = ["SparkEngine"]


class SparkEngine:
    """Tables kept by a Spark session: the one that is running, or a local one on all cores."""

    def __init__(self, *, session: Any = None) -> None:
        self._ours = session is None
        self._session = session if session is not None else _local()
        self._tables: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop(*self._tables)
        if self._ours:
            self._session.stop()

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Make a table of a frame."""
        narrow = frame.with_columns(
            pl.col(column).cast(pl.Int32)
            for column, kind in frame.schema.items()
            if kind in (pl.UInt32, pl.UInt16, pl.UInt8)
        )
        self._keep(name, self._session.createDataFrame(narrow.to_arrow(compat_level=_COMPATIBLE)))

    def make(self, name: str, query: str) -> None:
        """Make a table of what a query gives; an earlier one of this name goes."""
        self._keep(name, self._session.sql(_translated(query)))

    def make_by(
        self,
        name: str,
        query: str,
        function: RowsOf,
        schema: Mapping[str, pl.DataType],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Make a table of what a function gives for the rows of a query, on the workers."""

        def parts(batches: Iterator[Any]) -> Iterator[Any]:
            for batch in batches:
                rows = pl.from_arrow(batch)
                if isinstance(rows, pl.DataFrame) and rows.height:
                    yield from function(rows).to_arrow(compat_level=_COMPATIBLE).to_batches()

        empty = pl.DataFrame(schema=schema).to_arrow(compat_level=_COMPATIBLE)
        kinds = self._session.createDataFrame(empty).schema
        made = self._session.sql(_translated(query)).mapInArrow(parts, kinds)
        self._keep(name, made)
        if progress is not None:
            progress(self._tables[name].count())

    def fetch(self, query: str, order: Sequence[str] = ()) -> pl.DataFrame:
        """What a query gives; without an order, in any."""
        by = f" order by {', '.join(order)}" if order else ""
        rows = self._session.sql(_translated(f"select * from ({query}) q{by}"))
        frame = pl.from_arrow(rows.toArrow())
        assert isinstance(frame, pl.DataFrame)  # a table has columns
        return frame

    def drop(self, *names: str) -> None:
        """Forget tables."""
        for name in names:
            table = self._tables.pop(name, None)
            if table is not None:
                table.unpersist()
                self._session.catalog.dropTempView(name)

    def _keep(self, name: str, frame: Any) -> None:
        # Counted at once: what a view is made of may be dropped or made anew before it is read.
        frame = frame.localCheckpoint(eager=True)
        self._session.catalog.dropTempView(name)
        frame.createOrReplaceTempView(name)
        self._tables[name] = frame


_COMPATIBLE = pl.CompatLevel.oldest()
"""Strings and lists as Arrow had them first: the form that Spark reads."""


def _translated(query: str) -> str:
    import sqlglot

    return sqlglot.transpile(query, read="duckdb", write="spark")[0]


def _local() -> Any:
    try:
        import sqlglot  # noqa: F401 (asked for here, so that what is missing is said at once)
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra(
            "linkage on Spark needs pyspark", hint="Install it with: pip install 'stelae[spark]'"
        ) from error
    # Workers need this Python and its packages; on a cluster the caller says where theirs is.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return (
        SparkSession.builder.appName("stelae link")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )
