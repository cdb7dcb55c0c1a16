"""Capture histories: how many people are on which lists, and on no other.

A history is a bit mask over the lists: bit j is set where list j holds the person. The all-zero
history is never observed; it is what is to be estimated.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.errors import BadValue

__all__ = ["MOST_LISTS", "ONLY", "CaptureHistories", "Counts", "Replicate"]

Counts: TypeAlias = NDArray[np.int64]
MOST_LISTS = 30
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, order=True)
class Replicate:
    """One of several equally good completions of the data; None where there is only one.

    `imputation` numbers the fillings-in of missing values (a stratum not recorded), `linkage` the
    sampled joinings of the lists.
    """

    imputation: int | None = None
    linkage: int | None = None


ONLY = Replicate()
"""The replicate of data that has no others."""


@dataclass(frozen=True, slots=True)
class CaptureHistories:
    """One overlap table: `counts[i]` people with exactly the history `masks[i]`.

    Masks are above zero, ascending and without repeats; counts are above zero. A history that is
    missing was observed for nobody. `stratum` says which part of the population the table covers,
    `inputs` the digests of the files that it was read from.
    """

    lists: tuple[str, ...]
    masks: tuple[int, ...]
    counts: tuple[int, ...]
    stratum: Mapping[str, str] = field(default_factory=dict, hash=False)
    replicate: Replicate = ONLY
    inputs: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.lists) <= MOST_LISTS:
            raise BadValue(f"a table has 1 to {MOST_LISTS} lists, not {len(self.lists)}")
        if len(set(self.lists)) < len(self.lists):
            raise BadValue(f"two lists have one name: {', '.join(self.lists)}")
        if len(self.masks) != len(self.counts):
            raise BadValue(f"{len(self.masks)} histories with {len(self.counts)} counts")
        if any(a >= b for a, b in zip(self.masks, self.masks[1:], strict=False)):
            raise BadValue("histories ascend, each once")
        if self.masks and not 0 < self.masks[0] <= self.masks[-1] < 1 << len(self.lists):
            raise BadValue("a history names lists that there are, and at least one")
        if any(count <= 0 for count in self.counts):
            raise BadValue("a history that is listed was observed for somebody")

    @classmethod
    def of(
        cls,
        lists: Iterable[str],
        counts: Mapping[int, int],
        *,
        stratum: Mapping[str, str] = _NOTHING,
        replicate: Replicate = ONLY,
        inputs: Mapping[str, str] = _NOTHING,
    ) -> "CaptureHistories":
        """The table of these counts by mask; counts of zero are left out."""
        seen = {mask: count for mask, count in sorted(counts.items()) if count != 0}
        return cls(
            tuple(lists), tuple(seen), tuple(seen.values()), dict(stratum), replicate, dict(inputs)
        )

    @property
    def observed(self) -> int:
        """How many different people the lists hold together, n."""
        return sum(self.counts)

    @property
    def cells(self) -> Counts:
        """All 2^L counts by mask, the unlisted (mask 0) as zero; for 16 lists at most."""
        if len(self.lists) > 16:
            raise BadValue(f"{len(self.lists)} lists have too many histories to write out")
        dense = np.zeros(1 << len(self.lists), dtype=np.int64)
        dense[list(self.masks)] = self.counts
        return dense

    @property
    def on_list(self) -> tuple[int, ...]:
        """How many people each list holds."""
        return tuple(self.on_all(1 << j) for j in range(len(self.lists)))

    @property
    def captured(self) -> Mapping[int, int]:
        """How many people are on exactly k lists, by k from 1."""
        by = dict.fromkeys(range(1, len(self.lists) + 1), 0)
        for mask, count in self:
            by[mask.bit_count()] += count
        return by

    def on_all(self, mask: int) -> int:
        """How many people are on all lists of the mask, and perhaps on others."""
        return sum(count for seen, count in self if seen & mask == mask)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.masks, self.counts, strict=True)

    def name_of(self, mask: int) -> str:
        """The lists of a mask as people write them: `A×B`."""
        return "×".join(name for j, name in enumerate(self.lists) if mask >> j & 1) or "none"

    def without(self, *dropped: str) -> "CaptureHistories":
        """The table as it would be without some lists; who is on no other is not observed."""
        kept = [j for j, name in enumerate(self.lists) if name not in dropped]
        if unknown := set(dropped) - set(self.lists):
            raise BadValue(f"there is no list {', '.join(sorted(unknown))}")
        counts: dict[int, int] = {}
        for mask, count in self:
            left = sum(1 << new for new, old in enumerate(kept) if mask >> old & 1)
            if left:
                counts[left] = counts.get(left, 0) + count
        return replace(
            CaptureHistories.of((self.lists[j] for j in kept), counts),
            stratum=self.stratum,
            replicate=self.replicate,
            inputs=self.inputs,
        )

    @property
    def usable(self) -> "CaptureHistories":
        """The table without lists that hold nobody or everybody: they tell nothing of overlap.

        Where no list is left that does, the table as far as lists could be left out.
        """
        return self.usable_and_why[0]

    @property
    def usable_and_why(self) -> tuple["CaptureHistories", Mapping[str, str]]:
        """The same, and whom each list left out holds: `nobody` or `everybody`.

        Without a list, another may hold everybody who is left; so it is looked at again.
        """
        table = self
        unusable: dict[str, str] = {}
        while True:
            odd = {
                name: "nobody" if size == 0 else "everybody"
                for name, size in zip(table.lists, table.on_list, strict=True)
                if size in {0, table.observed}
            }
            unusable |= odd
            if not odd or len(odd) == len(table.lists):
                return table, unusable
            table = table.without(*odd)
