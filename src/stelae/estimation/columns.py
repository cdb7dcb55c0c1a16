"""Which column of a file is what: lists, counts, strata, replicates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from stelae.errors import Problem
from stelae.estimation.histories import MOST_LISTS, Replicate
from stelae.records.sheets import Sheet, collect

__all__ = [
    "FLAG",
    "WHOLE",
    "Roles",
    "Wanted",
    "faults_of_lists",
    "replicate_of",
    "roles_of",
    "whole",
]

COUNTS = ("count", "Count", "Freq", "freq", "n")
IMPUTATION = ("imputation",)
LINKAGE = ("draw", "linkage")
FLAG = r"^[01](\.0*)?$"
"""A cell of a list: 0 or 1; programs that know no whole numbers write 1.0."""
WHOLE = r"^[0-9]{1,15}(\.0*)?$"
"""A count or the number of a replicate; beyond 15 digits JSON has no exact numbers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says of the columns; what is not said is found out.

    `lists` names the lists and their order; `by` the columns that tell strata apart.
    """

    lists: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    count: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns of a file of overlaps or persons. `others` look like lists but are not chosen.

    `ignored` are columns that are nothing of all this.
    """

    lists: tuple[str, ...]
    others: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    count: str | None = None
    imputation: str | None = None
    linkage: str | None = None
    ignored: tuple[str, ...] = ()
    faults: tuple[Problem, ...] = field(default=())

    @property
    def flags(self) -> tuple[str, ...]:
        """Every column that says who is on what."""
        return (*self.lists, *self.others)

    @property
    def replicates(self) -> tuple[str, ...]:
        """The columns that number completions of the data."""
        return tuple(name for name in (self.imputation, self.linkage) if name)


def roles_of(sheet: Sheet, wanted: Wanted) -> Roles:
    """What each column is; what cannot be so stands in `faults`."""
    named = (*wanted.lists, *wanted.by, *([wanted.count] if wanted.count else []))
    missing = [
        sheet.problem(
            "there is no such column", 1, name, hint=f"There are: {', '.join(sheet.columns)}"
        )
        for name in named
        if name not in sheet.columns
    ]
    twice = [
        sheet.problem("is named for two purposes", 1, name, hint="A column is one thing.")
        for name in dict.fromkeys(named)
        if named.count(name) > 1
    ]
    if missing or twice:
        return Roles((), faults=(*missing, *twice))
    free = [name for name in sheet.columns if name not in named]
    count = wanted.count or _one_of(COUNTS, free)
    imputation, linkage = _one_of(IMPUTATION, free), _one_of(LINKAGE, free)
    taken = {*wanted.by, count, imputation, linkage}
    candidates = [name for name in sheet.columns if name not in taken]
    shares = _shares_of_flags(sheet, candidates)
    alike = tuple(name for name in candidates if shares[name] > 0.5)
    lists = wanted.lists or alike
    others = tuple(name for name in alike if name not in lists and shares[name] == 1)
    ignored = tuple(name for name in candidates if name not in lists and name not in others)
    return Roles(
        lists,
        others,
        wanted.by,
        count,
        imputation,
        linkage,
        ignored,
        tuple(faults_of_lists(sheet, lists, ignored)),
    )


def faults_of_lists(
    sheet: Sheet, lists: Sequence[str], ignored: Sequence[str] = ()
) -> Iterator[Problem]:
    """Too few lists, or too many; `ignored` columns are named, since they may be meant as lists."""
    if len(lists) < 2:
        others = f" These hold mostly something else: {', '.join(ignored)}." if ignored else ""
        yield sheet.problem(
            f"has {len(lists) or 'no'} list{'' if len(lists) == 1 else 's'}"
            f"{': ' if lists else ''}{', '.join(lists)}",
            1,
            hint=f"Two lists at least are needed, each a column of 0 and 1.{others}",
        )
    elif len(lists) > MOST_LISTS:
        yield sheet.problem(
            f"has {len(lists)} lists, more than {MOST_LISTS}", 1, hint="Choose with --lists."
        )


def _one_of(names: Sequence[str], columns: Sequence[str]) -> str | None:
    return next((name for name in names if name in columns), None)


def _shares_of_flags(sheet: Sheet, columns: Sequence[str]) -> Mapping[str, float]:
    """By column, how many of its filled cells are 0 or 1."""
    if not columns:
        return {}
    measures = [
        expression.alias(f"{what}{at}")
        for at, name in enumerate(columns)
        for what, expression in (
            ("filled", (pl.col(name) != "").sum()),
            ("flags", pl.col(name).str.contains(FLAG).sum()),
        )
    ]
    found = collect(sheet, sheet.rows.select(measures)).row(0, named=True)
    return {
        name: found[f"flags{at}"] / found[f"filled{at}"] if found[f"filled{at}"] else 0.0
        for at, name in enumerate(columns)
    }


def whole(cell: str) -> int:
    """The number of a cell that WHOLE describes."""
    return int(cell.partition(".")[0])


def replicate_of(imputation: str | None, linkage: str | None) -> Replicate:
    """The replicate that two cells name; None where there is no such column."""
    return Replicate(
        None if imputation is None else whole(imputation),
        None if linkage is None else whole(linkage),
    )
