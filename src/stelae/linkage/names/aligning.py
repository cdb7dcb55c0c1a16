"""Compiled: two words aligned over the channel.

Words are rows of units (`alphabet.Encoded`). The weights of a pair of scripts s <= t are a table
with a row for each unit of s and a column for each unit of t that it uses, both from 0, which is
nothing: `weights[base + u * stride + v]` is the logarithm of how well u and v are one sound. Where
the units of the alphabets are found there, `maps` say, from `to_x` for s and `to_y` for t.
"""

from typing import Any

import numpy as np

from stelae.linkage.names.compiled import compiled, inlined

__all__ = ["LONGEST", "NEVER", "align", "path"]

LONGEST = 64
"""Rows of the longest word, with its beginning and end, after romanisation."""
NEVER: Any = np.float32(-1e6)
"""The weight of units that are never one sound."""
_HOPE = 1.0

Floats = Any
Ints = Any


@inlined
def align(
    units: Ints,
    xs: int,
    xn: int,
    ys: int,
    yn: int,
    weights: Floats,
    base: int,
    stride: int,
    maps: Ints,
    to_x: int,
    to_y: int,
    best: Floats,
    ids: Ints,
    gains: Floats,
    enough: float,
) -> Any:
    """The weight of the best alignment of two words, or NEVER once it cannot reach `enough`.

    `gains` are, for each letter, what the letters of its word up to it bring when they are
    matched: less half their log frequency. A letter yet to come brings at most `_HOPE` times its
    own; that is no strict bound, but pairs that it loses were far from matching.
    """
    best[0, 0] = 0.0
    grouped = False
    for j in range(1, yn + 1):
        top = NEVER
        for b in range(1, 4):
            v = maps[to_y + units[ys + j - 1, b - 1]]
            ids[b - 1, j] = v
            if v > 0:
                if b > 1:
                    grouped = True
                value = best[0, j - b] + weights[base + v]
                top = max(top, value)
        best[0, j] = top
    hope = enough + gains[xs + xn - 1] + gains[ys + yn - 1]
    for i in range(1, xn + 1):
        row = NEVER
        u2 = maps[to_x + units[xs + i - 1, 1]]
        u3 = maps[to_x + units[xs + i - 1, 2]]
        at1 = base + maps[to_x + units[xs + i - 1, 0]] * stride
        at2 = base + u2 * stride
        at3 = base + u3 * stride
        for j in range(yn + 1):
            top = best[i - 1, j] + weights[at1]
            if u2 > 0:
                value = best[i - 2, j] + weights[at2]
                top = max(top, value)
            if u3 > 0:
                value = best[i - 3, j] + weights[at3]
                top = max(top, value)
            if j > 0:
                for b in range(1, 4 if grouped else 2):
                    v = ids[b - 1, j]
                    if v > 0:
                        value = best[i, j - b] + weights[base + v]
                        top = max(top, value)
                        value = best[i - 1, j - b] + weights[at1 + v]
                        top = max(top, value)
                        if u2 > 0:
                            value = best[i - 2, j - b] + weights[at2 + v]
                            top = max(top, value)
                        if u3 > 0:
                            value = best[i - 3, j - b] + weights[at3 + v]
                            top = max(top, value)
            best[i, j] = top
            if j > 0:
                top += gains[ys + j - 1]
            row = max(row, top)
        gain = gains[xs + i - 1]
        if row + gain + _HOPE * (gains[xs + xn - 1] - gain) < hope:
            return NEVER
    return best[xn, yn]


@compiled
def path(
    units: Ints,
    xs: int,
    xn: int,
    ys: int,
    yn: int,
    weights: Floats,
    base: int,
    stride: int,
    maps: Ints,
    to_x: int,
    to_y: int,
    best: Floats,
    ids: Ints,
    gains: Floats,
    steps: Ints,
) -> int:
    """The best alignment, last step first: `steps[k] = (letters of x, letters of y)`; how many."""
    align(
        units, xs, xn, ys, yn, weights, base, stride, maps, to_x, to_y, best, ids, gains, NEVER * 2
    )
    i, j, count = xn, yn, 0
    while i > 0 or j > 0:
        step_a, step_b = -1, -1
        for a in range(4):
            if a > i:
                break
            u = 0
            if a > 0:
                u = maps[to_x + units[xs + i - 1, a - 1]]
                if u == 0:
                    continue
            for b in range(4):
                if b > j:
                    break
                if a == 0 and b == 0:
                    continue
                v = 0
                if b > 0:
                    v = maps[to_y + units[ys + j - 1, b - 1]]
                    if v == 0:
                        continue
                reached = np.float32(best[i - a, j - b] + weights[base + u * stride + v])
                if step_a < 0 and reached >= best[i, j]:
                    step_a, step_b = a, b
        if step_a < 0:
            return 0
        steps[count, 0] = step_a
        steps[count, 1] = step_b
        count += 1
        i -= step_a
        j -= step_b
    return count
