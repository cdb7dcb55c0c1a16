"""Where the tables of a linkage live and are joined: DuckDB on this machine.

What is asked of an engine is SQL that every database understands: joins, groups, unions, windows.
The same statements run on Spark (`stelae.linkage.spark`).
"""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import duckdb
import polars as pl

from stelae.errors import StorageFailed

__all__ = ["DuckEngine", "Engine"]


class Engine(Protocol):
    """Tables by name, and statements that make new ones."""

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Make a table of a frame."""

    def make(self, name: str, query: str) -> None:
        """Make a table of what a query gives; an earlier one of this name goes."""

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
        self._connection.register("stelae_frame", frame)
        try:
            self.make(name, "select * from stelae_frame")
        finally:
            self._connection.unregister("stelae_frame")

    def make(self, name: str, query: str) -> None:
        """Make a table of what a query gives; an earlier one of this name goes."""
        self._do(f'create or replace table "{name}" as {query}')

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

    def _do(self, statement: str) -> None:
        with self._asking():
            self._connection.execute(statement).fetchall()

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        """Ctrl-C within a statement is Ctrl-C; memory or a disk that is full is said plainly."""
        try:
            yield
        except (RuntimeError, duckdb.InterruptException) as error:
            if "interrupt" not in str(error).lower():
                raise
            raise KeyboardInterrupt from error
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            raise StorageFailed(
                f"there is no room for the tables of the linkage: {str(error).splitlines()[0]}",
                hint="Free memory, or room for temporary files in"
                f" {Path(self._folder.name).parent}.",
            ) from error
