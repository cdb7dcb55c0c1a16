"""A plot as a value: what it is called, what it shows in words, its table, how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from stelae.errors import BadValue

__all__ = ["Plot", "Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """The twin of a plot: every number that is drawn, for those who read rather than look.

    The first cell of a row names it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise BadValue("a row of a table has as many cells as there are columns")


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """One plot; `name` is the stem of its files, `caption` says in words how to read it."""

    name: str
    title: str
    caption: str
    table: Table
    draw: Callable[[], Figure]
