"""Compiled: the words of two names given to each other, and the log odds of the names."""

from typing import Any

import numpy as np

from stelae.linkage.names.aligning import LONGEST, NEVER
from stelae.linkage.names.compiled import compiled, inlined
from stelae.linkage.names.word_kernels import word_odds

__all__ = ["LEAST_TOGETHER", "SHORTEST_TOGETHER", "likeness"]

LEAST_TOGETHER = 2.0
"""The log odds that two words written together must reach."""
SHORTEST_TOGETHER = 7
"""Letters, with the beginning and the end, of words that may be two written together."""
_ROWS = 1 << 16
"""The most pairs of words that are kept while names are compared."""

Floats = Any
Ints = Any


@inlined
def assign(
    n: int,
    m: int,
    odds: Floats,
    beyond: Floats,
    mass_x: Floats,
    mass_y: Floats,
    against: float,
    alone: float,
    reached: Floats,
    used: Floats,
    more: Floats,
) -> Any:
    """The best way to give words of one name to those of another, the rest left over.

    `odds[i, j]` of word i against word j; `odds[i, 8 + j]` of word i against j and j + 1 written
    together; `odds[8 + i, j]` of words i and i + 1 together. `reached[i, mask]`: the best for the
    first i words and those of the other name in the mask; `used`: the mass of the first name's
    words given on that way; `more`: what lies `beyond` the knee on it. Words left over on both
    sides contradict each other (`against` for each unit of mass), and nothing beyond the knee
    counts then; what one side has more than the other is only missing there (`alone`).
    """
    full = 1 << m
    for mask in range(full):
        reached[0, mask] = NEVER
        used[0, mask] = 0.0
        more[0, mask] = 0.0
    reached[0, 0] = 0.0
    for i in range(1, n + 1):
        for mask in range(full):
            top = reached[i - 1, mask]
            of = used[i - 1, mask]
            extra = more[i - 1, mask]
            for j in range(m):
                if mask >> j & 1:
                    rest = mask ^ (1 << j)
                    value = reached[i - 1, rest] + odds[i - 1, j]
                    if value > top:
                        top = value
                        of = used[i - 1, rest] + mass_x[i - 1]
                        extra = more[i - 1, rest] + beyond[i - 1, j]
                    if j + 1 < m and rest >> (j + 1) & 1:
                        rest2 = rest ^ (1 << (j + 1))
                        value = reached[i - 1, rest2] + odds[i - 1, 8 + j]
                        if value > top:
                            top = value
                            of = used[i - 1, rest2] + mass_x[i - 1]
                            extra = more[i - 1, rest2] + beyond[i - 1, 8 + j]
                    if i > 1:
                        value = reached[i - 2, rest] + odds[8 + i - 2, j]
                        if value > top:
                            top = value
                            of = used[i - 2, rest] + mass_x[i - 1] + mass_x[i - 2]
                            extra = more[i - 2, rest] + beyond[8 + i - 2, j]
            reached[i, mask] = top
            used[i, mask] = of
            more[i, mask] = extra
    total = np.float32(0.0)
    for i in range(n):
        total += mass_x[i]
    top = NEVER
    for mask in range(full):
        x = total - used[n, mask]
        y = np.float32(0.0)
        for j in range(m):
            if not mask >> j & 1:
                y += mass_y[j]
        both = min(x, y)
        value = reached[n, mask] - against * both - alone * (max(x, y) - both)
        value += more[n, mask] * max(np.float32(0.0), np.float32(1.0) - both)
        top = max(top, value)
    return top


@compiled
def likeness(
    scripts: Ints,
    starts: Ints,
    lengths: Ints,
    units: Ints,
    half: Floats,
    gains: Floats,
    forms: Ints,
    form_starts: Ints,
    form_costs: Floats,
    known: Ints,
    pair_keys: Ints,
    pair_weights: Floats,
    weights: Floats,
    bases: Ints,
    strides: Ints,
    maps: Ints,
    to_left: Ints,
    to_right: Ints,
    mass: Floats,
    name_starts: Ints,
    name_counts: Ints,
    name_tokens: Ints,
    rates: Floats,
    left: Ints,
    right: Ints,
    out: Floats,
) -> None:
    """The log odds of pairs of names; `rates` are `model.Parameters` in their order.

    A name of n words has 2n - 1 places in `name_tokens`: its words, then neighbours together.
    What was found of two words is kept in a table by their numbers, until another takes its row.
    """
    floor, against, alone, knee, slope = rates[0], rates[1], rates[2], rates[3], rates[4]
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    ids = np.empty((3, LONGEST + 1), np.int64)
    odds = np.empty((16, 16), np.float32)
    beyond = np.empty((16, 16), np.float32)
    mass_x = np.empty(8, np.float32)
    mass_y = np.empty(8, np.float32)
    reached = np.empty((9, 256), np.float32)
    used = np.empty((9, 256), np.float32)
    more = np.empty((9, 256), np.float32)
    rows = 1024
    while rows < min(8 * len(left), _ROWS):
        rows *= 2
    met = np.full(rows, -1, np.int64)
    kept = np.empty(rows, np.float32)
    size = len(scripts)
    for k in range(len(left)):
        p = left[k]
        q = right[k]
        n = name_counts[p]
        m = name_counts[q]
        if n == 0 or m == 0:
            out[k] = 0.0
            continue
        for i in range(n):
            mass_x[i] = mass[name_tokens[name_starts[p] + i]]
        for j in range(m):
            mass_y[j] = mass[name_tokens[name_starts[q] + j]]
        found = False
        for i in range(2 * n - 1):
            x = name_tokens[name_starts[p] + i]
            for j in range(2 * m - 1):
                if i >= n and j >= m:
                    break
                y = name_tokens[name_starts[q] + j]
                together = i >= n or j >= m
                value = NEVER
                if not together or (
                    lengths[x] >= SHORTEST_TOGETHER
                    and lengths[y] >= SHORTEST_TOGETHER
                    and 2 * lengths[x] <= 3 * lengths[y]
                    and 2 * lengths[y] <= 3 * lengths[x]
                ):
                    low = min(x, y)
                    high = max(x, y)
                    key = 2 * (low * size + high) + (1 if together else 0)
                    row = ((key * 0x9E3779B1) >> 7) & (rows - 1)
                    if met[row] == key:
                        value = kept[row]
                    else:
                        value = word_odds(
                            low,
                            high,
                            scripts,
                            starts,
                            lengths,
                            units,
                            half,
                            gains,
                            forms,
                            form_starts,
                            form_costs,
                            known,
                            pair_keys,
                            pair_weights,
                            weights,
                            bases,
                            strides,
                            maps,
                            to_left,
                            to_right,
                            best,
                            ids,
                            LEAST_TOGETHER if together else floor,
                        )
                        met[row] = key
                        kept[row] = value
                if value > NEVER:
                    found = True
                row_x = i if i < n else 8 + i - n
                row_y = j if j < m else 8 + j - m
                beyond[row_x, row_y] = 0.0
                if value > knee:
                    beyond[row_x, row_y] = (1.0 - slope) * (value - knee)
                    value = knee + slope * (value - knee)
                odds[row_x, row_y] = value
        if found:
            out[k] = assign(n, m, odds, beyond, mass_x, mass_y, against, alone, reached, used, more)
        else:
            total_x = np.float32(0.0)
            total_y = np.float32(0.0)
            for i in range(n):
                total_x += mass_x[i]
            for j in range(m):
                total_y += mass_y[j]
            both = min(total_x, total_y)
            out[k] = -against * both - alone * (max(total_x, total_y) - both)
