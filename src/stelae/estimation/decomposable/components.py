"""What the counts say of each set of lists, for any number of unlisted people.

For a set A of lists with n people observed and x unlisted (hyper-Dirichlet, delta per cell):

    M(A) = lgamma(D) - lgamma(n + x + D) + sum over the marginal cells of A
           [lgamma(count + delta_A) - lgamma(delta_A)],   D = delta 2^L, delta_A = delta 2^(L - |A|)

where x is in the all-zero cell. Only that cell and the total depend on x, so that

    M(A) = fixed(A) + lgamma(x + zero(A) + delta_A) - lgamma(x + n + D)

and an addition of vertex v to clique S weighs M(S and v) - M(S). M of no list at all is 0.
"""

from dataclasses import dataclass
from math import lgamma, log

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled
from stelae.estimation.decomposable.special import Numbers, log_gamma_ratio, psi_difference
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.priors import SizePrior

__all__ = ["Components", "Table"]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Log-weights of the additions (a row each) at some x (a column each), and of what all share.

    `shared` is log p(N) + lgamma(N + 1) - lgamma(x + 1); a graph weighs it and its additions. With
    p(N) proportional to Gamma(N + s) / N! q^N it is lgamma(N + s) - lgamma(x + 1) + N log q.
    """

    shared: Numbers
    additions: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The counts of one table, ready to be weighed: one value for each of the 2^L sets of lists.

    `nothing` is zero(A) + delta_A: what the all-zero cell of A holds before any unlisted.
    """

    lists: int
    observed: int
    delta: float
    size: SizePrior
    fixed: Numbers
    nothing: Numbers

    @classmethod
    def of(cls, histories: CaptureHistories, delta: float, size: SizePrior) -> "Components":
        """Count every margin of a table."""
        lists = len(histories.lists)
        share = delta * 2.0 ** (lists - np.bitwise_count(np.arange(1 << lists)))
        fixed, zero = _margins(
            np.asarray(histories.masks, dtype=np.int64),
            np.asarray(histories.counts, dtype=np.int64),
            share,
        )
        return cls(lists, histories.observed, delta, size, fixed, zero + share)

    def values(self, x: Numbers) -> Table:
        """Log-weights at these numbers of unlisted people, whole or not."""
        total = self.observed + self.delta * (1 << self.lists)
        return Table(
            _shared(x, self.observed, self.size.s, self.size.q),
            _additions(x, self.fixed, self.nothing, total, self.lists),
        )

    def slopes(self, x: Numbers) -> Table:
        """The derivatives of `values` by x."""
        total = self.observed + self.delta * (1 << self.lists)
        return Table(
            _shared_slope(x, self.observed, self.size.s, self.size.q),
            _addition_slopes(x, self.nothing, total, self.lists),
        )


@compiled
def _margins(
    masks: NDArray[np.int64], counts: NDArray[np.int64], share: Numbers
) -> tuple[Numbers, Numbers]:
    """What M holds that does not depend on x, and the observed count of the all-zero cell."""
    size = len(share)
    fixed, zero = np.zeros(size), np.zeros(size)
    cell = np.zeros(size)
    total = lgamma(share[0])
    for a in range(1, size):
        cell[:] = 0.0
        for i in range(len(masks)):
            cell[masks[i] & a] += counts[i]
        none = lgamma(share[a])
        fixed[a] = total - none
        zero[a] = cell[0]
        for c in range(1, size):
            if cell[c] > 0.0:
                fixed[a] += lgamma(cell[c] + share[a]) - none
    return fixed, zero


@compiled
def _shared(x: Numbers, n: int, s: float, q: float) -> Numbers:
    out = np.empty(len(x))
    for i in range(len(x)):
        out[i] = log_gamma_ratio(x[i], n + s, 1.0) + (x[i] + n) * log(q)
    return out


@compiled
def _shared_slope(x: Numbers, n: int, s: float, q: float) -> Numbers:
    out = np.empty(len(x))
    for i in range(len(x)):
        out[i] = psi_difference(x[i], n + s, 1.0) + log(q)
    return out


@compiled
def _difference(of: Numbers, lists: int) -> Numbers:
    """Rows M(A), by A, to rows M(S and v) - M(S), by the number of the addition."""
    half = 1 << (lists - 1)
    out = np.empty((lists * half, of.shape[1]))
    for v in range(lists):
        for packed in range(half):
            low = packed & ((1 << v) - 1)
            s = low | (packed ^ low) << 1
            out[v * half + packed] = of[s | 1 << v] - of[s]
    return out


@compiled
def _additions(x: Numbers, fixed: Numbers, nothing: Numbers, total: float, lists: int) -> Numbers:
    m = np.zeros((1 << lists, len(x)))
    for a in range(1, 1 << lists):
        for i in range(len(x)):
            m[a, i] = fixed[a] + log_gamma_ratio(x[i], nothing[a], total)
    return _difference(m, lists)


@compiled
def _addition_slopes(x: Numbers, nothing: Numbers, total: float, lists: int) -> Numbers:
    m = np.zeros((1 << lists, len(x)))
    for a in range(1, 1 << lists):
        for i in range(len(x)):
            m[a, i] = psi_difference(x[i], nothing[a], total)
    return _difference(m, lists)
