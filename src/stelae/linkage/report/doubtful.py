"""Clusters to look at first: unsure in the draws, at odds with themselves, or very large."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.linking import Linkage
from stelae.linkage.report.level_weights import BITS
from stelae.linkage.report.printed import Printed, printed
from stelae.linkage.report.stability import Stability, companions, picked, stability

__all__ = ["Cluster", "Doubtful", "Fate", "Met", "Weakest", "doubtful"]

Ints = npt.NDArray[np.int64]

SHOWN = 6
"""Clusters of each kind."""
_MOST_RECORDS = 10
_MOST_MET = 4
AGAINST = -float(np.log(9.0))
"""Log odds below which a pair in one cluster speaks strongly against it: a chance below .1."""
_STEADY = 0.9
"""Clusters that stay whole in so many draws, or more, are not unsure."""


@dataclass(frozen=True, slots=True)
class Weakest:
    """The pair inside a cluster that speaks most against it, in bits."""

    left: tuple[str, str]
    right: tuple[str, str]
    bits: float


@dataclass(frozen=True, slots=True)
class Met:
    """Another cluster that draws join with this one: its number, how often, its records.

    `rows` have the columns of the cluster's own records; `more` are not shown.
    """

    number: int
    share: float
    rows: tuple[tuple[str, ...], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Fate:
    """Shares of draws in which a cluster stays as it is, is split, or takes in others."""

    whole: float
    split: float
    larger: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster by its number: its records as printed (`more` are not shown), and its doubt.

    Of its pairs, `against` weigh strongly against it. `fate` is None without draws, `met` also
    where no draw joins it with another.
    """

    number: int
    size: int
    records: Printed
    more: int
    weakest: Weakest | None
    against: int
    fate: Fate | None
    met: Met | None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Clusters by what is doubtful of them, each once, and how many there are of each kind.

    `unsure` is empty without draws.
    """

    unsure: tuple[Cluster, ...]
    all_unsure: int
    at_odds: tuple[Cluster, ...]
    all_at_odds: int
    largest: tuple[Cluster, ...]


def doubtful(linkage: Linkage) -> Doubtful:
    """The clusters of two records and more that should be looked at first.

    Unsure are those that fewer than .9 of the draws leave whole, the least whole first; at odds
    with themselves those with a pair of a chance below .1, the least first.
    """
    labels = linkage.labels
    draws = picked(linkage.draws)
    rows = _rows(labels)
    fates = stability(labels, draws) if draws else None
    inner = linkage.pairs.filter("together")
    inner = inner.with_columns(label=pl.Series(labels[inner["a"].to_numpy()], dtype=pl.Int64))
    weak = (
        inner.sort("log_odds", "a", "b")
        .group_by("label", maintain_order=True)
        .agg(
            pl.col("a", "b", "log_odds").first(),
            (pl.col("log_odds") < AGAINST).sum().alias("against"),
        )
    )
    unsure = _unsure(fates, rows)
    at_odds = weak.filter(pl.col("log_odds") < AGAINST)["label"].to_list()
    by_size = sorted(rows, key=lambda label: (-len(rows[label]), label))
    likely = [*unsure[: 2 * SHOWN], *at_odds[: 3 * SHOWN], *by_size[: 4 * SHOWN]]
    met = companions(labels, draws, set(likely)) if draws else {}
    taken: set[int] = set()

    def choose(found: Iterable[int]) -> list[int]:
        """The first that are not shown yet, neither by themselves nor beside another."""
        chosen: list[int] = []
        for label in found:
            if label not in taken and len(chosen) < SHOWN:
                chosen.append(label)
                taken.update({label, *met.get(label, ())[:1]})
        return chosen

    groups = [
        choose(unsure[: 2 * SHOWN]),
        choose(at_odds[: 3 * SHOWN]),
        choose(by_size[: 4 * SHOWN]),
    ]
    wanted = [label for group in groups for label in group]
    pairs = {
        row["label"]: row
        for row in weak.filter(pl.col("label").is_in(wanted)).iter_rows(named=True)
    }
    made = {
        label: _cluster(linkage, rows[label], pairs.get(label), _fate(fates, label), met.get(label))
        for label in wanted
    }
    one, two, three = (tuple(made[label] for label in group) for group in groups)
    return Doubtful(one, len(unsure), two, len(at_odds), three)


def _rows(labels: Ints) -> Mapping[int, Ints]:
    """The rows of each cluster of two records or more."""
    order = np.argsort(labels, kind="stable")
    named, start, size = np.unique(labels[order], return_index=True, return_counts=True)
    return {
        int(label): order[first : first + many]
        for label, first, many in zip(named, start, size, strict=True)
        if many > 1
    }


def _unsure(fates: Stability | None, rows: Mapping[int, Ints]) -> Sequence[int]:
    if fates is None:
        return ()
    order = np.lexsort((fates.labels, fates.whole))
    return [
        int(fates.labels[at])
        for at in order
        if fates.whole[at] < _STEADY and int(fates.labels[at]) in rows
    ]


def _fate(fates: Stability | None, label: int) -> Fate | None:
    if fates is None:
        return None
    at = int(np.searchsorted(fates.labels, label))
    return Fate(float(fates.whole[at]), float(fates.split[at]), max(float(fates.larger[at]), 0.0))


def _cluster(
    linkage: Linkage,
    members: Ints,
    weak: Mapping[str, Any] | None,
    fate: Fate | None,
    met: tuple[int, float] | None,
) -> Cluster:
    shown = members[:_MOST_RECORDS].tolist()
    weakest, against = None, 0
    if weak is not None:
        ids = linkage.as_read.frame.select("list", "record")
        a, b = weak["a"], weak["b"]
        # The two that speak against each other are shown, whatever else is.
        shown = sorted({*shown, a, b})
        weakest = Weakest(ids.row(a), ids.row(b), weak["log_odds"] * BITS)
        against = weak["against"]
    others = (
        np.zeros(0, dtype=np.int64) if met is None else np.flatnonzero(linkage.labels == met[0])
    )
    beside = others[:_MOST_MET].tolist()
    cells = printed(linkage, [*shown, *beside])
    return Cluster(
        int(linkage.labels[members[0]]) + 1,
        len(members),
        Printed(cells.columns, cells.rows[: len(shown)]),
        len(members) - len(shown),
        weakest,
        against,
        fate,
        None
        if met is None
        else Met(met[0] + 1, met[1], cells.rows[len(shown) :], len(others) - len(beside)),
    )
