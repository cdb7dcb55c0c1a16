"""From files to capture histories, or to everything that is wrong with them.

Three forms are told apart by their columns: overlap counts (a column of counts), persons (one row
each), and the clusters of a linkage (`list`, `record`, `cluster`). ../formats/estimates.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stelae.errors import ImportRefused, Problem
from stelae.estimation.columns import Wanted
from stelae.estimation.counted import Counted, read_counted
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.joined import is_of_clusters, read_joined
from stelae.records.sheets import Sheet, open_sheet

__all__ = ["FILE", "Reading", "Wanted", "read_histories"]

FILE = "file"
"""The key of a stratum that is a whole file, where several are read."""
MOST_TABLES = 100_000
_MOST_PEOPLE = 2**53


@dataclass(frozen=True, slots=True)
class Reading:
    """The tables of all files, in the order of files, strata and replicates; notes for people."""

    tables: tuple[CaptureHistories, ...]
    notes: tuple[str, ...]


def read_histories(
    paths: Sequence[Path], wanted: Wanted | None = None, *, strata: Path | None = None
) -> Reading:
    """Every table in these files, each with the digest of what it was read from.

    Several files are parts of one population that share nobody: each is a stratum `file`.
    Raises ImportRefused with every fault of every file, each with its row (the header is row 1)
    and column.
    """
    asked = wanted or Wanted()
    problems: list[Problem] = []
    tables: list[CaptureHistories] = []
    notes: list[str] = []
    second: Sheet | None = None
    names = _names(paths)
    if strata is not None:
        try:
            second = open_sheet(strata, strata.name)
        except ImportRefused as error:
            problems += error.problems
    for path, name in names.items():
        try:
            sheet = open_sheet(path, name)
            counted = _counted(sheet, asked, second)
        except ImportRefused as error:
            problems += error.problems
            continue
        faults = list(counted.problems) or list(_faults_of_whole(sheet, counted))
        problems += faults
        notes += counted.notes
        if not faults:
            tables += _tables(sheet, second, asked, counted, several=len(names) > 1)
    problems += _repeated(paths, names)
    if len(tables) > MOST_TABLES:
        problems.append(
            Problem(
                f"{len(tables):,} strata and replicates are more than {MOST_TABLES:,}",
                hint="Is a column named with --by that differs for each person?",
            )
        )
    if problems:
        raise ImportRefused(problems)
    return Reading(tuple(tables), tuple(notes))


def _names(paths: Sequence[Path]) -> Mapping[Path, str]:
    """Files by their own name, or by their path where two have one name."""
    shown = [path.name for path in dict.fromkeys(paths)]
    return {path: path.name if shown.count(path.name) == 1 else path.as_posix() for path in paths}


def _repeated(paths: Sequence[Path], names: Mapping[Path, str]) -> Iterator[Problem]:
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            yield Problem("is given twice", names[path], hint="Name it once.")
        seen.add(path.resolve())


def _counted(sheet: Sheet, wanted: Wanted, strata: Sheet | None) -> Counted:
    if is_of_clusters(sheet):
        return read_joined(sheet, wanted, strata)
    if strata is not None:
        raise ImportRefused(
            [
                sheet.problem(
                    "holds no clusters, to which a file of strata could belong",
                    1,
                    hint="Clusters have the columns list, record, cluster.",
                )
            ]
        )
    return read_counted(sheet, wanted)


def _faults_of_whole(sheet: Sheet, counted: Counted) -> Iterator[Problem]:
    """Lists that hold nobody or everybody of a whole file, and numbers beyond all counting."""
    everyone = sum(sum(counts.values()) for counts in counted.parts.values())
    if everyone == 0:
        yield sheet.problem("holds nobody", hint="Every count is zero.")
        return
    if everyone >= _MOST_PEOPLE:
        yield sheet.problem(f"holds {everyone:,} people, more than can be counted exactly")
        return
    for j, name in enumerate(counted.lists):
        size = sum(
            count
            for counts in counted.parts.values()
            for mask, count in counts.items()
            if mask >> j & 1
        )
        if size in {0, everyone}:
            yield sheet.problem(
                f"is a list that holds {'everybody' if size else 'nobody'}",
                column=name,
                hint="It says nothing of overlap. Name the other lists: --lists",
            )


def _tables(
    sheet: Sheet, strata: Sheet | None, wanted: Wanted, counted: Counted, *, several: bool
) -> Iterator[CaptureHistories]:
    inputs = {each.name: each.digest for each in (sheet, strata) if each is not None}
    file = {FILE: sheet.name} if several else {}
    for (values, replicate), counts in sorted(counted.parts.items()):
        table = CaptureHistories.of(counted.lists, counts, replicate=replicate, inputs=inputs)
        yield replace(table, stratum={**file, **dict(zip(wanted.by, values, strict=True))})
