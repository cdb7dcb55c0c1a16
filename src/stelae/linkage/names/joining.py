"""Compiled: words that share a key aligned, those that are likely one name written out."""

from typing import Any

import numpy as np

from stelae.linkage.names.aligning import LONGEST
from stelae.linkage.names.compiled import compiled, inlined
from stelae.linkage.names.word_kernels import word_odds

__all__ = ["join"]

_MOST_LONGER = 3
"""Letters by which words may differ in length where one shares a key only with a class left out."""
_SLACK = 4.0
"""Log odds by which an alignment may be behind before it is given up: what is hoped is no bound."""

Floats = Any
Ints = Any


@inlined
def met_before(own: Ints, own_keys: Ints, own_whole: Ints, p: int, q: int, key: int) -> bool:
    """Whether two words share a key under `key` that at least one of them has whole."""
    a = own[p]
    b = own[q]
    while own_keys[a] < key and own_keys[b] < key:
        if own_keys[a] < own_keys[b]:
            a += 1
        elif own_keys[b] < own_keys[a]:
            b += 1
        else:
            if own_whole[a] or own_whole[b]:
                return True
            a += 1
            b += 1
    return False


@compiled
def join(
    keys: Ints,
    places: Ints,
    whole: Ints,
    own: Ints,
    own_keys: Ints,
    own_whole: Ints,
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

    A pair is aligned once, where at least one of the two has the key whole. The keys of a word p
    are `own_keys[own[p] : own[p + 1]]`, rising. With `split` >= 0, words at
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
            if not (whole[first] and whole[second]) and abs(lengths[p] - lengths[q]) > _MOST_LONGER:
                continue
            if lengths[p] > 2 * lengths[q] or lengths[q] > 2 * lengths[p]:
                continue
            if met_before(own, own_keys, own_whole, p, q, keys[first]):
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
                least - _SLACK,
            )
            if value >= least:
                pairs[made, 0] = p
                pairs[made, 1] = q
                odds[made] = value
                made += 1
    return len(keys), made
