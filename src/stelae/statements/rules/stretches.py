"""Which link or quotation holds a place, in time logarithmic in how many there are."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from stelae.statements.model import Binding, Clause
from stelae.statements.text import Span

__all__ = ["Stretches", "links", "quotations"]

T = TypeVar("T")


class Stretches(Generic[T]):
    """Stretches of a text that do not overlap; of nested ones the outermost counts."""

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._items: list[tuple[Span, T]] = []
        for span, value in sorted(items, key=lambda item: (item[0].start, -item[0].end)):
            if not self._items or span.start >= self._items[-1][0].end:
                self._items.append((span, value))
        self._starts = [span.start for span, _ in self._items]

    def holding(self, span: Span) -> T | None:
        """What holds the whole of a span."""
        at = bisect_right(self._starts, span.start) - 1
        return self._items[at][1] if at >= 0 and span in self._items[at][0] else None

    def touches(self, span: Span) -> bool:
        """Whether a span shares a code point with one of them."""
        at = bisect_right(self._starts, span.start) - 1
        return any(span.overlaps(here) for here, _ in self._items[max(at, 0) : at + 2])


def links(clause: Clause) -> Stretches[Binding]:
    """The links of a clause."""
    return Stretches((binding.span, binding) for binding in clause.bindings)


def quotations(clause: Clause) -> Stretches[bool]:
    """The quotations of a clause whose marks close."""
    return Stretches((fact.span, True) for fact in clause.quotations if fact.balanced)
