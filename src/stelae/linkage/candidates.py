"""Which pairs of records are compared at all: those that share a key, never all of them.

A key is one or two *marks* that a record bears: words of its names by sound, days, years, places,
codes. A word of a name is borne with its neighbours in sound (`near`), so that a key holds across
scripts and spellings. A key's block with too many records is passed over: the records in it share
what is common, and other keys tell them apart. The largest block that is used shrinks until a key
makes no more than a stated number of pairs a record.

The share of true pairs that some key finds is estimated from how many keys found each pair that
turned out to match: pairs found by one key only speak for pairs found by none (Chao 1987).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from stelae.linkage.engine import Engine

__all__ = ["CANDIDATES", "Key", "Limits", "Mark", "find", "keys_for"]

CANDIDATES = "candidates"
"""The table of candidate pairs: a < b (rows) and found, the bits of the keys that found them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a record bears: `table` holds (row, value), value a whole number.

    With `wide`, the table `TABLE_wide` holds the values that sound near those of the record; one
    record's near values are then joined with the other's own.
    """

    name: str
    table: str
    role: str
    """`word`, `sound`, `day`, `year`, `anniversary`, `place`, `code`, `beginning` or `text`."""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One mark or two (or a pair of words of one mark) that two records must share."""

    first: Mark
    second: Mark | None = None
    third: Mark | None = None

    @property
    def name(self) -> str:
        """The key for people: its marks."""
        marks = [mark.name for mark in (self.first, self.second, self.third) if mark]
        return " + ".join(marks)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is compared at most.

    `block` records in one block, `pairs` a record that one key may make, `record` pairs of one
    record in all.
    """

    block: int = 200
    pairs: float = 15.0
    record: int = 120


_VALUES = ("v1", "v2", "v3")
_NO_KEYS = "cast(0 as bigint)"


def keys_for(marks: Sequence[Mark]) -> Iterator[Key]:
    """The keys that some marks allow, the telling ones first."""
    by_role: dict[str, list[Mark]] = {}
    for mark in marks:
        by_role.setdefault(mark.role, []).append(mark)
    words, sounds = by_role.get("word", []), by_role.get("sound", [])
    years, days = by_role.get("year", []), by_role.get("day", [])
    places, codes = by_role.get("place", []), by_role.get("code", [])
    anniversaries, texts = by_role.get("anniversary", []), by_role.get("text", [])
    begins = by_role.get("beginning", [])
    for mark in (*days, *codes):
        yield Key(mark)
    for sound in sounds:
        yield Key(sound, sound)
        for other in (*years, *places, *begins):
            yield Key(sound, sound, other)
    for word in words:
        yield Key(word)
        for other in (*years, *anniversaries, *places, *begins, *texts):
            yield Key(word, other)
    for place in places:
        for other in (*years, *anniversaries, *begins):
            yield Key(place, other)
    for one, two in combinations((*anniversaries, *begins), 2):
        yield Key(one, two)


def find(engine: Engine, keys: Sequence[Key], limits: Limits, records: int) -> pl.DataFrame:
    """Make the table of candidates; gives, for each key, its pairs and what was passed over.

    Needs the tables of the marks and `records` (row, once): two records of one list that holds
    each person once are no candidates.
    """
    report = []
    parts = [f"select row as a, row as b, {_NO_KEYS} as found from records where 0 > row"]
    for number, key in enumerate(keys):
        report.append(_find_one(engine, key, number, limits, records))
        parts.append(f"select a, b, cast({1 << number} as bigint) as found from key_{number}")
    union = " union all ".join(parts)
    engine.make(
        "found",
        f"select a, b, sum(found) as found, count(*) as hits from ({union}) u group by a, b",
    )
    engine.drop(*(f"key_{number}" for number in range(len(keys))))
    engine.make(
        "apart",
        "select f.a, f.b, f.found, f.hits from found f"
        " join records l on l.row = f.a join records r on r.row = f.b"
        " where l.once is null or r.once is null or l.once <> r.once",
    )
    _at_most(engine, limits.record)
    engine.drop("found", "apart", "busy")
    return pl.DataFrame(
        report,
        schema={"key": pl.String, "pairs": pl.Int64, "block": pl.Int64, "passed_over": pl.Int64},
        orient="row",
    )


def _at_most(engine: Engine, most: int) -> None:
    """Of a record with more candidates than `most`, those that the most keys found are kept.

    A pair stays when either of its two records keeps it.
    """
    engine.make(
        "busy",
        "select row from (select a as row from apart union all select b as row from apart) u"
        f" group by row having count(*) > {most}",
    )
    ranked = (
        "select a, b, row_number() over (partition by {one} order by hits desc, {other}) as place"
        " from apart where {one} in (select row from busy)"
    )
    kept = " union ".join(
        f"select a, b from ({ranked.format(one=one, other=other)}) x where place <= {most}"
        for one, other in (("a", "b"), ("b", "a"))
    )
    engine.make(
        CANDIDATES,
        "select a, b, found from apart where a not in (select row from busy)"
        " or b not in (select row from busy)"
        " union select p.a, p.b, p.found from apart p"
        f" join ({kept}) k on k.a = p.a and k.b = p.b",
    )


def _find_one(
    engine: Engine, key: Key, number: int, limits: Limits, records: int
) -> tuple[str, int, int, int]:
    """The pairs of one key, in `key_NUMBER`."""
    engine.make("near_side", _side(key, wide=True))
    engine.make("own_side", _side(key, wide=False))
    values = ", ".join(_VALUES)
    same = " and ".join(f"n.{value} = o.{value}" for value in _VALUES)
    engine.make(
        "block",
        f"select o.{', o.'.join(_VALUES)}, o.n as own, n.n as near from"
        f" (select {values}, count(*) as n from own_side group by {values}) o join"
        f" (select {values}, count(*) as n from near_side group by {values}) n on {same}"
        " where n.n > 1",
    )
    sizes = engine.fetch(
        "select greatest(own, near) as size, sum(own * near) as pairs, sum(own) as records"
        " from block group by greatest(own, near)",
        ["size"],
    )
    allowed = sizes.with_columns(total=pl.col("pairs").cum_sum()).filter(
        (pl.col("size") <= limits.block) & (pl.col("total") <= 2 * limits.pairs * records + 1000)
    )
    block = int(allowed["size"].max() or 0)  # type: ignore[arg-type]
    passed = int(sizes.filter(pl.col("size") > block)["records"].sum())
    engine.make(
        f"key_{number}",
        "select distinct least(l.row, r.row) as a, greatest(l.row, r.row) as b"
        f" from block k join near_side l on {_equal('l')} join own_side r on {_equal('r')}"
        f" where l.row <> r.row and k.own <= {block} and k.near <= {block}",
    )
    pairs = int(engine.fetch(f"select count(*) as n from key_{number}")["n"][0])
    engine.drop("near_side", "own_side", "block")
    return key.name, pairs, block, passed


def _equal(side: str) -> str:
    return " and ".join(f"{side}.{value} = k.{value}" for value in _VALUES)


def _side(key: Key, *, wide: bool) -> str:
    """The rows and values of one side of a key; only the first mark is widened."""
    marks = [mark for mark in (key.first, key.second, key.third) if mark is not None]
    tables = [mark.table for mark in marks]
    if wide and key.first.wide:
        tables[0] += "_wide"
    columns = [f"x{at}.value as {value}" for at, value in enumerate(_VALUES[: len(marks)])]
    columns += [f"0 as {value}" for value in _VALUES[len(marks) :]]
    joins = "".join(
        f' join "{table}" x{at} on x{at}.row = x0.row' for at, table in enumerate(tables) if at
    )
    order = " where x0.value < x1.value" if key.first == key.second else ""
    return f'select distinct x0.row, {", ".join(columns)} from "{tables[0]}" x0{joins}{order}'
