"""How far a clustering agrees with the truth: precision and recall of its pairs."""

from collections.abc import Sequence

import polars as pl

__all__ = ["pairwise_f1"]


def pairwise_f1(clusters: pl.DataFrame, on: Sequence[str], truth: str) -> float:
    """The F1 of the pairs in one `cluster` against those with one value of the column `truth`."""

    def pairs(columns: Sequence[str]) -> float:
        sizes = clusters.group_by(columns).len()["len"].cast(pl.Float64)
        return float((sizes * (sizes - 1) / 2).sum())

    assert clusters.select(on).is_unique().all()
    return 2 * pairs(["cluster", truth]) / (pairs(["cluster"]) + pairs([truth]))
