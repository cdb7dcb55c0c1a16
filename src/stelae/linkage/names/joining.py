"""Compiled: words that share a key aligned, those that are likely one name written out."""

from typing import Any

import numpy as np

from stelae.linkage.names.compiled import compiled
from stelae.linkage.names.kernels import LONGEST, word_odds

__all__ = ["join"]

Floats = Any
Ints = Any


@compiled
def join(
    keys: Ints,
    places: Ints,
    whole: Ints,
    begin: int,
    split: int,
    least: float,
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
    pairs: Ints,
    odds: Floats,
) -> tuple[int, int]:
    """From row `begin` of the sorted keys: the row at which to go on, and the pairs written.

    A pair is aligned where at least one of the two has the key whole. With `split` >= 0, words at
    places before it only meet those from it on.
    """
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    ids = np.empty((3, LONGEST + 1), np.int64)
    made = 0
    end = begin
    for first in range(begin, len(keys)):
        end = max(end, first + 1)
        while end < len(keys) and keys[end] == keys[first]:
            end += 1
        if made + end - first > len(odds):
            return first, made
        p = places[first]
        for second in range(first + 1, end):
            q = places[second]
            if not (whole[first] or whole[second]):
                continue
            if split >= 0 and not (p < split <= q):
                continue
            if lengths[p] > 2 * lengths[q] or lengths[q] > 2 * lengths[p]:
                continue
            value = word_odds(
                p,
                q,
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
                least,
            )
            if value >= least:
                pairs[made, 0] = p
                pairs[made, 1] = q
                odds[made] = value
                made += 1
    return len(keys), made
