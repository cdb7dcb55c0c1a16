"""Which pairs a reviewer is asked, and in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from stelae.linkage.decisions import Applied, Decision, standing
from stelae.linkage.linking import Linkage
from stelae.linkage.questions import ask

__all__ = ["Question", "questions"]

_TWO = 2


@dataclass(frozen=True, slots=True)
class Question:
    """Two rows to decide on; `why` it is asked, where that is more than doubt.

    `chance` is the probability with which it was drawn, if chance drew it.
    """

    a: int
    b: int
    why: str = ""
    chance: float | None = None


def questions(
    linkage: Linkage,
    decisions: Iterable[Decision],
    applied: Applied,
    rng: np.random.Generator,
    count: int,
) -> tuple[Question, ...]:
    """At most `count` pairs: answers that no longer hold, then undecided pairs drawn by chance.

    Those that teach most are the likeliest to be drawn, each with a chance that is kept.
    """
    rows = {
        (one, record): row
        for row, one, record in linkage.as_read.frame.select("row", "list", "record").iter_rows()
    }
    stale = [*_again(applied.changed, rows, "A record changed since this was answered")]
    for group in applied.contradicting:
        stale += _again(group, rows, f"One of {len(group)} answers that cannot all be true")
    decided = {
        frozenset(rows[record] for record in pair if record in rows) for pair in standing(decisions)
    }
    known = np.array(
        [sorted(pair) for pair in decided if len(pair) == _TWO], dtype=np.int64
    ).reshape(-1, _TWO)
    drawn = ask(
        linkage.pairs,
        linkage.labels,
        max(count - len(stale), 0),
        rng,
        decided=(known[:, 0], known[:, 1]),
    )
    asked = {(each.a, each.b): each for each in stale}
    for a, b, chance in drawn.select("a", "b", "chance").iter_rows():
        asked.setdefault((a, b), Question(a, b, chance=chance))
    return tuple(asked.values())[:count]


def _again(
    decisions: Iterable[Decision], rows: Mapping[tuple[str, str], int], why: str
) -> Iterable[Question]:
    for each in decisions:
        a, b = sorted(rows[record] for record in each.pair)
        yield Question(a, b, f"{why}; it was {each.answer.value}, by {each.by}.", each.chance)
