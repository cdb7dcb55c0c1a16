"""Compiled: two words aligned over the channel, and the words of two names given to each other.

Words are rows of units (`alphabet.Encoded`). The weights of a pair of scripts s <= t are a table
with a row for each unit of s and a column for each unit of t, both from 0, which is nothing;
`weights[base + u * stride + v]` is the logarithm of how well u and v are one sound.
"""

from typing import Any

import numpy as np

from stelae.linkage.names.compiled import compiled

__all__ = ["LONGEST", "NEVER", "align", "assign", "likeness", "path", "tabulate"]

LONGEST = 64
"""Rows of the longest word, with its beginning and end, after romanisation."""
NEVER = np.float32(-1e6)
"""The weight of units that are never one sound."""

Floats = Any
Ints = Any


@compiled
def align(
    units: Ints,
    xs: int,
    xn: int,
    ys: int,
    yn: int,
    weights: Floats,
    base: int,
    stride: int,
    best: Floats,
    enough: float,
) -> float:
    """The weight of the best alignment of two words, or NEVER as soon as it is under `enough`."""
    best[0, 0] = 0.0
    for j in range(1, yn + 1):
        top = NEVER
        for b in range(1, 4):
            if b <= j:
                v = units[ys + j - 1, b - 1]
                if v > 0:
                    w = best[0, j - b] + weights[base + v]
                    top = max(top, w)
        best[0, j] = top
    before2 = NEVER
    before = np.float32(0.0)
    for i in range(1, xn + 1):
        row = NEVER
        u1 = units[xs + i - 1, 0]
        u2 = units[xs + i - 1, 1]
        u3 = units[xs + i - 1, 2]
        at1 = base + u1 * stride
        at2 = base + u2 * stride
        at3 = base + u3 * stride
        for j in range(yn + 1):
            top = best[i - 1, j] + weights[at1]
            if u2 > 0:
                top = max(top, best[i - 2, j] + weights[at2])
                if u3 > 0:
                    top = max(top, best[i - 3, j] + weights[at3])
            elif u3 > 0:
                top = max(top, best[i - 3, j] + weights[at3])
            if j > 0:
                v = units[ys + j - 1, 0]
                top = max(top, best[i, j - 1] + weights[base + v])
                top = max(top, best[i - 1, j - 1] + weights[at1 + v])
                if u2 > 0:
                    top = max(top, best[i - 2, j - 1] + weights[at2 + v])
                if u3 > 0:
                    top = max(top, best[i - 3, j - 1] + weights[at3 + v])
                v = units[ys + j - 1, 1]
                if v > 0:
                    top = max(top, best[i, j - 2] + weights[base + v])
                    top = max(top, best[i - 1, j - 2] + weights[at1 + v])
                    if u2 > 0:
                        top = max(top, best[i - 2, j - 2] + weights[at2 + v])
                    if u3 > 0:
                        top = max(top, best[i - 3, j - 2] + weights[at3 + v])
                v = units[ys + j - 1, 2]
                if v > 0:
                    top = max(top, best[i, j - 3] + weights[base + v])
                    top = max(top, best[i - 1, j - 3] + weights[at1 + v])
                    if u2 > 0:
                        top = max(top, best[i - 2, j - 3] + weights[at2 + v])
                    if u3 > 0:
                        top = max(top, best[i - 3, j - 3] + weights[at3 + v])
            best[i, j] = top
            row = max(row, top)
        if row < enough and before < enough and before2 < enough:
            return NEVER
        before2 = before
        before = row
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
    best: Floats,
    steps: Ints,
) -> int:
    """The best alignment, last step first: `steps[k] = (letters of x, letters of y)`; how many."""
    align(units, xs, xn, ys, yn, weights, base, stride, best, NEVER * 2)
    i, j, count = xn, yn, 0
    while i > 0 or j > 0:
        step_a, step_b = -1, -1
        for a in range(4):
            if a > i:
                break
            u = 0
            if a > 0:
                u = units[xs + i - 1, a - 1]
                if u == 0:
                    continue
            for b in range(4):
                if b > j:
                    break
                if a == 0 and b == 0:
                    continue
                v = 0
                if b > 0:
                    v = units[ys + j - 1, b - 1]
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


@compiled
def tabulate(
    scripts: Ints,
    starts: Ints,
    lengths: Ints,
    units: Ints,
    half: Floats,
    weights: Floats,
    bases: Ints,
    strides: Ints,
    left: Ints,
    right: Ints,
    floor: float,
    out: Floats,
) -> None:
    """The log odds of pairs of words, at least `floor`."""
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    for k in range(len(left)):
        x = left[k]
        y = right[k]
        if scripts[x] > scripts[y]:
            x, y = y, x
        s = scripts[x]
        t = scripts[y]
        rest = half[x] + half[y]
        out[k] = max(
            floor,
            align(
                units,
                starts[x],
                lengths[x],
                starts[y],
                lengths[y],
                weights,
                bases[s, t],
                strides[t],
                best,
                floor + rest,
            )
            - rest,
        )


@compiled
def assign(
    n: int, m: int, odds: Floats, alone_x: Floats, alone_y: Floats, reached: Floats
) -> float:
    """The best way to give words of one name to those of another, the rest left over.

    `odds[i, j]` of word i against word j; `odds[i, 8 + j]` of word i against j and j + 1 written
    together; `odds[8 + i, j]` of words i and i + 1 together. `reached[i, mask]`: the best for the
    first i words and those of the other name in the mask.
    """
    full = 1 << m
    reached[0, 0] = 0.0
    for mask in range(1, full):
        reached[0, mask] = NEVER
    for i in range(1, n + 1):
        for mask in range(full):
            top = reached[i - 1, mask] - alone_x[i - 1]
            for j in range(m):
                if mask >> j & 1:
                    rest = mask ^ (1 << j)
                    top = max(top, reached[i - 1, rest] + odds[i - 1, j])
                    if j + 1 < m and rest >> (j + 1) & 1:
                        rest2 = rest ^ (1 << (j + 1))
                        top = max(top, reached[i - 1, rest2] + odds[i - 1, 8 + j])
                    if i > 1:
                        top = max(top, reached[i - 2, rest] + odds[8 + i - 2, j])
            reached[i, mask] = top
    top = NEVER
    for mask in range(full):
        value = reached[n, mask]
        for j in range(m):
            if not mask >> j & 1:
                value -= alone_y[j]
        top = max(top, value)
    return top


@compiled
def likeness(
    scripts: Ints,
    starts: Ints,
    lengths: Ints,
    units: Ints,
    half: Floats,
    alone: Floats,
    name_starts: Ints,
    name_counts: Ints,
    name_tokens: Ints,
    weights: Floats,
    bases: Ints,
    strides: Ints,
    floor: float,
    left: Ints,
    right: Ints,
    out: Floats,
) -> None:
    """The log odds of pairs of names.

    A name of n words has 2n - 1 places in `name_tokens`: its words, then neighbours together.
    """
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    odds = np.empty((16, 16), np.float32)
    alone_x = np.empty(8, np.float32)
    alone_y = np.empty(8, np.float32)
    reached = np.empty((9, 256), np.float32)
    for k in range(len(left)):
        p = left[k]
        q = right[k]
        n = name_counts[p]
        m = name_counts[q]
        if n == 0 or m == 0:
            out[k] = 0.0
            continue
        for i in range(n):
            alone_x[i] = alone[name_tokens[name_starts[p] + i]]
        for j in range(m):
            alone_y[j] = alone[name_tokens[name_starts[q] + j]]
        for i in range(2 * n - 1):
            x0 = name_tokens[name_starts[p] + i]
            for j in range(2 * m - 1):
                if i >= n and j >= m:
                    break
                x = x0
                y = name_tokens[name_starts[q] + j]
                if scripts[x] > scripts[y]:
                    x, y = y, x
                s = scripts[x]
                t = scripts[y]
                least = floor
                if i >= n or j >= m:
                    least = 0.0
                rest = half[x] + half[y]
                value = align(
                    units,
                    starts[x],
                    lengths[x],
                    starts[y],
                    lengths[y],
                    weights,
                    bases[s, t],
                    strides[t],
                    best,
                    least + rest,
                )
                value -= rest
                if value < least:
                    value = floor if least == floor else NEVER
                odds[i if i < n else 8 + i - n, j if j < m else 8 + j - m] = value
        out[k] = assign(n, m, odds, alone_x, alone_y, reached)
