"""Pairs compared: their levels, how many pairs have each pattern of levels, and their log odds.

Each comparison is made once for each pair of distinct values that stands in some pair of records,
and kept in a table of (value, value, level); the pairs of records are joined to these tables.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.coding import Coded
from stelae.linkage.comparisons.levels import MISSING, Comparison
from stelae.linkage.engine import Engine
from stelae.linkage.weights import Floats, Patterns, Weights

__all__ = [
    "answers",
    "compare_pairs",
    "found_share",
    "kept",
    "levels_of",
    "patterns_of",
    "put_labels",
    "put_records",
    "scored",
]

RECORDS = "records"


def put_records(engine: Engine, coded: Sequence[Coded], once: npt.NDArray[np.int64]) -> None:
    """The table of records: row, once (null: its list may hold a person twice) and value ids."""
    said = {
        f"c{at}": pl.Series(values.ids).replace(MISSING, None) for at, values in enumerate(coded)
    }
    engine.put(
        RECORDS,
        pl.DataFrame(
            {
                "row": np.arange(len(once), dtype=np.int64),
                "once": pl.Series(once).replace(-1, None),
                **said,
            }
        ),
    )


def compare_pairs(
    engine: Engine,
    source: str,
    made: str,
    comparisons: Sequence[Comparison],
    coded: Sequence[Coded],
    progress: Callable[[float], None] | None = None,
) -> None:
    """Make the table `made`: the pairs (a, b) of `source` with levels g0, g1 ... (-1: missing)."""
    engine.make(
        "sides",
        "select p.a, p.b, "
        + ", ".join(
            f"least(l.c{at}, r.c{at}) as l{at}, greatest(l.c{at}, r.c{at}) as r{at},"
            f" l.c{at} + r.c{at} as s{at}"
            for at in range(len(comparisons))
        )
        + f" from {source} p join {RECORDS} l on l.row = p.a join {RECORDS} r on r.row = p.b",
    )
    for at, (comparison, values) in enumerate(zip(comparisons, coded, strict=True)):
        pairs = engine.fetch(
            f"select distinct l{at} as l, r{at} as r from sides where s{at} is not null",
            ["l", "r"],
        )
        left = pairs["l"].to_numpy().astype(np.int32)
        right = pairs["r"].to_numpy().astype(np.int32)
        levels = comparison.compare(values.values, values.share, left, right)
        engine.put(f"level_{at}", pairs.with_columns(level=pl.Series(levels, dtype=pl.Int8)))
        if progress is not None:
            progress((at + 1) / (len(comparisons) + 1))
    columns = ", ".join(
        f"coalesce(case when s.s{at} is not null then t{at}.level end, {MISSING}) as g{at}"
        for at in range(len(comparisons))
    )
    joins = "".join(
        f" left join level_{at} t{at} on t{at}.l = s.l{at} and t{at}.r = s.r{at}"
        for at in range(len(comparisons))
    )
    engine.make(made, f"select s.a, s.b, {columns} from sides s{joins}")
    engine.drop("sides", *(f"level_{at}" for at in range(len(comparisons))))


def _columns(count: int) -> str:
    return ", ".join(f"g{at}" for at in range(count))


def patterns_of(engine: Engine, table: str, count: int) -> Patterns:
    """The distinct rows of levels of a table of pairs, and how many pairs have each."""
    columns = _columns(count)
    found = engine.fetch(
        f"select {columns}, count(*) as n from {table} group by {columns}", columns.split(", ")
    )
    return Patterns(
        found.select(columns.split(", ")).to_numpy().astype(np.int8),
        found["n"].to_numpy().astype(np.float64),
    )


def answers(
    engine: Engine, table: str, count: int, labels: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int8], Floats, Floats]:
    """Patterns with the number of pairs in one cluster (yes) and in two (no)."""
    put_labels(engine, labels)
    columns = _columns(count)
    found = engine.fetch(
        f"select {columns}, sum(case when l.label = r.label then 1 else 0 end) as yes,"
        f" count(*) as n from {table} p join labels l on l.row = p.a"
        f" join labels r on r.row = p.b group by {columns}",
        columns.split(", "),
    )
    yes = found["yes"].to_numpy().astype(np.float64)
    return (
        found.select(columns.split(", ")).to_numpy().astype(np.int8),
        yes,
        found["n"].to_numpy().astype(np.float64) - yes,
    )


def levels_of(
    engine: Engine,
    table: str,
    count: int,
    a: npt.NDArray[np.int64],
    b: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int8]]:
    """Places (in a, b) of the pairs that a table of compared pairs holds, and their levels."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    place = np.arange(len(a), dtype=np.int64)
    engine.put("asked", pl.DataFrame({"a": low, "b": high, "place": place}))
    columns = _columns(count)
    found = engine.fetch(
        f"select q.place, {columns} from {table} p join asked q on q.a = p.a and q.b = p.b",
        ["place"],
    )
    engine.drop("asked")
    levels = found.select(columns.split(", ")).to_numpy().astype(np.int8)
    return found["place"].to_numpy().astype(np.int64), levels


def put_labels(engine: Engine, labels: npt.NDArray[np.int64]) -> None:
    """The table of clusters: row, label."""
    engine.put(
        "labels",
        pl.DataFrame({"row": np.arange(len(labels), dtype=np.int64), "label": labels}),
    )


def kept(engine: Engine, count: int, least: float) -> pl.DataFrame:
    """Scored pairs that are in one cluster or at least so probable, in the order of their rows."""
    bound = float(np.log(least / (1.0 - least)))
    return engine.fetch(
        f"select p.a, p.b, p.log_odds, {_columns(count)}, l.label = r.label as together"
        " from scored p join labels l on l.row = p.a join labels r on r.row = p.b"
        f" where l.label = r.label or p.log_odds >= {_double(bound)}",
        ["a", "b"],
    )


def found_share(engine: Engine) -> float:
    """The share of matching pairs that some key found, estimated from how many keys found each.

    With f1 pairs of one cluster found by a single key and f2 by two, at least f1^2 / (2 f2) were
    found by none (Chao 1987, bias-corrected). 1.0 where all pairs were compared.
    """
    hits = engine.fetch(
        "select c.found, count(*) as n from candidates c join labels l on l.row = c.a"
        " join labels r on r.row = c.b where l.label = r.label and c.found > 0 group by c.found",
        ["found"],
    )
    keys = np.array([int(found).bit_count() for found in hits["found"]], dtype=np.int64)
    n = hits["n"].to_numpy().astype(np.float64)
    if not len(n) or hits["found"].to_list() == [1]:
        return 1.0
    one, two = n[keys == 1].sum(), n[keys == 2].sum()
    missed = one * (one - 1) / (2 * (two + 1))
    return float(n.sum() / (n.sum() + missed))


def scored(engine: Engine, table: str, made: str, weights: Weights) -> None:
    """Make the table `made`: the pairs with their log odds, added up in order."""
    terms = [_double(weights.prior)]
    for at, by_level in enumerate(weights.by_level):
        cases = " ".join(
            f"when {level} then {_double(weight)}" for level, weight in enumerate(by_level)
        )
        terms.append(f"case g{at} {cases} else 0e0 end")
    engine.make(made, f"select *, {' + '.join(terms)} as log_odds from {table}")


def _double(value: float) -> str:
    """A number as SQL reads it as a double, not as a decimal."""
    mantissa, _, exponent = f"{float(value):.16e}".partition("e")
    return f"({mantissa}e{int(exponent)})"
