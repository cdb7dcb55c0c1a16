"""Sums over whole numbers from a few values: Gauss's rule for them, not for the integral.

For the whole numbers 0 … h - 1 with equal weight, the orthogonal polynomials are the discrete
Chebyshev (Gram) polynomials. The rule built on them sums every polynomial of degree 2m - 1 exactly
from m values, whatever h is; where h is small it is the sum itself, where h is huge it is Gauss and
Legendre's. The same polynomials interpolate between the values and say how well they do.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from stelae.estimation.decomposable.special import Numbers

__all__ = ["EXACT", "Rule", "rule"]

EXACT = 16
"""Up to this width every whole number is a node."""
_NODES = 12
_CELLS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How to sum and interpolate over `width` whole numbers from the values at the nodes.

    `nodes` count from the first of them and need not be whole; `weights` add up to the width.
    `coefficients` takes values at the nodes to coefficients of the orthonormal polynomials.
    `edges` cut the numbers into equal cells, 256 at most; `middles` takes values at the nodes to
    values in the middle of each.
    """

    width: int
    nodes: Numbers
    weights: Numbers
    coefficients: Numbers
    edges: Numbers
    middles: Numbers

    def at(self, x: Numbers, values: Numbers) -> Numbers:
        """The polynomial through the values at the nodes, at x counted from the first number."""
        if self.width <= EXACT:
            return np.asarray(values[x.astype(np.int64)])
        return np.asarray(_polynomials(x, self.width) @ (self.coefficients @ values))


@lru_cache(maxsize=4096)
def rule(width: int) -> Rule:
    """The rule for 0 … width - 1, by the eigenvectors of its Jacobi matrix (Golub & Welsch)."""
    if width <= EXACT:
        nodes, unit = np.arange(float(width)), np.eye(width)
        return Rule(width, nodes, np.ones(width), unit, np.arange(width + 1.0), unit)
    off = _recurrence(width)
    nodes, vectors = np.linalg.eigh(np.diag(off, 1) + np.diag(off, -1))
    vectors *= np.sign(vectors[0])
    coefficients = vectors * vectors[0]
    edges = np.floor(np.linspace(0.0, width, min(width, _CELLS) + 1))
    return Rule(
        width,
        (width - 1) / 2 + nodes * (width / 2),
        width * vectors[0] ** 2,
        coefficients,
        edges,
        _polynomials((edges[:-1] + edges[1:] - 1) / 2, width) @ coefficients,
    )


def _recurrence(width: int) -> Numbers:
    """Off-diagonal of the Jacobi matrix, with the numbers scaled to lie between -1 and 1."""
    k = np.arange(1.0, _NODES)
    return np.asarray(k * np.sqrt((1.0 - (k / width) ** 2) / (4.0 * k * k - 1.0)))


def _polynomials(x: Numbers, width: int) -> Numbers:
    """The orthonormal polynomials at x: a row for each x, a column for each degree."""
    off = _recurrence(width)
    y = (2.0 * x - (width - 1)) / width
    out = np.empty((len(x), _NODES))
    out[:, 0] = 1.0
    out[:, 1] = y / off[0]
    for k in range(1, _NODES - 1):
        out[:, k + 1] = (y * out[:, k] - off[k - 1] * out[:, k - 1]) / off[k]
    return out
