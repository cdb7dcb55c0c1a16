"""Clusters before and after: ids that stay with the same people, and what changed."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.values.canonical import Json

__all__ = ["Change", "Changes", "changes", "kept_ids"]

Ints = npt.NDArray[np.int64]
NOT_THERE = -1
"""The id of the cluster of a record that was not there before."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cluster that is not as it was: what happened, whence its old records came.

    `what`: `new` (records that were not there, in a cluster of their own), `joined` (such records
    came to a cluster), `merged` (records of several clusters are one), `split` (a cluster's old
    records are no longer together).
    """

    cluster: int
    what: tuple[str, ...]
    before: tuple[int, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All clusters that changed, and how many there were and are."""

    changed: tuple[Change, ...]
    clusters_before: int
    clusters_after: int

    def counts(self) -> dict[str, int]:
        """How many clusters are new, joined, merged, split."""
        found = Counter(what for change in self.changed for what in change.what)
        return {what: found[what] for what in ("new", "joined", "merged", "split")}

    def table(self, frame: pl.DataFrame, before: Ints) -> pl.DataFrame:
        """A row for each record of a changed cluster; `before` is null where it was not there."""
        rows = [row for change in self.changed for row in change.rows]
        sides = frame[rows].select("list", "record")
        return sides.with_columns(
            before=pl.Series(before[rows], dtype=pl.Int64).replace(NOT_THERE, None),
            after=pl.Series(
                [change.cluster for change in self.changed for _ in change.rows], dtype=pl.Int64
            ),
            change=pl.Series(
                [" ".join(change.what) for change in self.changed for _ in change.rows],
                dtype=pl.String,
            ),
        )

    def to_json(self, frame: pl.DataFrame, before: Ints) -> dict[str, Json]:
        """`stelae-link-changes/1`."""
        ids = frame.select("list", "record").rows()
        return {
            "schema": "stelae-link-changes/1",
            "clusters_before": self.clusters_before,
            "clusters_after": self.clusters_after,
            **self.counts(),
            "clusters": [
                {
                    "cluster": change.cluster,
                    "change": list(change.what),
                    "before": list(change.before),
                    "records": [
                        {
                            "list": ids[row][0],
                            "record": ids[row][1],
                            "before": None if before[row] == NOT_THERE else int(before[row]),
                        }
                        for row in change.rows
                    ],
                }
                for change in self.changed
            ],
        }


def kept_ids(before: Ints, labels: Ints, highest: int) -> Ints:
    """Ids for clusters: that of the old cluster most of whose records they hold, else a new one.

    `before` are the old ids of all records (`NOT_THERE`: new), `labels` say which are now together.
    Each old id goes to one cluster, of two claims to that with more of its records; new ids follow
    on `highest`, in the order of their first records.
    """
    shared: Counter[tuple[int, int]] = Counter(
        (label, old)
        for label, old in zip(labels.tolist(), before.tolist(), strict=True)
        if old != NOT_THERE
    )
    ids: dict[int, int] = {}
    taken: set[int] = set()
    for (label, old), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0][1], each[0])):
        if label not in ids and old not in taken:
            ids[label] = old
            taken.add(old)
    for label in labels.tolist():
        if label not in ids:
            highest += 1
            ids[label] = highest
    return np.array([ids[label] for label in labels.tolist()], dtype=np.int64)


def changes(before: Ints, after: Ints) -> Changes:
    """What changed between two clusterings by ids, the first without some of the records."""
    rows: Mapping[int, list[int]] = _rows(after)
    goes: dict[int, set[int]] = defaultdict(set)
    for old, new in zip(before.tolist(), after.tolist(), strict=True):
        goes[old].add(new)
    changed = []
    for cluster, members in sorted(rows.items()):
        came = before[members]
        olds = tuple(sorted({int(old) for old in came if old != NOT_THERE}))
        what = []
        if not olds:
            what.append("new")
        elif (came == NOT_THERE).any():
            what.append("joined")
        if len(olds) > 1:
            what.append("merged")
        if any(len(goes[old]) > 1 for old in olds):
            what.append("split")
        if what:
            changed.append(Change(cluster, tuple(what), olds, tuple(members)))
    old_ids = {int(old) for old in before if old != NOT_THERE}
    return Changes(tuple(changed), len(old_ids), len(rows))


def _rows(labels: Ints) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(labels.tolist()):
        rows[label].append(row)
    return rows
