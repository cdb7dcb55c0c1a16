"""The columns of one field of one list, from the cells that the mapping names."""

import polars as pl

from stelae.errors import BadValue
from stelae.linkage.ages import read_age
from stelae.linkage.date_columns import date_columns
from stelae.linkage.dates import Conventions
from stelae.linkage.distinct import apply_distinct
from stelae.linkage.fields import Field, Kind
from stelae.linkage.mapping import ABOUT, FieldFrom, Section
from stelae.linkage.places import place_columns
from stelae.linkage.sexes import sex_words
from stelae.records.sheets import ROW

__all__ = ["columns_of", "schema_of"]


def schema_of(field: Field) -> dict[str, pl.DataType | type[pl.DataType]]:
    """The columns that every field of its kind has in the joined table."""
    name = field.name
    schema: dict[str, pl.DataType | type[pl.DataType]] = {name: pl.String}
    match field.kind:
        case Kind.DATE:
            schema |= {
                f"{name}_first": pl.Date,
                f"{name}_last": pl.Date,
                f"{name}_style": pl.String,
            }
        case Kind.AGE:
            schema |= {f"{name}_low": pl.Int32, f"{name}_high": pl.Int32}
        case Kind.SEX:
            schema |= {f"{name}_code": pl.String}
        case Kind.PLACE:
            schema |= {f"{name}_parts": pl.List(pl.String)}
        case _:
            pass
    return schema


def columns_of(
    cells: pl.DataFrame, source: FieldFrom, section: Section
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The field's columns in the order of `cells`, and notes on what could not be read.

    `cells` holds ROW and the columns that the mapping names, null where they say nothing.
    """
    match source.field.kind:
        case Kind.DATE:
            conventions = Conventions(
                source.order or section.order,
                source.calendar or section.calendar,
                ABOUT if section.about is None else section.about,
                section.century_from,
            )
            return date_columns(cells, source, conventions)
        case Kind.AGE:
            return _ages(cells, source)
        case Kind.SEX:
            return _sexes(cells, source)
        case Kind.PLACE:
            return place_columns(cells, source)
        case _:
            return _printed(cells, source).drop(ROW), ()


def _printed(cells: pl.DataFrame, source: FieldFrom) -> pl.DataFrame:
    """ROW and the cells as printed; of several columns, with a space between."""
    name = source.field.name
    if source.value is not None:
        return cells.select(ROW, pl.lit(source.value).alias(name))
    if len(source.columns) == 1:
        return cells.select(ROW, pl.col(source.columns[0]).alias(name))
    joined = pl.concat_str(
        [pl.col(each) for each in source.columns], separator=" ", ignore_nulls=True
    )
    return cells.select(ROW, pl.when(joined != "").then(joined).alias(name))


def _ages(cells: pl.DataFrame, source: FieldFrom) -> tuple[pl.DataFrame, tuple[str, ...]]:
    name = source.field.name
    frame = _printed(cells, source)
    schema = {f"{name}_low": pl.Int32, f"{name}_high": pl.Int32}
    found, odd = apply_distinct(frame, name, read_age, schema)
    notes = (odd.note("ages that cannot be read, kept as printed"),) if odd.count else ()
    return pl.concat([frame.drop(ROW), found], how="horizontal"), notes


def _sexes(cells: pl.DataFrame, source: FieldFrom) -> tuple[pl.DataFrame, tuple[str, ...]]:
    name = source.field.name
    frame = _printed(cells, source)
    known = sex_words(frame[name].drop_nulls().unique().to_list(), dict(source.words))

    def read(text: str) -> tuple[str | None]:
        if len(text) > 100:
            raise BadValue("is too long for a sex")
        return (known.code(text),)

    found, odd = apply_distinct(frame, name, read, {f"{name}_code": pl.String})
    notes = (odd.note("words not known for a sex; say what they mean (words = …)"),)
    return pl.concat([frame.drop(ROW), found], how="horizontal"), notes if odd.count else ()
