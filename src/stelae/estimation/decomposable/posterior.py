"""The posterior of N on a grid: its quantiles, moments, draws and curve."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.decomposable.grid import Grid
from stelae.estimation.decomposable.quadrature import rule
from stelae.estimation.decomposable.special import Numbers
from stelae.estimation.estimate import Curve

__all__ = ["Posterior"]

_LEAST = 1e-6
"""How much, as a share of it, what lies beyond the grid may add to a mean that is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What is known of N = `observed` + x, from log-weights at the nodes of a grid.

    Over a panel of few numbers every one has its mass; over a wide one the mass is spread over 256
    cells by the polynomial through the nodes, and evenly within a cell.
    """

    observed: int
    grid: Grid
    log_weights: Numbers
    _masses: Numbers = field(init=False)
    _log_total: float = field(init=False)
    _spread: dict[int, tuple[Numbers, Numbers]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        terms = self.log_weights + self.grid.log_factors
        highest = terms.max()
        masses = np.add.reduceat(np.exp(terms - highest), self.grid.first)
        total = masses.sum()
        object.__setattr__(self, "_masses", masses / total)
        object.__setattr__(self, "_log_total", float(highest + np.log(total)))

    @property
    def log_total(self) -> float:
        """The log of all weight."""
        return self._log_total

    def quantiles(self, levels: Numbers) -> NDArray[np.int64]:
        """For each level the smallest N with at least so much of the mass at or below it."""
        ends = np.cumsum(self._masses)
        panel = np.searchsorted(ends[:-1], levels, side="left")
        out = np.empty(len(levels), dtype=np.int64)
        for p in np.unique(panel).tolist():
            here = panel == p
            edges, upto = self._cells(p)
            share = (levels[here] - ends[p]) / self._masses[p] + 1.0
            cell = np.searchsorted(upto[:-1], share, side="left")
            before = np.where(cell > 0, upto[cell - 1], 0.0)
            width = edges[cell + 1] - edges[cell]
            within = (share - before) / np.maximum(upto[cell] - before, np.finfo(float).tiny)
            inside = np.clip(np.ceil(within * width) - 1, 0, width - 1)
            out[here] = self.observed + (edges[cell] + inside).astype(np.int64)
        return out

    def answer(self, level: float) -> tuple[int, tuple[int, int]]:
        """The posterior median and the equal-tailed interval."""
        tail = (1 - level) / 2
        low, median, high = self.quantiles(np.array([tail, 0.5, 1 - tail])).tolist()
        return median, (low, high)

    @property
    def mean(self) -> float | None:
        """The posterior mean; None where it is infinite, or rests on what is beyond the grid."""
        x = self._expect(self.grid.nodes)
        mean = self.observed + x
        return mean if self.grid.beyond_mean <= _LEAST * mean else None

    @property
    def relative(self) -> float:
        """The N with the least expected squared relative error: E[1/N] / E[1/N^2]. It exists."""
        n = self.observed + self.grid.nodes
        return self._expect(1.0 / n) / self._expect(1.0 / n**2)

    @property
    def mode(self) -> int:
        """The most probable N."""
        best = int(np.searchsorted(self.grid.first, self.log_weights.argmax(), side="right")) - 1
        found: list[tuple[float, int]] = []
        for p in range(max(best - 1, 0), min(best + 2, len(self.grid.panels))):
            panel = self.grid.panels[p]
            way = rule(panel.width)
            cell = int((way.middles @ self._of(p)).argmax())
            low = way.edges[max(cell - 1, 0)]
            high = way.edges[min(cell + 2, len(way.edges) - 1)] - 1
            near = np.unique(np.linspace(low, high, int(min(high - low + 1, 4096))).round())
            values = way.at(near, self._of(p))
            found.append((float(values.max()), panel.start + int(near[values.argmax()])))
        return self.observed + max(found)[1]

    def draws(self, rng: np.random.Generator, size: int) -> NDArray[np.int64]:
        """Independent draws of N, by inversion."""
        return self.quantiles(rng.random(size))

    def curve(self) -> Curve:
        """log P(N) at about 200 numbers: evenly in probability and evenly in N."""
        even = self.quantiles(np.linspace(0.0005, 0.9995, 101))
        points = {*even.tolist(), self.mode}
        points.update(np.linspace(even[0], even[-1], 101).round().astype(np.int64).tolist())
        x = np.array(sorted(points)) - self.observed
        panel = np.searchsorted([p.start for p in self.grid.panels], x, side="right") - 1
        n: list[float] = []
        logs: list[float] = []
        for p in np.unique(panel).tolist():
            start, end = self.grid.panels[p].start, self.grid.panels[p].end
            here = x[(panel == p) & (x < end)]
            values = rule(end - start).at((here - start).astype(np.float64), self._of(p))
            n += (here + self.observed).astype(float).tolist()
            logs += (values - self._log_total).tolist()
        return Curve("posterior", tuple(n), tuple(logs))

    def _expect(self, values: Numbers) -> float:
        weights = np.exp(self.log_weights + self.grid.log_factors - self._log_total)
        return float(weights @ values)

    def _of(self, p: int) -> Numbers:
        first = self.grid.first[p]
        return self.log_weights[first : first + len(rule(self.grid.panels[p].width).nodes)]

    def _cells(self, p: int) -> tuple[Numbers, Numbers]:
        """Edges of the cells of a panel, and the share of the panel's mass up to each one's end."""
        if p not in self._spread:
            way = rule(self.grid.panels[p].width)
            logs = way.middles @ self._of(p)
            upto = np.cumsum((way.edges[1:] - way.edges[:-1]) * np.exp(logs - logs.max()))
            self._spread[p] = self.grid.panels[p].start + way.edges, upto / upto[-1]
        return self._spread[p]
