"""The marks that records bear, as tables from which candidates are found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.candidates import Mark
from stelae.linkage.coding import code
from stelae.linkage.comparisons.texts import plain
from stelae.linkage.engine import Engine
from stelae.linkage.fields import NAMES, Field, Kind, Lists
from stelae.linkage.names import NameModel, TokenPairs, token_pairs, tokenize

__all__ = ["put_marks"]

_NEAR = 3.0
"""Log odds from which two words are neighbours."""
_ONE_SOUND = 5.0
"""Log odds from which two words count as one sound."""
_MOST_NEAR = 40
_LONGEST_SPAN_YEARS = 3
_BEGINNING = 4
"""Signs of a code from which its first half is a mark."""


def put_marks(engine: Engine, lists: Lists, model: NameModel) -> tuple[Mark, ...]:
    """Put the tables of all marks into the engine; gives the marks that some record bears."""
    marks: list[Mark] = []
    names = (f"mark_{number}" for number in count())
    for name, role, frame in _plain_marks(lists):
        if frame.height:
            table = next(names)
            engine.put(table, frame)
            marks.append(Mark(name, table, role))
    words = _words(lists)
    if words.rows.height:
        for role, wide, frames in _word_marks(words, model):
            table = next(names)
            for suffix, frame in frames:
                engine.put(table + suffix, frame)
            marks.append(Mark("word" if role == "word" else "sound", table, role, wide))
    return tuple(marks)


@dataclass(frozen=True, slots=True)
class _Words:
    """Which words of people's own names each record has: (row, value) into `tokens`."""

    tokens: list[str]
    counts: npt.NDArray[np.int64]
    rows: pl.DataFrame


def _words(lists: Lists) -> _Words:
    seen: dict[str, int] = {}
    tables = []
    for field in lists.fields:
        if field.kind not in NAMES or field.kind == Kind.RELATIVE:
            continue
        coded = code(lists.frame, [field.name])
        values = coded.values[field.name].to_list()
        pairs = [
            (at, seen.setdefault(word, len(seen)))
            for at, value in enumerate(values)
            for word in tokenize(value)
        ]
        words = pl.DataFrame(pairs, schema={"id": pl.Int32, "value": pl.Int32}, orient="row")
        rows = pl.DataFrame({"row": lists.frame["row"], "id": coded.ids})
        tables.append(rows.join(words, on="id").select("row", "value"))
    rows = (
        pl.concat(tables).unique()
        if tables
        else pl.DataFrame(schema={"row": pl.Int64, "value": pl.Int32})
    )
    order = sorted(seen, key=lambda word: word)
    rank = np.empty(len(seen), dtype=np.int32)
    rank[[seen[word] for word in order]] = np.arange(len(seen))
    rows = rows.with_columns(pl.Series("value", rank[rows["value"].to_numpy()], dtype=pl.Int32))
    counts = np.bincount(rows["value"].to_numpy(), minlength=len(seen))
    return _Words(order, counts, rows.sort("row", "value"))


def _word_marks(
    words: _Words, model: NameModel
) -> Iterator[tuple[str, bool, list[tuple[str, pl.DataFrame]]]]:
    """The words themselves with their neighbours, and their sounds."""
    # Initials stand for too many names to be neighbours of any.
    near = token_pairs(model, words.tokens, least=_NEAR)
    both = _neighbours(near, words)
    wide = words.rows.join(both, left_on="value", right_on="token").select(
        "row", pl.col("other").alias("value")
    )
    yield "word", True, [("", words.rows), ("_wide", wide.unique())]
    sounds = pl.Series("value", _sounds(near, words.counts), dtype=pl.Int32)
    heard = words.rows.select("row", sounds.gather(words.rows["value"]).alias("value"))
    yield "sound", False, [("", heard.unique())]


def _neighbours(near: TokenPairs, words: _Words) -> pl.DataFrame:
    """Each word with itself and the nearest others, at most so many, the nearest first."""
    frame = pl.DataFrame(
        {"token": near.left, "other": near.right, "log_odds": near.log_odds}
    ).filter(pl.col("token") != pl.col("other"))
    both = pl.concat(
        [
            frame,
            frame.select(frame["other"].alias("token"), frame["token"].alias("other"), "log_odds"),
        ]
    )
    nearest = (
        both.sort(["token", "log_odds", "other"], descending=[False, True, False])
        .group_by("token", maintain_order=True)
        .head(_MOST_NEAR)
        .select("token", "other")
    )
    own = pl.Series(range(len(words.tokens)), dtype=nearest["token"].dtype)
    return pl.concat([nearest, pl.DataFrame({"token": own, "other": own})])


def _sounds(near: TokenPairs, counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """A number for each word, the same for words that are one sound to their commonest one.

    Words are gone through from the commonest; each that belongs to no sound yet begins one and
    takes along its near neighbours that belong to none.
    """
    close = near.log_odds >= _ONE_SOUND
    left = np.concatenate([near.left[close], near.right[close]])
    right = np.concatenate([near.right[close], near.left[close]])
    order = np.argsort(left, kind="stable")
    left, right = left[order], right[order]
    start = np.searchsorted(left, np.arange(len(counts) + 1))
    sound = np.full(len(counts), -1, dtype=np.int32)
    for word in np.lexsort((np.arange(len(counts)), -counts)):
        if sound[word] >= 0:
            continue
        sound[word] = word
        others = right[start[word] : start[word + 1]]
        sound[others[sound[others] < 0]] = word
    return sound


def _plain_marks(lists: Lists) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Marks of all fields but names: (for people, role, table)."""
    frame = lists.frame
    for field in lists.fields:
        match field.kind:
            case Kind.DATE:
                yield from _date_marks(frame, field)
            case Kind.PLACE:
                yield f"{field.name}", "place", _place_marks(frame, field)
            case Kind.CODE:
                bare = frame.select(
                    "row",
                    value=pl.col(field.name)
                    .str.to_lowercase()
                    .str.replace_all(r"[\s\-./]", "", literal=False),
                ).filter(pl.col("value") != "")
                yield field.name, "code", _numbered(bare)
                length = pl.col("value").str.len_chars()
                begins = bare.filter(length >= _BEGINNING).select(
                    "row", value=pl.col("value").str.head((length + 1) // 2)
                )
                yield f"beginning of {field.name}", "beginning", _numbered(begins)
            case Kind.TEXT:
                coded = code(frame, [field.name])
                texts = [plain(text) for text in coded.values[field.name].to_list()]
                said = pl.DataFrame({"row": frame["row"], "id": coded.ids})
                table = pl.DataFrame(
                    {"id": range(len(texts)), "value": texts},
                    schema={"id": pl.Int32, "value": pl.String},
                )
                words = said.join(table, on="id").select("row", "value")
                yield field.name, "text", _numbered(words.filter(pl.col("value") != ""))


def _date_marks(frame: pl.DataFrame, field: Field) -> Iterator[tuple[str, str, pl.DataFrame]]:
    first, last = pl.col(f"{field.name}_first"), pl.col(f"{field.name}_last")
    known = frame.filter(first.is_not_null() & last.is_not_null())
    exact = known.filter(first == last)
    telling = exact.filter((first.dt.month() != 1) | (first.dt.day() != 1))
    days = telling.select("row", value=first.cast(pl.Int32))
    # Printed, but no day of any calendar (31 February): the same misprint is worth comparing.
    odd = frame.filter(pl.col(field.name).is_not_null() & first.is_null())
    misprints = _numbered(odd.select("row", value=pl.col(field.name)))
    yield (
        f"{field.name}: day",
        "day",
        pl.concat([days, misprints.select("row", value=-2 - pl.col("value"))]),
    )
    short = known.filter(last.dt.year() - first.dt.year() < _LONGEST_SPAN_YEARS)
    years = (
        short.select("row", value=pl.int_ranges(first.dt.year(), last.dt.year() + 1))
        .explode("value")
        .select("row", pl.col("value").cast(pl.Int32))
    )
    yield f"{field.name}: year", "year", years
    yield (
        f"{field.name}: day of the year",
        "anniversary",
        telling.select("row", value=(first.dt.month() * 100 + first.dt.day()).cast(pl.Int32)),
    )


def _place_marks(frame: pl.DataFrame, field: Field) -> pl.DataFrame:
    column = f"{field.name}_ids" if f"{field.name}_ids" in frame.columns else None
    parts = frame.select(
        "row",
        value=pl.when(pl.col(field.name).is_not_null()).then(pl.col(f"{field.name}_parts")),
    ).explode("value")
    coded = code(parts.filter(pl.col("value").is_not_null()), ["value"])
    spelled = [plain(text) for text in coded.values["value"].to_list()]
    rows = parts.filter(pl.col("value").is_not_null())["row"]
    table = pl.DataFrame(
        {"row": rows, "value": pl.Series([spelled[i] for i in coded.ids], dtype=pl.String)}
    )
    if column is not None:
        known = frame.select("row", value=pl.col(column)).explode("value").drop_nulls()
        table = pl.concat([table, known.select("row", value=pl.lit("\x00") + pl.col("value"))])
    return _numbered(table.filter(pl.col("value") != ""))


def _numbered(table: pl.DataFrame) -> pl.DataFrame:
    """(row, text) as (row, whole number), one row for each pair."""
    coded = code(table, ["value"])
    return (
        pl.DataFrame({"row": table["row"], "value": coded.ids})
        .filter(pl.col("value") >= 0)
        .unique()
    )
