"""Decisions that cannot all be true: matches that join two records which others hold apart.

A chain of matches makes its two ends one person. It contradicts a non-match of these ends, and a
list that holds each person once, if both ends are on it. Which decision is wrong, nobody knows
but the reviewers: every one of a contradiction is named, and none of them is chosen.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Contradiction", "contradictions", "joined"]

_Near = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Places of the decisions that are involved: the matches of the chain in order, then the rest.

    `once` is the number of the list that holds each person once, where that is contradicted.
    """

    decisions: tuple[int, ...]
    once: int | None = None


def contradictions(
    pairs: Sequence[tuple[int, int, bool]], once: Mapping[int, int]
) -> tuple[Contradiction, ...]:
    """All contradictions among decisions: two records each, and whether they are one person.

    `once` gives, for records of lists that hold each person once, the number of the list. Chains
    are the shortest there are. No decision is in two contradictions: what is left without the
    decisions of all those found is free of them.
    """
    alive = dict.fromkeys(range(len(pairs)))
    near = _near(pairs, alive)
    found: list[Contradiction] = []

    def take(contradiction: Contradiction) -> _Near:
        found.append(contradiction)
        for at in contradiction.decisions:
            del alive[at]
        return _near(pairs, alive)

    for at, (one, two, same) in enumerate(pairs):
        if not same and (chain := _chain(near, one, {two})):
            near = take(Contradiction((*chain, at)))
    by_list: dict[int, list[int]] = {}
    for record in sorted({r for one, two, same in pairs if same for r in (one, two)}):
        if record in once:
            by_list.setdefault(once[record], []).append(record)
    for number, records in sorted(by_list.items()):
        for record in records:
            others = {other for other in records if other != record}
            while chain := _chain(near, record, others):
                near = take(Contradiction(chain, number))
    return tuple(found)


def joined(records: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """For each record the least record that it is joined to by a chain of pairs."""
    least = list(range(records))

    def root(record: int) -> int:
        while least[record] != record:
            least[record] = least[least[record]]
            record = least[record]
        return record

    for one, two in pairs:
        first, second = root(one), root(two)
        least[max(first, second)] = min(first, second)
    return [root(record) for record in range(records)]


def _near(pairs: Sequence[tuple[int, int, bool]], alive: Mapping[int, None]) -> _Near:
    near: dict[int, list[tuple[int, int]]] = {}
    for at in alive:
        one, two, same = pairs[at]
        if same:
            near.setdefault(one, []).append((two, at))
            near.setdefault(two, []).append((one, at))
    return near


def _chain(near: _Near, start: int, ends: set[int]) -> tuple[int, ...]:
    """The decisions of the shortest chain from a record to one of some; () where there is none."""
    came: dict[int, tuple[int, int] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here in ends:
            chain = []
            while (step := came[here]) is not None:
                here, at = step
                chain.append(at)
            return tuple(reversed(chain))
        for other, at in near.get(here, ()):
            if other not in came:
                came[other] = (here, at)
                waiting.append(other)
    return ()
