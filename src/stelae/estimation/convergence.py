"""Whether chains agree: rank-normalised split R-hat, bulk and tail effective sample sizes.

Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021); the formulas are arviz-stats'.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.estimate import Draws
from stelae.values.canonical import Json

__all__ = ["MOST_R_HAT", "Convergence", "Mode", "convergence_of", "modes_of"]

MOST_R_HAT = 1.01


@dataclass(frozen=True, slots=True)
class Mode:
    """Where some chains stay: the median of N there, and which chains (from 1)."""

    median: float
    chains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Convergence:
    """Diagnostics of one quantity over chains; `r_hat` is infinite where a chain never moves."""

    r_hat: float
    bulk: float
    tail: float
    modes: tuple[Mode, ...]

    def agrees(self, effective: float) -> bool:
        """Whether the chains may be read as one, with at least so many effective draws."""
        return self.r_hat <= MOST_R_HAT and min(self.bulk, self.tail) >= effective

    def to_json(self) -> Mapping[str, Json]:
        """The diagnostics by name."""
        return {
            "r_hat": round(self.r_hat, 4) if np.isfinite(self.r_hat) else None,
            "ess_bulk": round(self.bulk, 1),
            "ess_tail": round(self.tail, 1),
            "modes": [{"median": mode.median, "chains": list(mode.chains)} for mode in self.modes],
        }


def convergence_of(draws: Draws) -> Convergence:
    """Diagnostics of draws of N, shape (chains, draws); of constant draws, that all agree."""
    modes = modes_of(draws)
    if np.all(draws == draws.flat[0]):
        return Convergence(1.0, float(draws.size), float(draws.size), modes)
    from arviz_stats.base.array import array_stats

    values = draws.astype(np.float64)
    r_hat = float(array_stats.rhat(values, chain_axis=0, draw_axis=1, method="rank"))
    bulk = float(array_stats.ess(values, chain_axis=0, draw_axis=1, method="bulk"))
    tail = float(
        array_stats.ess(values, chain_axis=0, draw_axis=1, method="tail", prob=(0.025, 0.975))
    )
    return Convergence(
        r_hat if np.isfinite(r_hat) else np.inf,
        bulk if np.isfinite(bulk) else 0.0,
        tail if np.isfinite(tail) else 0.0,
        modes,
    )


def modes_of(draws: NDArray[np.int64]) -> tuple[Mode, ...]:
    """Chains grouped by where they stay, from low to high.

    Two neighbouring chains stay apart where the middle halves of their draws do not meet.
    """
    low, middle, high = np.quantile(draws, [0.25, 0.5, 0.75], axis=1)
    order = np.argsort(middle, kind="stable")
    groups: list[list[int]] = [[int(order[0])]]
    for chain in order[1:]:
        if low[chain] > max(high[other] for other in groups[-1]):
            groups.append([])
        groups[-1].append(int(chain))
    return tuple(
        Mode(float(np.median(draws[group])), tuple(sorted(chain + 1 for chain in group)))
        for group in groups
    )
