"""One file of records read through its section of the mapping: the table of each list in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.linkage.ages import births
from stelae.linkage.field_columns import columns_of, schema_of
from stelae.linkage.fields import Field, Kind, ListOf
from stelae.linkage.gazetteer import Gazetteer
from stelae.linkage.mapping import Section
from stelae.linkage.oddities import oddities
from stelae.linkage.opening import open_list
from stelae.records.sheets import MOST_PROBLEMS, ROW, Sheet, collect
from stelae.values.dates import PartialDate

__all__ = ["ListRead", "read_file"]

_NOTHING = r"^[\p{P}\p{Z}\p{Cc}\p{Cf}]*$"
"""Cells of dashes, dots, question marks and the like say nothing."""
_FIRST = "\x00first"
_LAST = "\x00last"


@dataclass(frozen=True, slots=True)
class ListRead:
    """One list, read: `list`, `record`, `line` and the columns of its own fields."""

    frame: pl.DataFrame
    entry: ListOf
    problems: tuple[Problem, ...] = ()


def read_file(
    path: Path, file: str, name: str, section: Section, gazetteer: Gazetteer | None
) -> tuple[ListRead, ...]:
    """The list in a file, called `name`; or the several that a column of the file tells apart.

    ImportRefused where the file cannot be read or lacks a column; faults of cells are in
    `problems`.
    """
    opened = open_list(path, file, section)
    sheet = opened.sheet
    problems = [*sheet.faults, *_missing_columns(sheet, section)]
    if problems:
        raise ImportRefused(problems)
    cells = _cells(sheet, section, is_parquet=opened.is_parquet)
    notes = [*opened.notes, *_unmapped(sheet, section)]
    if section.id is not None and (absent := cells[section.id].null_count()):
        notes.append(f"records without {section.id}, whose line is their id: {absent:,}")
    columns = [cells.select(_list_of(section, name), _record(section), pl.col(ROW).alias("line"))]
    for source in section.fields:
        found, said = columns_of(cells, source, section)
        columns.append(found)
        notes += said
    table = pl.concat(columns, how="horizontal")
    problems += _without_list(file, table, section)
    problems += _repeated_ids(file, table, section)
    table, said_of_births = _with_births(table, section)
    notes += said_of_births
    if gazetteer is not None:
        table, said_of_places = _with_places(table, section, gazetteer)
        notes += said_of_places
    notes += oddities(table, section)
    if table.height == 0:
        notes.append("holds no records")
    entry = ListOf(name, file, sheet.digest, table.height, bool(section.once), tuple(notes))
    return _parted(ListRead(table, entry, tuple(problems)), section)


def _cells(sheet: Sheet, section: Section, *, is_parquet: bool) -> pl.DataFrame:
    """ROW and the columns that the section names, null where they say nothing."""
    needed = list(dict.fromkeys(_needed(section)))
    # Records of Parquet have no row of names above them.
    row = pl.col(ROW).cast(pl.Int64) - (1 if is_parquet else 0)
    cells = collect(sheet, sheet.rows.select(row, *needed))
    says_nothing = pl.col(pl.String).str.contains(_NOTHING)
    if section.missing:
        says_nothing |= pl.col(pl.String).is_in(list(section.missing))
    return cells.with_columns(pl.when(~says_nothing).then(pl.col(pl.String)).name.keep())


def _needed(section: Section) -> Iterator[str]:
    yield from (column for column in (section.id, section.list) if column is not None)
    for source in section.fields:
        yield from source.all_columns


def _missing_columns(sheet: Sheet, section: Section) -> Iterator[Problem]:
    shown = ", ".join(sheet.columns[:40])
    for name in dict.fromkeys(_needed(section)):
        if name not in sheet.columns:
            yield sheet.problem(
                "the mapping names a column that is not there",
                section.header or 1,
                name,
                f"There are: {shown}",
            )


def _unmapped(sheet: Sheet, section: Section) -> Iterator[str]:
    used = {*_needed(section), *section.ignore}
    unused = [column for column in sheet.columns if column not in used]
    if unused:
        yield f"columns not used: {', '.join(unused[:40])}"


def _list_of(section: Section, name: str) -> pl.Expr:
    return (pl.lit(name) if section.list is None else pl.col(section.list)).alias("list")


def _record(section: Section) -> pl.Expr:
    line = pl.col(ROW).cast(pl.String)
    return (line if section.id is None else pl.coalesce(section.id, line)).alias("record")


def _without_list(file: str, table: pl.DataFrame, section: Section) -> Iterator[Problem]:
    lines = table.filter(pl.col("list").is_null())["line"]
    for line in lines.head(MOST_PROBLEMS):
        yield Problem("says no list", file, line, section.list)
    if lines.len() > MOST_PROBLEMS:
        more = lines.len() - MOST_PROBLEMS
        yield Problem(f"has {more:,} more records without a list", file, None, section.list)


def _repeated_ids(file: str, table: pl.DataFrame, section: Section) -> Iterator[Problem]:
    if section.id is None:
        return
    again = (
        table.with_columns(pl.col("line").first().over("list", "record").alias(_FIRST))
        .filter(pl.col("line") != pl.col(_FIRST))
        .select("record", "line", _FIRST)
    )
    for record, line, first in again.head(MOST_PROBLEMS).iter_rows():
        yield Problem(
            f"the id {record!r} is already that of row {first}",
            file,
            line,
            section.id,
            "An id names one record of its list; without ids, leave id out of the mapping.",
        )
    if again.height > MOST_PROBLEMS:
        yield Problem(f"has {again.height - MOST_PROBLEMS:,} more repeated ids", file)


def _parted(read: ListRead, section: Section) -> tuple[ListRead, ...]:
    """The lists of a file, in the order in which they begin; notes with the first."""
    if section.list is None:
        return (read,)
    parts = read.frame.drop_nulls("list").partition_by("list", maintain_order=True)
    entry = read.entry
    lists = tuple(
        ListRead(
            part,
            ListOf(
                part["list"][0],
                entry.file,
                entry.digest,
                part.height,
                entry.once,
                () if at else entry.notes,
            ),
            () if at else read.problems,
        )
        for at, part in enumerate(parts)
    )
    return lists or (read,)


# --- what follows from other fields ------------------------------------------------------------


def _with_births(table: pl.DataFrame, section: Section) -> tuple[pl.DataFrame, list[str]]:
    """Days of birth that follow from ages, for records that print none."""
    notes = []
    for source in section.fields:
        field = source.field
        if field.kind is not Kind.AGE or field.at is None or field.towards is None:
            continue
        name, towards = field.name, field.towards
        if towards not in table.columns:
            table = table.with_columns(
                pl.lit(None, kind).alias(column)
                for column, kind in schema_of(Field(towards, Kind.DATE)).items()
            )
        first, last = births(
            pl.col(f"{name}_low"), pl.col(f"{name}_high"), *_days_at(field.at, table)
        )
        table = table.with_columns(first.alias(_FIRST), last.alias(_LAST))
        silent = pl.col(towards).is_null()
        found = table.filter(silent & pl.any_horizontal(pl.col(_FIRST, _LAST).is_not_null()))
        table = table.with_columns(
            pl.when(silent).then(own).otherwise(column).alias(column)
            for own, column in ((_FIRST, f"{towards}_first"), (_LAST, f"{towards}_last"))
        ).drop(_FIRST, _LAST)
        if found.height:
            notes.append(f"{towards}: taken from {name} at {field.at}: {found.height:,}")
    return table, notes


def _with_places(
    table: pl.DataFrame, section: Section, gazetteer: Gazetteer
) -> tuple[pl.DataFrame, list[str]]:
    """Ids of the gazetteer for every place; its coordinates where the list gives none."""
    notes: list[str] = []
    for source in section.fields:
        if source.field.kind is not Kind.PLACE:
            continue
        name = source.field.name
        at = _days_at(source.at, table) if source.at is not None else None
        found, said = gazetteer.resolve(table, name, at)
        notes += said
        if source.lat is not None:
            given = table.select(f"{name}_lat", f"{name}_lon")
            has_own = given[f"{name}_lat"].is_not_null()
            found = found.with_columns(
                pl.when(has_own).then(given[column]).otherwise(pl.col(column)).alias(column)
                for column in given.columns
            )
        table = table.drop(found.columns, strict=False).hstack(found)
    return table, notes


def _days_at(at: str, table: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """The days of a date field, or of the date that the mapping writes in its place."""
    if f"{at}_first" in table.columns:
        return pl.col(f"{at}_first"), pl.col(f"{at}_last")
    date = PartialDate.parse(at)  # the mapping was refused where it is neither
    first, last = (day.to_date() if day else None for day in (date.earliest, date.latest))
    return pl.lit(first, pl.Date), pl.lit(last, pl.Date)
