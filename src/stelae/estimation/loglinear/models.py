"""Hierarchical log-linear models: which sets of lists have a term of their own.

A term is a bit mask over the lists (bit j: list j); 0 is the constant. A hierarchical model holds
with a term all its subsets, so its generators, the largest terms, say all of it. Every model holds
the terms of single lists; none holds the term of all lists together, which nothing could tell from
the number of the unlisted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.errors import BadValue

__all__ = [
    "MOST_LISTS_ENUMERATED",
    "Family",
    "Ints",
    "Model",
    "family_of",
    "hierarchical_models",
    "independence",
]

Ints: TypeAlias = NDArray[np.int64]
MOST_LISTS_ENUMERATED = 5
"""Six lists have 7,785,061 models; up to five, each is looked at."""


@dataclass(frozen=True, slots=True, order=True)
class Model:
    """One hierarchical model of `lists` lists: its generators, ascending by size, then by mask."""

    lists: int
    generators: tuple[int, ...]

    def __post_init__(self) -> None:
        everyone = (1 << self.lists) - 1
        joined = 0
        for g in self.generators:
            if not 0 < g < everyone:
                raise BadValue(
                    "a generator names some of the lists, never all: no model can tell the"
                    " interaction of all lists from the number of the unlisted"
                )
            joined |= g
        if joined != everyone:
            raise BadValue("a model names every list at least once")
        if any(a & b == a for a in self.generators for b in self.generators if a != b):
            raise BadValue("no generator of a model is part of another")
        if list(self.generators) != sorted(set(self.generators), key=_by_size):
            raise BadValue("generators ascend by size, then by mask, each once")

    @classmethod
    def of(cls, lists: int, terms: Iterable[int]) -> "Model":
        """The smallest model that has these terms and those of all single lists."""
        wanted = {*terms, *(1 << j for j in range(lists))} - {0}
        largest = (t for t in wanted if not any(t != u and t & u == t for u in wanted))
        return cls(lists, tuple(sorted(largest, key=_by_size)))

    @classmethod
    def named(cls, lists: Sequence[str], generators: Iterable[Iterable[str]]) -> "Model":
        """The smallest model with these generators, by the names of lists."""
        index = {name: j for j, name in enumerate(lists)}
        masks = []
        for generator in generators:
            names = set(generator)
            if unknown := names - set(index):
                raise BadValue(f"there is no list {', '.join(sorted(unknown))}")
            masks.append(sum(1 << index[name] for name in names))
        return cls.of(len(lists), masks)

    @property
    def terms(self) -> tuple[int, ...]:
        """Every term, the constant first, ascending by size, then by mask."""
        found = {0}
        for g in self.generators:
            part = g
            while part:
                found.add(part)
                part = (part - 1) & g
        return tuple(sorted(found, key=_by_size))

    def names(self, lists: Sequence[str]) -> list[list[str]]:
        """The generators by the names of their lists, in the order that lists have."""
        parts = [[name for j, name in enumerate(lists) if g >> j & 1] for g in self.generators]
        return sorted(parts, key=lambda part: -len(part))

    def written(self, lists: Sequence[str]) -> str:
        """The model as papers write it: `[A B][C]`."""
        return "".join(f"[{' '.join(part)}]" for part in self.names(lists))


class Family(NamedTuple):
    """Many models as arrays: model i has the terms `terms[i, :sizes[i]]`; `models[i]` is it."""

    models: tuple[Model, ...]
    terms: Ints
    sizes: Ints


def _by_size(mask: int) -> tuple[int, int]:
    return mask.bit_count(), mask


def independence(lists: int) -> Model:
    """The model without interactions."""
    return Model.of(lists, ())


@lru_cache(maxsize=16)
def hierarchical_models(lists: int, max_order: int | None = None) -> tuple[Model, ...]:
    """All hierarchical models of two to five lists whose terms hold `max_order` lists at most.

    1, 8, 113 and 6,893 models for 2, 3, 4 and 5 lists: the simplicial complexes with every
    vertex, but the full one. Ascending by number of terms, then by terms.
    """
    if not 2 <= lists <= MOST_LISTS_ENUMERATED:
        raise BadValue(
            f"all models are looked at for 2 to {MOST_LISTS_ENUMERATED} lists, not {lists}"
        )
    most = lists - 1 if max_order is None else min(max_order, lists - 1)
    if most < 1:
        raise BadValue(f"terms hold at least one list, not {max_order}")
    possible = [t for t in range(1 << lists) if 2 <= t.bit_count() <= most]
    chosen = sorted(_complexes(sorted(possible, key=_by_size)), key=lambda c: (len(c), c))
    return tuple(Model.of(lists, terms) for terms in chosen)


def _complexes(possible: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every set of interactions that holds with one also its parts of two lists or more."""

    def grow(at: int, held: frozenset[int], terms: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if at == len(possible):
            yield terms
            return
        term = possible[at]
        yield from grow(at + 1, held, terms)
        if all(part in held for part in _facets(term)):
            yield from grow(at + 1, held | {term}, (*terms, term))

    yield from grow(0, frozenset(), ())


def _facets(term: int) -> Iterator[int]:
    """The term without each one of its lists, where two or more are left."""
    left = term if term.bit_count() > 2 else 0
    while left:
        bit = left & -left
        left ^= bit
        yield term ^ bit


@lru_cache(maxsize=16)
def family_of(models: tuple[Model, ...]) -> Family:
    """Models as arrays; rows are filled up with zeros."""
    terms = [model.terms for model in models]
    sizes = np.array([len(t) for t in terms], dtype=np.int64)
    array = np.zeros((len(terms), int(sizes.max())), dtype=np.int64)
    for i, t in enumerate(terms):
        array[i, : len(t)] = t
    return Family(models, array, sizes)
