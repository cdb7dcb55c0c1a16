"""The likeness of names: log odds that two names are of one person, from their words."""

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.alphabet import script_number
from stelae.linkage.names.forms import mass_of
from stelae.linkage.names.model import NameModel
from stelae.linkage.names.name_kernels import LEAST_TOGETHER, SHORTEST_TOGETHER, likeness
from stelae.linkage.names.tokens import tokenize

__all__ = ["assignment", "name_likeness"]


_State = dict[int, tuple[float, float, float, tuple[tuple[int, int, int, int, float], ...]]]
"""By the mask of the other name's words: the sum up to the knee, mass, what is beyond, the way."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Names as rows of words, then of neighbouring words written together."""

    tokens: list[str]
    whole: int
    """Words that stand alone in some name; those after are neighbours together only."""
    starts: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]


def together(words: Sequence[str]) -> list[str]:
    """Neighbouring words written together; nothing where one is an initial."""
    return [a + b if min(len(a), len(b)) > 1 else "" for a, b in itertools.pairwise(words)]


def rows_of(names: Sequence[str]) -> _Rows:
    split = [tokenize(name) for name in names]
    vocabulary: dict[str, int] = {}
    for words in split:
        for word in words:
            vocabulary.setdefault(word, len(vocabulary))
    whole = len(vocabulary)
    places: list[int] = []
    starts, counts = [], []
    for words in split:
        starts.append(len(places))
        counts.append(len(words))
        places.extend(
            vocabulary.setdefault(word, len(vocabulary)) for word in (*words, *together(words))
        )
    return _Rows(
        list(vocabulary),
        whole,
        np.array(starts, dtype=np.int32),
        np.array(counts, dtype=np.int32),
        np.array(places, dtype=np.int32),
    )


def name_likeness(
    model: NameModel,
    names: Sequence[str],
    left: npt.NDArray[np.int32],
    right: npt.NDArray[np.int32],
    *,
    frequencies: Mapping[str, float] | None = None,
) -> npt.NDArray[np.float32]:
    """Log odds of pairs of names."""
    order = sorted(set(names))
    rank = {name: k for k, name in enumerate(order)}
    ranks = np.array([rank[name] for name in names], dtype=np.int32)
    rows = rows_of(order)
    words = model.vocabulary(rows.tokens, frequencies, whole=rows.whole)
    mass = np.array([mass_of(token) for token in rows.tokens], dtype=np.float32)
    a, b = ranks[left], ranks[right]
    out = np.zeros(len(a), dtype=np.float32)
    rates = np.array(dataclasses.astuple(model.parameters), dtype=np.float32)
    arguments = (
        *words.arguments, mass, rows.starts, rows.counts, rows.places, rates,
        np.minimum(a, b), np.maximum(a, b), out,
    )  # fmt: skip
    likeness(*arguments)
    return out


def assignment(
    model: NameModel, left: Sequence[str], right: Sequence[str]
) -> tuple[list[tuple[tuple[str, ...], tuple[str, ...], float]], float]:
    """How the words of two names are given to each other: words, words, log odds; and the rest.

    The same search as that of `kernels.assign`, with the way kept. The rest is what words left
    over on both sides take away beyond being missing, with what does not count because of them.
    """
    n, m = len(left), len(right)
    joined = together(left), together(right)
    words = model.vocabulary([*left, *right, *joined[0], *joined[1]], whole=n + m)
    xs = np.concatenate([np.arange(n), n + m + np.arange(len(joined[0]))]).astype(np.int64)
    ys = np.concatenate(
        [n + np.arange(m), n + m + len(joined[0]) + np.arange(len(joined[1]))]
    ).astype(np.int64)
    odds = words.log_odds(np.repeat(xs, len(ys)), np.tile(ys, len(xs)), -1e6)
    table = odds.reshape(len(xs), len(ys)).astype(np.float64)
    rates = model.parameters
    mass_x, mass_y = [mass_of(word) for word in left], [mass_of(word) for word in right]

    def counted(i: int, j: int, *, single: bool) -> float | None:
        value = float(table[i, j])
        if single:
            return value if value >= rates.floor else None
        a = (*left, *joined[0])[i]
        b = (*right, *joined[1])[j]
        return value if may_be_together(model, a, b) and value >= LEAST_TOGETHER else None

    states: list[_State] = [{0: (0.0, 0.0, 0.0, ())}]
    for i in range(n):
        made: _State = dict(states[i])

        def offer(
            mask: int, before: _State, rest: int, odds: float | None, mass: float,
            step: tuple[int, int, int, int], made: _State,
        ) -> None:  # fmt: skip
            if odds is None or rest not in before:
                return
            below, used, beyond, way = before[rest]
            over = max(0.0, odds - rates.knee) * (1 - rates.slope)
            value = below + odds - over
            if mask not in made or value > made[mask][0]:
                made[mask] = (value, used + mass, beyond + over, (*way, (*step, odds)))

        for mask in range(1 << m):
            for j in range(m):
                if not mask >> j & 1:
                    continue
                rest = mask ^ (1 << j)
                offer(mask, states[i], rest, counted(i, j, single=True), mass_x[i],
                      (i, 1, j, 1), made)  # fmt: skip
                if j + 1 < m and rest >> (j + 1) & 1:
                    offer(mask, states[i], rest ^ (2 << j), counted(i, m + j, single=False),
                          mass_x[i], (i, 1, j, 2), made)  # fmt: skip
                if i:
                    offer(mask, states[i - 1], rest, counted(n + i - 1, j, single=False),
                          mass_x[i] + mass_x[i - 1], (i - 1, 2, j, 1), made)  # fmt: skip
        states.append(made)
    best: tuple[float, int, float] | None = None
    for mask, (below, used, beyond, _) in sorted(states[n].items()):
        x = sum(mass_x) - used
        y = sum(mass_y[j] for j in range(m) if not mask >> j & 1)
        both = min(x, y)
        missing = -rates.alone * (x + y)
        rest_odds = -rates.against * both + 2 * rates.alone * both - beyond * min(1.0, both)
        value = below + beyond + missing + rest_odds
        if best is None or value > best[0]:
            best = (value, mask, rest_odds)
    assert best is not None
    way = states[n][best[1]][3]
    found = [(tuple(left[i : i + a]), tuple(right[j : j + b]), odds) for i, a, j, b, odds in way]
    taken = {k for i, a, _, _, _ in way for k in range(i, i + a)}
    found += [((left[i],), (), -rates.alone * mass_x[i]) for i in range(n) if i not in taken]
    found += [((), (right[j],), -rates.alone * mass_y[j]) for j in range(m) if not best[1] >> j & 1]
    return found, best[2]


def may_be_together(model: NameModel, a: str, b: str) -> bool:
    """Whether words are long enough, and near enough in length, that one may be two together."""
    alphabets = model.learned.alphabets
    x, y = (len(alphabets[script_number(word)].numbers(word)) for word in (a, b))
    return min(x, y) >= SHORTEST_TOGETHER and 2 * max(x, y) <= 3 * min(x, y)
