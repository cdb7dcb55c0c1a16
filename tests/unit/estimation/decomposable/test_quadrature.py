import numpy as np
import pytest

from stelae.estimation.decomposable.quadrature import EXACT, rule


@pytest.mark.parametrize("width", [1, 2, EXACT, EXACT + 1, 40, 1_000])
@pytest.mark.parametrize("degree", [0, 1, 5, 15, 23])
def test_powers_are_summed_exactly(width: int, degree: int) -> None:
    way = rule(width)
    x = np.arange(float(width))
    scale = max(width - 1, 1)
    found = way.weights @ (way.nodes / scale) ** degree
    assert found == pytest.approx(((x / scale) ** degree).sum(), rel=1e-11)


def test_a_few_numbers_are_all_nodes() -> None:
    assert rule(EXACT).nodes.tolist() == list(range(EXACT))
    assert (rule(EXACT).weights == 1).all()


@pytest.mark.parametrize("width", [EXACT, 300, 2**40])
def test_weights_are_positive_and_add_up_to_the_width(width: int) -> None:
    way = rule(width)
    assert (way.weights > 0).all()
    assert way.weights.sum() == pytest.approx(width, rel=1e-12)
    assert (way.nodes >= 0).all()
    assert (way.nodes <= width - 1).all()


@pytest.mark.parametrize("width", [EXACT, 300, 2**40])
def test_a_smooth_curve_is_followed_between_the_nodes(width: int) -> None:
    way = rule(width)
    x = np.linspace(0, width - 1, 57).round()
    found = way.at(x, np.log(width + way.nodes))
    np.testing.assert_allclose(found, np.log(width + x), rtol=0, atol=1e-8)


@pytest.mark.parametrize("width", [5, 257, 1_000, 2**40])
def test_cells_cover_every_number_once(width: int) -> None:
    way = rule(width)
    assert way.edges[0] == 0
    assert way.edges[-1] == width
    assert (np.diff(way.edges) >= 1).all()
    assert (way.edges == np.round(way.edges)).all()
    assert len(way.middles) == len(way.edges) - 1
