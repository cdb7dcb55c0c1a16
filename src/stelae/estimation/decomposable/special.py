"""Ratios of gamma functions that stay exact where both arguments are huge and close.

lgamma(1e12) is about 2.7e13, so that a difference of two such numbers is wrong in the third
decimal. By Stirling's series the difference itself is a sum of small terms.
"""

from math import lgamma, log, log1p
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled

__all__ = ["Numbers", "log_gamma_ratio", "psi_difference"]

Numbers: TypeAlias = NDArray[np.float64]

_LARGE = 12.0
"""From here on the series below are exact to the last digits of a double."""


@compiled
def log_gamma_ratio(x: float, a: float, b: float) -> float:
    """log Gamma(x + a) - log Gamma(x + b), for x + a and x + b above zero."""
    p, q, d = x + a, x + b, a - b
    if p < _LARGE or q < _LARGE:
        return lgamma(p) - lgamma(q)
    return (p - 0.5) * log1p(d / q) + d * log(q) - d + _tail(p) - _tail(q)


@compiled
def psi_difference(x: float, a: float, b: float) -> float:
    """psi(x + a) - psi(x + b): the derivative of `log_gamma_ratio` by x."""
    p, q = x + a, x + b
    if p >= _LARGE and q >= _LARGE:
        return log1p((a - b) / q) + _psi_tail(p) - _psi_tail(q)
    return _psi(p) - _psi(q)


@compiled
def _tail(p: float) -> float:
    """What Stirling's series adds to (p - 1/2) log p - p + log(2 pi) / 2."""
    r = 1.0 / (p * p)
    return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / p


@compiled
def _psi_tail(p: float) -> float:
    """psi(p) - log p."""
    r = 1.0 / (p * p)
    return -0.5 / p - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132))))


@compiled
def _psi(p: float) -> float:
    shift = 0.0
    while p < _LARGE:
        shift += 1.0 / p
        p += 1.0
    return log(p) + _psi_tail(p) - shift
