"""The date columns of the joined table, from one printed column or from year, month and day."""

from dataclasses import replace

import polars as pl

from stelae.linkage.dates import Conventions, read_date
from stelae.linkage.distinct import apply_distinct
from stelae.linkage.mapping import FieldFrom, Order
from stelae.records.sheets import ROW

__all__ = ["date_columns", "settled_order"]

_NUMERIC = r"^\s*(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*\d{2,4}\s*$"
_ENOUGH = 3


def date_columns(
    cells: pl.DataFrame, source: FieldFrom, conventions: Conventions
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """NAME, NAME_first, NAME_last, NAME_style for these cells, and notes.

    `cells` holds ROW and the columns that the field is read from, null where they say nothing.
    """
    name = source.field.name
    printed = _joined_parts(source) if source.parts else _printed(source)
    frame = cells.select(ROW, printed.alias(name))
    notes: list[str] = []
    if not source.parts and conventions.order is None:
        order, note = settled_order(frame[name])
        conventions = replace(conventions, order=order)
        # Between dots, day, month, year is usual and not worth a word.
        is_told = order is Order.MDY or frame[name].str.contains("/", literal=True).any()
        notes += [f"{name}: {note}"] if note and is_told else []
    style = conventions.calendar

    def read(text: str) -> tuple[object, object, str | None]:
        found = read_date(text, conventions)
        return found.first, found.last, str(found.calendar) if found.calendar else None

    schema = {f"{name}_first": pl.Date, f"{name}_last": pl.Date, f"{name}_style": pl.String}
    found, odd = apply_distinct(frame, name, read, schema)
    if odd.count:
        notes.append(odd.note("dates that cannot be or cannot be read, kept as printed"))
    if style is not None:
        said = pl.when(pl.col(f"{name}_first").is_null() & pl.col(f"{name}_last").is_null())
        found = found.with_columns(
            said.then(None).otherwise(f"{name}_style").alias(f"{name}_style")
        )
    return pl.concat([frame.select(name), found], how="horizontal"), tuple(notes)


def _printed(source: FieldFrom) -> pl.Expr:
    if source.value is not None:
        return pl.lit(source.value)
    return pl.col(source.columns[0])


def _joined_parts(source: FieldFrom) -> pl.Expr:
    """`1967-09-27` where the parts are digits, else the parts as they are printed, day first."""
    assert source.year is not None
    width = {source.year: 4, source.month: 2, source.day: 2}
    parts = [pl.col(each).str.strip_suffix(".0") for each in source.parts]
    digits = pl.all_horizontal([part.str.contains(r"^\d+$").fill_null(True) for part in parts])
    iso = pl.concat_str(
        [pl.col(each).str.strip_suffix(".0").str.zfill(width[each]) for each in source.parts],
        separator="-",
        ignore_nulls=True,
    )
    year = pl.col(source.year)
    # Without a year, or with a day but no month, nothing tells the parts apart: they are marked.
    gaps = pl.concat_str(
        [
            pl.col(each).str.strip_suffix(".0").str.zfill(width[each]).fill_null("?" * width[each])
            for each in source.parts
        ],
        separator="-",
    )
    has_gap = year.is_null()
    if source.day is not None and source.month is not None:
        has_gap |= pl.col(source.month).is_null() & pl.col(source.day).is_not_null()
    words = pl.concat_str(
        [pl.col(each) for each in reversed(source.parts)], separator=" ", ignore_nulls=True
    )
    return (
        pl.when(pl.all_horizontal([pl.col(each).is_null() for each in source.parts]))
        .then(None)
        .when(digits & has_gap)
        .then(gaps)
        .when(digits)
        .then(iso)
        .otherwise(words)
    )


def settled_order(printed: pl.Series) -> tuple[Order | None, str]:
    """The order that the dates of a column can only have, and a note of it.

    Day before month where some first part is above 12 and no second, or the other way round;
    None where the column does not tell.
    """
    parts = printed.drop_nulls().unique().str.extract_groups(_NUMERIC).struct.unnest()
    first, second = (parts[column].cast(pl.Int32) for column in ("1", "2"))
    day_first = int(((first > 12) & (first <= 31) & (second <= 12)).sum())
    month_first = int(((second > 12) & (second <= 31) & (first <= 12)).sum())
    if day_first >= _ENOUGH and month_first <= 0.02 * day_first:
        return Order.DMY, f"read as day, month, year, since {day_first:,} dates can only be so"
    if month_first >= _ENOUGH and day_first <= 0.02 * month_first:
        return Order.MDY, f"read as month, day, year, since {month_first:,} dates can only be so"
    return None, ""
