"""The channel: how letters and groups of letters of one script are written in another.

For each pair of scripts s <= t, the weight of a unit u of s and a unit v of t is

    w(u, v) = 1/2 [ log P(v | u) + log P(u | v) ]

P(v | u) from counts of best alignments, mixed with a prior that all scripts share (how letters
with one romanisation go together, and kinds of sounds) and a little noise: any letter may be any
other. Groups of two or three letters are kept where they say more than their letters do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.aligning import NEVER
from stelae.linkage.names.alphabet import BEGIN, END, UNKNOWN, Alphabet, Encoded, group_of
from stelae.linkage.names.counting import compose, count_steps

__all__ = ["Tables", "sounds_alike"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NOISE = 0.01
"""The share of letters that are mistaken: dropped, added, or any other."""
_PRIOR = 4.0
"""Letters that the shared prior counts for."""
_LEAST_GAIN = 6.0
"""Log likelihood that a group of letters must bring over the whole training set."""
_LEAST_TIMES = 3
_MOST_GROUPS = 500
"""Pairs of groups that are kept for a pair of scripts."""

_VOWELS = frozenset("aeiouy")
_CLASSES = ("bpfvw", "dt", "gkqhxc", "szcj", "jychg", "mn", "lr", "vwu", "iyj")


def sounds_alike(a: str, b: str) -> float:
    """A first guess of P(b | a), before anything is counted, from romanised letters."""
    if not a or not b:
        one = a or b
        if one and one[0] in _VOWELS:
            return 0.12
        return 0.06 if one in {"", "h", "'", "`", "w"} else 0.015
    if a == b:
        return 0.8
    if a[0] == b[0]:
        return 0.25
    vowels = set(a) <= _VOWELS, set(b) <= _VOWELS
    if all(vowels):
        return 0.12
    if any(a[0] in kind and b[0] in kind for kind in _CLASSES):
        return 0.06
    if a[-1] == b[-1]:
        return 0.05
    return 0.001 if any(vowels) else 0.002


@dataclass(frozen=True, slots=True)
class Tables:
    """The weights of all pairs of scripts as the kernels read them."""

    weights: npt.NDArray[np.float32]
    bases: Ints
    strides: Ints
    maps: Ints
    """For each pair of scripts, the row of each unit of the first and the column of each of the
    second; 0 for groups of letters that the pair does not have."""
    to_left: Ints
    to_right: Ints
    """Where the rows and the columns of a pair begin in `maps`."""

    def of(self, s: int, t: int) -> Any:
        """In the order in which the kernels for one pair of scripts take them."""
        return (
            self.weights, self.bases[s, t], self.strides[s, t], self.maps,
            self.to_left[s, t], self.to_right[s, t],
        )  # fmt: skip


def tables_of(alphabets: Sequence[Alphabet], made: dict[tuple[int, int], Floats]) -> Tables:
    """One array of all tables, the units of the first script in rows."""
    size = len(alphabets)
    bases, strides, to_left, to_right = np.zeros((4, size, size), dtype=np.int64)
    parts: list[npt.NDArray[np.float32]] = []
    maps: list[Ints] = []
    at = mapped = 0
    for s in range(size):
        for t in range(s, size):
            table = made[s, t]
            rows = _used(table, alphabets[s].size)
            columns = _used(table.T, alphabets[t].size)
            small = table[np.ix_(rows, columns)].astype(np.float32)
            bases[s, t], strides[s, t] = at, small.shape[1]
            at += small.size
            parts.append(small.ravel())
            for where, used, units in (
                (to_left, rows, table.shape[0]),
                (to_right, columns, table.shape[1]),
            ):
                places = np.zeros(units, dtype=np.int64)
                places[used] = np.arange(len(used))
                where[s, t] = mapped
                mapped += units
                maps.append(places)
    return Tables(np.concatenate(parts), bases, strides, np.concatenate(maps), to_left, to_right)


def _used(table: Floats, size: int) -> Ints:
    """Rows of letters, and of groups that stand for anything."""
    kept = np.asarray((table > NEVER).any(axis=1))
    kept[:size] = True
    return np.flatnonzero(kept)


def single_weights(counts: Floats, prior: Floats, *, same: bool) -> Floats:
    """w(u, v) of single letters from counts and the prior probabilities."""
    if same:
        counts = counts + counts.T
    mass = counts + _PRIOR * prior
    mass[: END + 1, 1:] = 0.0
    mass[1:, : END + 1] = 0.0
    mass[0, : END + 1] = mass[: END + 1, 0] = 0.0
    mass[0, 1 : END + 1] = mass[1 : END + 1, 0] = 0.0
    mass[0, END + 1 :] = counts[0, END + 1 :] + _PRIOR * prior[0, END + 1 :]
    mass[END + 1 :, 0] = counts[END + 1 :, 0] + _PRIOR * prior[END + 1 :, 0]
    rows, columns = mass.shape
    total = mass.sum()
    noise_x = np.full_like(mass, _NOISE / 2 / max(columns - 4, 1))
    noise_x[:, 0] = _NOISE / 4
    noise_x[0] = _NOISE / 4 / columns
    noise_y = np.full_like(mass, _NOISE / 2 / max(rows - 4, 1))
    noise_y[0] = _NOISE / 4
    noise_y[:, 0] = _NOISE / 4 / rows
    given_x = mass / np.maximum(mass.sum(axis=1, keepdims=True), 1e-9)
    given_x[0] = mass[0] / total
    given_y = mass / np.maximum(mass.sum(axis=0, keepdims=True), 1e-9)
    given_y[:, 0] = mass[:, 0] / total
    out: Floats = 0.5 * (
        np.log((1 - _NOISE) * given_x + noise_x) + np.log((1 - _NOISE) * given_y + noise_y)
    )
    out[: END + 1, :] = np.where(np.arange(rows)[: END + 1, None] == 0, out[: END + 1, :], NEVER)
    out[BEGIN : END + 1, :] = NEVER
    out[:, BEGIN : END + 1] = NEVER
    out[0, 0] = NEVER
    out[BEGIN, BEGIN] = out[END, END] = 0.0
    return out


def prior_of(x: Alphabet, y: Alphabet, pooled: dict[tuple[str, str], float]) -> Floats:
    """The shared prior P(v | u) of single letters, from their romanisations."""
    sounds_x = ["", "^", "$", "?"] + [x.sound(u) for u in range(UNKNOWN + 1, x.size)]
    sounds_y = ["", "^", "$", "?"] + [y.sound(v) for v in range(UNKNOWN + 1, y.size)]
    ones: dict[str, float] = {}
    others: dict[str, float] = {}
    for (a, b), count in pooled.items():
        ones[a] = ones.get(a, 0.0) + count
        others[b] = others.get(b, 0.0) + count
    out = np.zeros((x.size, y.size))
    for u, a in enumerate(sounds_x):
        for v, b in enumerate(sounds_y):
            guess = sounds_alike(a, b)
            count = pooled.get((a, b), 0.0)
            given_a = (count + 20 * guess) / (ones.get(a, 0.0) + 20)
            given_b = (count + 20 * guess) / (others.get(b, 0.0) + 20)
            out[u, v] = guess if not (a and b) else (given_a * given_b) ** 0.5
    if x is y or x.letters == y.letters:
        out[np.arange(4, x.size), np.arange(4, x.size)] = 0.97
    return out


@dataclass(slots=True)
class Found:
    """What the alignments of a pair of scripts were made of."""

    singles: Floats
    x_spans: Ints
    y_spans: Ints
    times: Floats


def count(
    encoded: Encoded,
    tables: Tables,
    s: int,
    t: int,
    sizes: tuple[int, int],
    pairs: Ints,
    often: Floats,
) -> Found:
    """Align the pairs of words (indices, the word of script s first)."""
    singles = np.zeros(sizes)
    room = int(len(pairs) * 40 + 100)
    x_spans = np.zeros(room, dtype=np.int64)
    y_spans = np.zeros(room, dtype=np.int64)
    times = np.zeros(room)
    arguments = (
        encoded.start, encoded.length, encoded.units, *tables.of(s, t), pairs[:, 0], pairs[:, 1],
        often, singles, x_spans, y_spans, times,
    )  # fmt: skip
    made = count_steps(*arguments)
    return Found(singles, x_spans[:made], y_spans[:made], times[:made])


def _occurrences(encoded: Encoded, tokens: Ints, often: Floats) -> dict[int, float]:
    """How often each span of one to three letters is met in these words."""
    weight = np.zeros(len(encoded.length))
    np.add.at(weight, tokens, often)
    flat = encoded.units[:, 0].astype(np.int64)
    whose = np.repeat(np.arange(len(encoded.length)), encoded.length)
    place = np.arange(len(flat)) - np.repeat(encoded.start, encoded.length)
    out: dict[int, float] = {}
    for span in (1, 2, 3):
        at = np.flatnonzero((place >= span - 1) & (weight[whose] > 0))
        code = np.zeros(len(at), dtype=np.int64)
        for back in range(span - 1, -1, -1):
            code = code * 128 + flat[at - back]
        values, inverse = np.unique(code, return_inverse=True)
        sums = np.bincount(inverse, weights=weight[whose[at]])
        out.update(zip(values.tolist(), sums.tolist(), strict=True))
    return out


def groups_of(
    found: Found, encoded: Encoded, pairs: Ints, often: Floats, singles: Floats, *, same: bool
) -> list[tuple[tuple[int, ...], tuple[int, ...], float, float]]:
    """Spans of both scripts that are one sound oftener than their letters say.

    Each with its weight and what it brings; `singles` are the weights of single letters.
    """
    key = found.x_spans * (1 << 21) + found.y_spans
    values, inverse = np.unique(key, return_inverse=True)
    times = np.bincount(inverse, weights=found.times)
    values, times = values[times >= _LEAST_TIMES], times[times >= _LEAST_TIMES]
    x_codes, y_codes = values >> 21, values & ((1 << 21) - 1)
    if same:
        table: dict[tuple[int, int], float] = {}
        for a, b, c in zip(x_codes.tolist(), y_codes.tolist(), times.tolist(), strict=True):
            table[a, b] = table.get((a, b), 0.0) + c
            table[b, a] = table.get((b, a), 0.0) + c
        x_codes = np.array([a for a, _ in table], dtype=np.int64)
        y_codes = np.array([b for _, b in table], dtype=np.int64)
        times = np.array(list(table.values()))
    if not len(times):
        return []
    seen_x = _occurrences(encoded, pairs[:, 0], often)
    seen_y = _occurrences(encoded, pairs[:, 1], often)
    if same:
        both = {k: seen_x.get(k, 0.0) + seen_y.get(k, 0.0) for k in {**seen_x, **seen_y}}
        seen_x = seen_y = both
    total = found.singles.sum() * (2 if same else 1)
    of_x = np.array([seen_x.get(c, 0.0) if c else total for c in x_codes.tolist()])
    of_y = np.array([seen_y.get(c, 0.0) if c else total for c in y_codes.tolist()])
    weight = 0.5 * (np.log(times / (of_x + 2)) + np.log(times / (of_y + 2)))
    composed = _composed(x_codes, y_codes, singles)
    gain = weight - composed
    keep = np.flatnonzero((gain > 0.3) & (gain * times > _LEAST_GAIN))
    order = keep[np.lexsort((y_codes[keep], x_codes[keep], -(gain * times)[keep]))]
    out = [
        (
            group_of(int(x_codes[k])),
            group_of(int(y_codes[k])),
            float(weight[k]),
            float((gain * times)[k]),
        )
        for k in order[: _MOST_GROUPS * (2 if same else 1)]
    ]
    if same:
        present = {(a, b) for a, b, _, _ in out}
        out = [one for one in out if (one[1], one[0]) in present]
    return out


def _composed(x_codes: Ints, y_codes: Ints, singles: Floats) -> Floats:
    """The weight of spans by their letters alone."""
    codes = np.unique(np.concatenate([x_codes, y_codes]))
    spans = [group_of(int(code)) for code in codes]
    length = np.array([len(span) for span in spans], dtype=np.int32)
    start = (np.cumsum(length) - length).astype(np.int32)
    units = np.zeros((int(length.sum()), 3), dtype=np.int16)
    units[:, 0] = [part for span in spans for part in span]
    out: Floats = compose(
        start, length, units, singles.astype(np.float32).ravel(), 0, singles.shape[1],
        np.arange(max(singles.shape)), 0, 0,
        np.searchsorted(codes, x_codes), np.searchsorted(codes, y_codes),
    )  # fmt: skip
    return out
