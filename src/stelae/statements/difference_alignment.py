"""Which clauses of two versions of a text answer to one another.

An id that the author gave settles it. Then clauses with the same words answer to each other, then
those most alike. An id that was counted (`demands-2`) says nothing: it changes when a clause is
added before it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from stelae.statements.model import Clause, PartKind
from stelae.statements.words import TokenKind, tokens

__all__ = ["ALIKE", "Pair", "align", "moved"]

ALIKE = 0.5
"""Of all words of two clauses, this part at least must be common to both (Dice's coefficient)."""

_COUNTED = re.compile(rf"(?:{'|'.join(PartKind)})-\d+")
_COMMON = 40
"""A word in more clauses than this tells none of them apart."""
_CANDIDATES = 8
"""Of the clauses that share such words with one, those that share most are looked at."""

Pair = tuple[Clause | None, Clause | None]
"""A clause of the earlier text and its counterpart in the later; one of them may be missing."""


def align(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Pair, ...]:
    """Every clause once, in the order of the later text; what is gone stands where it stood."""
    partner: dict[int, int] = {}
    taken: set[int] = set()

    def join(pairs: Iterable[tuple[int, int]]) -> None:
        for old, new in pairs:
            if old not in partner and new not in taken:
                partner[old] = new
                taken.add(new)

    given = {
        clause.id: index for index, clause in enumerate(after) if not _COUNTED.fullmatch(clause.id)
    }
    join((index, given[clause.id]) for index, clause in enumerate(before) if clause.id in given)
    same: dict[str, list[int]] = {}
    for index, clause in enumerate(after):
        if index not in taken:
            same.setdefault(clause.shown.casefold(), []).append(index)
    for index, clause in enumerate(before):
        if index not in partner and (found := same.get(clause.shown.casefold())):
            join([(index, found.pop(0))])
    rest = [index for index in range(len(before)) if index not in partner]
    others = [index for index in range(len(after)) if index not in taken]
    join(_alike(before, after, rest, others))
    return tuple(_in_order(before, after, partner, taken))


def moved(pairs: Sequence[Pair], before: Sequence[Clause]) -> frozenset[str]:
    """Ids, in the later text, of the fewest clauses whose move explains the new order."""
    place = {id(clause): index for index, clause in enumerate(before)}
    both = [(place[id(old)], new.id) for old, new in pairs if old is not None and new is not None]
    stay = _longest_rising([index for index, _ in both])
    return frozenset(name for at, (_, name) in enumerate(both) if at not in stay)


def _alike(
    before: Sequence[Clause], after: Sequence[Clause], rest: Sequence[int], others: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of clauses by likeness, the most alike first; ties in the order of the texts."""
    bags = {index: _words(after[index]) for index in others}
    holding: dict[str, list[int]] = {}
    for index, bag in bags.items():
        for word in bag:
            holding.setdefault(word, []).append(index)
    scored: list[tuple[float, int, int]] = []
    for old in rest:
        mine = _words(before[old])
        near = Counter(
            index
            for word in mine
            if len(holding.get(word, ())) <= _COMMON
            for index in holding.get(word, ())
        )
        for new, _ in near.most_common(_CANDIDATES):
            total = mine.total() + bags[new].total()
            likeness = 2 * (mine & bags[new]).total() / total
            if likeness >= ALIKE:
                scored.append((-likeness, old, new))
    return ((old, new) for _, old, new in sorted(scored))


def _words(clause: Clause) -> Counter[str]:
    return Counter(
        token.folded for token in tokens(clause.shown) if token.kind is not TokenKind.MARK
    )


def _in_order(
    before: Sequence[Clause], after: Sequence[Clause], partner: dict[int, int], taken: set[int]
) -> Iterator[Pair]:
    """What is gone comes after the counterpart of the clause that stood before it."""
    gone: dict[int, list[Clause]] = {}
    last = -1
    for index, clause in enumerate(before):
        if index in partner:
            last = partner[index]
        else:
            gone.setdefault(last, []).append(clause)
    old_of = {new: old for old, new in partner.items()}
    yield from ((clause, None) for clause in gone.get(-1, ()))
    for index, clause in enumerate(after):
        yield (before[old_of[index]] if index in taken else None), clause
        yield from ((lost, None) for lost in gone.get(index, ()))


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Positions of a longest rising subsequence (Schensted, 1961)."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [index]
    found: list[int] = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(index)
        index = previous[index]
    return frozenset(found)
