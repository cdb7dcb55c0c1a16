"""Which pairs of records are compared at all: those that share a key, never all of them.

A key is one *mark* that a record bears or several: words of its names by sound, days, years,
places, codes. The records that share a key are a block. A block with many records is split by one
more mark (a name and a year, then a place as well), since what its records share is common. Of all
blocks the smallest are used, whatever their keys, as many as a stated number of pairs allows: the
fewer records share something, the more it says. What is in larger blocks only is passed over.

The share of true pairs that some key finds is estimated from how many keys found each pair that
turned out to match: pairs found by one key only speak for pairs found by none (Chao 1987).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.engine import Engine

__all__ = ["CANDIDATES", "Key", "Limits", "Mark", "find", "keys_for"]

CANDIDATES = "candidates"
"""The table of candidate pairs: a < b (rows) and found, the bits of the keys that found them."""

_MOST_KEYS = 62
_MOST_MARKS = 4
_ALL = (1 << 32) - 1
"""Records of the block, so to speak, of those that share nothing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a record bears: `rows` holds (row, value), value a whole number, no row twice.

    A record may bear several values.
    """

    name: str
    role: str
    """`word`, `sound`, `day`, `year`, `anniversary`, `place`, `code`, `beginning` or `text`."""
    rows: pl.DataFrame = field(repr=False)


@dataclass(frozen=True, slots=True)
class Key:
    """The marks that two records must share; of a mark that is named twice, two values."""

    marks: tuple[Mark, ...]

    @property
    def name(self) -> str:
        """The key for people: its marks."""
        return " + ".join(mark.name for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is compared at most.

    `block` records in one block, `record` pairs of one record in all. Pairs in all: `few` for each
    record of up to `few_at`; with more records, what each gets falls with the root of their number.
    """

    block: int = 200
    few: float = 40.0
    few_at: int = 50_000
    split: int = 12
    """Records of a block from which it is also split by one more mark."""
    record: int = 120

    def pairs(self, records: int) -> int:
        """How many pairs blocks may make in all, a pair found by two keys counted twice."""
        return int(self.few * records * min(1.0, (self.few_at / max(records, 1)) ** 0.5))


def keys_for(marks: Sequence[Mark]) -> Iterator[Key]:
    """The keys that some marks allow, the telling ones first. Large blocks are split further."""
    by_role: dict[str, list[Mark]] = {}
    for mark in marks:
        by_role.setdefault(mark.role, []).append(mark)
    for role in ("day", "code"):
        yield from (Key((mark,)) for mark in by_role.get(role, []))
    for sound in by_role.get("sound", []):
        yield Key((sound, sound))
    yield from (Key((word,)) for word in by_role.get("word", []))
    whole = [mark for role in ("place", "anniversary", "beginning") for mark in by_role.get(role, [])]
    for one, two in combinations(whole, 2):
        if {one.role, two.role} != {"place"}:
            yield Key((one, two))
    for place in by_role.get("place", []):
        for year in by_role.get("year", []):
            yield Key((place, year))


def _splits(key: Key, marks: Sequence[Mark]) -> Iterator[Key]:
    """The keys with one more mark; each set of marks comes from one key only."""
    used = {mark.name for mark in key.marks}
    roles = {mark.role for mark in key.marks}
    for mark in marks:
        if mark.name in used or mark.role in {"code", "day"}:
            continue
        # What a word is by sound and by letter, or a day and its year, says one thing twice.
        if mark.role == "sound" or (mark.role == "word" and roles & {"sound", "word"}):
            continue
        if any(_says(other, mark) for other in key.marks):
            continue
        yield Key((*key.marks, mark))


def _says(one: Mark, other: Mark) -> bool:
    """Whether two marks are of one field, so that the second adds little to the first."""
    return one.name.split(":")[0] == other.name.split(":")[0] and ":" in one.name


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The blocks of one key that hold two records or more.

    `within` is the size of the block that each is a part of, where a key has one mark more than
    another; it is not needed where that larger block is used.
    """

    key: Key
    sizes: npt.NDArray[np.int64]
    within: npt.NDArray[np.int64]
    rows: pl.Series
    """Lists of rows."""


def find(
    engine: Engine,
    marks: Sequence[Mark],
    limits: Limits,
    once: npt.NDArray[np.int64],
) -> pl.DataFrame:
    """Make the table of candidates; gives, for each key, its pairs and what was passed over.

    `once` says for each record which list that holds each person once it is of (-1: none): two
    records of one such list are no candidates.
    """
    blocks = list(_all_blocks(marks, limits))
    largest = _largest(blocks, limits, len(once))
    report, tables = [], []
    begin = 0
    for number, each in enumerate(blocks):
        used = np.flatnonzero((each.sizes <= largest) & (each.within > largest))
        sizes = each.sizes[used]
        report.append(
            (
                each.key.name,
                int((sizes * (sizes - 1) // 2).sum()),
                int(sizes.max(initial=0)),
                int(each.sizes.sum() - sizes.sum()),
            )
        )
        tables.append(
            pl.DataFrame(
                {
                    "block": np.repeat(np.arange(begin, begin + len(used)), sizes),
                    "row": each.rows.gather(used).explode().cast(pl.Int64)
                    if len(used)
                    else pl.Series([], dtype=pl.Int64),
                    "bit": np.full(int(sizes.sum()), 1 << number, dtype=np.int64),
                }
            )
        )
        begin += len(used)
    _join(engine, pl.concat(tables) if tables else _NO_BLOCKS, once, limits.record)
    return pl.DataFrame(
        report,
        schema={"key": pl.String, "pairs": pl.Int64, "block": pl.Int64, "passed_over": pl.Int64},
        orient="row",
    )


_NO_BLOCKS = pl.DataFrame(schema={"block": pl.Int64, "row": pl.Int64, "bit": pl.Int64})


def _all_blocks(marks: Sequence[Mark], limits: Limits) -> Iterator[_Blocks]:
    """The blocks of all keys; those of one more mark hold what is in large blocks only."""
    waiting: list[tuple[Key, pl.DataFrame | None]] = [(key, None) for key in keys_for(marks)]
    met = {frozenset(mark.name for mark in key.marks) for key, _ in waiting}
    made = 0
    while waiting and made < _MOST_KEYS:
        key, parent = waiting.pop(0)
        sides = _sides(key) if parent is None else _split(parent, key)
        if not sides.height:
            continue
        columns = [column for column in sides.columns if column.startswith("v")]
        grouped = (
            sides.group_by(columns)
            .agg(pl.col("row"), pl.col("size").first().alias("within"))
            .with_columns(size=pl.col("row").list.len())
            .filter(pl.col("size") > 1)
        )
        yield _Blocks(
            key,
            grouped["size"].to_numpy().astype(np.int64),
            grouped["within"].to_numpy().astype(np.int64),
            grouped["row"],
        )
        made += 1
        large = grouped.filter(pl.col("size") > limits.split)
        if not large.height or len(key.marks) >= _MOST_MARKS:
            continue
        rows = large.select("row", "size", *columns).explode("row")
        for next_key in _splits(key, marks):
            names = frozenset(mark.name for mark in next_key.marks)
            if names not in met:
                met.add(names)
                waiting.append((next_key, rows))


def _sides(key: Key) -> pl.DataFrame:
    """Each record with the values that it bears of a key: row, v0, v1 ..."""
    first = key.marks[0].rows.select("row", pl.lit(_ALL, pl.UInt32).alias("size"), v0="value")
    for at, mark in enumerate(key.marks[1:], 1):
        first = first.join(mark.rows.select("row", pl.col("value").alias(f"v{at}")), on="row")
        if mark is key.marks[0]:
            first = first.filter(pl.col("v0") < pl.col(f"v{at}"))
    return first


def _split(parent: pl.DataFrame, key: Key) -> pl.DataFrame:
    """The rows of large blocks with the values of the key's last mark."""
    last = key.marks[-1].rows.select("row", pl.col("value").alias(f"v{len(key.marks) - 1}"))
    return parent.join(last, on="row")


def _largest(blocks: Sequence[_Blocks], limits: Limits, records: int) -> int:
    """The size of the largest blocks that are used."""
    # How the number of pairs changes with the size: blocks come in, their parts go out.
    change = np.zeros(limits.block + 2)
    for each in blocks:
        pairs = each.sizes * (each.sizes - 1) / 2
        np.add.at(change, np.minimum(each.sizes, limits.block + 1), pairs)
        np.add.at(change, np.minimum(each.within, limits.block + 1), -pairs)
    return int(np.flatnonzero(np.cumsum(change[:-1]) <= limits.pairs(records) + 1000)[-1])


def _join(engine: Engine, blocks: pl.DataFrame, once: npt.NDArray[np.int64], most: int) -> None:
    """The table of candidates, from that of (block, row, bit)."""
    engine.put(
        "blocks", blocks.with_columns(once=pl.Series(once[blocks["row"].to_numpy()], dtype=pl.Int32))
    )
    engine.make(
        "found",
        "select l.row as a, r.row as b, bit_or(l.bit) as found, count(*) as hits"
        " from blocks l join blocks r on l.block = r.block"
        " where l.row < r.row and (l.once < 0 or l.once <> r.once) group by l.row, r.row",
    )
    engine.make(
        "busy",
        "select row from (select a as row from found union all select b as row from found) u"
        f" group by row having count(*) > {most}",
    )
    if engine.fetch("select count(*) as n from busy")["n"][0]:
        _at_most(engine, most)
    else:
        engine.make(CANDIDATES, "select a, b, found from found")
    engine.drop("blocks", "found", "busy")


def _at_most(engine: Engine, most: int) -> None:
    """Of a record with more candidates than `most`, those that the most keys found are kept.

    A pair stays when either of its two records keeps it.
    """
    ranked = (
        "select a, b, row_number() over (partition by {one} order by hits desc, {other}) as place"
        " from found where {one} in (select row from busy)"
    )
    kept = " union ".join(
        f"select a, b from ({ranked.format(one=one, other=other)}) x where place <= {most}"
        for one, other in (("a", "b"), ("b", "a"))
    )
    engine.make(
        CANDIDATES,
        "select a, b, found from found where a not in (select row from busy)"
        " or b not in (select row from busy)"
        " union select p.a, p.b, p.found from found p"
        f" join ({kept}) k on k.a = p.a and k.b = p.b",
    )
