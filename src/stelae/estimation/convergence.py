"""Whether chains agree: rank-normalised split R-hat, bulk and tail effective sample sizes.

Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021); the formulas are arviz-stats'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.estimate import Draws
from stelae.values.canonical import Json

__all__ = [
    "LOOSE_R_HAT",
    "MOST_R_HAT",
    "Convergence",
    "Mode",
    "agreement_of",
    "convergence_of",
    "modes_of",
    "r_hat_of",
]

MOST_R_HAT = 1.01

LOOSE_R_HAT = 1.05
"""What one of several replicates may have: R-hat is noisy where each has few draws, and all of
them together must keep `MOST_R_HAT`."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A peak of the draws: the median of N there, its share of all draws and of each chain's."""

    median: float
    share: float
    by_chain: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Convergence:
    """Diagnostics of one quantity over chains; `r_hat` is infinite where a chain never moves."""

    r_hat: float
    bulk: float
    tail: float
    modes: tuple[Mode, ...] = ()

    def agrees(self, effective: float, most_r_hat: float = MOST_R_HAT) -> bool:
        """Whether the chains may be read as one, with at least so many effective draws."""
        return self.r_hat <= most_r_hat and min(self.bulk, self.tail) >= effective

    def to_json(self) -> Mapping[str, Json]:
        """The diagnostics by name."""
        return {
            "r_hat": round(self.r_hat, 4) if np.isfinite(self.r_hat) else None,
            "ess_bulk": round(self.bulk, 1),
            "ess_tail": round(self.tail, 1),
            "modes": [
                {
                    "median": mode.median,
                    "share": round(mode.share, 4),
                    "by_chain": [round(share, 4) for share in mode.by_chain],
                }
                for mode in self.modes
            ],
        }


def convergence_of(draws: Draws, observed: int = 0) -> Convergence:
    """Diagnostics of draws of N, shape (chains, draws), with their modes."""
    return replace(agreement_of(draws), modes=modes_of(draws, observed))


def agreement_of(draws: Draws) -> Convergence:
    """The same without modes, which cost most to find; of constant draws, that all agree."""
    if np.all(draws == draws.flat[0]):
        return Convergence(1.0, float(draws.size), float(draws.size))
    from arviz_stats.base.array import array_stats

    values = draws.astype(np.float64)
    bulk = float(array_stats.ess(values, chain_axis=0, draw_axis=1, method="bulk"))
    tail = float(
        array_stats.ess(values, chain_axis=0, draw_axis=1, method="tail", prob=(0.025, 0.975))
    )
    return Convergence(
        r_hat_of(draws),
        bulk if np.isfinite(bulk) else 0.0,
        tail if np.isfinite(tail) else 0.0,
    )


def r_hat_of(draws: Draws) -> float:
    """Rank-normalised split R-hat; 1 of constant draws, infinite where only a chain is constant."""
    if np.all(draws == draws.flat[0]):
        return 1.0
    from arviz_stats.base.array import array_stats

    values = draws.astype(np.float64)
    found = float(array_stats.rhat(values, chain_axis=0, draw_axis=1, method="rank"))
    return found if np.isfinite(found) else np.inf


def modes_of(draws: Draws, observed: int = 0) -> tuple[Mode, ...]:
    """The peaks of the pooled draws, from low to high; one where there is a single peak.

    The density of log(N - observed + 2) by a Gaussian kernel at 200 places, wide enough that
    neighbouring whole numbers are one; a peak counts if it stands out by a twentieth of the
    highest. It holds the draws up to the lowest place between it and its neighbours.
    """
    from scipy.signal import find_peaks

    values = np.log(draws - observed + 2.0)
    spread = float(values.std())
    if values.min() == values.max():
        return (_mode(draws, np.ones(draws.shape, dtype=bool)),)
    places = np.linspace(values.min() - spread, values.max() + spread, 200)
    few = float(np.quantile(values, 0.1))
    step = np.log1p(np.exp(-few))  # from one whole number to the next, where few are unlisted
    shares, edges = np.histogram(values, 1000, (places[0], places[-1]))
    off = (places[:, None] - (edges[1:] + edges[:-1]) / 2) / max(0.15 * spread, step)
    density = np.sum(np.exp(-0.5 * off**2) * shares, axis=1)
    peaks, _ = find_peaks(density, prominence=density.max() / 20)
    cuts = [places[left + int(np.argmin(density[left:right]))] for left, right in pairwise(peaks)]
    at = np.searchsorted(cuts, values)
    return tuple(_mode(draws, at == number) for number in range(len(cuts) + 1))


def _mode(draws: Draws, here: NDArray[np.bool_]) -> Mode:
    return Mode(
        float(np.median(draws[here])) if here.any() else float(np.median(draws)),
        float(here.mean()),
        tuple(float(share) for share in here.mean(axis=1)),
    )
