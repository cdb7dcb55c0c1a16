"""What was joined, counted: people of each list, of each overlap, of each number of records."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from stelae.linkage.fields import ListOf
from stelae.linkage.linking import Linkage

__all__ = ["ListCounted", "histories", "lists_counted", "sizes"]


@dataclass(frozen=True, slots=True)
class ListCounted:
    """One list, and how many people its records are."""

    of: ListOf
    people: int

    @property
    def duplicates(self) -> int:
        """Records of a person whom an earlier record of the same list holds."""
        return self.of.records - self.people


def lists_counted(linkage: Linkage) -> tuple[ListCounted, ...]:
    """Every list with the people on it, in the order of the lists."""
    found = dict(_labelled(linkage).group_by("list").agg(pl.col("label").n_unique()).iter_rows())
    return tuple(ListCounted(one, found.get(one.name, 0)) for one in linkage.lists.lists)


def histories(linkage: Linkage) -> Mapping[int, int]:
    """People by the lists that hold them: a bit mask (bit j: list j) and how many have it.

    A person with several records on one list is on it once, as `stelae estimate` counts.
    """
    bits = {one.name: 1 << at for at, one in enumerate(linkage.lists.lists)}
    on = _labelled(linkage).unique().group_by("label").agg(pl.col("list").sort())
    counts: dict[int, int] = {}
    for lists, people in on.group_by("list").len().iter_rows():
        mask = sum(bits[name] for name in lists)
        counts[mask] = counts.get(mask, 0) + people
    return dict(sorted(counts.items()))


def sizes(linkage: Linkage) -> Mapping[int, int]:
    """People by their number of records, ascending."""
    found = _labelled(linkage).group_by("label").len().group_by("len").len(name="people")
    return dict(sorted((int(size), int(people)) for size, people in found.iter_rows()))


def _labelled(linkage: Linkage) -> pl.DataFrame:
    return linkage.lists.frame.select("list", label=pl.Series(linkage.labels, dtype=pl.Int64))
