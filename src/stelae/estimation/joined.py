"""Overlap tables from the clusters of a linkage: one row a record, with its list and its person.

The columns are `list`, `record`, `cluster`; with several linkages of the same records, `draw` (or
`linkage`) numbers them. Strata are columns of the same file, or of a second one that gives them by
`cluster` or by `list` and `record`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.estimation.columns import WHOLE, Wanted, faults_of_lists, replicate_of
from stelae.estimation.counted import Counted, Part
from stelae.estimation.histories import MOST_LISTS
from stelae.records.sheets import MOST_PROBLEMS, ROW, Sheet, collect

__all__ = ["is_of_clusters", "read_joined"]

_NEEDED = ("list", "record", "cluster")
_REPLICATES = ("imputation", "draw", "linkage")
_VALUE = "\x00value"


def is_of_clusters(sheet: Sheet) -> bool:
    """Whether a file has the columns of a linkage's clusters."""
    return set(_NEEDED) <= set(sheet.columns)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns are there beyond list, record and cluster."""

    by: tuple[str, ...]
    imputation: str | None
    linkage: str | None

    @property
    def replicate(self) -> list[str]:
        return [name for name in (self.imputation, self.linkage) if name]


def read_joined(sheet: Sheet, wanted: Wanted, strata: Sheet | None = None) -> Counted:
    """Count the persons of a linkage by the lists that hold a record of theirs.

    A person with several records on one list is on it once. A person's stratum is what their
    records say; records that say nothing are passed over. Where they say different things, it is
    what most say in draws of a linkage, which nobody can decide one by one; of a single linkage
    this is refused. So are records that say nothing all, and whatever is missing, repeated or no
    number.
    """
    linkage = next((name for name in _REPLICATES[1:] if name in sheet.columns), None)
    columns = _Columns(wanted.by, "imputation" if "imputation" in sheet.columns else None, linkage)
    by_second = [name for name in wanted.by if strata is not None and name in strata.columns]
    missing = [
        sheet.problem("there is no such column", 1, name, f"There are: {', '.join(sheet.columns)}")
        for name in wanted.by
        if name not in sheet.columns and name not in by_second
    ]
    if missing:
        raise ImportRefused([*sheet.faults, *missing])
    rows = sheet.rows.drop(by_second, strict=False)
    problems = list(sheet.faults)
    if strata is not None and by_second:
        rows, faults = _with_strata(sheet, rows, strata, by_second)
        problems += faults
    problems += _faults_of_cells(sheet, columns)
    if not problems:
        problems += _repeated(sheet, columns)
    names = collect(sheet, sheet.rows.select(pl.col("list").unique().sort())).to_series().to_list()
    lists = wanted.lists or tuple(name for name in names if name)
    problems += [
        sheet.problem(f"there is no list {name!r}", hint=f"There are: {', '.join(names)}")
        for name in lists
        if name not in names
    ]
    problems += faults_of_lists(sheet, lists)
    if problems:
        return Counted(lists, {}, problems=tuple(problems))
    return _count(sheet, rows, columns, lists)


def _count(sheet: Sheet, rows: pl.LazyFrame, columns: _Columns, lists: tuple[str, ...]) -> Counted:
    bits = pl.DataFrame(
        {"list": lists, "\x00bit": [1 << j for j in range(len(lists))]},
        schema={"list": pl.String, "\x00bit": pl.Int64},
    )
    assert len(lists) <= MOST_LISTS  # faults_of_lists; a mask fits into 64 bits
    values = [pl.col(name).filter(pl.col(name) != "") for name in columns.by]
    persons = collect(
        sheet,
        rows.join(bits.lazy(), on="list", how="left")
        .group_by(*columns.replicate, "cluster")
        .agg(
            pl.col("\x00bit").drop_nulls().unique().sum().alias("\x00mask"),
            pl.col(ROW).min(),
            *[value.min() for value in values],
            *[value.max().alias(f"{_VALUE}{at}") for at, value in enumerate(values)],
        ),
    )
    resolved: tuple[str, ...] = ()
    if columns.linkage is not None:
        persons, resolved = _by_most(sheet, rows, persons, columns)
    problems = tuple(_faults_of_strata(sheet, persons, columns))
    counts = persons.group_by(*columns.replicate, *columns.by, "\x00mask").len()
    parts: dict[Part, dict[int, int]] = {}
    outside = 0
    for row in counts.sort(pl.all()).iter_rows(named=True):
        one, two = columns.imputation, columns.linkage
        part = (
            tuple(str(row[name]) for name in columns.by),
            replicate_of(one and row[one], two and row[two]),
        )
        here = parts.setdefault(part, {})
        if row["\x00mask"]:
            here[row["\x00mask"]] = row["len"]
        else:
            outside += row["len"]
    notes = [f"{sheet.name}: clusters of a linkage; lists: {', '.join(lists)}.", *resolved]
    if outside:
        notes.append(
            f"{sheet.name}: left out, since they are on none of the lists chosen:"
            f" {outside:,} people."
        )
    return Counted(lists, parts, tuple(notes), problems)


def _by_most(
    sheet: Sheet, rows: pl.LazyFrame, persons: pl.DataFrame, columns: _Columns
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Persons with the stratum that most of their records say, of as many the first by letters."""
    keys = [*columns.replicate, "cluster"]
    notes = []
    for at, name in enumerate(columns.by):
        last = f"{_VALUE}{at}"
        rival = persons.filter(pl.col(name) != pl.col(last))
        if not rival.height:
            continue
        most = (
            collect(sheet, rows.join(rival.lazy().select(keys), on=keys).select(*keys, name))
            .filter(pl.col(name) != "")
            .group_by(*keys, name)
            .len()
            .sort("len", name, descending=[True, False])
            .unique(keys, keep="first", maintain_order=True)
            .select(*keys, pl.col(name).alias("\x00most"))
        )
        persons = (
            persons.join(most, on=keys, how="left")
            .with_columns(
                pl.coalesce("\x00most", name).alias(name), pl.coalesce("\x00most", last).alias(last)
            )
            .drop("\x00most")
        )
        notes.append(
            f"{sheet.name}: {rival.height:,} of {persons.height:,} people in all draws have records"
            f" that say different values of {name}; each counts under what most of them say."
        )
    return persons, tuple(notes)


def _faults_of_cells(sheet: Sheet, columns: _Columns) -> Iterator[Problem]:
    """Missing cells, numbers of replicates that are none."""
    needed = [*_NEEDED, *columns.replicate]
    wrong = {
        name: ~pl.col(name).str.contains(WHOLE) if name in columns.replicate else pl.col(name) == ""
        for name in needed
    }
    found = _first_rows(sheet, sheet.rows.filter(pl.any_horizontal(list(wrong.values()))), needed)
    for row in found.iter_rows(named=True):
        for name in needed:
            if not row[name]:
                yield sheet.problem("is missing", row[ROW], name)
            elif (
                name in columns.replicate
                and found.filter((pl.col(ROW) == row[ROW]) & wrong[name]).height
            ):
                yield sheet.problem(f"{row[name]!r} is no whole number", row[ROW], name)


def _repeated(sheet: Sheet, columns: _Columns) -> Iterator[Problem]:
    """A record that is in one linkage twice, and linkages that are not of the same records."""
    keys = [*columns.replicate, "list", "record"]
    counted = sheet.rows.group_by(keys).agg(
        pl.len().alias(_VALUE), pl.col(ROW).min(), pl.col(ROW).max().alias("\x00again")
    )
    for row in _first_rows(
        sheet, counted.filter(pl.col(_VALUE) > 1), ["\x00again", "list", "record"]
    ).iter_rows(named=True):
        yield sheet.problem(
            f"record {row['record']!r} of list {row['list']!r} stands in row {row[ROW]} already",
            row["\x00again"],
            "record",
            "A record belongs to one person; several linkages need a column draw.",
        )
    if columns.replicate:
        sizes = collect(sheet, sheet.rows.group_by(columns.replicate).len()).sort(columns.replicate)
        usual: int = max(sizes["len"].to_list(), default=0)
        for row in sizes.filter(pl.col("len") != usual).iter_rows(named=True):
            which = ", ".join(f"{name} {row[name]}" for name in columns.replicate)
            yield sheet.problem(
                f"{which} holds {row['len']:,} records where another holds {usual:,}",
                hint="Each linkage is of all records.",
            )


def _faults_of_strata(sheet: Sheet, persons: pl.DataFrame, columns: _Columns) -> Iterator[Problem]:
    for at, name in enumerate(columns.by):
        last = f"{_VALUE}{at}"
        without = persons.filter(pl.col(name).is_null())
        for row in without.sort(ROW).head(MOST_PROBLEMS).iter_rows(named=True):
            yield sheet.problem(
                f"no record of cluster {row['cluster']!r} says it",
                row[ROW],
                name,
                "Write what is not known as a value of its own, or impute it (column imputation).",
            )
        rival = persons.filter(pl.col(name) != pl.col(last))
        for row in rival.sort(ROW).head(MOST_PROBLEMS).iter_rows(named=True):
            yield sheet.problem(
                f"the records of cluster {row['cluster']!r} say {row[name]!r} and {row[last]!r}",
                row[ROW],
                name,
                "Decide it for the person: give strata by cluster (--strata), or in one imputation"
                " each.",
            )
        more = max(without.height, rival.height) - MOST_PROBLEMS
        if more > 0:
            yield sheet.problem(f"has {more:,} more people without one {name}", column=name)


def _first_rows(sheet: Sheet, frame: pl.LazyFrame, columns: Sequence[str]) -> pl.DataFrame:
    return collect(sheet, frame.select(ROW, *columns).bottom_k(MOST_PROBLEMS, by=ROW).sort(ROW))


def _with_strata(
    sheet: Sheet, rows: pl.LazyFrame, strata: Sheet, by: Sequence[str]
) -> tuple[pl.LazyFrame, list[Problem]]:
    """The rows with the strata that the second file gives, by record or else by cluster."""
    by_record = {"list", "record"} <= set(strata.columns)
    keys = ["list", "record"] if by_record else ["cluster"]
    keys += [name for name in _REPLICATES if name in strata.columns and name in sheet.columns]
    missing = [name for name in keys if name not in strata.columns]
    if missing:
        hint = "A file of strata has the columns cluster, or list and record."
        raise ImportRefused([strata.problem("there is no such column", 1, missing[0], hint)])
    counted = strata.rows.group_by(keys).agg(
        pl.len().alias(_VALUE), pl.col(ROW).min(), pl.col(ROW).max().alias("\x00again")
    )
    problems = list(strata.faults)
    for row in _first_rows(
        strata, counted.filter(pl.col(_VALUE) > 1), ["\x00again", *keys]
    ).iter_rows(named=True):
        which = ", ".join(f"{name} {row[name]!r}" for name in keys)
        problems.append(
            strata.problem(f"{which} stands in row {row[ROW]} already", row["\x00again"], keys[-1])
        )
    given = strata.rows.select(*keys, *by)
    return rows.join(given, on=keys, how="left").with_columns(
        pl.col(name).fill_null("") for name in by
    ), problems
