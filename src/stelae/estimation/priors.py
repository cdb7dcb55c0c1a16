"""What is believed of N, the size of the population, before any list is seen.

A prior is known up to a constant. `most` bounds it: N is at most that, which the report must say,
for a bound that cuts through the posterior is an assumption and no finding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, psi

from stelae.errors import BadValue
from stelae.values.canonical import Json

__all__ = ["NegativeBinomial", "Numbers", "PopulationPrior", "Reciprocal", "Uniform"]

Numbers: TypeAlias = NDArray[np.float64]


class PopulationPrior(Protocol):
    """A prior of N, smooth in N, so that it can be taken between whole numbers."""

    @property
    def most(self) -> int | None:
        """The largest N that is possible, or None."""

    def log_weight(self, n: Numbers) -> Numbers:
        """log p(N), up to a constant."""

    def slope(self, n: Numbers) -> Numbers:
        """The derivative of log p(N) by N."""

    def to_json(self) -> Mapping[str, Json]:
        """The prior and its parameters, as reports carry them."""


@dataclass(frozen=True, slots=True)
class Reciprocal:
    """p(N) proportional to 1/N: every order of magnitude is as likely as the next."""

    most: int | None = None

    def __post_init__(self) -> None:
        _check_bound(self.most)

    def log_weight(self, n: Numbers) -> Numbers:
        """-log N."""
        return -np.log(n)

    def slope(self, n: Numbers) -> Numbers:
        """-1/N."""
        return -1.0 / n

    def to_json(self) -> Mapping[str, Json]:
        """Its name and bound."""
        return {"name": "1/N", "most": self.most}


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every N is as likely as any other; mostly improper together with the data, unless bounded."""

    most: int | None = None

    def __post_init__(self) -> None:
        _check_bound(self.most)

    def log_weight(self, n: Numbers) -> Numbers:
        """0."""
        return np.zeros_like(n)

    def slope(self, n: Numbers) -> Numbers:
        """0."""
        return np.zeros_like(n)

    def to_json(self) -> Mapping[str, Json]:
        """Its name and bound."""
        return {"name": "uniform", "most": self.most}


@dataclass(frozen=True, slots=True)
class NegativeBinomial:
    """A gamma mixture of Poissons, as in Madigan & York (1997): mean `shape * scale`.

    p(N) proportional to Gamma(N + shape) / N! (scale / (1 + scale))^N.
    """

    shape: float
    scale: float
    most: int | None = None

    def __post_init__(self) -> None:
        _check_bound(self.most)
        if not (0 < self.shape < np.inf and 0 < self.scale < np.inf):
            raise BadValue(
                f"shape and scale are above zero and finite, not {self.shape} and {self.scale}"
            )

    def log_weight(self, n: Numbers) -> Numbers:
        """lgamma(N + shape) - lgamma(N + 1) - N log(1 + 1/scale)."""
        return np.asarray(
            gammaln(n + self.shape) - gammaln(n + 1.0) - n * np.log1p(1.0 / self.scale)
        )

    def slope(self, n: Numbers) -> Numbers:
        """psi(N + shape) - psi(N + 1) - log(1 + 1/scale)."""
        return np.asarray(psi(n + self.shape) - psi(n + 1.0) - np.log1p(1.0 / self.scale))

    def to_json(self) -> Mapping[str, Json]:
        """Its name, parameters and bound."""
        return {
            "name": "negative binomial",
            "shape": self.shape,
            "scale": self.scale,
            "most": self.most,
        }


def _check_bound(most: int | None) -> None:
    if most is not None and most < 1:
        raise BadValue(f"a population is bounded by at least one person, not {most}")
