"""The marks that records bear, as tables from which candidates are found."""

from collections.abc import Iterator

import polars as pl

from stelae.linkage.candidates import Mark
from stelae.linkage.coding import code
from stelae.linkage.comparisons.texts import plain
from stelae.linkage.fields import Field, Kind, Lists
from stelae.linkage.words import Words

__all__ = ["marks_of"]

_LONGEST_SPAN_YEARS = 3
_BEGINNING = 4
"""Signs of a code from which its first half is a mark."""


def marks_of(lists: Lists, words: Words) -> tuple[Mark, ...]:
    """All marks that some record bears."""
    marks = [
        Mark(name, role, _rows(frame)) for name, role, frame in _plain_marks(lists) if frame.height
    ]
    if words.rows.height:
        own = pl.Series("value", words.sound, dtype=pl.Int64)
        heard = words.rows.select("row", own.gather(words.rows["value"]))
        marks.append(Mark("sound", "sound", _rows(heard)))
        alike = words.rows.join(words.alike, left_on="value", right_on="token")
        marks.append(Mark("word", "word", _rows(alike.select("row", value="sound"))))
    return tuple(marks)


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col("row").cast(pl.Int32), pl.col("value").cast(pl.Int32)).unique()


def _plain_marks(lists: Lists) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Marks of all fields but names: (for people, role, table)."""
    frame = lists.frame
    for field in lists.fields:
        match field.kind:
            case Kind.DATE:
                yield from _date_marks(frame, field)
            case Kind.PLACE:
                yield f"{field.name}", "place", _place_marks(frame, field)
            case Kind.CODE:
                bare = frame.select(
                    "row",
                    value=pl.col(field.name)
                    .str.to_lowercase()
                    .str.replace_all(r"[\s\-./]", "", literal=False),
                ).filter(pl.col("value") != "")
                yield field.name, "code", _numbered(bare)
                length = pl.col("value").str.len_chars()
                begins = bare.filter(length >= _BEGINNING).select(
                    "row", value=pl.col("value").str.head((length + 1) // 2)
                )
                yield f"beginning of {field.name}", "beginning", _numbered(begins)
            case Kind.TEXT:
                coded = code(frame, [field.name])
                texts = [plain(text) for text in coded.values[field.name].to_list()]
                said = pl.DataFrame({"row": frame["row"], "id": coded.ids})
                table = pl.DataFrame(
                    {"id": range(len(texts)), "value": texts},
                    schema={"id": pl.Int32, "value": pl.String},
                )
                words = said.join(table, on="id").select("row", "value")
                yield field.name, "text", _numbered(words.filter(pl.col("value") != ""))


def _date_marks(frame: pl.DataFrame, field: Field) -> Iterator[tuple[str, str, pl.DataFrame]]:
    first, last = pl.col(f"{field.name}_first"), pl.col(f"{field.name}_last")
    known = frame.filter(first.is_not_null() & last.is_not_null())
    exact = known.filter(first == last)
    telling = exact.filter((first.dt.month() != 1) | (first.dt.day() != 1))
    days = telling.select("row", value=first.cast(pl.Int32))
    # Printed, but no day of any calendar (31 February): the same misprint is worth comparing.
    odd = frame.filter(pl.col(field.name).is_not_null() & first.is_null())
    misprints = _numbered(odd.select("row", value=pl.col(field.name)))
    yield (
        f"{field.name}: day",
        "day",
        pl.concat([days, misprints.select("row", value=-2 - pl.col("value"))]),
    )
    short = known.filter(last.dt.year() - first.dt.year() < _LONGEST_SPAN_YEARS)
    years = (
        short.select("row", value=pl.int_ranges(first.dt.year(), last.dt.year() + 1))
        .explode("value")
        .select("row", pl.col("value").cast(pl.Int32))
    )
    yield f"{field.name}: year", "year", years
    yield (
        f"{field.name}: day of the year",
        "anniversary",
        telling.select("row", value=(first.dt.month() * 100 + first.dt.day()).cast(pl.Int32)),
    )


def _place_marks(frame: pl.DataFrame, field: Field) -> pl.DataFrame:
    column = f"{field.name}_ids" if f"{field.name}_ids" in frame.columns else None
    parts = frame.select(
        "row",
        value=pl.when(pl.col(field.name).is_not_null()).then(pl.col(f"{field.name}_parts")),
    ).explode("value")
    coded = code(parts.filter(pl.col("value").is_not_null()), ["value"])
    spelled = [plain(text) for text in coded.values["value"].to_list()]
    rows = parts.filter(pl.col("value").is_not_null())["row"]
    table = pl.DataFrame(
        {"row": rows, "value": pl.Series([spelled[i] for i in coded.ids], dtype=pl.String)}
    )
    if column is not None:
        known = frame.select("row", value=pl.col(column)).explode("value").drop_nulls()
        table = pl.concat([table, known.select("row", value=pl.lit("\x00") + pl.col("value"))])
    return _numbered(table.filter(pl.col("value") != ""))


def _numbered(table: pl.DataFrame) -> pl.DataFrame:
    """(row, text) as (row, whole number), one row for each pair."""
    coded = code(table, ["value"])
    return (
        pl.DataFrame({"row": table["row"], "value": coded.ids})
        .filter(pl.col("value") >= 0)
        .unique()
    )
