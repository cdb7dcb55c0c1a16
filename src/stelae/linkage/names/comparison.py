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
from stelae.linkage.names.rows import WordRows, word_rows
from stelae.linkage.names.vocabulary import Vocabulary

__all__ = ["ReadyNames", "assignment", "name_likeness", "ready_names"]

Ints = npt.NDArray[np.int32]


_State = dict[int, tuple[float, float, float, tuple[tuple[int, int, int, int, float], ...]]]
"""By the mask of the other name's words: the sum up to the knee, mass, what is beyond, the way."""


def together(words: Sequence[str]) -> list[str]:
    """Neighbouring words written together; nothing where one is an initial."""
    return [a + b if min(len(a), len(b)) > 1 else "" for a, b in itertools.pairwise(words)]


@dataclass(frozen=True, slots=True)
class ReadyNames:
    """Names made ready for the kernel, so that pairs of them can be compared part by part."""

    words: Vocabulary
    mass: npt.NDArray[np.float32]
    starts: Ints
    counts: Ints
    places: Ints
    rates: npt.NDArray[np.float32]

    def likeness(self, left: Ints, right: Ints) -> npt.NDArray[np.float32]:
        """Log odds of pairs of names, given by their places. Threads may ask at once."""
        low, high = np.minimum(left, right), np.maximum(left, right)
        # In their order, names that begin alike follow each other, and their words are at hand.
        order = np.lexsort((high, low))
        found = np.zeros(len(left), dtype=np.float32)
        arguments = (
            *self.words.arguments, self.mass, self.starts, self.counts, self.places, self.rates,
            low[order], high[order], found,
        )  # fmt: skip
        likeness(*arguments)
        out = np.empty_like(found)
        out[order] = found
        return out


def ready_names(
    model: NameModel, rows: WordRows, *, frequencies: Mapping[str, float] | None = None
) -> ReadyNames:
    """Read and encode names once; words that stand side by side are also read as one.

    The likeness of two names is to depend on no order, so equal names are to have one place.
    """
    first = rows.starts.astype(np.int64)
    whose = rows.whose
    at = np.flatnonzero(whose[:-1] == whose[1:]) if len(whose) else np.zeros(0, dtype=np.int64)
    size = max(len(rows.tokens), 1)
    pairs, numbers = np.unique(
        rows.places[at].astype(np.int64) * size + rows.places[at + 1], return_inverse=True
    )
    joined = [
        "".join(together((rows.tokens[pair // size], rows.tokens[pair % size])))
        for pair in pairs.tolist()
    ]
    # A name of n words has 2n - 1 places: its words, then neighbours together.
    counts = rows.counts.astype(np.int64)
    lengths = counts + np.maximum(counts - 1, 0)
    starts = np.cumsum(lengths) - lengths
    places = np.empty(int(lengths.sum()), dtype=np.int32)
    within = np.arange(len(whose)) - first[whose]
    places[starts[whose] + within] = rows.places
    owner = whose[at]
    places[starts[owner] + counts[owner] + within[at]] = len(rows.tokens) + numbers
    return ReadyNames(
        model.vocabulary([*rows.tokens, *joined], frequencies, whole=len(rows.tokens)),
        np.array([mass_of(token) for token in (*rows.tokens, *joined)], dtype=np.float32),
        starts.astype(np.int32),
        rows.counts,
        places,
        np.array(dataclasses.astuple(model.parameters), dtype=np.float32),
    )


def name_likeness(
    model: NameModel,
    names: Sequence[str],
    left: Ints,
    right: Ints,
    *,
    frequencies: Mapping[str, float] | None = None,
) -> npt.NDArray[np.float32]:
    """Log odds of pairs of names."""
    order = sorted(set(names))
    rank = {name: k for k, name in enumerate(order)}
    ranks = np.array([rank[name] for name in names], dtype=np.int32)
    ready = ready_names(model, word_rows(order), frequencies=frequencies)
    return ready.likeness(ranks[left], ranks[right])


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
