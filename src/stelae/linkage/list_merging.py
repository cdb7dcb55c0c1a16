"""Lists that were linked, and lists that come later, as one table under one mapping."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from glob import escape

import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.linkage.fields import Lists
from stelae.linkage.mapping import Mapping, Section

__all__ = ["merged_lists", "merged_mapping"]


def merged_lists(earlier: Lists, later: Lists) -> Lists:
    """One table, the later records after the earlier; ImportRefused with every clash."""
    problems = [*_clashes(earlier, later)]
    if problems:
        raise ImportRefused(problems)
    fields = {field.name: field for field in (*earlier.fields, *later.fields)}
    frames = [lists.frame.drop("row") for lists in (earlier, later)]
    whole = pl.concat(frames, how="diagonal").with_row_index("row")
    return Lists(
        whole.with_columns(pl.col("row").cast(pl.Int64)),
        tuple(fields.values()),
        (*earlier.lists, *later.lists),
    )


def _clashes(earlier: Lists, later: Lists) -> Iterator[Problem]:
    names = {one.name for one in earlier.lists}
    files = {one.file for one in earlier.lists}
    digests = {one.digest: one.file for one in earlier.lists}
    for one in later.lists:
        if one.digest in digests:
            yield Problem(
                f"is the same file as {digests[one.digest]}, which is linked already",
                one.file,
                hint="A list given twice would match itself: leave it out.",
            )
        elif one.name in names:
            yield Problem(
                f"its list is called {one.name!r} as one that is linked already",
                one.file,
                hint="Give it another name in its mapping; for a new state of that list, run"
                " stelae link on all lists again.",
            )
        elif one.file in files:
            yield Problem(
                "a file of this name is linked already", one.file, hint="Rename the file."
            )
    known = earlier.by_name
    for field in later.fields:
        if field.name in known and known[field.name] != field:
            yield Problem(
                f"{field.name} is {_what(known[field.name])} in the lists that are linked,"
                f" and {_what(field)} here",
                later.lists[0].file,
                hint="Give the field the same kind, at, towards and role, or another name.",
            )


def _what(field: object) -> str:
    said = [str(getattr(field, key)) for key in ("kind", "at", "towards", "role")]
    return " ".join(each for each in said if each != "None")


def merged_mapping(
    earlier: Mapping, files: Sequence[str], later: Mapping, later_files: Sequence[str]
) -> Mapping:
    """One mapping that says of each file what its own mapping said, a section for each."""
    sections = [*_sections(earlier, files), *_sections(later, later_files)]
    return Mapping(Section(), tuple(sections), earlier.gazetteer or later.gazetteer)


def _sections(mapping: Mapping, files: Sequence[str]) -> Iterator[Section]:
    for file in dict.fromkeys(each.rpartition("/")[2] for each in files):
        yield replace(mapping.of(file), files=escape(file))
