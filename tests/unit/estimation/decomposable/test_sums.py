import numpy as np
import pytest
from capture_tables import CONGENITAL_ANOMALY, KOSOVO, SPINA_BIFIDA
from graph_reference import log_weights
from scipy.special import logsumexp

from stelae.estimation.decomposable.components import Components
from stelae.estimation.decomposable.graphs import all_graphs, pairs
from stelae.estimation.decomposable.sums import bounds, log_sums, masses, tail
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.priors import INVERSE, SizePrior

LOW = np.arange(0.0, 400.0)


@pytest.mark.parametrize("delta", [0.125, 1.0])
def test_sums_and_masses_are_those_of_an_independent_implementation(delta: float) -> None:
    histories, graphs = SPINA_BIFIDA, all_graphs(3)
    n = histories.observed + LOW
    expected = log_weights(dict(histories), 3, delta, -np.log(n), LOW)
    table = Components.of(histories, delta, INVERSE).values(LOW)
    every = np.stack(list(expected.values()))
    sums = log_sums(graphs, table)
    np.testing.assert_allclose(sums, logsumexp(every, axis=0), rtol=0, atol=1e-8)

    shift = -logsumexp(every)
    found = dict(
        zip(graphs.edges.tolist(), masses(graphs, table, np.full(400, shift)), strict=True)
    )
    for graph, logs in expected.items():
        mask = sum(1 << b for b, pair in enumerate(pairs(3)) if frozenset(pair) in graph)
        assert found[mask] == pytest.approx(np.exp(logsumexp(logs) + shift), rel=1e-7, abs=1e-15)


def test_masses_of_all_graphs_are_the_sum() -> None:
    graphs, x = all_graphs(5), np.linspace(0, 500, 101)
    table = Components.of(CONGENITAL_ANOMALY, 0.5, INVERSE).values(x)
    sums = log_sums(graphs, table)
    total = logsumexp(sums)
    assert masses(graphs, table, np.full(101, -total)).sum() == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("histories", [SPINA_BIFIDA, KOSOVO, CONGENITAL_ANOMALY])
@pytest.mark.parametrize("delta", [0.03, 1.0])
def test_a_bound_holds_between_its_ends(histories: CaptureHistories, delta: float) -> None:
    graphs = all_graphs(len(histories.lists))
    components = Components.of(histories, delta, SizePrior.negative_binomial(2.0, 3_000.0))
    edges = np.array([4.0**k for k in range(2, 10)])
    at, over = bounds(graphs, components.values(edges), components.slopes(edges), edges)
    for k in range(len(over)):
        between = np.linspace(edges[k], edges[k + 1], 1_000)
        sums = log_sums(graphs, components.values(between))
        assert at[k] == pytest.approx(sums[0], abs=1e-9)
        assert at[k + 1] == pytest.approx(sums[-1], abs=1e-9)
        assert sums.max() <= over[k] + 1e-9


def test_the_tail_is_the_sum_beyond() -> None:
    graphs, components = all_graphs(3), Components.of(SPINA_BIFIDA, 1.0, INVERSE)
    start = 2e6
    x = np.array([start])
    log_tail, decay = tail(graphs, components.values(x), components.slopes(x), start)
    # For delta = 1 the slowest graph is the complete one: delta - delta 2^L - 1.
    assert decay == pytest.approx(1.0 - 8.0 - 1.0, abs=1e-2)
    beyond = np.arange(start, 60 * start, 997.0)
    assert log_tail == pytest.approx(
        logsumexp(log_sums(graphs, components.values(beyond))) + np.log(997.0), abs=5e-3
    )


def test_a_tail_that_falls_no_faster_than_one_over_x_has_no_end() -> None:
    graphs, components = all_graphs(3), Components.of(SPINA_BIFIDA, 1e-9, INVERSE)
    x = np.array([1e9])
    slopes = components.slopes(x)
    rising = type(slopes)(slopes.shared + 1e-9, slopes.additions)
    log_tail, decay = tail(graphs, components.values(x), rising, 1e9)
    assert log_tail == np.inf
    assert decay > -1
