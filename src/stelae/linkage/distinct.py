"""A function of text applied to a column once for each distinct cell, since cells repeat.

A million dates are some ten thousand different ones. What a cell cannot be is counted, and its
first rows are named.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from stelae.errors import BadValue
from stelae.records.sheets import ROW

__all__ = ["Odd", "apply_distinct"]

_TEXT = "\x00text"
_FAULT = "\x00fault"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Odd:
    """Cells of one field of one list that could not be read: how many, and the first ones."""

    field: str
    count: int
    first: tuple[tuple[int, str, str], ...]
    """Row, the cell, the reason."""

    def note(self, what: str) -> str:
        """`birth: dates that cannot be read: 12 (row 3: '31.02.1990' has ...)`."""
        shown = "; ".join(f"row {row}: {_short(cell)} {reason}" for row, cell, reason in self.first)
        more = "; …" if self.count > len(self.first) else ""
        return f"{self.field}: {what}: {self.count:,} ({shown}{more})"


def apply_distinct(
    frame: pl.DataFrame,
    name: str,
    read: Callable[[str], Sequence[Any]],
    schema: Mapping[str, pl.DataType | type[pl.DataType]],
) -> tuple[pl.DataFrame, Odd]:
    """Columns of `schema` read from the text in column `name`, in the rows' order; the odd ones.

    `read` gives one value for each column, or raises BadValue. `frame` has the column ROW.
    """
    distinct = frame[name].drop_nulls().unique(maintain_order=True).to_list()
    values: dict[str, list[Any]] = {column: [] for column in schema}
    faults: list[str | None] = []
    nothing: Sequence[Any] = (None,) * len(schema)
    for text in distinct:
        try:
            found, fault = read(text), None
        except BadValue as error:
            found, fault = nothing, error.what
        faults.append(fault)
        for column, value in zip(values.values(), found, strict=True):
            column.append(value)
    table = pl.DataFrame(
        {_TEXT: distinct, **values, _FAULT: faults},
        schema={_TEXT: pl.String, **schema, _FAULT: pl.String},
    )
    joined = frame.select(ROW, pl.col(name).alias(_TEXT)).join(
        table, on=_TEXT, how="left", maintain_order="left"
    )
    odd = joined.filter(pl.col(_FAULT).is_not_null())
    first = tuple(odd.select(ROW, _TEXT, _FAULT).head(_SHOWN).iter_rows())
    return joined.select(*schema), Odd(name, odd.height, first)


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else f"{cell[:40]}…")
