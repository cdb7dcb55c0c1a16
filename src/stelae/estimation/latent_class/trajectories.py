"""Trajectories over the marginal posterior: Hamiltonian Monte Carlo without allocation.

A trajectory of random length ends in one Metropolis test (Duane et al. 1987; Neal 2011), so that
no step on the way needs the density, only its slope. Doubling until a turn (NUTS) was tried: the
posterior is a thin curved shell whose stiff directions set the step, turning took four times the
gradients, and each cost more. Step size by dual averaging (Hoffman & Gelman 2014), a diagonal
metric by Welford's sums.
"""

from typing import NamedTuple

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.latent_class.density import log_density
from stelae.estimation.latent_class.posterior import Floats, Model, Work

__all__ = ["LENGTH", "MOST_STEPS", "Path", "StepSize", "learn", "path_of", "start_step", "travel"]

LENGTH = 1.5
"""Mean length of a trajectory, in standard deviations of the metric; half to three halves of it."""

SMALL = 0.3
SMALL_SHARE = 1 / 6
"""Every sixth trajectory or so takes steps of this size, lest a chain stay where the shell bends
too sharply for its usual steps."""

MOST_STEPS = 1000
DIVERGENT = 1000.0
TARGET = 0.75
"""The mean acceptance that dual averaging aims at."""


class Path(NamedTuple):
    """Room for one trajectory."""

    point: Floats
    momentum: Floats
    gradient: Floats
    inverse_metric: Floats


class StepSize(NamedTuple):
    """Dual averaging (Nesterov; Hoffman & Gelman, 3.2): log step, its mean, error, anchor, time."""

    log_step: float
    log_mean: float
    error: float
    anchor: float
    time: float


def path_of(inverse_metric: Floats) -> Path:
    """Room for trajectories under this inverse metric, one variance for each coordinate."""
    size = len(inverse_metric)
    return Path(np.zeros(size), np.zeros(size), np.zeros(size), inverse_metric)


@compiled
def start_step(log_step: float) -> StepSize:
    """Dual averaging that starts at this step and is drawn to ten times it."""
    return StepSize(log_step, log_step, 0.0, log_step + np.log(10.0), 0.0)


@compiled
def learn(step: StepSize, acceptance: float) -> StepSize:
    """The step after a trajectory of this acceptance."""
    time = step.time + 1.0
    share = 1.0 / (time + 10.0)
    error = (1.0 - share) * step.error + share * (TARGET - acceptance)
    log_step = step.anchor - np.sqrt(time) / 0.05 * error
    weight = time**-0.75
    return StepSize(
        log_step, weight * log_step + (1.0 - weight) * step.log_mean, error, step.anchor, time
    )


@compiled
def _kinetic(path: Path) -> float:
    energy = 0.0
    for i in range(len(path.momentum)):
        energy += path.momentum[i] * path.momentum[i] * path.inverse_metric[i]
    return 0.5 * energy


@compiled
def travel(
    rng: np.random.Generator, y: Floats, step: float, path: Path, model: Model, work: Work
) -> tuple[float, int, bool]:
    """Move `y` by one trajectory: its acceptance, gradients used, whether it diverged."""
    point, momentum, gradient, inverse_metric = path
    steps = min(max(int(LENGTH * (0.5 + rng.random()) / step + 0.5), 1), MOST_STEPS)
    if rng.random() < SMALL_SHARE:
        step *= SMALL
    point[:] = y
    density = log_density(point, gradient, model, work, True)
    for i in range(len(y)):
        momentum[i] = rng.standard_normal() / np.sqrt(inverse_metric[i])
    if not np.isfinite(density):
        return 0.0, 1, True
    energy = density - _kinetic(path)
    push = 0.5 * step
    for taken in range(1, steps + 1):
        for i in range(len(y)):
            momentum[i] += push * gradient[i]
            point[i] += step * inverse_metric[i] * momentum[i]
        push = step
        density = log_density(point, gradient, model, work, taken == steps)
        if not np.isfinite(density):
            return 0.0, taken + 1, True
    for i in range(len(y)):
        momentum[i] += 0.5 * step * gradient[i]
    gain = density - _kinetic(path) - energy
    if not gain > -DIVERGENT:
        return 0.0, steps + 1, True
    acceptance = min(1.0, np.exp(gain))
    if rng.random() < acceptance:
        y[:] = point
    return acceptance, steps + 1, False
