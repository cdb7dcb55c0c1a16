"""The prior of the capture probabilities, seen through the expansion factor 1 / (1 - p_0).

The factor is N over those listed, where one class holds everybody: p_0 = prod_j (1 - lambda_j)
with L independent lambda_j ~ Beta(a, b). People can judge "between 1.01 and 5 times the listed";
few can judge a Beta. Quantiles come from a fixed set of quasi-random points (Sobol), so that they
are the same in every run.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from stelae.errors import BadValue

__all__ = ["captures_for", "expansion_of"]

_POINTS = 12
"""The number of points, as a power of two."""


@cache
def _points(lists: int) -> NDArray[np.float64]:
    from scipy.stats import qmc

    drawn: NDArray[np.float64] = qmc.Sobol(lists, seed=1).random_base2(_POINTS)
    return np.clip(drawn, 1e-12, 1 - 1e-12)


def expansion_of(
    lists: int, captures: tuple[float, float], shares: tuple[float, ...] = (0.025, 0.5, 0.975)
) -> tuple[float, ...]:
    """Quantiles of the expansion factor of so many lists under Beta(a, b), infinite where p_0 is 1.

    >>> [round(each, 2) for each in expansion_of(4, (1.0, 1.0))]
    [1.0, 1.03, 1.5]
    """
    from scipy.special import betaincinv

    caught = betaincinv(*captures, _points(lists))
    missed = -np.expm1(np.log1p(-caught).sum(axis=1))
    with np.errstate(divide="ignore"):
        return tuple(float(each) for each in np.quantile(1.0 / missed, shares))


def captures_for(
    lists: int, low: float = 1.01, high: float = 5.0, level: float = 0.95
) -> tuple[float, float]:
    """(a, b) of the Beta under which the factor lies between low and high at this level.

    The defaults are those of a published version of the model. Raises BadValue where low and high
    are no two factors above 1, or no Beta comes within a hundredth of them.
    """
    from scipy.optimize import least_squares

    if not 1 < low < high < np.inf:
        raise BadValue(f"two expansion factors ascend from above 1: {low}, {high}")
    wanted = np.log([low - 1, high - 1])
    tail = (1 - level) / 2

    def off(logs: NDArray[np.float64]) -> NDArray[np.float64]:
        a, b = np.exp(logs)
        found = np.array(expansion_of(lists, (float(a), float(b)), (tail, 1 - tail)))
        return np.asarray(np.log(np.maximum(found - 1, 1e-300)) - wanted)

    solved = least_squares(off, np.zeros(2), bounds=(-5, 6), diff_step=1e-3)
    if np.abs(solved.fun).max() > 0.01:
        raise BadValue(
            f"no Beta gives {lists} lists an expansion factor between {low:g} and {high:g}",
            hint="Move the two closer together, or farther apart.",
        )
    a, b = np.exp(solved.x)
    return float(a), float(b)
