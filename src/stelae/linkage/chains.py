"""The strongest chain of records between two: the one whose weakest tie is the strongest."""

import heapq
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Step", "chain"]


@dataclass(frozen=True, slots=True)
class Step:
    """Two records and the weight of the tie between them."""

    a: int
    b: int
    weight: float


def chain(ties: Iterable[Step], start: int, end: int) -> tuple[Step, ...]:
    """From start to end; of chains with one weakest tie the shortest. () where there is none."""
    near: dict[int, list[tuple[int, float]]] = {}
    for tie in ties:
        near.setdefault(tie.a, []).append((tie.b, tie.weight))
        near.setdefault(tie.b, []).append((tie.a, tie.weight))
    waiting: list[tuple[float, int, tuple[int, ...]]] = [(float("-inf"), 0, (start,))]
    done: set[int] = set()
    while waiting:
        weakest, length, path = heapq.heappop(waiting)
        here = path[-1]
        if here == end:
            weights = {(a, other): weight for a in path for other, weight in near.get(a, ())}
            return tuple(Step(a, b, weights[a, b]) for a, b in itertools.pairwise(path))
        if here in done:
            continue
        done.add(here)
        for other, weight in near.get(here, ()):
            if other not in done:
                heapq.heappush(waiting, (max(weakest, -weight), length + 1, (*path, other)))
    return ()
