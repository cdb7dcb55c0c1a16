"""A value by its identity, as the key of a memory that several rules share."""

from typing import Generic, TypeVar

__all__ = ["Same"]

T = TypeVar("T")


class Same(Generic[T]):
    """A long text or a record: to compare them word by word would take as long as a check.

    It holds the value, so that no other can have its place in memory while the key is known.
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
