"""Maximum likelihood of one log-linear model by Newton's method, over all cells at once.

n_x ~ Poisson(exp(sum of beta_t over the terms t that are part of x)), for the histories x seen.
A table is an array over all 2^L cells. Sums over supersets and subsets of cells take L 2^(L-1)
additions, and every entry of the Hessian is one such sum: H[s, t] = sum of the means of all cells
that hold s | t.

A term t with nobody on all its lists (n*_t = 0) goes to minus infinity: its cells are left out
(`alive` is False) and so is its parameter (Chan, Silverman & Vincent 2021). What is left is an
ordinary Poisson regression.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled
from stelae.estimation.loglinear.faces import on_no_face
from stelae.estimation.loglinear.models import Ints

__all__ = [
    "FINE",
    "NOT_IDENTIFIABLE",
    "NO_ESTIMATE",
    "UNSOLVED",
    "WORSE",
    "Begin",
    "Floats",
    "Room",
    "Table",
    "begin_anywhere",
    "deviance",
    "fit_cells",
    "fit_terms",
    "reduce",
    "room_for",
    "standard_error",
    "sum_means",
    "sum_over_subsets",
    "sum_over_supersets",
    "table_of",
]

Floats: TypeAlias = NDArray[np.float64]

FINE, NO_ESTIMATE, NOT_IDENTIFIABLE, UNSOLVED, WORSE = 0, 1, 2, 4, 8
"""What comes of a fit: `checks.Check` explains the first three; a fit that did not converge
although the estimate exists; a fit given up because another model is better."""

_MOST_STEPS = 200
_SMALL_STEP = 1e-6
"""The step is added, and the error after it is of the size of its square."""
_DOUBTFUL = 1e-6
"""A mean below this makes the fit ask whether the estimate exists at all."""


class Room(NamedTuple):
    """Room to work in, for tables of one size.

    A fit leaves in it the cells that remain (`alive`) with their means (`mean`), and the terms that
    are finite (`finite`) with their parameters (`beta`).
    """

    mean: Floats
    sums: Floats
    work: Floats
    alive: NDArray[np.bool_]
    finite: Ints
    beta: Floats
    step: Floats
    hessian: Floats


class Table(NamedTuple):
    """Counts by cell, and their sums over supersets: how many are on all lists of a mask."""

    counts: Floats
    totals: Floats


class Begin(NamedTuple):
    """Where a fit begins, and when it may give up.

    `near` are parameters by term, of a model that is not far; empty: the counts are begun with.
    A fit whose log-likelihood (as `_means` has it) cannot come up to `least` is WORSE.
    """

    least: float
    near: Floats


@compiled
def begin_anywhere() -> Begin:
    """Begin with the counts, and never give up."""
    return Begin(-np.inf, np.empty(0))


@compiled
def table_of(counts: Floats) -> Table:
    """The table of these counts."""
    totals = counts.copy()
    sum_over_supersets(totals)
    return Table(counts, totals)


@compiled
def room_for(cells: int, most_terms: int) -> Room:
    """Room for fits of up to `most_terms` terms."""
    return Room(
        np.zeros(cells),
        np.zeros(cells),
        np.zeros(cells),
        np.zeros(cells, dtype=np.bool_),
        np.zeros(most_terms, dtype=np.int64),
        np.zeros(most_terms),
        np.zeros(most_terms),
        np.zeros((most_terms, most_terms)),
    )


@compiled
def sum_over_supersets(values: Floats) -> None:
    """Replace each cell's value by the sum over all cells that hold it."""
    bit = 1
    while bit < len(values):
        for high in range(0, len(values), 2 * bit):
            for x in range(high, high + bit):
                values[x] += values[x + bit]
        bit *= 2


@compiled
def sum_over_subsets(values: Floats) -> None:
    """Replace each cell's value by the sum over all cells that are part of it."""
    bit = 1
    while bit < len(values):
        for high in range(0, len(values), 2 * bit):
            for x in range(high, high + bit):
                values[x + bit] += values[x]
        bit *= 2


@compiled
def reduce(table: Table, terms: Ints, room: Room) -> int:
    """Fill in which terms are finite and which cells remain; return the number of finite terms.

    Cell 0 does not remain: nobody observed it.
    """
    gone = room.work
    for x in range(len(gone)):
        gone[x] = 0.0
    left = 0
    for term in terms:
        if table.totals[term] > 0:
            room.finite[left] = term
            left += 1
        else:
            gone[term] = 1.0
    if left < len(terms):
        sum_over_subsets(gone)
    for x in range(len(gone)):
        room.alive[x] = gone[x] == 0.0
    room.alive[0] = False
    return left


@compiled
def fit_terms(table: Table, terms: Ints, room: Room, begin: Begin) -> int:
    """Fit the model of these terms; return what came of it.

    The estimate is identifiable if and only if the reduced table has no fewer cells than finite
    terms: the constant is a combination of the other columns only where every cell that remains
    has a term of its own (inclusion and exclusion).
    """
    left = reduce(table, terms, room)
    cells = 0
    for x in range(len(table.counts)):
        cells += room.alive[x]
    if left > cells or left == 0:
        if on_no_face(table.counts, room.finite, left, room.alive):
            return NOT_IDENTIFIABLE
        return NOT_IDENTIFIABLE | NO_ESTIMATE
    return fit_cells(table, left, room, begin)


@compiled
def _factor(size: int, room: Room) -> bool:
    """Factor the Hessian at the means whose sums the room holds; False: it is singular.

    H = V' D V with V = D^-1 U: the room keeps U above the diagonal and D^-1 on it.
    """
    h = room.hessian
    for i in range(size):
        term = room.finite[i]
        for j in range(i, size):
            h[i, j] = room.sums[term | room.finite[j]]
        room.step[i] = h[i, i]
    for k in range(size):
        pivot = h[k, k]
        if pivot <= 1e-13 * room.step[k]:
            return False
        inverse = 1.0 / pivot
        for i in range(k + 1, size):
            factor = h[k, i] * inverse
            for j in range(i, size):
                h[i, j] -= factor * h[k, j]
        h[k, k] = inverse
    return True


@compiled
def _solve(size: int, room: Room) -> None:
    """Solve for the step in place, by the factor."""
    h, b = room.hessian, room.step
    for i in range(size):
        value = b[i] * h[i, i]
        for k in range(i + 1, size):
            b[k] -= h[i, k] * value
    for i in range(size - 1, -1, -1):
        value = b[i]
        for k in range(i + 1, size):
            value -= h[i, k] * b[k]
        b[i] = value * h[i, i]


@compiled
def _start(counts: Floats, size: int, room: Room) -> bool:
    """Beta of the weighted least squares that begin at counts + 1/2."""
    for x in range(len(counts)):
        if room.alive[x]:
            mean = counts[x] + 0.5
            room.sums[x] = mean
            room.work[x] = mean * np.log(mean) + counts[x] - mean
        else:
            room.sums[x] = 0.0
            room.work[x] = 0.0
    sum_over_supersets(room.sums)
    sum_over_supersets(room.work)
    if not _factor(size, room):
        return False
    for i in range(size):
        room.step[i] = room.work[room.finite[i]]
    _solve(size, room)
    for i in range(size):
        room.beta[i] = room.step[i]
    return True


@compiled
def _means(totals: Floats, size: int, room: Room) -> float:
    """Fill in the means at beta; return the log-likelihood up to a constant."""
    eta = room.work
    for x in range(len(eta)):
        eta[x] = 0.0
    value = 0.0
    for i in range(size):
        eta[room.finite[i]] = room.beta[i]
        value += totals[room.finite[i]] * room.beta[i]
    sum_over_subsets(eta)
    for x in range(len(eta)):
        room.mean[x] = np.exp(eta[x]) if room.alive[x] else 0.0
        value -= room.mean[x]
    return value


@compiled
def sum_means(room: Room) -> None:
    """Fill in the sums of the means over supersets."""
    for x in range(len(room.mean)):
        room.sums[x] = room.mean[x]
    sum_over_supersets(room.sums)


@compiled
def _climb(table: Table, size: int, room: Room, begin: Begin) -> int:
    """Newton's steps, halved where they go too far."""
    counts, totals = table.counts, table.totals
    if len(begin.near) > 0:
        for i in range(size):
            room.beta[i] = begin.near[room.finite[i]]
            room.step[i] = 0.0
    elif not _start(counts, size, room):
        return UNSOLVED
    doubted = False
    best = -np.inf
    for _ in range(_MOST_STEPS):
        value = _means(totals, size, room)
        if not value >= best - 1e-11 * (1.0 + abs(best)):
            # Too far: half the way back.
            for i in range(size):
                room.step[i] *= 0.5
                room.beta[i] -= room.step[i]
            continue
        best = value
        if not doubted:
            for x in range(len(counts)):
                if room.alive[x] and counts[x] == 0.0 and room.mean[x] < _DOUBTFUL:
                    doubted = True
                    break
            if doubted and not on_no_face(counts, room.finite, size, room.alive):
                return NO_ESTIMATE
        sum_means(room)
        if not _factor(size, room):
            return UNSOLVED
        for i in range(size):
            room.step[i] = totals[room.finite[i]] - room.sums[room.finite[i]]
        _solve(size, room)
        longest = 0.0
        decrement = 0.0
        for i in range(size):
            term = room.finite[i]
            decrement += room.step[i] * (totals[term] - room.sums[term])
            room.beta[i] += room.step[i]
            longest = max(longest, abs(room.step[i]))
        # What is still to be gained is about half the decrement, where that is small.
        if decrement < 0.1 and value + decrement < begin.least:
            return WORSE
        if longest < _SMALL_STEP:
            _means(totals, size, room)
            return FINE
    return UNSOLVED


@compiled
def fit_cells(table: Table, size: int, room: Room, begin: Begin) -> int:
    """Fit the finite terms to the cells that remain, both as the room holds them.

    Means that are positive, with the margins of the counts, prove that the estimate exists; only
    where a mean is about to vanish, or no fit was found, is the face looked for.
    """
    code = _climb(table, size, room, begin)
    if code == UNSOLVED and not on_no_face(table.counts, room.finite, size, room.alive):
        return NO_ESTIMATE
    return code


@compiled
def deviance(counts: Floats, room: Room) -> float:
    """Twice the log-likelihood that the fitted means lack to the counts themselves."""
    total = 0.0
    for x in range(len(counts)):
        if room.alive[x]:
            total += room.mean[x] - counts[x]
            if counts[x] > 0:
                total += counts[x] * np.log(counts[x] / room.mean[x])
    return float(2.0 * total)


@compiled
def standard_error(size: int, room: Room) -> float:
    """The standard error of beta_0 at the means, by the inverse of the Hessian."""
    sum_means(room)
    if not _factor(size, room):
        return np.inf
    for i in range(size):
        room.step[i] = 0.0
    room.step[0] = 1.0
    _solve(size, room)
    return float(np.sqrt(room.step[0]))
