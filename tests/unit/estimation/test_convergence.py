import numpy as np

from stelae.estimation.convergence import convergence_of, modes_of


def _chains(*means: float, scale: float = 30.0) -> np.ndarray:
    rng = np.random.default_rng(4)
    return np.array([rng.normal(mean, scale, 500) for mean in means]).round().astype(np.int64)


def test_chains_of_one_law_agree() -> None:
    found = convergence_of(_chains(1000, 1000, 1000, 1000), 500)
    assert found.agrees(400)
    assert len(found.modes) == 1


def test_chains_that_stay_apart_do_not_agree_and_their_modes_are_named() -> None:
    found = convergence_of(_chains(1000, 1000, 3000, 3000), 500)
    assert found.r_hat > 1.5
    assert not found.agrees(1)
    low, high = found.modes
    assert (round(low.median, -2), round(high.median, -2)) == (1000, 3000)
    assert low.by_chain == (1.0, 1.0, 0.0, 0.0)
    assert low.share == high.share == 0.5


def test_constant_draws_agree() -> None:
    assert convergence_of(np.full((4, 100), 7), 7).agrees(400)


def test_one_chain_that_never_moves_beside_others_does_not_agree() -> None:
    draws = _chains(1000, 1000, 1000, 1000)
    draws[0] = 1200
    assert not convergence_of(draws, 500).agrees(400)


def test_whole_numbers_next_to_each_other_are_one_mode() -> None:
    draws = 120 + np.random.default_rng(3).poisson(1.2, (4, 500))
    assert len(modes_of(draws, 120)) == 1
