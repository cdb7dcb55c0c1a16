"""One chain: sweeps, trajectories and moves in a schedule, with its adaptation.

A chain's state is (x, alpha, n_0). A trajectory moves x on the marginal posterior, then n_0 and
alpha are drawn given x; where N has a bound, such a step is refused if the new n_0 breaks it,
which is the Metropolis-Hastings rule, since step and draw together are reversible.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stelae.estimation.compiled import compiled
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class.coordinates import from_listed, to_listed
from stelae.estimation.latent_class.density import log_density
from stelae.estimation.latent_class.gibbs import (
    MOST_UNLISTED,
    Tally,
    draw_alpha,
    draw_unlisted,
    sweep,
    tally_of,
)
from stelae.estimation.latent_class.moves import (
    move_on_ridge,
    stretch_sticks,
    swap_labels,
)
from stelae.estimation.latent_class.posterior import (
    Floats,
    Model,
    Work,
    parameters,
    work_of,
)
from stelae.estimation.latent_class.trajectories import (
    Path,
    StepSize,
    learn,
    path_of,
    start_step,
    travel,
)

__all__ = ["Chain", "Schedule", "begin"]

WINDOWS = (40, 60, 100, 40)
"""Trajectories of each stage of adaptation; the metric is learned over the middle ones."""

WIDEST = 4.0
"""The metric takes no coordinate to vary more than this: sticks of empty classes have heavy tails
(alpha near 0), and a metric that follows them lets the others step off the path."""

FIRST_SWEEPS = 200

BURNT = 40
"""Trajectories with which a chain leaves its start that has steps and metric of others."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a chain does between two draws that are kept: sweeps of Gibbs, then trajectories."""

    sweeps: int
    trajectories: int


class State(NamedTuple):
    """What changes in a chain and is no array: alpha, n_0, step size, counts of work."""

    alpha: float
    unlisted: int
    step: StepSize
    gradients: int
    sweeps: int
    divergent: int


class Room(NamedTuple):
    """The arrays of a chain; rows of `metric`: the inverse metric, means, sums of squares."""

    x: Floats
    y: Floats
    kept: Floats
    spare: Floats
    slope: Floats
    metric: Floats


@compiled
def _advance(
    rng: np.random.Generator,
    state: State,
    room: Room,
    schedule: tuple[int, int],
    most: int,
    adapting: int,
    model: Model,
    work: Work,
    tally: Tally,
    path: Path,
    out: NDArray[np.int64],
) -> State:
    """Run the schedule once for each place of `out` and write n_0 there.

    `adapting`: 0 not, 1 the step size, 2 the step size and the sums for the metric.
    """
    alpha, unlisted, step, gradients, sweeps, divergent = state
    x = room.x
    learned = 0.0
    for draw in range(len(out)):
        for _ in range(schedule[0]):
            alpha, drawn = sweep(rng, x, alpha, model, work, tally, most)
            if drawn >= 0:
                unlisted = drawn
        sweeps += schedule[0]
        for _ in range(schedule[1]):
            room.kept[:] = x
            size = np.exp(step.log_step if adapting else step.log_mean)
            to_listed(x, room.y, model)
            accepted, used, is_divergent = travel(rng, room.y, size, path, model, work)
            gradients += used
            divergent += is_divergent
            if adapting:
                step = learn(step, accepted)
            move_on_ridge(rng, room.y, room.spare, room.slope, model, work)
            stretch_sticks(rng, room.y, room.spare, room.slope, model, work)
            from_listed(room.y, x, model)
            gradients += 4
            swap_labels(rng, x, model)
            log_last = parameters(x, model, work)
            drawn = 0 if np.isnan(log_last) else draw_unlisted(rng, model, work, MOST_UNLISTED)
            if drawn > most or np.isnan(log_last):
                x[:] = room.kept
            else:
                unlisted = drawn
                alpha = draw_alpha(rng, log_last, model)
        if adapting == 2:
            learned += 1.0
            for i in range(len(x)):
                off = room.y[i] - room.metric[1, i]
                room.metric[1, i] += off / learned
                room.metric[2, i] += off * (room.y[i] - room.metric[1, i])
        out[draw] = unlisted
    if adapting == 2:
        for i in range(len(x)):
            variance = room.metric[2, i] / max(learned - 1.0, 1.0)
            shrunk = (learned * variance + 0.005) / (learned + 5.0)
            room.metric[0, i] = min(shrunk, WIDEST)
            room.metric[1, i] = 0.0
            room.metric[2, i] = 0.0
        step = start_step(step.log_step)
    return State(alpha, unlisted, step, gradients, sweeps, divergent)


class Chain:
    """A chain that goes on: its generator, where it stands, and the room it works in.

    `most` bounds n_0. Without `sweeps` it only follows gradients, as a tempered likelihood asks,
    whose counts are no whole numbers.
    """

    def __init__(
        self,
        model: Model,
        rng: np.random.Generator,
        x: Floats,
        most: int | None = None,
        *,
        sweeps: bool = True,
    ) -> None:
        metric = np.zeros((3, len(x)))
        metric[0] = 1.0
        self._rng = rng
        self._model = model
        self._most = MOST_UNLISTED if most is None else most
        self._sweeps = sweeps
        self._work = work_of(model)
        self._tally = tally_of(model)
        self._path = path_of(metric[0])
        self._room = Room(x, x.copy(), x.copy(), x.copy(), x.copy(), metric)
        self._state = State(1.0, 0, start_step(np.log(0.05)), 0, 0, 0)

    @property
    def work_done(self) -> tuple[int, int, int]:
        """Gradients, sweeps and divergent trajectories so far."""
        return self._state.gradients, self._state.sweeps, self._state.divergent

    @property
    def log_step(self) -> float:
        """The logarithm of the step size that was learned."""
        return float(self._state.step.log_mean)

    def take_steps(self, log_step: float) -> None:
        """Go on with steps of this size."""
        self._state = self._state._replace(step=start_step(log_step))

    @property
    def metric(self) -> Floats:
        """The inverse metric that was learned: a variance for each coordinate."""
        learned: Floats = self._room.metric[0].copy()
        return learned

    @property
    def position(self) -> Floats:
        """The coordinates where the chain stands."""
        return self._room.x

    def density_at(self, x: Floats) -> float:
        """Log marginal posterior density of this chain's model, up to a constant."""
        to_listed(x, self._room.y, self._model)
        density: float = log_density(self._room.y, self._room.slope, self._model, self._work)
        return density

    def move_to(self, x: Floats) -> None:
        """Stand at these coordinates, with alpha and n_0 drawn anew."""
        self._room.x[:] = x
        log_last = parameters(self._room.x, self._model, self._work)
        alpha = draw_alpha(self._rng, log_last, self._model)
        unlisted = draw_unlisted(self._rng, self._model, self._work, MOST_UNLISTED)
        self._state = self._state._replace(alpha=alpha, unlisted=unlisted)

    def run(self, schedule: Schedule, draws: int, adapting: int = 0) -> NDArray[np.int64]:
        """Go on for so many draws of n_0."""
        out = np.empty(draws, dtype=np.int64)
        self._state = _advance(
            self._rng,
            self._state,
            self._room,
            (schedule.sweeps if self._sweeps else 0, schedule.trajectories),
            self._most,
            adapting,
            self._model,
            self._work,
            self._tally,
            self._path,
            out,
        )
        return out

    def settle(self, told: Callable[[float], None] | None = None) -> None:
        """Leave the start by sweeps, then learn step size and metric."""
        self.run(Schedule(FIRST_SWEEPS, 0), 1)
        for done, window in enumerate(WINDOWS):
            is_middle = 0 < done < len(WINDOWS) - 1
            self.run(Schedule(2, 1), window, adapting=2 if is_middle else 1)
            if told is not None:
                told((done + 1) / len(WINDOWS))

    def settle_as(self, metric: Floats, log_step: float) -> None:
        """Leave the start by sweeps, with a metric and a step size that were learned elsewhere."""
        self._room.metric[0] = metric
        self.take_steps(log_step)
        self.run(Schedule(FIRST_SWEEPS // 2, 0), 1)
        self.run(Schedule(2, 1), BURNT)


def begin(
    model: Model,
    histories: CaptureHistories,
    rng: np.random.Generator,
    ratio: float,
    most: int | None = None,
    *,
    sweeps: bool = True,
) -> Chain:
    """A chain that starts where N is `ratio` times the observed, all classes near independence."""
    people = ratio * histories.observed
    x = rng.normal(size=model.lists * model.classes + model.classes - 1)
    for j, held in enumerate(histories.on_list):
        start = j * model.classes
        x[start : start + model.classes] *= 0.5
        x[start : start + model.classes] += np.log(max(held, 0.5) / max(people - held, 1.0))
    return Chain(model, rng, x, most, sweeps=sweeps)
