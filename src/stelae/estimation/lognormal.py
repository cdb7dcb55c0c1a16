"""A log-normal law for the unlisted, n_0: the interval and draws of the closed-form methods.

Chao (1987) takes log n_0 to be normal with variance log(1 + var(n_0) / n_0^2), so that an interval
never reaches below those who were observed.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from stelae.estimation.estimate import Draws
from stelae.estimation.histories import CaptureHistories

__all__ = ["Unlisted"]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """n_0 above zero, and its variance."""

    n_0: float
    variance: float

    @property
    def sigma(self) -> float:
        """The standard deviation of log n_0."""
        return math.sqrt(math.log1p(self.variance / self.n_0**2))

    def interval(self, histories: CaptureHistories, level: float) -> tuple[float, float]:
        """The interval of N: n + n_0 / C to n + n_0 C, C = exp(z sigma)."""
        factor = math.exp(float(ndtri((1 + level) / 2)) * self.sigma)
        return histories.observed + self.n_0 / factor, histories.observed + self.n_0 * factor

    def draws(self, histories: CaptureHistories, count: int, rng: np.random.Generator) -> Draws:
        """Draws of N from the same law, as one chain."""
        n_0 = self.n_0 * np.exp(self.sigma * rng.standard_normal((1, count)))
        return histories.observed + np.rint(n_0).astype(np.int64)
