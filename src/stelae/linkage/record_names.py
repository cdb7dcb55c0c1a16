"""Finding the record that somebody means: `list:record`, or the record alone where it is unique."""

import polars as pl
from rapidfuzz import fuzz, process

from stelae.errors import BadInput
from stelae.linkage.fields import Lists

__all__ = ["find_record"]

_SHOWN = 3


def find_record(lists: Lists, text: str) -> int:
    """The row of a record; BadInput says what is there where there is none, or more than one."""
    frame = lists.frame
    splits = [(text[:at], text[at + 1 :]) for at, sign in enumerate(text) if sign == ":"]
    names = {one.name for one in lists.lists}
    named = [(one, record) for one, record in splits if one in names]
    is_meant = pl.col("record") == text
    for one, record in named:
        is_meant |= (pl.col("list") == one) & (pl.col("record") == record)
    found = frame.filter(is_meant).select("row", "list", "record")
    if found.height == 1:
        return int(found["row"][0])
    if found.height:
        ways = ", ".join(f"{one}:{record}" for _, one, record in found.iter_rows())
        raise BadInput(f"{text!r} may be several records", hint=f"Say which: {ways}")
    if named:
        one, record = named[0]
        ids = frame.filter(pl.col("list") == one)["record"].to_list()
        raise BadInput(f"{one} has no record {record!r}", hint=_like(record, ids))
    if splits:
        counts = ", ".join(f"{one.name} ({one.records:,} records)" for one in lists.lists)
        raise BadInput(
            f"no list is called {splits[0][0]!r}, and no record {text!r}",
            hint=f"The lists are {counts}.",
        )
    raise BadInput(f"no list has a record {text!r}", hint=_like(text, frame["record"].to_list()))


def _like(record: str, ids: list[str]) -> str:
    near = process.extract(record, ids, scorer=fuzz.ratio, limit=_SHOWN, score_cutoff=50)
    if near:
        return f"Is it {', '.join(dict.fromkeys(each[0] for each in near))}?"
    if len(ids) <= _SHOWN + 1:
        return f"Its records are {', '.join(ids)}."
    return f"Its records are {', '.join(ids[:_SHOWN])} ... {ids[-1]}."
