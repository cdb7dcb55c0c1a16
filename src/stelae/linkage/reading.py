"""From the files of several lists to one table, or to everything that is wrong with them.

Cells stay as printed but for the space around them. What a cell cannot be (a 31 February) is
no reason to refuse a list: it stays as printed, says nothing of days or years, and is counted.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Named
from pathlib import Path

import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.linkage.field_columns import schema_of
from stelae.linkage.fields import Field, Kind, ListOf, Lists
from stelae.linkage.gazetteer import Gazetteer
from stelae.linkage.mapping import Mapping
from stelae.linkage.one_list import ListRead, read_file

__all__ = ["read_lists"]

_FIXED = ("list", "record", "line")


def read_lists(
    paths: Sequence[Path], mapping: Mapping, *, gazetteer: Gazetteer | None = None
) -> Lists:
    """The records of all lists in one table, as `stelae.linkage.fields` describes it.

    With a gazetteer, places have also NAME_ids, List(String): the places that each may be. Raises
    ImportRefused with every fault of every file, each with its row (the header is row 1) and
    column. What can be read but looks odd is in the notes of its list.
    """
    problems: list[Problem] = []
    read: list[ListRead] = []
    files = _names(paths)
    lists = _list_names(files, mapping)
    for path, file in files.items():
        section = mapping.of(path.name)
        if not section.fields:
            patterns = ", ".join(each.files for each in mapping.lists if each.files)
            hint = f"Its sections are of {patterns}." if patterns else "It has no [fields]."
            problems.append(Problem("the mapping says nothing of this file", file, hint=hint))
            continue
        try:
            read += read_file(path, file, lists[path], section, gazetteer)
        except ImportRefused as error:
            problems += error.problems
    problems += [problem for each in read for problem in each.problems]
    problems += _repeated(paths, files)
    problems += _alike([each.entry for each in read])
    if not files:
        problems.append(Problem("no list is given"))
    if problems:
        raise ImportRefused(problems)
    return _joined(read, mapping)


def _names(paths: Sequence[Path]) -> Named[Path, str]:
    """Files by their own name, or by their path where two have one name."""
    shown = [path.name for path in dict.fromkeys(paths)]
    return {path: path.name if shown.count(path.name) == 1 else path.as_posix() for path in paths}


def _list_names(files: Named[Path, str], mapping: Mapping) -> Named[Path, str]:
    """What each list is called: as the mapping says, or as its file, if possible without ending."""
    stems = [path.stem for path in files]
    return {
        path: mapping.of(path.name).name or (path.stem if stems.count(path.stem) == 1 else file)
        for path, file in files.items()
    }


def _repeated(paths: Sequence[Path], files: Named[Path, str]) -> Iterator[Problem]:
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            yield Problem("is given twice", files[path], hint="Name it once.")
        seen.add(path.resolve())


def _alike(lists: Sequence[ListOf]) -> Iterator[Problem]:
    """Lists of one name, and files of the same bytes."""
    names: dict[str, ListOf] = {}
    digests: dict[str, str] = {}
    for entry in lists:
        first = names.setdefault(entry.name, entry)
        if first is not entry:
            yield Problem(
                f"its list is called {entry.name!r} as that of {first.file}",
                entry.file,
                hint="Give each a name of its own in the mapping.",
            )
        same = digests.setdefault(entry.digest, entry.file)
        if same != entry.file:
            yield Problem(
                f"is the same file as {same}, byte for byte",
                entry.file,
                hint="A list given twice would match itself: leave one out.",
            )


def _joined(read: Sequence[ListRead], mapping: Mapping) -> Lists:
    fields = list(mapping.fields)
    names = {field.name for field in fields}
    for field in mapping.fields:
        if field.towards is not None and field.towards not in names:
            names.add(field.towards)
            fields.append(Field(field.towards, Kind.DATE))
    whole = pl.concat([each.frame for each in read], how="diagonal")
    schema = {column: kind for field in fields for column, kind in schema_of(field).items()}
    present = [
        pl.col(column) if column in whole.columns else pl.lit(None, kind).alias(column)
        for column, kind in schema.items()
    ]
    optional = [each for each in whole.columns if each not in schema and each not in _FIXED]
    frame = whole.select(*_FIXED, *present, *optional).with_row_index("row")
    frame = frame.with_columns(pl.col("row").cast(pl.Int64))
    return Lists(frame, tuple(fields), tuple(each.entry for each in read))
