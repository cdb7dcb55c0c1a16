"""Compiled: two words aligned over the channel, and the words of two names given to each other.

Words are rows of units (`alphabet.Encoded`). The weights of a pair of scripts s <= t are a table
with a row for each unit of s and a column for each unit of t, both from 0, which is nothing;
`weights[base + u * stride + v]` is the logarithm of how well u and v are one sound.
"""

from typing import Any

import numpy as np

from stelae.linkage.names.compiled import compiled, inlined

__all__ = ["LONGEST", "NEVER", "align", "assign", "likeness", "path", "tabulate", "word_odds"]

LONGEST = 64
"""Rows of the longest word, with its beginning and end, after romanisation."""
NEVER = np.float32(-1e6)
"""The weight of units that are never one sound."""

_LEAST_TOGETHER = 2.0
"""The log odds that two words written together must reach."""
_HOPE = 1.0
_SHORTEST_TOGETHER = 7
"""Letters, with the beginning and the end, of words that may be two written together."""
_ROWS = 1 << 16
"""The most pairs of words that are kept while names are compared."""

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
) -> float:
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
                if value > top:
                    top = value
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
                if value > top:
                    top = value
            if u3 > 0:
                value = best[i - 3, j] + weights[at3]
                if value > top:
                    top = value
            if j > 0:
                for b in range(1, 4 if grouped else 2):
                    v = ids[b - 1, j]
                    if v > 0:
                        value = best[i, j - b] + weights[base + v]
                        if value > top:
                            top = value
                        value = best[i - 1, j - b] + weights[at1 + v]
                        if value > top:
                            top = value
                        if u2 > 0:
                            value = best[i - 2, j - b] + weights[at2 + v]
                            if value > top:
                                top = value
                        if u3 > 0:
                            value = best[i - 3, j - b] + weights[at3 + v]
                            if value > top:
                                top = value
            best[i, j] = top
            if j > 0:
                top += gains[ys + j - 1]
            if top > row:
                row = top
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


@inlined
def word_odds(
    x: int,
    y: int,
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
    best: Floats,
    ids: Ints,
    least: float,
) -> float:
    """The log odds that two words are one name, or NEVER where they are under `least`.

    The best over the forms of both words (`forms[form_starts[x] : form_starts[x + 1]]`, each at a
    cost; the word itself is the first, at none), and over whole words that are known to stand for
    each other: `known` numbers the words of such pairs, from 0, others -1.
    """
    if scripts[x] > scripts[y]:
        x, y = y, x
    rest = half[x] + half[y]
    top = NEVER
    for f in range(form_starts[x], form_starts[x + 1]):
        for g in range(form_starts[y], form_starts[y + 1]):
            a = forms[f]
            b = forms[g]
            cost = form_costs[f] + form_costs[g]
            if scripts[a] > scripts[b]:
                a, b = b, a
            enough = max(least, top) + rest + cost
            s = scripts[a]
            t = scripts[b]
            value = align(
                units,
                starts[a],
                lengths[a],
                starts[b],
                lengths[b],
                weights,
                bases[s, t],
                strides[s, t],
                maps,
                to_left[s, t],
                to_right[s, t],
                best,
                ids,
                gains,
                enough,
            )
            top = max(top, value - cost - rest)
            if known[a] >= 0 and known[b] >= 0:
                low = min(known[a], known[b])
                key = (low << 32) | max(known[a], known[b])
                at = np.searchsorted(pair_keys, key)
                if at < len(pair_keys) and pair_keys[at] == key:
                    top = max(top, pair_weights[at] - cost - rest)
    return top if top >= least else NEVER


@compiled
def tabulate(
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
    left: Ints,
    right: Ints,
    floor: float,
    out: Floats,
) -> None:
    """The log odds of pairs of words, at least `floor`."""
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    ids = np.empty((3, LONGEST + 1), np.int64)
    for k in range(len(left)):
        value = word_odds(
            left[k],
            right[k],
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
            floor,
        )
        out[k] = max(floor, value)


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
) -> float:
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
        if value > top:
            top = value
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
                    lengths[x] >= _SHORTEST_TOGETHER
                    and lengths[y] >= _SHORTEST_TOGETHER
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
                            _LEAST_TOGETHER if together else floor,
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
            out[k] = assign(
                n, m, odds, beyond, mass_x, mass_y, against, alone, reached, used, more
            )
        else:
            total_x = np.float32(0.0)
            total_y = np.float32(0.0)
            for i in range(n):
                total_x += mass_x[i]
            for j in range(m):
                total_y += mass_y[j]
            both = min(total_x, total_y)
            out[k] = -against * both - alone * (max(total_x, total_y) - both)
