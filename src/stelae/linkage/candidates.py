"""Which pairs of records are compared at all: those that share a key, never all of them.

A key is one *mark* that a record bears or several: words of its names by sound, days, years,
places, codes. The records that share a key are a block. A block with many records is split by one
more mark (a name and a year, then a place as well), since what its records share is common. Of all
blocks the smallest are used, whatever their keys, as many as a stated number of pairs allows: the
fewer records share something, the more it says. What is in larger blocks only is passed over. A
pair is worth the sum, over the blocks that hold it, of one over their pairs; the pairs worth most
are compared (ARCS: Papadakis, Koutrika, Palpanas, Nejdl: Meta-blocking. TKDE 26, 2014).

The share of true pairs that some key finds is estimated from how many keys found each pair that
turned out to match: pairs found by one key only speak for pairs found by none (Chao 1987).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
_ALL = 1 << 62
"""The pairs of the block, so to speak, of those that share nothing."""
_WORTH = 1 << 20
"""What finding a pair is worth in a block of a single pair; in one of many, as much less."""


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

    `block` records in one block, `record` pairs of one record in all. `each` is how many pairs are
    compared for each record of up to `each_at`; with more records, what each gets falls with the
    root of their number. `times` as many are found in blocks, of which those worth most are kept.
    """

    block: int = 200
    record: int = 120
    each: float = 20.0
    each_at: int = 50_000
    times: float = 3.0
    split: int = 12
    """Records of a block from which it is also split by one more mark."""

    def compared(self, records: int) -> int:
        """How many pairs may be compared in all."""
        return int(self.each * records * min(1.0, (self.each_at / max(records, 1)) ** 0.5)) + 1000

    def looked_at(self, records: int) -> int:
        """How many pairs blocks may make in all, a pair found by two keys counted twice."""
        return int(self.times * self.compared(records))


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
    whole = [
        mark for role in ("place", "anniversary", "beginning") for mark in by_role.get(role, [])
    ]
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
    """The blocks of one key in which there are pairs of records that may be one person.

    `within` are the pairs of the block that each is a part of, where a key has one mark more than
    another; the part is not needed where that larger block is used.
    """

    key: Key
    pairs: npt.NDArray[np.int64]
    within: npt.NDArray[np.int64]
    rows: pl.Series
    """Lists of rows."""
    sizes: npt.NDArray[np.int64]


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
    blocks = list(_all_blocks(marks, limits, once))
    largest = _largest(blocks, limits, len(once))
    report, tables = [], []
    begin = 0
    for number, each in enumerate(blocks):
        used = np.flatnonzero((each.pairs <= largest) & (each.within > largest))
        sizes = each.sizes[used]
        report.append(
            (
                each.key.name,
                int(each.pairs[used].sum()),
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
                    "worth": np.repeat(_WORTH // each.pairs[used], sizes),
                }
            )
        )
        begin += len(used)
    _join(engine, pl.concat([_NO_BLOCKS, *tables]), once, limits)
    return pl.DataFrame(
        report,
        schema={"key": pl.String, "pairs": pl.Int64, "block": pl.Int64, "passed_over": pl.Int64},
        orient="row",
    )


_NO_BLOCKS = pl.DataFrame(schema=dict.fromkeys(("block", "row", "bit", "worth"), pl.Int64))


def _all_blocks(
    marks: Sequence[Mark], limits: Limits, once: npt.NDArray[np.int64]
) -> Iterator[_Blocks]:
    """The blocks of all keys; those of one more mark hold what is in large blocks only."""
    waiting: list[tuple[Key, pl.DataFrame | None]] = [(key, None) for key in keys_for(marks)]
    met = {frozenset(mark.name for mark in key.marks) for key, _ in waiting}
    made = 0
    while waiting and made < _MOST_KEYS:
        key, parent = waiting.pop(0)
        sides = _sides(key) if parent is None else _split(parent, key)
        grouped = _grouped(sides, once)
        if not grouped.height:
            continue
        yield _Blocks(
            key,
            grouped["pairs"].to_numpy(),
            grouped["within"].to_numpy(),
            grouped["row"],
            grouped["size"].to_numpy().astype(np.int64),
        )
        made += 1
        large = grouped.filter(pl.col("size") > limits.split)
        if not large.height or len(key.marks) >= _MOST_MARKS:
            continue
        columns = [column for column in sides.columns if column.startswith("v")]
        rows = large.select("row", *columns, within="pairs").explode("row")
        for next_key in _splits(key, marks):
            names = frozenset(mark.name for mark in next_key.marks)
            if names not in met:
                met.add(names)
                waiting.append((next_key, rows))


def _grouped(sides: pl.DataFrame, once: npt.NDArray[np.int64]) -> pl.DataFrame:
    """The blocks: their rows, size, pairs that may be one person, and `within`."""
    columns = [column for column in sides.columns if column.startswith("v")]
    lists = np.unique(once[once >= 0]).tolist()
    of = pl.Series("once", once, dtype=pl.Int32).gather(sides["row"])
    # Two records of one list that holds each person once are no pair.
    counted = [(pl.col("once") == each).sum().cast(pl.Int64) for each in lists]
    barred = [(n * (n - 1) // 2).alias(f"once{at}") for at, n in enumerate(counted)]
    size = pl.col("size").cast(pl.Int64)
    return (
        sides.with_columns(of)
        .group_by(columns)
        .agg(pl.col("row"), pl.col("within").first(), pl.len().alias("size"), *barred)
        .filter(pl.col("size") > 1)
        .with_columns(
            pairs=size * (size - 1) // 2
            - pl.sum_horizontal(pl.lit(0, pl.Int64), *(f"once{at}" for at in range(len(lists))))
        )
        .filter(pl.col("pairs") > 0)
    )


def _sides(key: Key) -> pl.DataFrame:
    """Each record with the values that it bears of a key: row, v0, v1 ..."""
    first = key.marks[0].rows.select("row", pl.lit(_ALL, pl.Int64).alias("within"), v0="value")
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
    """The pairs of the largest blocks that are used."""
    pairs = np.concatenate([np.zeros(0, np.int64), *(each.pairs for each in blocks)])
    within = np.concatenate([np.zeros(0, np.int64), *(each.within for each in blocks)])
    # How the number of pairs changes with the largest: blocks come in, their parts go out.
    bounds, place = np.unique(np.concatenate([pairs, within]), return_inverse=True)
    change = np.bincount(place, weights=np.concatenate([pairs, -pairs]), minlength=len(bounds))
    most = limits.block * (limits.block - 1) // 2
    allowed = (np.cumsum(change) <= limits.looked_at(records)) & (bounds <= most)
    # Up to the first that is too large: later ones may fit again only as their parts go out.
    last = len(bounds) if allowed.all() else int(np.argmin(allowed))
    return int(bounds[last - 1]) if last else 0


def _join(
    engine: Engine, blocks: pl.DataFrame, once: npt.NDArray[np.int64], limits: Limits
) -> None:
    """The table of candidates, from that of (block, row, bit, worth)."""
    engine.put(
        "blocks",
        blocks.with_columns(once=pl.Series(once[blocks["row"].to_numpy()], dtype=pl.Int32)),
    )
    engine.make(
        "found",
        "select l.row as a, r.row as b, bit_or(l.bit) as found, sum(l.worth) as worth"
        " from blocks l join blocks r on l.block = r.block"
        " where l.row < r.row and (l.once < 0 or l.once <> r.once) group by l.row, r.row",
    )
    worths = engine.fetch(
        "select cast(worth as bigint) as worth, count(*) as n from found group by worth", ["worth"]
    ).reverse()
    enough = worths.filter(pl.col("n").cum_sum() <= limits.compared(len(once)))
    least = int(enough["worth"].min() or 0)  # type: ignore[arg-type]
    if enough.height < worths.height:
        engine.make("worthy", f"select * from found where worth >= {least}")
        engine.make("found", "select * from worthy")
    engine.make(
        "busy",
        "select row from (select a as row from found union all select b as row from found) u"
        f" group by row having count(*) > {limits.record}",
    )
    if engine.fetch("select count(*) as n from busy")["n"][0]:
        _at_most(engine, limits.record)
    else:
        engine.make(CANDIDATES, "select a, b, found from found")
    engine.drop("blocks", "found", "busy", "worthy")


def _at_most(engine: Engine, most: int) -> None:
    """Of a record with more candidates than `most`, those worth most are kept.

    A pair stays when either of its two records keeps it.
    """
    ranked = (
        "select a, b, row_number() over (partition by {one} order by worth desc, {other}) as place"
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
