"""The pilot counts work, never time, and chooses what pays."""

from collections.abc import Callable

import numpy as np
from capture_tables import KOREA, KOSOVO
from numpy.typing import NDArray

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class.chains import Chain, begin
from stelae.estimation.latent_class.pilot import (
    SCHEDULES,
    Trial,
    gradient_cost,
    sweep_cost,
    try_schedules,
)
from stelae.estimation.latent_class.posterior import model_of

RATIOS = (1.1, 2.0, 4.0, 8.0)


def _trials(histories: CaptureHistories, seed: int = 1) -> tuple[Trial, ...]:
    model = model_of(histories, 5, captures=(1, 1), alpha=(0.25, 0.25), size=(0, 1))
    generators = np.random.default_rng(seed).spawn(4)
    chains = [
        begin(model, histories, rng, ratio) for rng, ratio in zip(generators, RATIOS, strict=True)
    ]
    for chain in chains:
        chain.settle()

    def each(action: Callable[[Chain], NDArray[np.int64]]) -> NDArray[np.int64]:
        return np.array([action(chain) for chain in chains])

    return try_schedules(model, chains, each)


def test_every_schedule_is_tried_and_the_best_comes_first() -> None:
    trials = _trials(KOREA)
    assert {trial.name for trial in trials} == set(SCHEDULES)
    assert [trial.rate for trial in trials] == sorted((t.rate for t in trials), reverse=True)


def test_the_same_seed_makes_the_same_choice() -> None:
    assert _trials(KOREA) == _trials(KOREA)


def test_gradients_pay_where_lists_are_few_and_people_many() -> None:
    assert _trials(KOSOVO)[0].name != "gibbs"


def test_costs_grow_with_classes_and_people() -> None:
    small, large = (
        model_of(KOSOVO, classes, captures=(1, 1), alpha=(1, 1), size=(0, 1)) for classes in (5, 20)
    )
    assert gradient_cost(large) > gradient_cost(small)
    assert sweep_cost(large) > sweep_cost(small)
