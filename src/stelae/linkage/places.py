"""The places that lists print: their parts from the smallest up, and coordinates."""

import polars as pl

from stelae.linkage.mapping import FieldFrom
from stelae.records.sheets import ROW

__all__ = ["parts_of", "place_columns"]

_SEPARATORS = r"\s*[,،;⁏、]\s*"
_SPLIT = "\x1f"
_DEGREES = r"^[+-]?\d{1,3}(?:[.,]\d+)?$"


def parts_of(printed: pl.Expr, *, largest_first: bool = False) -> pl.Expr:
    """The parts of a printed place between commas, smallest first; null where there are none."""
    parts = (
        printed.str.replace_all(_SEPARATORS, _SPLIT)
        .str.split(_SPLIT)
        .list.eval(pl.element().filter(pl.element().str.contains(r"\w")))
    )
    if largest_first:
        parts = parts.list.reverse()
    return pl.when(parts.list.len() > 0).then(parts)


def place_columns(cells: pl.DataFrame, source: FieldFrom) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """NAME, NAME_parts, and NAME_lat and NAME_lon where the list gives them.

    Several columns are parts already, each of which may hold commas too.
    """
    name = source.field.name
    if source.value is not None:
        printed = pl.lit(source.value)
    else:
        printed = pl.concat_str(
            [pl.col(each) for each in source.columns], separator=", ", ignore_nulls=True
        )
        printed = pl.when(printed != "").then(printed)
    frame = cells.select(ROW, printed.alias(name)).with_columns(
        parts_of(pl.col(name), largest_first=source.largest_first).alias(f"{name}_parts")
    )
    notes: list[str] = []
    if source.lat is not None and source.lon is not None:
        degrees, note = _degrees(cells, source)
        frame = pl.concat([frame, degrees], how="horizontal")
        notes += note
    return frame.drop(ROW), tuple(notes)


def _degrees(cells: pl.DataFrame, source: FieldFrom) -> tuple[pl.DataFrame, list[str]]:
    """Latitude and longitude, null in both where either is none."""
    name = source.field.name
    assert source.lat is not None
    assert source.lon is not None
    found = cells.select(
        ROW,
        *[
            pl.when(pl.col(column).str.contains(_DEGREES))
            .then(pl.col(column).str.replace(",", ".", literal=True))
            .cast(pl.Float64)
            .alias(alias)
            for column, alias in ((source.lat, f"{name}_lat"), (source.lon, f"{name}_lon"))
        ],
        (pl.col(source.lat).is_not_null() | pl.col(source.lon).is_not_null()).alias("said"),
    )
    lat, lon = pl.col(f"{name}_lat"), pl.col(f"{name}_lon")
    fine = lat.is_between(-90, 90) & lon.is_between(-180, 180) & ~((lat == 0) & (lon == 0))
    sound = found.with_columns(fine.fill_null(False).alias("fine"))
    odd = sound.filter(pl.col("said") & ~pl.col("fine"))
    notes = []
    if odd.height:
        rows = ", ".join(map(str, odd[ROW].head(5).to_list()))
        notes.append(f"{name}: coordinates that cannot be, left out: {odd.height:,} (rows {rows})")
    return (
        sound.select(
            pl.when("fine").then(lat).alias(lat.meta.output_name()),
            pl.when("fine").then(lon).alias(lon.meta.output_name()),
        ),
        notes,
    )
