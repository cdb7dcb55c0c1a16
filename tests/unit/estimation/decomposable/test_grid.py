import numpy as np
import pytest
from capture_tables import CONGENITAL_ANOMALY, KOSOVO, SPINA_BIFIDA

from stelae.estimation.decomposable.components import Components
from stelae.estimation.decomposable.graphs import all_graphs
from stelae.estimation.decomposable.grid import LIMIT, Panel, lay_grid
from stelae.estimation.decomposable.posterior import Posterior
from stelae.estimation.decomposable.sums import log_sums
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.priors import INVERSE, SizePrior

LEVELS = np.array([0.005, 0.025, 0.25, 0.5, 0.75, 0.975, 0.995])


def test_a_panel_is_cut_into_parts_that_cover_it() -> None:
    parts = Panel(10, 23).parts(4)
    assert [part.start for part in parts] == [10, 15, 21, 27]
    assert parts[-1].end == Panel(10, 23).end


@pytest.mark.parametrize("histories", [SPINA_BIFIDA, KOSOVO, CONGENITAL_ANOMALY])
@pytest.mark.parametrize("delta", [0.03, 1.0])
def test_a_finer_grid_changes_no_quantile_by_a_hundred_thousandth(
    histories: CaptureHistories, delta: float
) -> None:
    graphs = all_graphs(len(histories.lists))
    components = Components.of(histories, delta, INVERSE)
    found = []
    for step in (3.0, 0.3):
        grid = lay_grid(graphs, components, step=step)
        posterior = Posterior(histories.observed, grid, grid.log_weights)
        found.append(posterior.quantiles(LEVELS) - histories.observed)
    coarse, fine = found
    assert (np.abs(coarse - fine) <= np.maximum(1, 1e-5 * fine)).all()


def test_the_grid_holds_all_but_a_ten_millionth_of_a_heavy_tail() -> None:
    graphs, components = all_graphs(4), Components.of(KOSOVO, 0.0625, INVERSE)
    grid = lay_grid(graphs, components)
    assert grid.panels[0].start == 0
    assert 0 < grid.beyond < 1e-7
    # The complete graph decides in the end: delta - 2^L delta - 1.
    assert grid.decay == pytest.approx(0.0625 - 1 - 1, abs=1e-9)
    assert grid.beyond_mean == np.inf


def test_the_grid_sums_to_what_every_whole_number_sums_to() -> None:
    graphs, components = all_graphs(3), Components.of(SPINA_BIFIDA, 1.0, INVERSE)
    grid = lay_grid(graphs, components, most=200_000)
    total = np.logaddexp.reduce(grid.log_weights + grid.log_factors)
    every = log_sums(graphs, components.values(np.arange(200_001.0)))
    assert total == pytest.approx(np.logaddexp.reduce(every), abs=1e-7)
    assert grid.decay is None


def test_a_narrow_peak_among_a_million_is_found() -> None:
    rng = np.random.default_rng(8)
    seen = rng.random((2_000_000, 3)) < [0.3, 0.25, 0.2]
    masks, counts = np.unique(seen @ [1, 2, 4], return_counts=True)
    drawn = dict(zip(masks.tolist(), counts.tolist(), strict=True))
    missing = drawn.pop(0)
    histories = CaptureHistories.of("ABC", drawn)
    grid = lay_grid(all_graphs(3), Components.of(histories, 0.125, INVERSE))
    posterior = Posterior(histories.observed, grid, grid.log_weights)
    _, (low, high) = posterior.answer(0.999)
    assert low <= histories.observed + missing <= high
    assert high - low < 0.05 * missing
    assert len(grid.nodes) < 1_000


def test_a_posterior_without_finite_mass_has_no_grid() -> None:
    grid = lay_grid(all_graphs(3), Components.of(SPINA_BIFIDA, 0.125, SizePrior.flat()))
    assert grid.panels == ()
    assert grid.beyond == 1.0
    assert grid.decay == pytest.approx(0.125 - 1.0, abs=1e-9)


def test_a_tail_that_does_not_vanish_is_told() -> None:
    histories = CaptureHistories.of("ABC", {1: 1, 2: 1, 4: 1, 7: 3})
    found = [
        lay_grid(all_graphs(3), Components.of(histories, delta, INVERSE)) for delta in (1e-4, 1e-2)
    ]
    assert [grid.panels[-1].end for grid in found] == [LIMIT, LIMIT]
    assert 0.5 > found[0].beyond > found[1].beyond > 1e-3
