"""Whether an estimate exists: do the observed cells lie on no proper face of the marginal cone?

Fienberg & Rinaldo (2012): the maximum likelihood estimate exists if and only if some x > 0 over
all cells has the margins of the counts, A'x = A'n. By the theorem of the alternative it does not
where a direction d has A d = 0 on every cell that was observed, A d >= 0 on every other, and is
not 0 on all. Such a d lies in the null space of the observed rows, which mostly holds only 0; in it
the question is a linear programme of very few rows, which is solved here by the simplex method, so
that thousands of models need no call of a solver. `checks` asks the whole programme of a solver.
"""

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled
from stelae.estimation.loglinear.models import Ints

__all__ = ["on_no_face"]

_TINY = 1e-9
"""What counts as zero: exact values are quotients of small determinants of zeros and ones."""


@compiled
def on_no_face(
    counts: NDArray[np.float64], terms: Ints, size: int, alive: NDArray[np.bool_]
) -> bool:
    """Whether the estimate exists for the first `size` terms over the cells that remain."""
    kernel = _null_space(counts, terms, size, alive)
    free = kernel.shape[1]
    if free == 0:
        return True
    rows = 0
    for x in range(len(counts)):
        rows += alive[x] and counts[x] == 0.0
    # B: the rows of the cells that nobody was seen in, in the null space of the others.
    b = np.zeros((free, rows))
    at = 0
    for x in range(len(counts)):
        if alive[x] and counts[x] == 0.0:
            nothing = True
            for k in range(free):
                value = 0.0
                for i in range(size):
                    if terms[i] & x == terms[i]:
                        value += kernel[i, k]
                b[k, at] = value
                nothing = nothing and abs(value) < _TINY
            # A cell that is 0 all over the null space asks nothing; the next is written over it.
            if not nothing:
                at += 1
    return _balanced(b, at)


@compiled
def _null_space(
    counts: NDArray[np.float64], terms: Ints, size: int, alive: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """A basis, in columns, of what is 0 on every observed cell; by reduced elimination."""
    a = np.zeros((size, size))
    rank = 0
    pivots = np.zeros(size, dtype=np.int64)
    row = np.zeros(size)
    for x in range(len(counts)):
        if not (alive[x] and counts[x] > 0.0):
            continue
        for i in range(size):
            row[i] = 1.0 if terms[i] & x == terms[i] else 0.0
        for r in range(rank):
            factor = row[pivots[r]]
            if factor != 0.0:
                for i in range(size):
                    row[i] -= factor * a[r, i]
        pivot = 0
        for i in range(size):
            if abs(row[i]) > abs(row[pivot]):
                pivot = i
        if abs(row[pivot]) < _TINY:
            continue
        factor = row[pivot]
        for i in range(size):
            row[i] /= factor
        for r in range(rank):
            factor = a[r, pivot]
            if factor != 0.0:
                for i in range(size):
                    a[r, i] -= factor * row[i]
        for i in range(size):
            a[rank, i] = row[i]
        pivots[rank] = pivot
        rank += 1
        if rank == size:
            break
    kernel = np.zeros((size, size - rank))
    taken = np.zeros(size, dtype=np.bool_)
    for r in range(rank):
        taken[pivots[r]] = True
    k = 0
    for i in range(size):
        if not taken[i]:
            kernel[i, k] = 1.0
            for r in range(rank):
                kernel[pivots[r], k] = -a[r, i]
            k += 1
    return kernel


@compiled
def _balanced(b: NDArray[np.float64], columns: int) -> bool:
    """Whether B y = 0 for some y > 0 (Stiemke): phase one of the simplex method, Bland's rule.

    With y = 1 + w: B w = -B 1, w >= 0. Artificial variables start as the basis; their sum must
    come down to 0.
    """
    rows = len(b)
    table = np.zeros((rows + 1, columns + 1))
    basis = np.zeros(rows, dtype=np.int64)
    for k in range(rows):
        right = 0.0
        for j in range(columns):
            right -= b[k, j]
        sign = -1.0 if right < 0 else 1.0
        for j in range(columns):
            table[k, j] = sign * b[k, j]
        table[k, columns] = sign * right
        for j in range(columns + 1):
            table[rows, j] -= table[k, j]
        basis[k] = -1
    while True:
        entering = -1
        for j in range(columns):
            if table[rows, j] < -_TINY:
                entering = j
                break
        if entering < 0:
            break
        leaving = -1
        least = np.inf
        for k in range(rows):
            if table[k, entering] > _TINY:
                ratio = table[k, columns] / table[k, entering]
                if ratio < least - _TINY or (
                    ratio < least + _TINY and leaving >= 0 and basis[k] < basis[leaving]
                ):
                    least = ratio
                    leaving = k
        if leaving < 0:
            break
        factor = table[leaving, entering]
        for j in range(columns + 1):
            table[leaving, j] /= factor
        for k in range(rows + 1):
            factor = table[k, entering]
            if k != leaving and factor != 0.0:
                for j in range(columns + 1):
                    table[k, j] -= factor * table[leaving, j]
        basis[leaving] = entering
    return bool(-table[rows, columns] < 1e-7)
