"""The estimate by decomposable graphs: the posterior of N over all of them, and what it rests on.

Madigan, D. & York, J. C. (1997). Bayesian methods for estimation of the size of a closed
population. Biometrika 84, 19-31. The whole in equations, with what it assumes and refuses:
docs/reference/estimation-decomposable-graphs.md.
"""

from dataclasses import dataclass

import numpy as np

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.decomposable.components import Components
from stelae.estimation.decomposable.graphs import (
    MOST_GRAPH_LISTS,
    Graphs,
    additions_of,
    all_graphs,
    cliques_of,
    number_of,
    pairs,
)
from stelae.estimation.decomposable.grid import Grid, lay_grid
from stelae.estimation.decomposable.posterior import Posterior
from stelae.estimation.decomposable.sums import masses
from stelae.estimation.estimate import Estimate, Progress, Status
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.priors import INVERSE, SizePrior
from stelae.values.canonical import Json

__all__ = ["DecomposableGraphs"]

_BEYOND = 1e-6
"""How much of the posterior may lie beyond the grid."""
_QUANTILES = (0.005, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 0.995)


@dataclass(frozen=True, slots=True)
class DecomposableGraphs:
    """Average over every decomposable graph on three to seven lists, each as likely as the next.

    `size` is the prior of N, 1/N by default. `delta` is the weight of the hyper-Dirichlet prior in
    each of the 2^L cells, as if so many people more had been counted there; 2^-L where it is None.
    `sensitivity` are the delta for which N is reported beside it. `models` is how many of the most
    probable graphs are reported.
    """

    delta: float | None = None
    size: SizePrior = INVERSE
    level: float = 0.95
    draws: int = 4_000
    sensitivity: tuple[float | None, ...] = (None, 0.5, 1.0)
    models: int = 10

    name = "decomposable-graphs"

    def __post_init__(self) -> None:
        for delta in (self.delta, *self.sensitivity):
            if delta is not None and not 0 < delta < np.inf:
                raise BadValue(f"delta is above zero and finite, not {delta}")
        if not 0 < self.level < 1:
            raise BadValue(f"a level lies between 0 and 1, not at {self.level}")
        if self.draws < 1 or self.models < 1:
            raise BadValue("there is at least one draw, and at least one model is reported")

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """The posterior median of N with its equal-tailed interval.

        NotEstimable where there are too few lists or too many, where a list tells nothing, or where
        the posterior has no finite mass. Not converged where more than 1e-6 of it may lie beyond
        2^53 people.
        """
        _check(histories)
        most = self.size.most_unlisted(histories.observed)
        graphs = all_graphs(len(histories.lists))
        delta = self._delta(self.delta, graphs.lists)
        deltas = [self._delta(each, graphs.lists) for each in self.sensitivity]
        turns = 2 + len(set(deltas) - {delta})
        components = Components.of(histories, delta, self.size)
        grid = lay_grid(graphs, components, most=most)
        if grid.decay is not None and grid.decay >= -1:
            raise NotEstimable(
                f"the posterior of N has no finite mass: with delta {delta:g} and prior "
                f"{self.size.kind} its weight falls only as N^{grid.decay:.3f}",
                hint="Use the prior 1/N, a prior with a cap, or a larger delta.",
            )
        if progress is not None:
            progress(1 / turns)
        known: dict[float, dict[str, Json]] = {delta: self._summary(delta, histories, grid)}
        for each in deltas:
            if each not in known:
                other = Components.of(histories, each, self.size)
                known[each] = self._summary(each, histories, lay_grid(graphs, other, most=most))
                if progress is not None:
                    progress(len(known) / turns)
        diagnostics: dict[str, Json] = {
            "graphs": len(graphs),
            "sensitivity": [known[each] for each in deltas],
            "tail": {"decay": grid.decay, "beyond": grid.beyond},
            "grid": {"panels": len(grid.panels), "nodes": len(grid.nodes)},
        }
        parameters: dict[str, Json] = {
            "delta": delta,
            "size": self.size.to_json(),
            "draws": self.draws,
            "sensitivity": list(deltas),
        }
        if grid.beyond > _BEYOND:
            return Estimate.of(
                self.name,
                parameters,
                histories,
                rng=rng,
                status=Status.NOT_CONVERGED,
                level=self.level,
                reason=_unbounded(grid),
                diagnostics=diagnostics,
            )
        posterior = Posterior(histories.observed, grid, grid.log_weights)
        point, (low, high) = posterior.answer(self.level)
        estimate = Estimate.of(
            self.name,
            parameters,
            histories,
            rng=rng,
            point=float(point),
            interval=(float(low), float(high)),
            level=self.level,
            draws=posterior.draws(rng, self.draws)[np.newaxis, :],
            curve=posterior.curve(),
            diagnostics=diagnostics
            | _moments(posterior)
            | self._models(histories, graphs, components, posterior),
        )
        if progress is not None:
            progress(1.0)
        return estimate

    @staticmethod
    def _delta(delta: float | None, lists: int) -> float:
        return 2.0**-lists if delta is None else delta

    def _summary(self, delta: float, histories: CaptureHistories, grid: Grid) -> dict[str, Json]:
        """N and interval for one delta, or why there is none."""
        if grid.beyond > _BEYOND:
            return {"delta": delta, "point": None, "interval": None, "reason": _unbounded(grid)}
        posterior = Posterior(histories.observed, grid, grid.log_weights)
        point, interval = posterior.answer(self.level)
        return {"delta": delta, "point": point, "interval": list(interval), "reason": None}

    def _models(
        self,
        histories: CaptureHistories,
        graphs: Graphs,
        components: Components,
        posterior: Posterior,
    ) -> dict[str, Json]:
        """The most probable graphs with N under each; how probable each two lists are joined."""
        grid = posterior.grid
        table = components.values(grid.nodes)
        weights = masses(graphs, table, grid.log_factors - posterior.log_total)
        probability = weights / weights.sum()
        some = np.argpartition(-probability, min(self.models, len(graphs)) - 1)
        names = histories.lists
        top = sorted(some[: self.models].tolist(), key=lambda g: (-probability[g], graphs.edges[g]))
        models: list[Json] = []
        for g in top:
            additions = additions_of(int(graphs.edges[g]), graphs.lists)
            rows = [number_of(v, clique, graphs.lists) for v, clique in additions]
            alone = Posterior(
                histories.observed, grid, table.shared + table.additions[rows].sum(axis=0)
            )
            point, interval = alone.answer(self.level)
            models.append(
                {
                    "cliques": [
                        [name for j, name in enumerate(names) if clique >> j & 1]
                        for clique in cliques_of(additions)
                    ],
                    "probability": float(probability[g]),
                    "point": point,
                    "interval": list(interval),
                }
            )
        return {
            "models": models,
            "dependence": [
                {
                    "lists": [names[i], names[j]],
                    "probability": float(probability[(graphs.edges >> bit & 1).astype(bool)].sum()),
                }
                for bit, (i, j) in enumerate(pairs(graphs.lists))
            ],
        }


def _check(histories: CaptureHistories) -> None:
    lists, observed = histories.lists, histories.observed
    if not 3 <= len(lists) <= MOST_GRAPH_LISTS:
        raise NotEstimable(
            f"decomposable graphs need three to {MOST_GRAPH_LISTS} lists, there are {len(lists)}",
            hint="Join lists of one kind, or use another method." if len(lists) > 3 else None,
        )
    for name, size in zip(lists, histories.on_list, strict=True):
        if size in {0, observed}:
            who = "nobody" if size == 0 else "everybody who was observed"
            raise NotEstimable(
                f"the list {name} holds {who}, which tells nothing of overlap",
                hint="Leave it out: CaptureHistories.usable does.",
            )
    if all(mask.bit_count() == 1 for mask in histories.masks):
        raise NotEstimable(
            "nobody is on two lists: nothing but the prior would bound N",
            hint="Join the lists again with fewer misses, or collect lists that overlap.",
        )


def _unbounded(grid: Grid) -> str:
    if grid.decay is not None and grid.decay >= -1:
        return f"the posterior of N has no finite mass: it falls only as N^{grid.decay:.3f}"
    share = f"up to {min(grid.beyond, 1.0):.2g} of the posterior of N lies beyond what is summed"
    if grid.decay is None:
        return share
    return (
        f"{share}, 2^53 people: its weight falls only as N^{grid.decay:.3f}; "
        "use a larger delta, or a prior with a cap"
    )


def _moments(posterior: Posterior) -> dict[str, Json]:
    values = posterior.quantiles(np.array(_QUANTILES)).tolist()
    return {
        "mean": posterior.mean,
        "mode": posterior.mode,
        "least_relative_error": posterior.relative,
        "quantiles": [[level, n] for level, n in zip(_QUANTILES, values, strict=True)],
    }
