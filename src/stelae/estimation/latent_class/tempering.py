"""Parallel tempering: the same chain on a ladder of flattened likelihoods, for several modes.

Rung r has the likelihood to the power beta_r; neighbours exchange their states by the
Metropolis-Hastings rule (Geyer 1991). A state that travels from the hottest rung to the coldest
has left its mode; these round trips are what shows that tempering worked.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class.chains import Chain, Schedule, begin
from stelae.estimation.latent_class.posterior import Model

__all__ = ["Ladder", "Tempering", "ladder_of"]


@dataclass(frozen=True, slots=True)
class Tempering:
    """How many rungs, and the power of the likelihood at the hottest."""

    rungs: int = 16
    hottest: float = 0.02

    @property
    def powers(self) -> tuple[float, ...]:
        """Powers of the likelihood from 1 down, in equal proportions."""
        return tuple(float(power) for power in np.geomspace(1.0, self.hottest, self.rungs))


class Ladder:
    """The rungs of one tempered chain, which share one generator for their exchanges."""

    def __init__(self, rungs: list[Chain], rng: np.random.Generator) -> None:
        self._rungs = rungs
        self._rng = rng
        self._label = list(range(len(rungs)))
        self._was_hot = [False] * len(rungs)
        self._was_hot[-1] = True
        self.round_trips = 0
        self.exchanges = np.zeros(len(rungs) - 1)
        self.rounds = 0

    @property
    def work_done(self) -> tuple[int, int, int]:
        """Gradients, sweeps and divergent trajectories of all rungs."""
        gradients, sweeps, divergent = np.sum([rung.work_done for rung in self._rungs], axis=0)
        return int(gradients), int(sweeps), int(divergent)

    def settle(self, told: Callable[[float], None] | None = None) -> None:
        """Let every rung learn its step size and metric, hottest last."""
        for done, rung in enumerate(self._rungs):
            rung.settle()
            if told is not None:
                told((done + 1) / len(self._rungs))

    def run(self, schedule: Schedule, draws: int) -> NDArray[np.int64]:
        """So many draws of n_0 at the coldest rung, with an exchange of neighbours after each."""
        out = np.empty(draws, dtype=np.int64)
        hot = Schedule(0, max(schedule.trajectories, 1))
        for draw in range(draws):
            out[draw] = self._rungs[0].run(schedule, 1)[0]
            for rung in self._rungs[1:]:
                rung.run(hot, 1)
            for low in range(self.rounds % 2, len(self._rungs) - 1, 2):
                self._exchange(low)
            self.rounds += 1
        return out

    def _exchange(self, low: int) -> None:
        cold, hot = self._rungs[low], self._rungs[low + 1]
        log_ratio = (
            cold.density_at(hot.position)
            + hot.density_at(cold.position)
            - cold.density_at(cold.position)
            - hot.density_at(hot.position)
        )
        if not np.log(self._rng.random()) < log_ratio:
            return
        kept = cold.position.copy()
        cold.move_to(hot.position)
        hot.move_to(kept)
        self.exchanges[low] += 1
        label, was_hot = self._label, self._was_hot
        label[low], label[low + 1] = label[low + 1], label[low]
        was_hot[low], was_hot[low + 1] = was_hot[low + 1], was_hot[low]
        was_hot[-1] = True
        if low == 0 and was_hot[0]:
            self.round_trips += 1
            was_hot[0] = False


def ladder_of(
    model: Model,
    histories: CaptureHistories,
    rng: np.random.Generator,
    ratio: float,
    tempering: Tempering,
) -> Ladder:
    """A tempered chain whose rungs all start where N is `ratio` times the observed."""
    generators = rng.spawn(tempering.rungs)
    rungs = [
        begin(
            model._replace(counts=model.counts * power, people=model.people * power),
            histories,
            generator,
            ratio,
            None,
            sweeps=power == 1.0,
        )
        for power, generator in zip(tempering.powers, generators, strict=True)
    ]
    return Ladder(rungs, rng)
