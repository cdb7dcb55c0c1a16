"""What each level of each comparison weighs, in bits, and one pair added up as an example."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.linking import Linkage
from stelae.linkage.report.printed import cut
from stelae.linkage.results import kind_of
from stelae.linkage.weights import probability

__all__ = ["BITS", "ComparisonWeights", "Example", "LevelWeight", "Part", "example", "weights_of"]

Ints = npt.NDArray[np.int64]

BITS = 1.0 / float(np.log(2.0))
"""Bits in one unit of natural log odds: one bit more doubles the odds."""


@dataclass(frozen=True, slots=True)
class LevelWeight:
    """A level in words: its weight at first (Fellegi-Sunter) and at last, in bits.

    `joined` and `apart` count the kept pairs at this level that are in one cluster and in two.
    """

    words: str
    first: float
    last: float
    joined: int
    apart: int


@dataclass(frozen=True, slots=True)
class ComparisonWeights:
    """One comparison with its levels, from the most alike to the least."""

    name: str
    kind: str
    levels: tuple[LevelWeight, ...]

    @property
    def is_used(self) -> bool:
        """Whether any kept pair says both; else its weights are what they were before any pair."""
        return any(level.joined or level.apart for level in self.levels)


def weights_of(linkage: Linkage) -> tuple[ComparisonWeights, ...]:
    """Every comparison, in the order of the fields."""
    return tuple(
        ComparisonWeights(comparison.name, kind_of(comparison), _levels(linkage, at))
        for at, comparison in enumerate(linkage.comparisons)
    )


def _levels(linkage: Linkage, at: int) -> tuple[LevelWeight, ...]:
    words = linkage.comparisons[at].levels
    first, last = (
        weights.by_level[at] * BITS for weights in (linkage.first_weights, linkage.weights)
    )
    joined, apart = _counted(linkage.pairs, f"g{at}", len(words))
    return tuple(
        LevelWeight(word, float(first[j]), float(last[j]), int(joined[j]), int(apart[j]))
        for j, word in enumerate(words)
    )


def _counted(pairs: pl.DataFrame, column: str, size: int) -> tuple[Ints, Ints]:
    levels = pairs[column].to_numpy().astype(np.int64)
    together = pairs["together"].to_numpy().astype(bool)
    said = levels >= 0
    return (
        np.bincount(levels[said & together], minlength=size).astype(np.int64),
        np.bincount(levels[said & ~together], minlength=size).astype(np.int64),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison of a pair: both sides as compared, the level in words, its bits."""

    comparison: str
    left: str
    right: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Example:
    """One joined pair added up: its start, its parts, their sum in bits, its probability."""

    left: tuple[str, str]
    """List and record."""
    right: tuple[str, str]
    prior: float
    parts: tuple[Part, ...]
    weight: float
    probability: float


def example(linkage: Linkage) -> Example | None:
    """The joined pair of two lists that weighs as much as half of them do; None without one.

    A pair of one list stands in where no two lists are joined.
    """
    joined = linkage.pairs.filter(pl.col("together") & (pl.col("log_odds") > 0))
    frame = linkage.lists.frame
    lists = frame["list"]
    across = joined.filter((lists.gather(joined["a"]) != lists.gather(joined["b"])).alias("across"))
    chosen = across if across.height else joined
    if not chosen.height:
        return None
    # What many comparisons speak of explains more than what one does.
    columns = [f"g{at}" for at in range(len(linkage.comparisons))]
    said = pl.sum_horizontal((pl.col(column) >= 0).cast(pl.Int64) for column in columns)
    chosen = chosen.filter(said == chosen.select(said.alias("said"))["said"].max())
    ordered = chosen.sort("log_odds", "a", "b")
    row = ordered.row((ordered.height - 1) // 2, named=True)
    parts = tuple(
        Part(
            comparison.name,
            cut(frame[comparison.name][row["a"]] or ""),
            cut(frame[comparison.name][row["b"]] or ""),
            comparison.levels[row[f"g{at}"]],
            float(linkage.weights.by_level[at][row[f"g{at}"]]) * BITS,
        )
        for at, comparison in enumerate(linkage.comparisons)
        if row[f"g{at}"] >= 0
    )
    return Example(
        (frame["list"][row["a"]], frame["record"][row["a"]]),
        (frame["list"][row["b"]], frame["record"][row["b"]]),
        linkage.weights.prior * BITS,
        parts,
        row["log_odds"] * BITS,
        float(probability(np.array(row["log_odds"]))),
    )
