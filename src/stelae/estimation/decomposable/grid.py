"""Where the posterior of the unlisted count x lies: panels of whole numbers that hold its mass.

No grid is given in advance. The whole numbers from 0 to 2^53 (or to where the prior ends) are cut
at powers of four. Each panel gets a bound on the mass in it, by the values and slopes of every
single graph at its ends, so that a peak of one graph between them is not missed. A panel whose
bound is nothing beside the total is dropped and its bound kept; one over which the weight may
change by more than `STEP` is cut; the rest are summed by Gauss's rule, and cut again where the
rule is not yet exact. What was dropped, and what lies beyond the last number, is bounded and
reported.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np

from stelae.estimation.decomposable.components import Components
from stelae.estimation.decomposable.graphs import Graphs
from stelae.estimation.decomposable.quadrature import EXACT, rule
from stelae.estimation.decomposable.special import Numbers
from stelae.estimation.decomposable.sums import bounds, log_sums, tail

__all__ = ["LIMIT", "STEP", "Grid", "Panel", "lay_grid"]

LIMIT = 2**53
"""The largest unlisted count that is looked at; beyond, doubles and JSON no longer hold it."""
STEP = 3.0
"""How far, in natural logs, the weight may change over one panel."""
_DROPPED = log(1e-9)
"""The share of the mass below which a panel is dropped; there are fewer than a hundred."""
_POLYNOMIAL = 1e-6
"""How large the last two coefficients of a panel's polynomial in log-weight may be."""
_ROUNDS = 64


@dataclass(frozen=True, slots=True, order=True)
class Panel:
    """The whole numbers from `start` on, `width` of them."""

    start: int
    width: int

    @property
    def end(self) -> int:
        """The first number after it."""
        return self.start + self.width

    def parts(self, pieces: int) -> list["Panel"]:
        """The panel cut into pieces of equal width, as far as whole numbers allow."""
        edges = [self.start + self.width * i // pieces for i in range(pieces + 1)]
        return [Panel(a, b - a) for a, b in pairwise(edges)]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Panels that hold the posterior, with the log-weight at every node.

    `first[p]` is the place of panel p's first node in `nodes`, `log_factors` (the rule's weights)
    and `log_weights`. `beyond` bounds, as a share of all, the mass outside the panels;
    `beyond_mean` bounds what it adds to the mean of x. `decay` is the slowest power of x by which
    a graph's weight falls in the end; None where the prior ends.
    """

    panels: tuple[Panel, ...]
    first: tuple[int, ...]
    nodes: Numbers
    log_factors: Numbers
    log_weights: Numbers
    beyond: float
    beyond_mean: float
    decay: float | None


def lay_grid(
    graphs: Graphs, components: Components, *, most: int | None = None, step: float = STEP
) -> Grid:
    """Find the panels and weigh their nodes; `most` is the largest unlisted count, if there is one.

    The grid is empty, and all of the posterior beyond it, where it has no finite mass.
    """
    end = LIMIT if most is None else most + 1
    log_tail, decay = -np.inf, None
    if most is None:
        x = np.array([float(LIMIT)])
        log_tail, decay = tail(graphs, components.values(x), components.slopes(x), float(LIMIT))
        if log_tail == np.inf:
            nothing = np.zeros(0)
            return Grid((), (), nothing, nothing, nothing, 1.0, np.inf, decay)
    kept, dropped = _find(graphs, components, end, step)
    panels, nodes, factors, weights = _weigh(graphs, components, kept)
    total = np.logaddexp.reduce(weights + factors)
    outside = [-np.inf, *(bound for _, bound in dropped)]
    reach = [0.0, *(log(panel.end) for panel, _ in dropped)]
    if decay is not None:
        outside.append(log_tail)
        # The mean beyond is that of a power law, infinite unless it falls faster than x^-2.
        reach.append(log(LIMIT) + (log((decay + 1) / (decay + 2)) if decay < -2 else np.inf))
    total = np.logaddexp(total, np.logaddexp.reduce(outside))
    return Grid(
        tuple(panels),
        tuple(np.cumsum([0, *(len(rule(p.width).nodes) for p in panels[:-1])]).tolist()),
        nodes,
        factors,
        weights,
        float(np.exp(np.logaddexp.reduce(outside) - total)),
        float(np.exp(np.logaddexp.reduce(np.add(outside, reach)) - total)),
        decay,
    )


def _first_panels(end: int) -> list[Panel]:
    """From 0 to the end, each reaching four times as far as the one before."""
    edges = [0]
    while edges[-1] < end:
        edges.append(min(max(EXACT, 4 * edges[-1]), end))
    return [Panel(a, b - a) for a, b in pairwise(edges)]


def _find(
    graphs: Graphs, components: Components, end: int, step: float
) -> tuple[list[Panel], list[tuple[Panel, float]]]:
    """The panels that matter, smooth enough to be summed; and the others with their log-bounds."""
    panels: list[Panel] = []
    known = np.zeros((3, 0))
    fresh = _first_panels(end)
    for _ in range(_ROUNDS):
        known = np.hstack([known, _bound(graphs, components, fresh)])
        panels += fresh
        left, right, bound = known
        width = np.log([p.width for p in panels])
        smooth = bound - np.minimum(left, right) <= step
        least = np.logaddexp.reduce(
            np.where(smooth, width + np.minimum(left, right), np.maximum(left, right))
        )
        matters = width + bound > least + _DROPPED
        rough = matters & ~smooth & (width > np.log(EXACT))
        if not rough.any():
            break
        fresh = [part for i in np.flatnonzero(rough) for part in panels[i].parts(4)]
        panels = [panels[i] for i in np.flatnonzero(~rough)]
        known = known[:, ~rough]
    return (
        sorted(panel for panel, is_kept in zip(panels, matters, strict=True) if is_kept),
        [
            (panel, float(log_bound))
            for panel, log_bound, is_kept in zip(panels, width + bound, matters, strict=True)
            if not is_kept
        ],
    )


def _bound(graphs: Graphs, components: Components, panels: list[Panel]) -> Numbers:
    """Rows: log-weight at the left end, at the right end, and a bound on it in each panel."""
    edges = np.unique([*(p.start for p in panels), *(p.end for p in panels)]).astype(np.float64)
    at, over = bounds(graphs, components.values(edges), components.slopes(edges), edges)
    left = np.searchsorted(edges, [p.start for p in panels])
    return np.stack([at[left], at[left + 1], over[left]])


def _weigh(
    graphs: Graphs, components: Components, panels: list[Panel]
) -> tuple[list[Panel], Numbers, Numbers, Numbers]:
    """The panels, cut where a polynomial does not yet follow them, with nodes and weights."""
    done: dict[Panel, Numbers] = {}
    fresh = panels
    for _ in range(_ROUNDS):
        nodes = np.concatenate([p.start + rule(p.width).nodes for p in fresh])
        weights = log_sums(graphs, components.values(nodes))
        at = 0
        for panel in fresh:
            size = len(rule(panel.width).nodes)
            done[panel] = weights[at : at + size]
            at += size
        highest = max(float(w.max()) + log(p.width) for p, w in done.items())
        poor = [p for p in fresh if _is_poor(p, done[p], highest)]
        if not poor:
            break
        for panel in poor:
            del done[panel]
        fresh = [part for panel in poor for part in panel.parts(2)]
    ordered = sorted(done)
    return (
        ordered,
        np.concatenate([p.start + rule(p.width).nodes for p in ordered]),
        np.log(np.concatenate([rule(p.width).weights for p in ordered])),
        np.concatenate([done[p] for p in ordered]),
    )


def _is_poor(panel: Panel, weights: Numbers, highest: float) -> bool:
    """Whether the polynomial through the log-weights has not converged where there is mass."""
    way = rule(panel.width)
    if panel.width <= EXACT or weights.max() + log(panel.width) < highest + _DROPPED:
        return False
    return bool(np.abs(way.coefficients[-2:] @ weights).max() > _POLYNOMIAL)
