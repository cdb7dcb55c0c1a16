"""Which clauses of two texts answer to one another, by their order and what they hold.

The best path through both texts is found by dynamic programming, as Gale and Church (1993) align
sentences: by beads of one clause and its counterpart, of one clause that the other text splits in
two, and of a clause that the other text lacks. To the lengths, which they weigh, come the facts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from stelae.statements.rules.likeness import STRETCH_MOST, Trait, Traits, likeness, misfit, weights

__all__ = ["Bead", "Beads", "strings"]

_SKIP = -2.5
"""A clause without a counterpart. Two of them weigh more than any pair that differs in all."""
_SPLIT = -1.0
"""A clause that is parted in two."""
_FITS_BETTER = 1.0
"""How much better two clauses together must fit in length where no fact says that they do."""
_RATIO = 1.25
"""No language of the tables needs so many letters more than another; what a text has beyond that
is clauses that the other lacks."""
_MOVED = 1.0
"""What a clause that stands elsewhere must share with its counterpart."""
_DOUBT = 0.5
"""A path so little worse than the best is as good."""
_CELLS = 12_000
"""So many pairs of places are looked at: in long texts those near the diagonal."""
_NARROWEST = 8
_STEPS = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))

_Gain = Callable[[int, int, int, int], float | None]
"""What a bead of so many clauses of each text adds, from a place in each; None where none is.

A clause without a counterpart is not asked for: it always adds `_SKIP`."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Places, in their texts, of clauses that answer to one another; one side may be empty.

    `doubtful`: a clause beside it may as well be the one that has no counterpart.
    """

    mine: tuple[int, ...]
    theirs: tuple[int, ...]
    doubtful: bool = False


Beads = tuple[Bead, ...]


def strings(mine: Sequence[Traits], theirs: Sequence[Traits]) -> Beads | None:
    """Every clause of both texts in one bead, in the order of the first text.

    None where the texts are too long and too different in length to be held against each other.
    """
    sizes = (len(mine), len(theirs))
    half = max(_NARROWEST, _CELLS // (2 * max(*sizes, 1)))
    if abs(sizes[0] - sizes[1]) > half:
        return None
    weight = weights(mine, theirs)
    gain = _gains(mine, theirs, weight)
    if len(mine) != len(theirs):
        gain = cache(gain)  # the way back asks for the same
    forward = _paths(sizes, half, gain)
    beads = _best(forward, sizes)
    if len(mine) != len(theirs):
        beads = _doubted(beads, forward, _paths(sizes, half, _mirrored(gain, sizes)), sizes)

    def likeness_of(at: int, to: int) -> float:
        return likeness(mine[at], theirs[to], weight)

    return tuple(sorted(_rejoined(beads, likeness_of), key=_place))


def _place(bead: Bead) -> tuple[int, int]:
    return (bead.mine or (-1,))[0], (bead.theirs or (-1,))[0]


def _gains(
    mine: Sequence[Traits], theirs: Sequence[Traits], weight: Mapping[Trait, float]
) -> _Gain:
    lengths = [sum(one.length for one in text) for text in (mine, theirs)]
    ratio = min(max(lengths[1] / max(lengths[0], 1), 1 / _RATIO), _RATIO)
    double = [[one + other for one, other in pairwise(text)] for text in (mine, theirs)]
    apart = [
        [(one.held - other.held, other.held - one.held) for one, other in pairwise(text)]
        for text in (mine, theirs)
    ]

    def gain(at: int, to: int, own: int, others: int) -> float | None:
        left = double[0][at] if own == 2 else mine[at]
        right = double[1][to] if others == 2 else theirs[to]
        stretch = misfit(left, right, ratio)
        if own == others:
            return likeness(left, right, weight) - stretch
        parts = mine[at : at + 2] if own == 2 else theirs[to : to + 2]
        if parts[0].names and parts[1].names:
            return None
        first, second = apart[0][at] if own == 2 else apart[1][to]
        held = right.held if own == 2 else left.held
        # Where each of the two shares with the one what the other does not hold, all is well.
        if held.isdisjoint(first) or held.isdisjoint(second):
            if stretch + _FITS_BETTER > STRETCH_MOST:
                return None
            alone = (
                misfit(parts[0], right, ratio) if own == 2 else misfit(left, parts[0], ratio),
                misfit(parts[1], right, ratio) if own == 2 else misfit(left, parts[1], ratio),
            )
            if stretch + _FITS_BETTER > min(alone):
                return None
        return likeness(left, right, weight) - stretch + _SPLIT

    return gain


_Table = dict[tuple[int, int], tuple[float, tuple[int, int]]]


def _paths(sizes: tuple[int, int], half: int, gain: _Gain) -> _Table:
    """The best sum to each pair of places, with the bead that leads there."""
    table: _Table = {(0, 0): (0.0, (0, 0))}
    for at in range(sizes[0] + 1):
        middle = at * sizes[1] // max(sizes[0], 1)
        for to in range(max(0, middle - half), min(sizes[1], middle + half) + 1):
            best: tuple[float, tuple[int, int]] | None = None
            for own, others in _STEPS:
                before = table.get((at - own, to - others))
                if before is None:
                    continue
                alone = own + others == 1
                value = _SKIP if alone else gain(at - own, to - others, own, others)
                if value is not None and (best is None or before[0] + value > best[0]):
                    best = before[0] + value, (own, others)
            if best is not None:
                table[at, to] = best
    return table


def _mirrored(gain: _Gain, sizes: tuple[int, int]) -> _Gain:
    def mirrored(at: int, to: int, own: int, others: int) -> float | None:
        return gain(sizes[0] - at - own, sizes[1] - to - others, own, others)

    return mirrored


def _best(table: _Table, sizes: tuple[int, int]) -> list[Bead]:
    at, to = sizes
    found: list[Bead] = []
    while at or to:
        own, others = table[at, to][1]
        found.append(Bead(tuple(range(at - own, at)), tuple(range(to - others, to))))
        at, to = at - own, to - others
    return found[::-1]


def _doubted(
    beads: list[Bead], forward: _Table, backward: _Table, sizes: tuple[int, int]
) -> list[Bead]:
    """Mark clauses without counterpart where one near them may as well be the one."""
    best = forward[sizes][0]
    skipped: dict[int, set[int]] = {0: set(), 1: set()}
    for (at, to), (value, _) in forward.items():
        for side, after in ((0, (at + 1, to)), (1, (at, to + 1))):
            rest = backward.get((sizes[0] - after[0], sizes[1] - after[1]))
            if rest is not None and value + _SKIP + rest[0] >= best - _DOUBT:
                skipped[side].add((at, to)[side])
    lone = [{bead.mine[0] for bead in beads if not bead.theirs}]
    lone.append({bead.theirs[0] for bead in beads if not bead.mine})
    doubtful = [
        {min(lone[side], key=lambda one: abs(one - other)) for other in skipped[side] - lone[side]}
        if lone[side]
        else set()
        for side in (0, 1)
    ]
    return [
        Bead(
            bead.mine,
            bead.theirs,
            (not bead.theirs and bead.mine[0] in doubtful[0])
            or (not bead.mine and bead.theirs[0] in doubtful[1]),
        )
        for bead in beads
    ]


def _rejoined(beads: list[Bead], likeness_of: Callable[[int, int], float]) -> Iterator[Bead]:
    """Join clauses that stand elsewhere in the other text; pairs that hold nothing alike give way.

    The most alike are joined first; where there are too many to look at, all stay as they are.
    """
    weak = [bead for bead in beads if len(bead.mine) == len(bead.theirs) == 1]
    weak = [bead for bead in weak if likeness_of(bead.mine[0], bead.theirs[0]) < 0]
    lone = [bead for bead in beads if not (bead.mine and bead.theirs)]
    own = [at for bead in (*weak, *lone) for at in bead.mine]
    others = [to for bead in (*weak, *lone) for to in bead.theirs]
    if len(own) * len(others) > _CELLS:
        own = others = []
    scored = sorted((-likeness_of(at, to), at, to) for at in own for to in others)
    partner: dict[int, int] = {}
    taken: set[int] = set()
    chosen = [(at, to) for value, at, to in scored if -value >= _MOVED]
    for at, to in (*chosen, *((bead.mine[0], bead.theirs[0]) for bead in weak)):
        if at not in partner and to not in taken:
            partner[at] = to
            taken.add(to)
    loose = {*weak, *lone}
    yield from (bead for bead in beads if bead not in loose)
    yield from (Bead((at,), (to,)) for at, to in partner.items())
    for bead in loose:
        yield from (Bead((at,), (), bead.doubtful) for at in bead.mine if at not in partner)
        yield from (Bead((), (to,), bead.doubtful) for to in bead.theirs if to not in taken)
