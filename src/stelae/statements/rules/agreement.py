"""Which values agree with some of many, as far as both say: found by looking up, not by comparing
each with each."""

from collections.abc import Iterable

__all__ = ["Agreeing", "Fields"]

Fields = tuple[int | None, ...]
"""What a value says, in a fixed order; None where it says nothing, which agrees with anything."""


class Agreeing:
    """Many values of one length, asked whether some of them agrees with another.

    They are gathered by which fields they say, of which there are few patterns however many
    values, and each pattern is a set of what it says of the fields that the other says too.
    """

    def __init__(self, values: Iterable[Fields]) -> None:
        self._values: dict[tuple[bool, ...], list[Fields]] = {}
        for value in values:
            says = tuple(field is not None for field in value)
            self._values.setdefault(says, []).append(value)
        self._said: dict[tuple[tuple[bool, ...], tuple[int, ...]], set[Fields]] = {}

    def __contains__(self, asked: Fields) -> bool:
        """Whether some value has no field that this one says otherwise."""
        for says, values in self._values.items():
            common = tuple(at for at, said in enumerate(says) if said and asked[at] is not None)
            if (said_so := self._said.get((says, common))) is None:
                said_so = {tuple(value[at] for at in common) for value in values}
                self._said[says, common] = said_so
            if tuple(asked[at] for at in common) in said_so:
                return True
        return False
