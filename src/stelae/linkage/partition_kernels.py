"""Clusters of records as compiled code moves them: one record, two clusters, a split.

A partition of the records has the log weight

    sum over clusters of [ sum of w over its compared pairs + w0 x (its pairs never compared) ],

so what one record adds to a cluster is the sum over its members. Arrays:

    start, near, weight   compared pairs as sparse rows: record i has start[i] to start[i + 1]
    label                 each record's cluster, a number below the number of records plus two
    first, after, before  the members of each cluster as a linked list
    size                  members of each cluster
    once                  a number for each list that holds each person once; -1: others
    links, pairs          room, all zero between calls: weight and pairs to each cluster
    touched               room for the clusters met
"""

from pathlib import Path
from typing import Any

import numpy as np

from stelae.values.compiled import compiler_of

__all__ = ["connect", "draw", "gather_members", "merge_all", "settle", "split_or_merge"]

compiled = compiler_of(Path(__file__).parent)

Array = Any
Generator = Any


@compiled
def connect(a: Array, b: Array, root: Array) -> None:
    """Make `root` of each record, itself at first, the smallest record that pairs lead it to."""
    for e in range(len(a)):
        i = a[e]
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        j = b[e]
        while root[j] != j:
            root[j] = root[root[j]]
            j = root[j]
        root[max(i, j)] = min(i, j)
    for i in range(len(root)):
        root[i] = root[root[i]]


@compiled
def gather_members(label: Array, first: Array, after: Array, before: Array, size: Array) -> None:
    """Fill the linked lists and sizes from the labels."""
    first[:] = -1
    size[:] = 0
    for i in range(len(label) - 1, -1, -1):
        c = label[i]
        after[i] = first[c]
        before[i] = -1
        if first[c] >= 0:
            before[first[c]] = i
        first[c] = i
        size[c] += 1


@compiled
def _move(
    i: int, to: int, label: Array, first: Array, after: Array, before: Array, size: Array
) -> None:
    c = label[i]
    if before[i] >= 0:
        after[before[i]] = after[i]
    else:
        first[c] = after[i]
    if after[i] >= 0:
        before[after[i]] = before[i]
    size[c] -= 1
    label[i] = to
    after[i] = first[to]
    before[i] = -1
    if first[to] >= 0:
        before[first[to]] = i
    first[to] = i
    size[to] += 1


@compiled
def _bars(i: int, c: int, first: Array, after: Array, once: Array) -> bool:
    """Whether cluster c holds another record of the list of record i, which holds nobody twice."""
    if once[i] < 0:
        return False
    j = first[c]
    while j >= 0:
        if j != i and once[j] == once[i]:
            return True
        j = after[j]
    return False


@compiled
def _links_of(
    i: int, start: Array, near: Array, weight: Array, label: Array,
    links: Array, pairs: Array, touched: Array, met: int,
) -> int:  # fmt: skip
    """Add the links of record i to its neighbours' clusters; gives how many clusters were met."""
    for e in range(start[i], start[i + 1]):
        c = label[near[e]]
        if pairs[c] == 0:
            touched[met] = c
            met += 1
        links[c] += weight[e]
        pairs[c] += 1
    return met


@compiled
def settle(
    start: Array, near: Array, weight: Array, once: Array, apart: float, order: Array,
    label: Array, first: Array, after: Array, before: Array, size: Array, free: Array,
    links: Array, pairs: Array, touched: Array,
) -> int:  # fmt: skip
    """Move each record, in the order given, to where it adds most; gives how many moved.

    `free` is a stack of empty labels with its height in its last place.
    """
    moved = 0
    n = len(free) - 1
    for i in order:
        own = label[i]
        met = _links_of(i, start, near, weight, label, links, pairs, touched, 0)
        best = -1
        most = 1e-9
        stays = -1e300
        for k in range(met):
            c = touched[k]
            members = size[c] - (1 if c == own else 0)
            gain = links[c] + apart * (members - pairs[c])
            if c == own:
                stays = gain
            if gain > most and (c == own or not _bars(i, c, first, after, once)):
                most = gain
                best = c
        for k in range(met):
            links[touched[k]] = 0.0
            pairs[touched[k]] = 0
        if size[own] == 1:
            stays = 0.0
        elif stays == -1e300:
            stays = apart * (size[own] - 1)
        if best == own or (best == -1 and size[own] == 1) or max(most, 0.0) <= stays + 1e-9:
            continue
        if best == -1:
            free[n] -= 1
            best = free[free[n]]
        if size[own] == 1:
            free[free[n]] = own
            free[n] += 1
        _move(i, best, label, first, after, before, size)
        moved += 1
    return moved


@compiled
def merge_all(
    start: Array, near: Array, weight: Array, once: Array, apart: float, order: Array,
    label: Array, first: Array, after: Array, before: Array, size: Array, free: Array,
    links: Array, pairs: Array, touched: Array,
) -> int:  # fmt: skip
    """Join each cluster, in the order given, with the one that it gains most from."""
    joined = 0
    n = len(free) - 1
    for c in order:
        if size[c] == 0:
            continue
        met = 0
        i = first[c]
        while i >= 0:
            met = _links_of(i, start, near, weight, label, links, pairs, touched, met)
            i = after[i]
        best = -1
        most = 1e-9
        for k in range(met):
            d = touched[k]
            if d == c:
                continue
            gain = links[d] + apart * (size[c] * size[d] - pairs[d])
            if gain > most and not _any_bars(c, d, first, after, once):
                most = gain
                best = d
        for k in range(met):
            links[touched[k]] = 0.0
            pairs[touched[k]] = 0
        if best < 0:
            continue
        while first[c] >= 0:
            _move(first[c], best, label, first, after, before, size)
        free[free[n]] = c
        free[n] += 1
        joined += 1
    return joined


@compiled
def _any_bars(c: int, d: int, first: Array, after: Array, once: Array) -> bool:
    i = first[c]
    while i >= 0:
        if _bars(i, d, first, after, once):
            return True
        i = after[i]
    return False


@compiled
def draw(
    start: Array, near: Array, weight: Array, once: Array, apart: float, rng: Generator,
    label: Array, first: Array, after: Array, before: Array, size: Array, free: Array,
    links: Array, pairs: Array, touched: Array, gains: Array,
) -> None:  # fmt: skip
    """One Gibbs sweep: each record's cluster, drawn given all others."""
    n = len(free) - 1
    for i in range(len(label)):
        if start[i] == start[i + 1]:
            continue
        own = label[i]
        met = _links_of(i, start, near, weight, label, links, pairs, touched, 0)
        top = 0.0
        for k in range(met):
            c = touched[k]
            members = size[c] - (1 if c == own else 0)
            gains[k] = links[c] + apart * (members - pairs[c])
            if c != own and _bars(i, c, first, after, once):
                gains[k] = -1e300
            top = max(top, gains[k])
        total = np.exp(-top)
        for k in range(met):
            total += np.exp(gains[k] - top)
        left = rng.random() * total - np.exp(-top)
        to = -1
        if left >= 0.0:
            for k in range(met):
                left -= np.exp(gains[k] - top)
                if left < 0.0:
                    to = touched[k]
                    break
        for k in range(met):
            links[touched[k]] = 0.0
            pairs[touched[k]] = 0
        if to == own or (to == -1 and size[own] == 1):
            continue
        if to == -1:
            free[n] -= 1
            to = free[free[n]]
        if size[own] == 1:
            free[free[n]] = own
            free[n] += 1
        _move(i, to, label, first, after, before, size)


@compiled
def _link_to(
    i: int, c: int, start: Array, near: Array, weight: Array, apart: float, label: Array,
    size: Array,
) -> Any:  # fmt: skip
    """What record i, no member of c, would add to it."""
    total = 0.0
    seen = 0
    for e in range(start[i], start[i + 1]):
        if label[near[e]] == c:
            total += weight[e]
            seen += 1
    return total + apart * (size[c] - seen)


@compiled
def split_or_merge(
    start: Array, near: Array, weight: Array, once: Array, apart: float, rng: Generator,
    edges_a: Array, edges_b: Array, times: int,
    label: Array, first: Array, after: Array, before: Array, size: Array, free: Array,
    members: Array,
) -> int:  # fmt: skip
    """Split and merge whole clusters, each proposal kept or undone by Metropolis and Hastings.

    Two records that were compared are the anchors. In one cluster, they become the seeds of two,
    to which the other members go one after another, in random order, as they fit; in two, these
    are joined. Dahl: Sequentially-allocated merge-split sampler (2005). Gives how many were kept.
    """
    n = len(free) - 1
    kept = 0
    for _ in range(times):
        e = int(rng.random() * len(edges_a))
        i = edges_a[e]
        j = edges_b[e]
        c = label[i]
        d = label[j]
        together = c == d
        if not together and _any_bars(c, d, first, after, once):
            continue
        # Who is to be allocated, in random order; where each one is now, in case of a merge.
        count = 0
        k = first[c]
        while k >= 0:
            if k not in (i, j):
                members[count, 0] = k
                members[count, 1] = 0
                count += 1
            k = after[k]
        if not together:
            k = first[d]
            while k >= 0:
                if k not in (i, j):
                    members[count, 0] = k
                    members[count, 1] = 1
                    count += 1
                k = after[k]
        for k in range(count - 1, 0, -1):
            at = int(rng.random() * (k + 1))
            for column in range(2):
                members[k, column], members[at, column] = members[at, column], members[k, column]
        # Take all out into two fresh clusters with one seed each.
        free[n] -= 1
        one = free[free[n]]
        _move(i, one, label, first, after, before, size)
        free[n] -= 1
        two = free[free[n]]
        _move(j, two, label, first, after, before, size)
        # log weight of (split) minus (joined), and log probability of this very split.
        gain = -_pair_link(i, j, start, near, weight, apart)
        chance = 0.0
        possible = not (once[i] >= 0 and once[i] == once[j] and together)
        for k in range(count):
            m = members[k, 0]
            to_one = _link_to(m, one, start, near, weight, apart, label, size)
            to_two = _link_to(m, two, start, near, weight, apart, label, size)
            if _bars(m, one, first, after, once):
                to_one = -1e300
            if _bars(m, two, first, after, once):
                to_two = -1e300
            top = max(to_one, to_two)
            if top <= -1e299:
                possible = False
                break
            p_one = np.exp(to_one - top) / (np.exp(to_one - top) + np.exp(to_two - top))
            goes = (0 if rng.random() < p_one else 1) if together else members[k, 1]
            chance += np.log(max(p_one if goes == 0 else 1.0 - p_one, 1e-300))
            # What the split loses: the member's links with the other half.
            gain -= to_two if goes == 0 else to_one
            _move(m, one if goes == 0 else two, label, first, after, before, size)
        if together:
            accept = possible and np.log(max(rng.random(), 1e-300)) < gain - chance
        else:
            accept = possible and np.log(max(rng.random(), 1e-300)) < chance - gain
        if accept:
            kept += 1
        joined = accept != together
        if not possible:
            # Whoever was not moved yet is still in c or d.
            joined = together
        if joined:
            _empty(c, one, label, first, after, before, size)
            _empty(d, one, label, first, after, before, size)
            _empty(two, one, label, first, after, before, size)
            free[free[n]] = two
            free[n] += 1
        elif not possible:
            _empty(c, one, label, first, after, before, size)
            _empty(d, two, label, first, after, before, size)
        if c not in (one, two) and size[c] == 0:
            free[free[n]] = c
            free[n] += 1
        if d not in (c, one, two) and size[d] == 0:
            free[free[n]] = d
            free[n] += 1
    return kept


@compiled
def _empty(
    c: int, to: int, label: Array, first: Array, after: Array, before: Array, size: Array
) -> None:
    while c != to and first[c] >= 0:
        _move(first[c], to, label, first, after, before, size)


@compiled
def _pair_link(i: int, j: int, start: Array, near: Array, weight: Array, apart: float) -> Any:
    for e in range(start[i], start[i + 1]):
        if near[e] == j:
            return weight[e]
    return apart
