"""The likeness of names: log odds that two names are of one person, from their words."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.kernels import likeness
from stelae.linkage.names.model import NameModel
from stelae.linkage.names.rows import WordRows, word_rows
from stelae.linkage.names.vocabulary import Vocabulary

__all__ = ["ReadyNames", "assignment", "name_likeness", "ready_names"]

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class ReadyNames:
    """Names made ready for the kernel, so that pairs of them can be compared part by part."""

    words: Vocabulary
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
        mass = np.ones(len(self.words.encoded.script), dtype=np.float32)
        likeness(
            *self.words.arguments, mass, self.starts, self.counts, self.places, self.rates,
            low[order], high[order], found,
        )  # fmt: skip
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
    joined = [rows.tokens[pair // size] + rows.tokens[pair % size] for pair in pairs.tolist()]
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
        model.vocabulary([*rows.tokens, *joined], frequencies),
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
) -> list[tuple[tuple[str, ...], tuple[str, ...], float]]:
    """How the words of two names are given to each other: words, words, log odds."""
    n, m = len(left), len(right)
    joined = [a + b for a, b in zip(left, left[1:])], [a + b for a, b in zip(right, right[1:])]
    vocabulary = [*left, *joined[0], *right, *joined[1]]
    words = model.vocabulary(vocabulary)
    xs = np.arange(max(2 * n - 1, 0))
    ys = np.arange(max(2 * m - 1, 0)) + len(xs)
    r = words.log_odds(np.repeat(xs, len(ys)), np.tile(ys, len(xs)))
    table = r.reshape(len(xs), len(ys))
    floor, alone = model.parameters.floor, model.parameters.alone

    @functools.cache
    def best(i: int, free: int) -> tuple[float, tuple[tuple[int, int, int, int, float], ...]]:
        if i == n:
            rest = [j for j in range(m) if free >> j & 1]
            return -alone * len(rest), tuple((n, 0, j, 1, -alone) for j in rest)
        value, after = best(i + 1, free)
        options = [(value - alone, ((i, 1, 0, 0, -alone), *after))]
        for j in range(m):
            if not free >> j & 1:
                continue
            odds = max(float(table[i, j]), floor)
            value, after = best(i + 1, free & ~(1 << j))
            options.append((value + odds, ((i, 1, j, 1, odds), *after)))
            if j + 1 < m and free >> (j + 1) & 1 and table[i, m + j] >= 0:
                odds = float(table[i, m + j])
                value, after = best(i + 1, free & ~(3 << j))
                options.append((value + odds, ((i, 1, j, 2, odds), *after)))
            if i + 1 < n and table[n + i, j] >= 0:
                odds = float(table[n + i, j])
                value, after = best(i + 2, free & ~(1 << j))
                options.append((value + odds, ((i, 2, j, 1, odds), *after)))
        return max(options, key=lambda each: each[0])

    _, chosen = best(0, (1 << m) - 1)
    return [(tuple(left[i : i + a]), tuple(right[j : j + b]), odds) for i, a, j, b, odds in chosen]
