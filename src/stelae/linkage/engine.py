"""Where the tables of a linkage live and are joined: DuckDB on this machine.

What is asked of an engine is SQL that every database understands (joins, groups, unions, windows)
and functions that make rows of rows, part by part. The same runs on Spark (`stelae.linkage.spark`).
"""

import contextlib
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import FrameType, TracebackType
from typing import Protocol, Self

import duckdb
import polars as pl

from stelae.errors import StorageFailed

__all__ = ["DuckEngine", "Engine", "RowsOf"]

RowsOf = Callable[[pl.DataFrame], pl.DataFrame]
"""Gives new rows for some rows, each of them looked at alone."""

_PART = 1 << 20
"""Rows that a function is given at once."""


class Engine(Protocol):
    """Tables by name, and statements that make new ones."""

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Make a table of a frame."""

    def make(self, name: str, query: str) -> None:
        """Make a table of what a query gives; an earlier one of this name goes."""

    def make_by(
        self,
        name: str,
        query: str,
        function: RowsOf,
        schema: Mapping[str, pl.DataType],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Make a table of what a function gives for the rows of a query, part by part.

        Parts may be of any size and come in any order, several at once. The function gives the
        columns of `schema`. `progress` is told how many rows are done, where that can be known.
        """

    def fetch(self, query: str, order: Sequence[str] = ()) -> pl.DataFrame:
        """What a query gives; without an order, in any."""

    def drop(self, *names: str) -> None:
        """Forget tables."""


class DuckEngine:
    """Tables in an in-memory DuckDB, which uses a temporary folder when memory runs out."""

    def __init__(self, *, threads: int | None = None, memory: str | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="stelae-link-")
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": self._folder.name,
            "preserve_insertion_order": False,
        }
        if threads is not None:
            settings["threads"] = threads
        if memory is not None:
            settings["memory_limit"] = memory
        self._connection = duckdb.connect(":memory:", config=settings)
        found = self._connection.execute("select current_setting('threads')").fetchall()
        self._threads = int(found[0][0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        self._folder.cleanup()

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Make a table of a frame."""
        self._take(f'create or replace table "{name}" as', frame)

    def make(self, name: str, query: str) -> None:
        """Make a table of what a query gives; an earlier one of this name goes."""
        self._do(f'create or replace table "{name}" as {query}')

    def make_by(
        self,
        name: str,
        query: str,
        function: RowsOf,
        schema: Mapping[str, pl.DataType],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Make a table of what a function gives for the rows of a query, part by part."""
        self.put(name, pl.DataFrame(schema=schema))
        cursor = self._connection.cursor()
        done = 0
        try:
            parts = self._parts(cursor, query)
            with ThreadPoolExecutor(self._threads) as pool:
                # As many parts at once as there are threads, so that memory stays bounded.
                while some := list(islice(parts, self._threads)):
                    for made in pool.map(function, some):
                        self._take(f'insert into "{name}"', made)
                    done += sum(part.height for part in some)
                    if progress is not None:
                        progress(done)
        finally:
            cursor.close()

    def _parts(self, cursor: duckdb.DuckDBPyConnection, query: str) -> Iterator[pl.DataFrame]:
        with self._asking(cursor):
            batches = cursor.sql(query).to_arrow_reader(_PART)
        while True:
            with self._asking(cursor):
                batch = next(batches, None)
            if batch is None:
                return
            made = pl.from_arrow(batch)
            if isinstance(made, pl.DataFrame) and made.height:
                yield made

    def fetch(self, query: str, order: Sequence[str] = ()) -> pl.DataFrame:
        """What a query gives; without an order, in any."""
        by = f" order by {', '.join(order)}" if order else ""
        with self._asking():
            frame: pl.DataFrame = self._connection.sql(f"select * from ({query}){by}").pl()
        return frame

    def drop(self, *names: str) -> None:
        """Forget tables."""
        for name in names:
            self._do(f'drop table if exists "{name}"')

    def _take(self, statement: str, frame: pl.DataFrame) -> None:
        with self._asking():
            self._connection.register("stelae_frame", frame)
        try:
            self._do(f"{statement} select * from stelae_frame")
        finally:
            with self._asking():
                self._connection.unregister("stelae_frame")

    def _do(self, statement: str) -> None:
        with self._asking():
            self._connection.execute(statement).fetchall()

    @contextlib.contextmanager
    def _asking(self, cursor: duckdb.DuckDBPyConnection | None = None) -> Iterator[None]:
        """Ctrl-C within a statement stops it; memory or a disk that is full is said plainly."""
        try:
            with _held((cursor or self._connection).interrupt):
                yield
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            raise StorageFailed(
                f"there is no room for the tables of the linkage: {str(error).splitlines()[0]}",
                hint="Free memory, or room for temporary files in"
                f" {Path(self._folder.name).parent}.",
            ) from error


@contextlib.contextmanager
def _held(interrupt: Callable[[], None]) -> Iterator[None]:
    """Keep Ctrl-C until the end, and tell the database to come to it.

    DuckDB calls Python in the middle of its own work. An exception raised there passes through
    code that does not expect it: it came out as another error, or as a fault of memory. Outside
    the main thread there are no signals; a handler that is not Python's is left alone.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = False

    def hold(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        interrupt()

    signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if asked:
            signal.raise_signal(signal.SIGINT)
