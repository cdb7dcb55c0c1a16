"""The No-U-Turn sampler over the marginal posterior, without recursion or allocation.

Hoffman & Gelman (2014) with multinomial weights along the path and the U-turn test of Betancourt
(2017); the doubling is unrolled with checkpoints at the left ends of the open subtrees (Phan,
Pradhan & Jankowiak, 2019). Step size by dual averaging, a diagonal metric by Welford's sums.
"""

from typing import NamedTuple

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.latent_class.posterior import Floats, Model, Work, log_density

__all__ = ["MOST_DOUBLINGS", "Path", "StepSize", "learn", "path_of", "start_step", "transition"]

MOST_DOUBLINGS = 10
DIVERGENT = 1000.0
TARGET = 0.75
"""The mean acceptance that dual averaging aims at."""

_BEGIN, _LEFT, _RIGHT, _NEW = range(4)


class Path(NamedTuple):
    """Room for one trajectory: points, momenta and gradients by role, momenta at checkpoints."""

    points: Floats
    momenta: Floats
    gradients: Floats
    sums: Floats
    open_momenta: Floats
    open_sums: Floats
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
    return Path(
        np.zeros((4, size)),
        np.zeros((4, size)),
        np.zeros((4, size)),
        np.zeros((3, size)),
        np.zeros((MOST_DOUBLINGS + 1, size)),
        np.zeros((MOST_DOUBLINGS + 1, size)),
        inverse_metric,
    )


@compiled
def start_step(log_step: float) -> StepSize:
    """Dual averaging that starts at this step and is drawn to ten times it."""
    return StepSize(log_step, log_step, 0.0, log_step + np.log(10.0), 0.0)


@compiled
def learn(step: StepSize, acceptance: float) -> StepSize:
    """The step after a trajectory of this mean acceptance."""
    time = step.time + 1.0
    share = 1.0 / (time + 10.0)
    error = (1.0 - share) * step.error + share * (TARGET - acceptance)
    log_step = step.anchor - np.sqrt(time) / 0.05 * error
    weight = time**-0.75
    return StepSize(
        log_step, weight * log_step + (1.0 - weight) * step.log_mean, error, step.anchor, time
    )


@compiled
def _turns(
    first: Floats, last: Floats, total: Floats, before: Floats, inverse_metric: Floats
) -> bool:
    """Whether a path with these momenta at its ends has begun to turn.

    `total` is the sum of momenta to its end, `before` the sum up to its first point, exclusive.
    """
    at_first = 0.0
    at_last = 0.0
    for i in range(len(total)):
        middle = (total[i] - before[i] - 0.5 * (first[i] + last[i])) * inverse_metric[i]
        at_first += first[i] * middle
        at_last += last[i] * middle
    return at_first <= 0.0 or at_last <= 0.0


@compiled
def _leap(path: Path, role: int, step: float, model: Model, work: Work) -> tuple[float, float]:
    """One leapfrog step in place; the log density and the kinetic energy where it ends."""
    point, momentum, gradient = path.points[role], path.momenta[role], path.gradients[role]
    for i in range(len(point)):
        momentum[i] += 0.5 * step * gradient[i]
        point[i] += step * path.inverse_metric[i] * momentum[i]
    density = log_density(point, gradient, model, work)
    kinetic = 0.0
    for i in range(len(point)):
        momentum[i] += 0.5 * step * gradient[i]
        kinetic += momentum[i] * momentum[i] * path.inverse_metric[i]
    return density, 0.5 * kinetic


@compiled
def _put(source: Floats, target: Floats) -> None:
    for i in range(len(target)):
        target[i] = source[i]


@compiled
def _add(source: Floats, target: Floats) -> None:
    for i in range(len(target)):
        target[i] += source[i]


@compiled
def _copy(path: Path, source: int, target: int) -> None:
    _put(path.points[source], path.points[target])
    _put(path.momenta[source], path.momenta[target])
    _put(path.gradients[source], path.gradients[target])


@compiled
def _log_add(a: float, b: float) -> float:
    high = max(a, b)
    return high if high == -np.inf else high + np.log(np.exp(a - high) + np.exp(b - high))


@compiled
def _open_range(leaf: int) -> tuple[int, int]:
    """Which checkpoints begin the subtrees that an odd leaf closes: lowest and highest index."""
    highest = 0
    rest = leaf >> 1
    while rest:
        highest += rest & 1
        rest >>= 1
    closed = 0
    rest = leaf
    while rest & 1:
        closed += 1
        rest >>= 1
    return highest - closed + 1, highest


@compiled
def transition(
    rng: np.random.Generator, x: Floats, step: float, path: Path, model: Model, work: Work
) -> tuple[float, int, bool]:
    """Move `x` by one trajectory: its mean acceptance, gradients used, whether it diverged."""
    path.points[_BEGIN] = x
    density = log_density(path.points[_BEGIN], path.gradients[_BEGIN], model, work)
    kinetic = 0.0
    for i in range(len(x)):
        drawn = rng.standard_normal() / np.sqrt(path.inverse_metric[i])
        path.momenta[_BEGIN, i] = drawn
        path.sums[0, i] = drawn
        kinetic += drawn * drawn * path.inverse_metric[i]
    energy = 0.5 * kinetic - density
    _copy(path, _BEGIN, _LEFT)
    _copy(path, _BEGIN, _RIGHT)
    log_total = 0.0
    acceptance = 0.0
    gradients = 1
    leaves = 0
    diverged = False
    for doubling in range(MOST_DOUBLINGS):
        end = _RIGHT if rng.random() < 0.5 else _LEFT
        signed = step if end == _RIGHT else -step
        path.sums[1] = 0.0
        log_new = -np.inf
        turned = False
        for leaf in range(1 << doubling):
            density, kinetic = _leap(path, end, signed, model, work)
            gradients += 1
            leaves += 1
            gain = energy + density - kinetic
            if not gain > -DIVERGENT:
                diverged = True
                break
            acceptance += min(1.0, np.exp(gain))
            log_new = _log_add(log_new, gain)
            if np.log(rng.random()) < gain - log_new:
                _put(path.points[end], path.points[_NEW])
            lowest, highest = _open_range(leaf)
            if leaf % 2 == 0:
                _put(path.momenta[end], path.open_momenta[highest])
                _put(path.sums[1], path.open_sums[highest])
            _add(path.momenta[end], path.sums[1])
            if leaf % 2 == 0:
                continue
            for at in range(highest, lowest - 1, -1):
                if _turns(
                    path.open_momenta[at],
                    path.momenta[end],
                    path.sums[1],
                    path.open_sums[at],
                    path.inverse_metric,
                ):
                    turned = True
                    break
            if turned:
                break
        if diverged or turned:
            break
        if np.log(rng.random()) < log_new - log_total:
            _put(path.points[_NEW], x)
        log_total = _log_add(log_total, log_new)
        _add(path.sums[1], path.sums[0])
        if _turns(
            path.momenta[_LEFT],
            path.momenta[_RIGHT],
            path.sums[0],
            path.sums[2],
            path.inverse_metric,
        ):
            break
    return acceptance / max(leaves, 1), gradients, diverged
