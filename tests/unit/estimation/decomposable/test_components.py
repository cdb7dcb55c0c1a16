import numpy as np
import pytest
from capture_tables import KOSOVO, SPINA_BIFIDA
from graph_reference import component

from stelae.estimation.decomposable.components import Components
from stelae.estimation.decomposable.graphs import number_of
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.priors import INVERSE, SizePrior

X = np.array([0.0, 1.0, 2.5, 40.0, 900.0, 31_000.5])


@pytest.mark.parametrize("histories", [SPINA_BIFIDA, KOSOVO])
@pytest.mark.parametrize("delta", [0.0625, 1.0])
def test_an_addition_weighs_what_the_paper_says(histories: CaptureHistories, delta: float) -> None:
    lists = len(histories.lists)
    table = Components.of(histories, delta, INVERSE).values(X)
    for v in range(lists):
        for clique in range(1 << lists):
            if clique >> v & 1:
                continue
            with_v, without = (
                component(
                    dict(histories),
                    tuple(j for j in range(lists) if mask >> j & 1),
                    lists,
                    delta,
                    X,
                )
                for mask in (clique | 1 << v, clique)
            )
            weight = table.additions[number_of(v, clique, lists)]
            np.testing.assert_allclose(weight, with_v - without, rtol=1e-10, atol=1e-8)


@pytest.mark.parametrize("size", [INVERSE, SizePrior.negative_binomial(13.14, 55.17)])
def test_slopes_are_the_derivatives_of_values(size: SizePrior) -> None:
    components = Components.of(KOSOVO, 0.5, size)
    x, step = np.array([1.0, 30.0, 5_000.0]), 1e-4
    before, after = components.values(x - step), components.values(x + step)
    slopes = components.slopes(x)
    np.testing.assert_allclose(
        slopes.additions, (after.additions - before.additions) / (2 * step), rtol=1e-4, atol=1e-6
    )
    np.testing.assert_allclose(
        slopes.shared, (after.shared - before.shared) / (2 * step), rtol=1e-4, atol=1e-6
    )
