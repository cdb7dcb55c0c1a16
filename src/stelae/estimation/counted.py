"""Overlap tables from files of overlap counts, or of one row for each person."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.estimation.columns import FLAG, WHOLE, Roles, Wanted, replicate_of, roles_of, whole
from stelae.estimation.histories import Replicate
from stelae.records.sheets import MOST_PROBLEMS, ROW, Sheet, collect

__all__ = ["Counted", "Part", "read_counted"]

Part: TypeAlias = tuple[tuple[str, ...], Replicate]
"""The values of the stratum's columns, and the replicate."""
_PEOPLE = "\x00people"
_FLAG = re.compile(FLAG)
_WHOLE = re.compile(WHOLE)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one file counts: by stratum and replicate, people by mask; notes for the user."""

    lists: tuple[str, ...]
    parts: Mapping[Part, Mapping[int, int]]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read_counted(sheet: Sheet, wanted: Wanted) -> Counted:
    """Count a file with a column of counts, or else a file with one row for each person.

    Faults of cells are collected in `problems`; ImportRefused where columns are missing.
    """
    if collect(sheet, sheet.rows.select(pl.len())).item() == 0:
        return Counted((), {}, problems=(*sheet.faults, sheet.problem("holds no rows", 2)))
    roles = roles_of(sheet, wanted)
    if roles.faults:
        raise ImportRefused([*sheet.faults, *roles.faults])
    keys = [*roles.by, *roles.replicates, *roles.flags]
    if roles.count:
        rows = collect(sheet, sheet.rows.select(ROW, *keys, roles.count))
        people = roles.count
    else:
        people = _PEOPLE
        rows = collect(
            sheet,
            sheet.rows.group_by(keys)
            .agg(pl.len().cast(pl.String).alias(people), pl.col(ROW).min())
            .sort(ROW),
        )
    cells = [_Cells(int(row[ROW]), row, people, roles) for row in rows.iter_rows(named=True)]
    sound: list[_Cells] = []
    faulty: list[_Cells] = []
    for each in cells:
        (sound if next(each.faults(sheet), None) is None else faulty).append(each)
    problems = list(_named(sheet, faulty, roles, keys))
    counter = _Counter(roles)
    problems += counter.add(sheet, sound)
    return Counted(
        roles.lists,
        counter.parts,
        (*_notes(sheet, roles), *counter.notes(sheet)),
        tuple(sorted((*sheet.faults, *problems), key=lambda problem: problem.row or 0)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """One row (or all rows that are alike, by the first of them), cell by cell."""

    row: int
    cells: Mapping[str, str]
    people: str
    roles: Roles

    def faults(self, sheet: Sheet) -> Iterator[Problem]:
        """Whatever cannot be read in this row."""
        for name in self.roles.flags:
            if not _FLAG.match(self.cells[name]):
                yield _bad_flag(sheet, self.row, name, self.cells[name])
        for name in self.roles.by:
            if not self.cells[name]:
                yield sheet.problem(
                    "is missing",
                    self.row,
                    name,
                    "Write what is not known as a value of its own, or impute it"
                    " (column imputation).",
                )
        for name in self.roles.replicates:
            if not _WHOLE.match(self.cells[name]):
                yield _bad_number(sheet, self.row, name, self.cells[name])
        if self.roles.count and not _WHOLE.match(self.cells[self.roles.count]):
            yield _bad_number(sheet, self.row, self.roles.count, self.cells[self.roles.count])
        elif self.is_on_none and self.count:
            yield sheet.problem(
                "is on no list, so nobody can have observed it",
                self.row,
                hint="Leave the row out: how many are on no list is what is estimated.",
            )

    @property
    def count(self) -> int:
        """How many people."""
        return whole(self.cells[self.people])

    @property
    def is_on_none(self) -> bool:
        """Whether every cell that says who is on what is 0."""
        return all(self.cells[name][:1] == "0" for name in self.roles.flags)

    @property
    def mask(self) -> int:
        """The history on the lists that were chosen."""
        return sum(1 << j for j, name in enumerate(self.roles.lists) if self.cells[name][0] == "1")

    @property
    def part(self) -> Part:
        """Stratum and replicate."""
        one, two = self.roles.imputation, self.roles.linkage
        replicate = replicate_of(one and self.cells[one], two and self.cells[two])
        return tuple(self.cells[name] for name in self.roles.by), replicate


class _Counter:
    """Adds rows up, and knows which history was there already."""

    def __init__(self, roles: Roles) -> None:
        self.roles = roles
        self.parts: dict[Part, dict[int, int]] = {}
        self.outside = 0
        self._first: dict[tuple[Part, tuple[bool, ...]], int] = {}

    def add(self, sheet: Sheet, rows: Iterable[_Cells]) -> list[Problem]:
        problems: list[Problem] = []
        more = 0
        for row in rows:
            part, mask = row.part, row.mask
            if self.roles.count:
                history = tuple(row.cells[name][0] == "1" for name in self.roles.flags)
                first = self._first.setdefault((part, history), row.row)
                if first != row.row:
                    more += len(problems) >= MOST_PROBLEMS
                    if not more:
                        problems.append(_repeated(sheet, row, first))
                    continue
            counts = self.parts.setdefault(part, {})
            if mask:
                counts[mask] = counts.get(mask, 0) + row.count
            else:
                self.outside += row.count
        if more:
            problems.append(sheet.problem(f"has {more:,} more histories that are there already"))
        return problems

    def notes(self, sheet: Sheet) -> Iterator[str]:
        if self.outside:
            yield (
                f"{sheet.name}: left out, since they are on none of the lists chosen:"
                f" {self.outside:,} people."
            )


def _named(sheet: Sheet, faulty: list[_Cells], roles: Roles, keys: list[str]) -> Iterator[Problem]:
    """The faults of rows; of persons, each row of its own and not only the first that is so."""
    if not faulty:
        return
    rows, count = faulty, len(faulty)
    if not roles.count:
        count = sum(each.count for each in faulty)
        alike = pl.LazyFrame(
            [{name: each.cells[name] for name in keys} for each in faulty],
            schema=dict.fromkeys(keys, pl.String),
        )
        found = collect(
            sheet,
            sheet.rows.join(alike, on=keys, how="semi")
            .select(ROW, *keys, pl.lit("1").alias(_PEOPLE))
            .bottom_k(MOST_PROBLEMS, by=ROW)
            .sort(ROW),
        )
        rows = [_Cells(int(r[ROW]), r, _PEOPLE, roles) for r in found.iter_rows(named=True)]
    for row in rows[:MOST_PROBLEMS]:
        yield from row.faults(sheet)
    if count > MOST_PROBLEMS:
        yield sheet.problem(f"has {count - MOST_PROBLEMS:,} more rows with faults in their cells")


def _bad_flag(sheet: Sheet, row: int, column: str, cell: str) -> Problem:
    if not cell:
        return sheet.problem("is missing", row, column, "Write 1 for on the list, 0 for not on it.")
    return sheet.problem(
        f"{_short(cell)} is neither 0 nor 1",
        row,
        column,
        "Write 1 for on the list, 0 for not on it; if this is no list, name the lists: --lists",
    )


def _bad_number(sheet: Sheet, row: int, column: str, cell: str) -> Problem:
    if not cell:
        return sheet.problem("is missing", row, column, "Write a whole number.")
    if cell.startswith("-") and _WHOLE.match(cell[1:]):
        return sheet.problem(f"{_short(cell)} is negative", row, column)
    return sheet.problem(
        f"{_short(cell)} is no whole number",
        row,
        column,
        "Write digits only, at most fifteen, without a mark between thousands.",
    )


def _repeated(sheet: Sheet, row: _Cells, first: int) -> Problem:
    history = ",".join(row.cells[name][0] for name in row.roles.flags)
    ignored = row.roles.ignored
    apart = f" Does {ignored[0]} tell them apart? Then: --by {ignored[0]}." if ignored else ""
    return sheet.problem(
        f"repeats the history {history} of row {first}",
        row.row,
        hint=f"Each history stands once in a stratum; add the counts up.{apart} If each row is"
        f" one person, rename the column {row.roles.count}.",
    )


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:39] + "…")


def _notes(sheet: Sheet, roles: Roles) -> Iterator[str]:
    what = "counts of people" if roles.count else "one row a person"
    yield f"{sheet.name}: {what}; lists: {', '.join(roles.lists)}."
    left_out = (*roles.others, *roles.ignored)
    if left_out:
        noun = "column" if len(left_out) == 1 else "columns"
        yield f"{sheet.name}: not used: {noun} {', '.join(left_out)}."
