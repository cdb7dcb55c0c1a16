"""Sums over all graphs, at many numbers of unlisted people at once.

The walk over the graphs is taken once for each block of columns; what a graph weighs at each
column of the block is what its parent weighs and one addition more. Nothing of the size graphs
times columns is ever held.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled
from stelae.estimation.decomposable.components import Table
from stelae.estimation.decomposable.graphs import Graphs, Walk
from stelae.estimation.decomposable.special import Numbers

__all__ = ["Bounds", "bounds", "log_sums", "masses", "tail"]

Bounds: TypeAlias = tuple[Numbers, Numbers]

_BLOCK = 32
_NEGLIGIBLE = 45.0
"""A graph that weighs less than exp(-45) of the heaviest is left out of a sum: 617,675 such graphs
together weigh less than 2e-14 of it."""
_ROUNDING = 6755399441055744.0
"""1.5 * 2^52: adding it to a small double leaves the nearest whole number in the lowest bits."""


def log_sums(graphs: Graphs, table: Table) -> Numbers:
    """The log of the sum over all graphs, at each column."""
    return _log_sums(graphs.walk, graphs.lists, table.shared, table.additions)


def masses(graphs: Graphs, table: Table, log_factors: Numbers) -> Numbers:
    """For each graph, the sum over the columns of its weight times exp(factor of the column)."""
    return _masses(
        graphs.walk,
        graphs.lists,
        table.shared + log_factors,
        table.additions,
        len(graphs),
    )


def bounds(graphs: Graphs, values: Table, slopes: Table, x: Numbers) -> Bounds:
    """The log of the sum over all graphs at each x, and logs of what bounds it from each x to the
    next.

    No graph weighs more between two x than at the heavier of them or, where it may rise from the
    left and fall to the right, than what the gentler of its two tangents reaches across. Left of
    its mode a log-weight is concave in x; right of it in log x, so there the tangent is of that.
    """
    right = x[1:]
    ahead = right - x[:-1]
    back = np.where(x[:-1] > 0, right * np.log(right / np.maximum(x[:-1], 1.0)), ahead)
    at, over = _bounds(
        graphs.walk,
        graphs.lists,
        np.stack([values.shared, slopes.shared]),
        np.stack([values.additions, slopes.additions]),
        np.stack([ahead, back]),
    )
    return at, over


def tail(graphs: Graphs, value: Table, slope: Table, x: float) -> tuple[float, float]:
    """The log of what all graphs together weigh from x on, and the slowest power of their decay.

    So far out each graph weighs as a power e of x, x times its slope; the sum from x on is then
    its weight times x / (-e - 1). Infinite where some e is not below -1.
    """
    log_sum, slowest = _tail(
        graphs.walk,
        graphs.lists,
        (value.shared[0], value.additions[:, 0].copy()),
        (slope.shared[0] * x, slope.additions[:, 0] * x),
    )
    return log_sum + np.log(x), slowest


@compiled
def _exponentials(
    values: Numbers, shift: Numbers, bits: NDArray[np.int64], power: Numbers, out: Numbers
) -> None:
    """exp(values - shift) to 1e-15 relative, for differences of at most 0, in vector registers.

    `power` is a view of `bits` as doubles.
    """
    for b in range(_BLOCK):
        d = max(values[b] - shift[b], -700.0)
        t = d * 1.4426950408889634 + _ROUNDING
        power[b] = t
        k = t - _ROUNDING
        out[b] = (d - k * 0.6931471803691238) - k * 1.9082149292705877e-10
    for b in range(_BLOCK):
        bits[b] = (bits[b] + 1023) << 52
    for b in range(_BLOCK):
        r = out[b]
        p = 1.0 / 39916800.0
        p = p * r + 1.0 / 3628800.0
        p = p * r + 1.0 / 362880.0
        p = p * r + 1.0 / 40320.0
        p = p * r + 1.0 / 5040.0
        p = p * r + 1.0 / 720.0
        p = p * r + 1.0 / 120.0
        p = p * r + 1.0 / 24.0
        p = p * r + 1.0 / 6.0
        p = p * r + 0.5
        p = p * r + 1.0
        p = p * r + 1.0
        out[b] = p * power[b]


@compiled
def _block(of: Numbers, start: int) -> Numbers:
    """The columns of a block, the last repeated where there are too few."""
    out = np.empty((of.shape[0], _BLOCK))
    for r in range(of.shape[0]):
        for b in range(_BLOCK):
            out[r, b] = of[r, min(start + b, of.shape[1] - 1)]
    return out


@compiled
def _log_sums(walk: Walk, lists: int, shared: Numbers, additions: Numbers) -> Numbers:
    depth, addition = walk
    columns = len(shared)
    result = np.empty(columns)
    v = np.empty((lists + 1, _BLOCK))
    term = np.empty(_BLOCK)
    bits = np.empty(_BLOCK, np.int64)
    power = bits.view(np.float64)
    for start in range(0, columns, _BLOCK):
        rows = _block(additions, start)
        v[0] = _block(shared.reshape(1, columns), start)[0]
        most, total = np.full(_BLOCK, -np.inf), np.zeros(_BLOCK)
        # Twice over the graphs, for the highest weight and for the sum, is quicker than once with
        # a highest weight that changes: most graphs then need no exponential.
        for turn in range(2):
            for i in range(len(depth)):
                d = depth[i]
                a = addition[i]
                for b in range(_BLOCK):
                    v[d, b] = v[d - 1, b] + rows[a, b]
                if d < lists:
                    continue
                if turn == 0:
                    for b in range(_BLOCK):
                        most[b] = max(most[b], v[d, b])
                    continue
                matters = 0
                for b in range(_BLOCK):
                    matters |= v[d, b] > most[b] - _NEGLIGIBLE
                if matters:
                    _exponentials(v[d], most, bits, power, term)
                    for b in range(_BLOCK):
                        total[b] += term[b]
        for b in range(min(_BLOCK, columns - start)):
            result[start + b] = most[b] + np.log(total[b])
    return result


@compiled
def _masses(
    walk: Walk,
    lists: int,
    shared: Numbers,
    additions: Numbers,
    graphs: int,
) -> Numbers:
    depth, addition = walk
    columns = len(shared)
    result = np.zeros(graphs)
    v = np.empty((lists + 1, _BLOCK))
    term = np.empty(_BLOCK)
    nothing = np.zeros(_BLOCK)
    bits = np.empty(_BLOCK, np.int64)
    power = bits.view(np.float64)
    for start in range(0, columns, _BLOCK):
        rows = _block(additions, start)
        v[0] = _block(shared.reshape(1, columns), start)[0]
        v[0, columns - start :] = -np.inf
        g = 0
        for i in range(len(depth)):
            d = depth[i]
            a = addition[i]
            for b in range(_BLOCK):
                v[d, b] = v[d - 1, b] + rows[a, b]
            if d == lists:
                matters = 0
                for b in range(_BLOCK):
                    matters |= v[d, b] > -2.0 * _NEGLIGIBLE
                if matters:
                    _exponentials(v[d], nothing, bits, power, term)
                    for b in range(_BLOCK):
                        result[g] += term[b]
                g += 1
    return result


@compiled
def _bounds(
    walk: Walk,
    lists: int,
    shared: Numbers,
    additions: Numbers,
    widths: Numbers,
) -> Bounds:
    depth, addition = walk
    columns = shared.shape[1]
    at, over = np.empty(columns), np.empty(columns - 1)
    v = np.empty((lists + 1, 2, _BLOCK))
    value = np.full((2, _BLOCK), -np.inf)
    term = np.empty(_BLOCK)
    bits = np.empty(_BLOCK, np.int64)
    power = bits.view(np.float64)
    # The last column of a block is the first of the next: a gap needs both its ends.
    for start in range(0, columns - 1, _BLOCK - 1):
        rows = np.empty((additions.shape[1], 2, _BLOCK))
        for k in range(2):
            rows[:, k] = _block(additions[k], start)
        v[0] = _block(shared, start)
        width = _block(widths, start)
        most, total = np.full((2, _BLOCK), -np.inf), np.zeros((2, _BLOCK))
        for turn in range(2):
            for i in range(len(depth)):
                d = depth[i]
                a = addition[i]
                for k in range(2):
                    for b in range(_BLOCK):
                        v[d, k, b] = v[d - 1, k, b] + rows[a, k, b]
                if d < lists:
                    continue
                for b in range(_BLOCK):
                    value[0, b] = v[d, 0, b]
                for b in range(_BLOCK - 1):
                    rise = v[d, 0, b] + max(v[d, 1, b], 0.0) * width[0, b]
                    fall = v[d, 0, b + 1] + max(-v[d, 1, b + 1], 0.0) * width[1, b]
                    value[1, b] = max(v[d, 0, b], v[d, 0, b + 1], min(rise, fall))
                if turn == 0:
                    for k in range(2):
                        for b in range(_BLOCK):
                            most[k, b] = max(most[k, b], value[k, b])
                    continue
                for k in range(2):
                    matters = 0
                    for b in range(_BLOCK):
                        matters |= value[k, b] > most[k, b] - _NEGLIGIBLE
                    if matters:
                        _exponentials(value[k], most[k], bits, power, term)
                        for b in range(_BLOCK):
                            total[k, b] += term[b]
        for b in range(min(_BLOCK, columns - start)):
            at[start + b] = most[0, b] + np.log(total[0, b])
            if b < min(_BLOCK, columns - start) - 1:
                over[start + b] = most[1, b] + np.log(total[1, b])
    return at, over


@compiled
def _tail(
    walk: Walk,
    lists: int,
    value: tuple[float, Numbers],
    power: tuple[float, Numbers],
) -> tuple[float, float]:
    depth, addition = walk
    v, s = np.empty(lists + 1), np.empty(lists + 1)
    v[0], s[0] = value[0], power[0]
    most = slowest = -np.inf
    total = 0.0
    for i in range(len(depth)):
        d = depth[i]
        v[d] = v[d - 1] + value[1][addition[i]]
        s[d] = s[d - 1] + power[1][addition[i]]
        if d == lists:
            slowest = max(slowest, s[d])
            if s[d] >= -1.0:
                continue
            if v[d] > most:
                total *= np.exp(most - v[d])
                most = v[d]
            total += np.exp(v[d] - most) / (-s[d] - 1.0)
    if slowest >= -1.0:
        return np.inf, slowest
    return most + np.log(total), slowest
