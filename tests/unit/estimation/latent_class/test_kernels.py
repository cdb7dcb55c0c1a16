"""Each kernel leaves the posterior as it is: Geweke's joint test and simulation-based calibration.

Geweke (2004): draws of parameters from the prior, and draws made by turning between new data for
the parameters and one step of the kernel for the data, have the same distribution. Talts,
Betancourt, Simpson, Vehtari & Gelman (2018): the rank of the truth among posterior draws is
uniform. Both need a proper prior on N. All data are simulated.
"""

from collections.abc import Callable

import numpy as np
import pytest
from arviz_stats.base.array import array_stats
from capture_tables import KOREA
from scipy.special import expit
from scipy.stats import chisquare

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class.chains import Schedule, begin
from stelae.estimation.latent_class.coordinates import from_listed, to_listed
from stelae.estimation.latent_class.gibbs import (
    MOST_UNLISTED,
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
from stelae.estimation.latent_class.posterior import Model, model_of, parameters, work_of
from stelae.estimation.latent_class.trajectories import path_of, travel
from stelae.estimation.priors import SizePrior

LISTS, CLASSES = 3, 3
CAPTURES, ALPHA = (1.0, 2.0), (2.0, 2.0)
SIZE = SizePrior.negative_binomial(8.0, 6.0)
Kernel = Callable[[np.random.Generator, np.ndarray, float, Model], tuple[float, int]]


def _prior(rng: np.random.Generator) -> tuple[np.ndarray, float, int]:
    alpha = rng.gamma(ALPHA[0], 1 / ALPHA[1])
    captures = rng.beta(*CAPTURES, size=LISTS * CLASSES)
    sticks = rng.beta(1.0, alpha, size=CLASSES - 1)
    people = rng.poisson(rng.gamma(8.0, 6.0))
    chances = np.clip(np.concatenate([captures, sticks]), 1e-15, 1 - 1e-15)
    return np.log(chances) - np.log1p(-chances), alpha, int(people)


def _data(rng: np.random.Generator, x: np.ndarray, people: int) -> Model:
    captures = expit(x[: LISTS * CLASSES]).reshape(LISTS, CLASSES)
    sticks = expit(x[LISTS * CLASSES :])
    shares = np.append(sticks, 1.0) * np.append(1.0, np.cumprod(1 - sticks))
    classes = rng.choice(CLASSES, size=people, p=shares / shares.sum())
    seen = rng.random((people, LISTS)) < captures[:, classes].T
    masks, counts = np.unique(seen @ (1 << np.arange(LISTS)), return_counts=True)
    table = {int(m): int(c) for m, c in zip(masks, counts, strict=True) if m}
    histories = CaptureHistories.of("ABC", table)
    model = model_of(histories, CLASSES, captures=CAPTURES, alpha=ALPHA, size=(SIZE.s, SIZE.q))
    return model._replace(dense=True)


def _gibbs(
    rng: np.random.Generator, x: np.ndarray, alpha: float, model: Model
) -> tuple[float, int]:
    return sweep(rng, x, alpha, model, work_of(model), tally_of(model), MOST_UNLISTED)


def _trajectory(
    rng: np.random.Generator, x: np.ndarray, alpha: float, model: Model
) -> tuple[float, int]:
    work = work_of(model)
    y = np.empty_like(x)
    to_listed(x, y, model)
    travel(rng, y, 0.35, path_of(np.ones(len(x))), model, work)
    from_listed(y, x, model)
    log_last = parameters(x, model, work)
    return draw_alpha(rng, log_last, model), draw_unlisted(rng, model, work, MOST_UNLISTED)


def _moves(
    rng: np.random.Generator, x: np.ndarray, alpha: float, model: Model
) -> tuple[float, int]:
    """Labels, ridge and sticks; sweeps between them, since alone they do not reach everywhere."""
    work = work_of(model)
    y = np.empty_like(x)
    for _ in range(3):
        to_listed(x, y, model)
        move_on_ridge(rng, y, np.empty_like(x), np.empty_like(x), model, work)
        stretch_sticks(rng, y, np.empty_like(x), np.empty_like(x), model, work)
        from_listed(y, x, model)
        swap_labels(rng, x, model)
    log_last = parameters(x, model, work)
    alpha = draw_alpha(rng, log_last, model)
    return _gibbs(rng, x, alpha, model)


def _summary(x: np.ndarray, alpha: float, people: int) -> list[float]:
    captures = expit(x[: LISTS * CLASSES])
    first, second = expit(x[LISTS * CLASSES]), expit(x[LISTS * CLASSES + 1])
    return [
        people,
        people**2,
        np.log(alpha),
        captures[0],
        captures[1],
        captures[0] ** 2,
        first,
        first**2,
        (1 - first) * second,
        captures[0] * first,
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kernel", [_gibbs, _trajectory, _moves])
def test_a_kernel_leaves_the_joint_distribution_as_it_is(kernel: Kernel) -> None:
    rng = np.random.default_rng(20_261_126)
    steps = 12_000
    fresh = np.array([_summary(*_prior(rng)) for _ in range(40_000)])
    walked = np.empty((steps, fresh.shape[1]))
    x, alpha, people = _prior(rng)
    for step in range(steps):
        model = _data(rng, x, people)
        alpha, unlisted = kernel(rng, x, alpha, model)
        people = int(model.people) + unlisted
        walked[step] = _summary(x, alpha, people)
    for column in range(fresh.shape[1]):
        chain = walked[:, column]
        effective = float(array_stats.ess(chain[None, :], chain_axis=0, draw_axis=1, method="mean"))
        error = np.hypot(chain.std() / np.sqrt(effective), fresh[:, column].std() / 200)
        assert abs(chain.mean() - fresh[:, column].mean()) / error < 4.5, column


@pytest.mark.slow
@pytest.mark.parametrize(
    "schedule",
    [Schedule(8, 0), Schedule(0, 2), Schedule(3, 1)],
    ids=["gibbs", "trajectories", "mixed"],
)
def test_the_rank_of_the_truth_is_uniform(schedule: Schedule) -> None:
    rng = np.random.default_rng(2018)
    ranks: list[int] = []
    while len(ranks) < 150:
        x, _, people = _prior(rng)
        model = _data(rng, x, people)
        if model.people == 0:
            continue
        histories = CaptureHistories.of(
            "ABC",
            dict(zip(model.masks.tolist(), model.counts.astype(int).tolist(), strict=True)),
        )
        chain = begin(model, histories, rng, 2.0)
        chain.settle()
        drawn = chain.run(schedule, 19 * 12)[11::12] + int(model.people)
        low, ties = int((drawn < people).sum()), int((drawn == people).sum())
        ranks.append(low + int(rng.integers(0, ties + 1)))
    counts = np.bincount(np.asarray(ranks) // 4, minlength=5)
    assert chisquare(counts).pvalue > 1e-3, counts


def _mean_unlisted(schedule: Schedule, draws: int) -> tuple[float, float]:
    """The mean of n_0 in Palembang over four chains, and its Monte Carlo error."""
    model = model_of(KOREA, 5, captures=(1, 1), alpha=(0.25, 0.25), size=(0, 1))
    generators = np.random.default_rng(5).spawn(4)
    chains = [
        begin(model, KOREA, rng, ratio)
        for rng, ratio in zip(generators, (1.1, 3.0, 10.0, 30.0), strict=True)
    ]
    for chain in chains:
        chain.settle()
    drawn = np.array([chain.run(schedule, draws) for chain in chains], dtype=float)
    error = array_stats.mcse(drawn, chain_axis=0, draw_axis=1, method="mean")
    return float(drawn.mean()), float(error)


@pytest.mark.slow
def test_trajectories_and_long_runs_of_sweeps_have_the_same_mean() -> None:
    sweeps, error = _mean_unlisted(Schedule(20, 0), 8000)
    assert error < 0.4
    for schedule in (Schedule(0, 1), Schedule(1, 1), Schedule(4, 1)):
        mean, other = _mean_unlisted(schedule, 8000)
        assert abs(mean - sweeps) < 4 * np.hypot(error, other), schedule
