import math

import numpy as np
import pytest
from capture_tables import KOSOVO, NEW_ORLEANS_5, SPINA_BIFIDA

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import Selection, fit_model, hierarchical_models
from stelae.estimation.loglinear.criteria import (
    empty_fits,
    fit_models,
    search_of,
    select_batch,
    weights,
)
from stelae.estimation.loglinear.models import family_of
from stelae.estimation.loglinear.selection import by_criterion


@pytest.mark.parametrize("histories", [SPINA_BIFIDA, KOSOVO, NEW_ORLEANS_5], ids=["3", "4", "5"])
@pytest.mark.parametrize("max_order", [None, 2])
@pytest.mark.parametrize("by_people", [True, False])
def test_the_search_finds_what_fitting_every_model_finds(
    histories: CaptureHistories, max_order: int | None, by_people: bool
) -> None:
    counts = histories.cells.astype(np.float64)
    family = family_of(hierarchical_models(len(histories.lists), max_order))
    fits = empty_fits(len(family.models))
    fit_models(counts, family.terms, family.sizes, fits)
    people = counts.sum()
    penalty = math.log(people) if by_people else 2.0
    search = search_of(family, fits.scores(family.sizes, penalty))
    shares = counts / people
    tables = np.random.default_rng(7).multinomial(int(people), shares, size=6).astype(np.float64)
    unlisted, chosen = select_batch(tables, search, by_people)
    for table, n_0, terms in zip(tables, unlisted, chosen, strict=True):
        every = empty_fits(len(family.models))
        fit_models(table, family.terms, family.sizes, every)
        best = int(np.nanargmin(every.scores(family.sizes, penalty)))
        assert terms == sum(1 << t for t in family.models[best].terms)
        assert n_0 == pytest.approx(every.unlisted[best], rel=1e-7)


def test_scores_differ_as_the_criteria_of_the_models_do() -> None:
    counts = KOSOVO.cells.astype(np.float64)
    chosen = by_criterion(counts, 4, Selection.BIC, None)
    first, second = (fit_model(counts, one.model) for one in chosen.ranked[:2])
    assert second.bic - first.bic == pytest.approx(chosen.ranked[1].difference)


def test_weights_fall_by_half_the_difference_and_leave_out_what_has_no_estimate() -> None:
    found = weights(np.array([10.0, np.nan, 12.0]))
    assert found == pytest.approx([1 / (1 + math.exp(-1)), 0, 1 / (1 + math.e)])


def test_an_average_is_the_mean_over_models_by_weight() -> None:
    counts = KOSOVO.cells.astype(np.float64)
    chosen = by_criterion(counts, 4, Selection.AIC_AVERAGE, None)
    assert sum(one.weight for one in chosen.ranked) == pytest.approx(1)
    mean = sum(one.weight * one.unlisted for one in chosen.ranked)
    assert chosen.unlisted == pytest.approx(mean)
    assert chosen.refit(counts[None])[0][0] == pytest.approx(mean)
