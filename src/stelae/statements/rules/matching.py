"""Which of many values match another, as far as both say: looked up, since in a long text to
compare each with each would take the square of their number."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

__all__ = ["Fields", "Matching"]

Fields = tuple[int | None, ...]
"""What a value says, in a fixed order; None where it says nothing, which matches anything."""

T = TypeVar("T")


class Matching(Generic[T]):
    """Items by what is said of them, asked for those that say nothing else than some fields do.

    They are gathered by which fields they say, of which there are few patterns however many the
    items; within a pattern, those that match are found by the fields that both say.
    """

    def __init__(self, items: Iterable[tuple[Fields, T]]) -> None:
        self._items: dict[tuple[bool, ...], list[tuple[Fields, T]]] = {}
        for fields, item in items:
            says = tuple([field is not None for field in fields])
            self._items.setdefault(says, []).append((fields, item))
        self._by_common: dict[tuple[tuple[bool, ...], tuple[int, ...]], dict[Fields, list[T]]] = {}

    def __contains__(self, asked: Fields) -> bool:
        """Whether any item matches."""
        return next(self._all(asked), None) is not None

    def first(self, asked: Fields, most: int) -> list[T]:
        """The items that match, at most so many."""
        return list(islice((item for found in self._all(asked) for item in found), most))

    def _all(self, asked: Fields) -> Iterator[list[T]]:
        for says, items in self._items.items():
            common = tuple(at for at, said in enumerate(says) if said and asked[at] is not None)
            by_fields = self._by_common.get((says, common))
            if by_fields is None:
                by_fields = self._by_common[says, common] = {}
                for fields, item in items:
                    by_fields.setdefault(tuple(fields[at] for at in common), []).append(item)
            if found := by_fields.get(tuple(asked[at] for at in common)):
                yield found
