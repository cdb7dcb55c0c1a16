"""Synthetic places: villages with two names each, in districts, in regions."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stelae.linkage.synthetic.cultures import Culture

__all__ = ["Places", "places"]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Names by sound; `first` and `second` are the two names of each village.

    `culture` is the naming custom of most who live in a village, `district` and `region` where it
    lies, `size` its share of the people.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    culture: NDArray[np.int64]
    district: NDArray[np.int64]
    region: NDArray[np.int64]
    size: NDArray[np.float64]
    districts: tuple[str, ...]
    regions: tuple[str, ...]


def places(
    customs: tuple[Culture, ...],
    shares: NDArray[np.float64],
    regions: int,
    villages: int,
    rng: np.random.Generator,
) -> Places:
    """Villages in about five to a district, sizes skewed; the second name is of another custom."""
    districts = max(regions, villages // 5)
    spread = (np.arange(villages) + rng.random()) / villages  # no custom is left out by chance
    own = rng.permutation(np.searchsorted(np.cumsum(shares)[:-1], spread, side="right"))
    other = (own + rng.integers(1, max(2, len(customs)), size=villages)) % len(customs)
    region_of = np.arange(districts) % regions
    district = np.arange(villages) % districts
    pools: list[Iterator[int]] = [
        iter(rng.permutation(len(custom.places)).tolist()) for custom in customs
    ]
    taken: set[str] = set()

    def name(custom: int) -> str:
        known = customs[custom].places
        for at in pools[custom]:
            if known[at] not in taken:
                taken.add(known[at])
                return known[at]
        pools[custom] = iter(rng.permutation(len(known)).tolist())  # names are borne twice
        return known[next(pools[custom])]

    weights = rng.lognormal(0.0, 0.8, size=villages)
    return Places(
        first=tuple(name(at) for at in own.tolist()),
        second=tuple(name(at) for at in other.tolist()),
        culture=own,
        district=district,
        region=region_of[district],
        size=weights / weights.sum(),
        districts=tuple(name(int(rng.integers(len(customs)))) for _ in range(districts)),
        regions=tuple(name(int(rng.integers(len(customs)))) for _ in range(regions)),
    )
