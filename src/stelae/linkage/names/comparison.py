"""The likeness of names: log odds that two names are of one person, from their words."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.kernels import likeness
from stelae.linkage.names.model import NameModel
from stelae.linkage.names.tokens import tokenize

__all__ = ["assignment", "name_likeness"]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Names as rows of words, then of neighbouring words written together."""

    tokens: list[str]
    starts: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]


def rows_of(names: Sequence[str]) -> _Rows:
    vocabulary: dict[str, int] = {}
    places: list[int] = []
    starts, counts = [], []
    for name in names:
        words = tokenize(name)
        starts.append(len(places))
        counts.append(len(words))
        for word in (*words, *(a + b for a, b in zip(words, words[1:]))):
            places.append(vocabulary.setdefault(word, len(vocabulary)))
    return _Rows(
        list(vocabulary),
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
    words = model.vocabulary(rows.tokens, frequencies)
    mass = np.ones(len(rows.tokens), dtype=np.float32)
    a, b = ranks[left], ranks[right]
    out = np.zeros(len(a), dtype=np.float32)
    rates = np.array(dataclasses.astuple(model.parameters), dtype=np.float32)
    likeness(
        *words.arguments, mass, rows.starts, rows.counts, rows.places, rates,
        np.minimum(a, b), np.maximum(a, b), out,
    )  # fmt: skip
    return out


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
