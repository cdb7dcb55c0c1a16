"""From the files of several lists to one table, or to everything that is wrong with them.

Cells stay as printed but for the space around them. What a cell cannot be (a 31 February) is
no reason to refuse a list: it stays as printed, says nothing of days or years, and is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.linkage.ages import births
from stelae.linkage.field_columns import columns_of, schema_of
from stelae.linkage.fields import Field, Kind, ListOf, Lists
from stelae.linkage.gazetteer import Gazetteer
from stelae.linkage.mapping import Mapping, Section
from stelae.linkage.oddities import oddities
from stelae.linkage.opening import open_list
from stelae.records.sheets import MOST_PROBLEMS, ROW, Sheet, collect

__all__ = ["read_lists"]

_NOTHING = r"^[\p{P}\p{Z}\p{Cc}\p{Cf}]*$"
"""Cells of dashes, dots, question marks and the like say nothing."""
_ID = "\x00id"


@dataclass(frozen=True, slots=True)
class _Read:
    """One list, read: its table with the columns of its own fields."""

    frame: pl.DataFrame
    entry: ListOf
    problems: tuple[Problem, ...] = ()


def read_lists(
    paths: Sequence[Path], mapping: Mapping, *, gazetteer: Gazetteer | None = None
) -> Lists:
    """The records of all lists in one table, as `stelae.linkage.fields` describes it.

    Raises ImportRefused with every fault of every file, each with its row (the header is row 1)
    and column. What can be read but looks odd is in the notes of its list.
    """
    problems: list[Problem] = []
    read: list[_Read] = []
    files = _names(paths)
    for path, file in files.items():
        section = mapping.of(path.name)
        if not section.fields:
            patterns = ", ".join(each.files for each in mapping.lists if each.files)
            hint = f"Its sections are of {patterns}." if patterns else "It has no [fields]."
            problems.append(Problem("the mapping says nothing of this file", file, hint=hint))
            continue
        try:
            read.append(_read_list(path, file, section, gazetteer))
        except ImportRefused as error:
            problems += error.problems
    problems += [problem for each in read for problem in each.problems]
    read = _with_names(read, mapping)
    problems += _repeated(paths, files)
    problems += _alike(read)
    if not files:
        problems.append(Problem("no list is given"))
    if problems:
        raise ImportRefused(problems)
    return _joined(read, mapping)


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """Files by their own name, or by their path where two have one name."""
    shown = [path.name for path in dict.fromkeys(paths)]
    return {path: path.name if shown.count(path.name) == 1 else path.as_posix() for path in paths}


def _repeated(paths: Sequence[Path], files: dict[Path, str]) -> Iterator[Problem]:
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            yield Problem("is given twice", files[path], hint="Name it once.")
        seen.add(path.resolve())


def _with_names(read: Sequence[_Read], mapping: Mapping) -> list[_Read]:
    """Lists without a name of their own take their file's, if possible without its ending."""
    stems = [Path(each.entry.file).stem for each in read]
    named = []
    for each in read:
        stem = Path(each.entry.file).stem
        own = mapping.of(Path(each.entry.file).name).name
        name = own or (stem if stems.count(stem) == 1 else each.entry.file)
        named.append(replace(each, entry=replace(each.entry, name=name)))
    return named


def _alike(read: Sequence[_Read]) -> Iterator[Problem]:
    """Lists of one name, and files of the same bytes."""
    names: dict[str, ListOf] = {}
    digests: dict[str, ListOf] = {}
    for each in read:
        entry = each.entry
        first = names.setdefault(entry.name, entry)
        if first is not entry:
            yield Problem(
                f"its list is called {entry.name!r} as that of {first.file}",
                entry.file,
                hint="Give each a name of its own in the mapping.",
            )
        same = digests.setdefault(entry.digest, entry)
        if same is not entry and Path(same.file) != Path(entry.file):
            yield Problem(
                f"is the same file as {same.file}, byte for byte",
                entry.file,
                hint="A list given twice would match itself: leave one out.",
            )


def _read_list(path: Path, file: str, section: Section, gazetteer: Gazetteer | None) -> _Read:
    opened = open_list(path, file, section)
    sheet = opened.sheet
    problems = [*sheet.faults, *_missing_columns(sheet, section)]
    if problems:
        raise ImportRefused(problems)
    needed = list(dict.fromkeys(_needed(section)))
    frame = collect(sheet, sheet.rows.select(pl.col(ROW).cast(pl.Int64), *needed))
    if opened.is_parquet:
        frame = frame.with_columns(pl.col(ROW) - 1)
    says_nothing = pl.col(pl.String).str.contains(_NOTHING)
    if section.missing:
        says_nothing |= pl.col(pl.String).is_in(list(section.missing))
    frame = frame.with_columns(pl.when(~says_nothing).then(pl.col(pl.String)).name.keep())
    notes = [*opened.notes, *_unmapped(sheet, section)]
    ids = pl.col(ROW).cast(pl.String)
    if section.id is not None:
        ids = pl.coalesce(pl.col(section.id), ids)
        absent = frame[section.id].null_count()
        if absent:
            notes.append(f"records without {section.id}, whose line is their id: {absent:,}")
    columns = [frame.select(ids.alias("record"), pl.col(ROW).alias("line"))]
    for source in section.fields:
        found, said = columns_of(frame, source, section)
        columns.append(found)
        notes += said
    table = pl.concat(columns, how="horizontal")
    problems += _repeated_ids(file, table, section)
    table, births_said = _with_births(table, section)
    notes += births_said
    if gazetteer is not None:
        table, places_said = _with_places(table, section, gazetteer)
        notes += places_said
    notes += oddities(table, section)
    if table.height == 0:
        notes.append("holds no records")
    entry = ListOf("", file, sheet.digest, table.height, bool(section.once), tuple(notes))
    return _Read(table, entry, tuple(problems))


def _needed(section: Section) -> Iterator[str]:
    if section.id is not None:
        yield section.id
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


def _repeated_ids(file: str, table: pl.DataFrame, section: Section) -> Iterator[Problem]:
    if section.id is None:
        return
    again = (
        table.with_columns(pl.col("line").first().over("record").alias(_ID))
        .filter(pl.col("line") != pl.col(_ID))
        .select("record", "line", _ID)
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
        at_first, at_last = _days_at(field.at)
        first, last = births(pl.col(f"{name}_low"), pl.col(f"{name}_high"), at_first, at_last)
        silent = pl.col(towards).is_null()
        table = table.with_columns(first.alias("\x00first"), last.alias("\x00last"))
        filled = table.filter(
            silent & pl.any_horizontal(pl.col("\x00first", "\x00last").is_not_null())
        )
        table = table.with_columns(
            pl.when(silent)
            .then("\x00first")
            .otherwise(f"{towards}_first")
            .alias(f"{towards}_first"),
            pl.when(silent).then("\x00last").otherwise(f"{towards}_last").alias(f"{towards}_last"),
        ).drop("\x00first", "\x00last")
        if filled.height:
            notes.append(f"{towards}: taken from {name} at {field.at}: {filled.height:,}")
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
        at = _days_at(source.at) if source.at is not None else None
        found, said = gazetteer.resolve(table, name, at)
        notes += said
        own = [pl.col(f"{name}_lat"), pl.col(f"{name}_lon")]
        if source.lat is not None:
            given = table.select(own)
            has_own = given[f"{name}_lat"].is_not_null()
            found = found.with_columns(
                pl.when(has_own).then(given[column]).otherwise(pl.col(column)).alias(column)
                for column in given.columns
            )
        table = table.drop(found.columns, strict=False).hstack(found)
    return table, notes


def _days_at(at: str) -> tuple[pl.Expr, pl.Expr]:
    """The days of a date field, or of the date that the mapping writes in its place."""
    from stelae.values.dates import PartialDate

    try:
        date = PartialDate.parse(at)
    except ValueError:
        return pl.col(f"{at}_first"), pl.col(f"{at}_last")
    first, last = (day.to_date() if day else None for day in (date.earliest, date.latest))
    return pl.lit(first, pl.Date), pl.lit(last, pl.Date)


def _joined(read: Sequence[_Read], mapping: Mapping) -> Lists:
    fields = list(mapping.fields)
    names = {field.name for field in fields}
    for field in mapping.fields:
        if field.towards is not None and field.towards not in names:
            names.add(field.towards)
            fields.append(Field(field.towards, Kind.DATE))
    frames = [each.frame.select(pl.lit(each.entry.name).alias("list"), pl.all()) for each in read]
    whole = pl.concat(frames, how="diagonal")
    schema = {column: kind for field in fields for column, kind in schema_of(field).items()}
    optional = [column for column in whole.columns if column not in schema and column not in _FIXED]
    present = [
        pl.col(column) if column in whole.columns else pl.lit(None, kind).alias(column)
        for column, kind in schema.items()
    ]
    frame = whole.select("list", "record", "line", *present, *optional).with_row_index("row")
    frame = frame.with_columns(pl.col("row").cast(pl.Int64))
    return Lists(frame, tuple(fields), tuple(each.entry for each in read))


_FIXED = ("list", "record", "line")
