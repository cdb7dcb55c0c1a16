"""What looks odd in the names of a list but may be right: counted, with the first rows named."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

import polars as pl

from stelae.linkage.fields import NAMES
from stelae.linkage.mapping import Section

__all__ = ["LONG", "oddities", "unknown_words"]

LONG = 200
"""A name of more letters is mostly a broken row."""
_SHOWN = 3
_LATIN, _CYRILLIC, _OTHERS = r"\p{Latin}", r"\p{Cyrillic}", r"[\p{Armenian}\p{Greek}\p{Georgian}]"
_MIXED = "|".join(
    f"{one}{two}|{two}{one}"
    for one, two in ((_LATIN, _CYRILLIC), (_LATIN, _OTHERS), (_CYRILLIC, _OTHERS))
)
_CHECKS = (
    ("names with control characters", r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
    ("names with invisible marks, as of writing direction", r"\p{Cf}"),
    ("names with several scripts in one word", _MIXED),
    ("names in which letters were lost", "\ufffd|[?]{3,}|\\p{L}[?]\\p{L}"),
)


@cache
def unknown_words() -> frozenset[str]:
    """Cells, in small letters, by which lists say that something is not known."""
    file = resources.files("stelae.linkage").joinpath("data/missing.toml")
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))["words"])


def oddities(table: pl.DataFrame, section: Section) -> Iterator[str]:
    """Notes on control characters, mixed scripts, lost letters, long names and empty columns."""
    for source in section.fields:
        name = source.field.name
        column = table[name]
        if table.height and column.null_count() == table.height and source.value is None:
            yield f"{name}: says nothing in any record"
            continue
        if source.field.kind not in NAMES:
            continue
        cells = table.select("line", name).drop_nulls()
        for what, pattern in _CHECKS:
            yield from _note(cells, name, pl.col(name).str.contains(pattern), what)
        unknown = pl.col(name).str.to_lowercase().is_in(sorted(unknown_words()))
        what = "names that may mean that it is not known; if so, write them under missing"
        yield from _note(cells, name, unknown, what)
        long = pl.col(name).str.len_chars() > LONG
        yield from _note(cells, name, long, f"names of more than {LONG} letters")


def _note(cells: pl.DataFrame, name: str, condition: pl.Expr, what: str) -> Iterator[str]:
    odd = cells.filter(condition)
    if odd.height:
        shown = "; ".join(
            f"row {line}: {cell[:40]!r}" for line, cell in odd.head(_SHOWN).iter_rows()
        )
        more = "; …" if odd.height > _SHOWN else ""
        yield f"{name}: {what}: {odd.height:,} ({shown}{more})"
