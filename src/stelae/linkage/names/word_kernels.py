"""Compiled: the log odds that two words are one name, over their forms and known pairs."""

from typing import Any

import numpy as np

from stelae.linkage.names.aligning import LONGEST, NEVER, align
from stelae.linkage.names.compiled import compiled, inlined

__all__ = ["tabulate", "word_odds"]

_INITIAL = 3
"""Rows of a word of one letter."""
_MOST_INITIAL = 2.5

Floats = Any
Ints = Any


@inlined
def initial_odds(
    scripts: Ints,
    starts: Ints,
    lengths: Ints,
    units: Ints,
    gains: Floats,
    weights: Floats,
    bases: Ints,
    strides: Ints,
    maps: Ints,
    to_left: Ints,
    to_right: Ints,
    x: int,
    y: int,
    least: float,
) -> Any:
    """The log odds of an initial and a word: their first sounds alone, at most `_MOST_INITIAL`."""
    s = scripts[x]
    t = scripts[y]
    xs = starts[x]
    ys = starts[y]
    top = NEVER
    for a in range(1, min(4, lengths[x] - 1)):
        for b in range(1, min(4, lengths[y] - 1)):
            u = maps[to_left[s, t] + units[xs + a, a - 1]]
            v = maps[to_right[s, t] + units[ys + b, b - 1]]
            if u > 0 and v > 0:
                value = weights[bases[s, t] + u * strides[s, t] + v]
                value += gains[xs + a] + gains[ys + b]
                top = max(top, value)
    top = min(top, _MOST_INITIAL)
    return top if top >= least else NEVER


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
) -> Any:
    """The log odds that two words are one name, or NEVER where they are under `least`.

    The best over the forms of both words (`forms[form_starts[x] : form_starts[x + 1]]`, each at a
    cost; the word itself is the first, at none), a word being as frequent as the more frequent of
    itself and its form; and over whole words that are known to stand for each other: `known`
    numbers the words of such pairs, from 0, others are -1.
    """
    if scripts[x] > scripts[y]:
        x, y = y, x
    if (lengths[x] == _INITIAL) != (lengths[y] == _INITIAL):
        return initial_odds(
            scripts,
            starts,
            lengths,
            units,
            gains,
            weights,
            bases,
            strides,
            maps,
            to_left,
            to_right,
            x,
            y,
            least,
        )
    top = NEVER
    for f in range(form_starts[x], form_starts[x + 1]):
        for g in range(form_starts[y], form_starts[y + 1]):
            a = forms[f]
            b = forms[g]
            cost = form_costs[f] + form_costs[g]
            rest = max(half[x], half[a]) + max(half[y], half[b])
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
