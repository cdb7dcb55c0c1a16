"""Pairs compared: their levels, how many pairs have each pattern of levels, and their log odds.

What comparisons say of a pair is one pattern (`stelae.linkage.patterns`). There are far fewer
patterns than pairs, so weights are learned and added up by pattern, and pairs joined with the
log odds of theirs.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.coding import Coded
from stelae.linkage.comparisons.levels import MISSING, Comparison
from stelae.linkage.engine import Engine
from stelae.linkage.patterns import PatternCode
from stelae.linkage.weights import Floats, Patterns, Weights

__all__ = [
    "answers",
    "compare_pairs",
    "found_share",
    "kept",
    "levels_of",
    "links",
    "links_of",
    "links_within",
    "patterns_of",
    "put_labels",
    "scored",
]

Ints = npt.NDArray[np.int64]


def compare_pairs(
    engine: Engine,
    sources: Sequence[str],
    made: Sequence[str],
    comparisons: Sequence[Comparison],
    coded: Sequence[Coded],
    code: PatternCode,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Make a table of each source of pairs (a, b): the pairs with their pattern (p0 ...)."""
    ready = [
        (values.ids, comparison.ready(values.values, values.share))
        for comparison, values in zip(comparisons, coded, strict=True)
    ]

    def compared(pairs: pl.DataFrame) -> pl.DataFrame:
        a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
        levels = []
        for ids, compare in ready:
            left, right = ids[a], ids[b]
            said = np.flatnonzero((left >= 0) & (right >= 0))
            level = np.full(len(a), MISSING, dtype=np.int8)
            level[said] = compare(left[said], right[said])
            levels.append(level)
        return pl.DataFrame({"a": a, "b": b, **code.numbers(levels, len(a))})

    schema = dict.fromkeys(("a", "b", *code.columns), pl.Int64())
    for source, name in zip(sources, made, strict=True):
        engine.make_by(name, f"select a, b from {source}", compared, schema, progress)


def patterns_of(engine: Engine, table: str, code: PatternCode) -> Patterns:
    """The distinct rows of levels of a table of pairs, and how many pairs have each."""
    columns = ", ".join(code.columns)
    found = engine.fetch(
        f"select {columns}, count(*) as n from {table} group by {columns}", code.columns
    )
    return Patterns(code.levels(found), found["n"].to_numpy().astype(np.float64))


def answers(
    engine: Engine, table: str, code: PatternCode, labels: Ints
) -> tuple[npt.NDArray[np.int8], Floats, Floats]:
    """Patterns with the number of pairs in one cluster (yes) and in two (no)."""
    pairs = engine.fetch(f"select * from {table}")
    same = labels[pairs["a"].to_numpy()] == labels[pairs["b"].to_numpy()]
    found = (
        pairs.select(code.columns)
        .with_columns(yes=pl.Series(same, dtype=pl.Int64))
        .group_by(code.columns)
        .agg(pl.col("yes").sum(), pl.len().alias("n"))
        .sort(code.columns)
    )
    yes = found["yes"].to_numpy().astype(np.float64)
    return code.levels(found), yes, found["n"].to_numpy().astype(np.float64) - yes


def levels_of(
    engine: Engine, table: str, code: PatternCode, a: Ints, b: Ints
) -> tuple[Ints, npt.NDArray[np.int8]]:
    """Places (in a, b) of the pairs that a table of compared pairs holds, and their levels."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    place = np.arange(len(a), dtype=np.int64)
    engine.put("asked", pl.DataFrame({"a": low, "b": high, "place": place}))
    columns = ", ".join(f"p.{column}" for column in code.columns)
    found = engine.fetch(
        f"select q.place, {columns} from {table} p join asked q on q.a = p.a and q.b = p.b",
        ["place"],
    )
    engine.drop("asked")
    return found["place"].to_numpy().astype(np.int64), code.levels(found)


def put_labels(engine: Engine, labels: Ints) -> None:
    """The table of clusters: row, label."""
    engine.put(
        "labels",
        pl.DataFrame({"row": np.arange(len(labels), dtype=np.int64), "label": labels}),
    )


def scored(engine: Engine, table: str, made: str, code: PatternCode, weights: Weights) -> None:
    """Make the table `made`: each pattern of a table of pairs with its log odds."""
    columns = ", ".join(code.columns)
    found = engine.fetch(f"select distinct {columns} from {table}")
    log_odds = weights.of(code.levels(found))
    engine.put(made, found.with_columns(log_odds=pl.Series(log_odds)))


def links(engine: Engine, code: PatternCode, least: float, table: str = "pairs") -> pl.DataFrame:
    """Compared pairs (a, b, log_odds) that are at least so likely, in their order."""
    return engine.fetch(
        f"select p.a, p.b, s.log_odds from {table} p join scored s on {_same(code)}"
        f" where s.log_odds >= {_double(least)}",
        ["a", "b"],
    )


def links_of(engine: Engine, code: PatternCode, a: Ints, b: Ints) -> pl.DataFrame:
    """Those of some pairs that were compared (a, b, log_odds), in their order."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    engine.put("asked", pl.DataFrame({"a": low, "b": high}).unique())
    found = engine.fetch(
        f"select p.a, p.b, s.log_odds from pairs p join scored s on {_same(code)}"
        " join asked q on q.a = p.a and q.b = p.b",
        ["a", "b"],
    )
    engine.drop("asked")
    return found


def links_within(engine: Engine, code: PatternCode, parts: Ints, below: float) -> pl.DataFrame:
    """Compared pairs (a, b, log_odds) less likely than that whose records are of one part."""
    put_labels(engine, parts)
    return engine.fetch(
        f"select p.a, p.b, s.log_odds from pairs p join scored s on {_same(code)}"
        " join labels l on l.row = p.a join labels r on r.row = p.b"
        f" where s.log_odds < {_double(below)} and l.label = r.label",
        ["a", "b"],
    )


def kept(engine: Engine, code: PatternCode, least: float) -> pl.DataFrame:
    """Scored pairs that are in one cluster or at least so probable, in the order of their rows.

    With their levels g0, g1 ... and `together`, whether they are in one cluster.
    """
    bound = float(np.log(least / (1.0 - least)))
    patterns = ", ".join(f"p.{column}" for column in code.columns)
    found = engine.fetch(
        f"select p.a, p.b, s.log_odds, {patterns}, l.label = r.label as together"
        f" from pairs p join scored s on {_same(code)}"
        " join labels l on l.row = p.a join labels r on r.row = p.b"
        f" where l.label = r.label or s.log_odds >= {_double(bound)}",
        ["a", "b"],
    )
    levels = code.levels(found)
    return found.select(
        "a",
        "b",
        "log_odds",
        *(pl.Series(f"g{at}", levels[:, at]) for at in range(levels.shape[1])),
        "together",
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


def _same(code: PatternCode) -> str:
    return " and ".join(f"p.{column} = s.{column}" for column in code.columns)


def _double(value: float) -> str:
    """A number as SQL reads it as a double, not as a decimal."""
    mantissa, _, exponent = f"{float(value):.16e}".partition("e")
    return f"({mantissa}e{int(exponent)})"
