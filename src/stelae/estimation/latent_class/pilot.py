"""A short trial of several schedules, to go on with the one that pays best on this table.

Trajectories win for few lists or many people, sweeps for small sparse tables; neither is safe
alone. A chain of sweeps alone mixes slowly over alpha and labels, which a trial is too short to
show: it runs only when asked for. What pays is effective draws for the work done. Work is counted,
not timed, so that the same seed gives the same draws on every machine: nanoseconds below were
measured once, and only their proportions matter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.convergence import agreement_of
from stelae.estimation.latent_class.chains import Chain, Schedule
from stelae.estimation.latent_class.posterior import Model

__all__ = ["SCHEDULES", "TRIED", "Each", "Trial", "gradient_cost", "sweep_cost", "try_schedules"]

Each = Callable[[Callable[[Chain], NDArray[np.int64]]], NDArray[np.int64]]
"""Runs an action on every chain, perhaps at once, and stacks what they draw."""

SCHEDULES = {
    "gradients": Schedule(1, 1),
    "mixed": Schedule(4, 1),
    "gibbs": Schedule(1, 0),
}
TRIED = ("gradients", "mixed")
"""What a pilot chooses from, unless sweeps alone are asked for."""

DRAWS = 120
"""Draws of each trajectory schedule in a trial, for each chain."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One schedule tried: effective draws, and the work that they took in nominal seconds."""

    name: str
    schedule: Schedule
    effective: float
    seconds: float

    @property
    def rate(self) -> float:
        """Effective draws for each nominal second of one core."""
        return self.effective / self.seconds


def gradient_cost(model: Model) -> float:
    """Nominal seconds of one gradient with its leapfrog step."""
    cells = 1 << model.lists if model.dense else len(model.masks) * model.lists / 2
    size = model.classes * (model.lists + 1)
    return 1e-9 * (150 + 11 * cells + model.classes * (50 + 1.6 * cells) + 6 * size)


def sweep_cost(model: Model) -> float:
    """Nominal seconds of one sweep: gamma draws, and binomials of cells over classes."""
    binomials = float(np.minimum(model.counts, model.classes).sum()) + model.classes
    return 1e-9 * (80 * model.classes * model.lists + 100 * model.classes + 85 * binomials)


def try_schedules(
    model: Model, chains: Sequence[Chain], each: Each, names: Sequence[str] = tuple(SCHEDULES)
) -> tuple[Trial, ...]:
    """Run these schedules for about the same work on chains that have settled; best first.

    Gibbs alone keeps one draw of as many sweeps as cost what one draw with a trajectory does.
    """
    trials = []
    worth = 0.0
    for name in names:
        given = SCHEDULES[name]
        sweeps = max(1, round(worth / DRAWS / len(chains) / sweep_cost(model)))
        schedule = given if given.trajectories else Schedule(min(sweeps, 200), 0)
        before = _work(model, chains)
        draws = each(partial(_run, schedule=schedule))
        seconds = _work(model, chains) - before
        worth = worth or seconds
        found = agreement_of(draws)
        trials.append(Trial(name, schedule, min(found.bulk, found.tail), seconds))
    return tuple(sorted(trials, key=lambda trial: -trial.rate))


def _run(chain: Chain, *, schedule: Schedule) -> NDArray[np.int64]:
    return chain.run(schedule, DRAWS)


def _work(model: Model, chains: Sequence[Chain]) -> float:
    gradients = sum(chain.work_done[0] for chain in chains)
    sweeps = sum(chain.work_done[1] for chain in chains)
    return gradients * gradient_cost(model) + sweeps * sweep_cost(model)
