"""Which model, or which mixture of models, a table is estimated by; and how to choose it again.

Every way of choosing gives a `Chosen`: the answer, what was compared, and `refit`, which makes the
same choice for other tables (the bootstrap's).
"""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from stelae.errors import NotEstimable
from stelae.estimation.estimate import Progress
from stelae.estimation.loglinear.bootstrap import Refit
from stelae.estimation.loglinear.checks import Check, explain
from stelae.estimation.loglinear.criteria import (
    empty_fits,
    fit_models,
    search_of,
    select_batch,
    weights,
)
from stelae.estimation.loglinear.fitting import FINE, UNSOLVED, Floats
from stelae.estimation.loglinear.models import (
    MOST_LISTS_ENUMERATED,
    Family,
    Ints,
    Model,
    family_of,
    hierarchical_models,
)
from stelae.estimation.loglinear.stepwise import Step, stepwise, stepwise_batch

__all__ = [
    "Chosen",
    "Ranked",
    "Selection",
    "by_criterion",
    "by_steps",
    "given",
]

_BATCH = 500


class Selection(StrEnum):
    """How the model is chosen."""

    AUTO = "auto"
    BIC = "bic"
    AIC = "aic"
    BIC_AVERAGE = "bic-average"
    AIC_AVERAGE = "aic-average"
    STEPWISE = "stepwise"
    GIVEN = "given"

    @property
    def averages(self) -> bool:
        """Whether all models take part by their weight."""
        return self in {Selection.BIC_AVERAGE, Selection.AIC_AVERAGE}

    @property
    def by_people(self) -> bool:
        """Whether a term costs log n (BIC) and not 2 (AIC)."""
        return self in {Selection.BIC, Selection.BIC_AVERAGE}

    def for_lists(self, lists: int) -> "Selection":
        """What AUTO means: BIC for up to five lists, stepwise for more."""
        if self is not Selection.AUTO:
            return self
        return Selection.BIC if lists <= MOST_LISTS_ENUMERATED else Selection.STEPWISE


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of the best models: its n_0, how far its criterion lies above the best, its weight."""

    model: Model
    unlisted: float
    difference: float
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """What a selection found for one table.

    `model` is the model chosen (of an average, the one of most weight); `ranked` are all models
    that were compared, best first, where a criterion compared them. Of the `compared` models some
    had no estimate (`not_existing`), were `not_identifiable`, or did not converge (`unsolved`).
    """

    model: Model
    unlisted: float
    refit: Refit
    ranked: tuple[Ranked, ...] = ()
    steps: tuple[Step, ...] = ()
    compared: int = 1
    not_existing: int = 0
    not_identifiable: int = 0
    unsolved: int = 0


def by_criterion(
    counts: Floats,
    lists: int,
    selection: Selection,
    max_order: int | None,
    progress: Progress | None = None,
) -> Chosen:
    """The best of all hierarchical models, or their average."""
    models = hierarchical_models(lists, max_order)
    family = family_of(models)
    fits = empty_fits(len(models))
    for first in range(0, len(models), _BATCH):
        last = min(first + _BATCH, len(models))
        part = fits.part(first, last)
        fit_models(counts, family.terms[first:last], family.sizes[first:last], part)
        if progress is not None:
            progress(last / len(models))
    if not np.any(fits.code == FINE):
        raise NotEstimable(
            f"none of {len(models)} log-linear models has an estimate for these lists",
            hint="lists that hardly meet say nothing of those on none: join lists, widen the"
            " stratum, or give the lower bound of Chao",
        )
    penalty = math.log(counts.sum()) if selection.by_people else 2.0
    scores = fits.scores(family.sizes, penalty)
    order = np.argsort(np.where(np.isnan(scores), np.inf, scores), kind="stable")
    order = order[: np.count_nonzero(fits.code == FINE)]
    weight = weights(scores)
    ranked = tuple(
        Ranked(
            models[m],
            float(fits.unlisted[m]),
            float(scores[m] - scores[order[0]]),
            float(weight[m]),
        )
        for m in order
    )
    if selection.averages:
        unlisted = sum(one.weight * one.unlisted for one in ranked)
        refit = _averaging(family, by_people=selection.by_people)
    else:
        unlisted = ranked[0].unlisted
        refit = _searching(family, scores, by_people=selection.by_people)
    return Chosen(
        ranked[0].model,
        unlisted,
        refit,
        ranked,
        compared=len(models),
        not_existing=int(np.count_nonzero(fits.code & Check.NO_ESTIMATE)),
        not_identifiable=int(np.count_nonzero(fits.code & Check.NOT_IDENTIFIABLE)),
        unsolved=int(np.count_nonzero(fits.code & UNSOLVED)),
    )


def by_steps(counts: Floats, lists: int, threshold: float) -> Chosen:
    """Forward selection of pairs."""
    path = stepwise(counts, lists, threshold)
    if path.code != FINE:
        raise NotEstimable(
            f"even without interactions {_why(path.code)}",
            hint="lists that never meet say nothing of those on none: join lists or widen the"
            " stratum",
        )

    def refit(tables: Floats) -> tuple[Floats, Ints]:
        unlisted, chosen = stepwise_batch(tables, lists, math.log(threshold))
        return unlisted, chosen

    return Chosen(
        path.model,
        path.steps[-1].unlisted,
        refit,
        steps=path.steps,
        compared=len(path.steps) + path.passed_over,
        not_existing=path.not_existing,
        not_identifiable=path.not_identifiable,
    )


def given(counts: Floats, lists: Sequence[str], model: Model) -> Chosen:
    """One model that the user names."""
    family = family_of((model,))
    fits = empty_fits(1)
    fit_models(counts, family.terms, family.sizes, fits)
    if fits.code[0] != FINE:
        raise NotEstimable(
            f"with the model {model.written(lists)} {_why(int(fits.code[0]))}",
            hint="leave out interactions of lists that do not meet, or let the model be selected",
        )
    return Chosen(model, float(fits.unlisted[0]), _averaging(family, by_people=True))


def _why(code: int) -> str:
    """Why there is no fit, as the end of a sentence about a model."""
    if code == UNSOLVED:
        return "no fit was reached, although an estimate exists: the counts are too far apart"
    return explain(Check(code))


def _searching(family: Family, scores: Floats, *, by_people: bool) -> Refit:
    search = search_of(family, scores)

    def refit(tables: Floats) -> tuple[Floats, Ints]:
        # Each table's search stands alone and holds no lock, so that every core takes some.
        parts = np.array_split(tables, min(len(tables), os.cpu_count() or 1))
        with ThreadPoolExecutor(len(parts)) as pool:
            found = list(pool.map(lambda part: select_batch(part, search, by_people), parts))
        return (
            np.concatenate([unlisted for unlisted, _ in found]),
            np.concatenate([chosen for _, chosen in found]),
        )

    return refit


def _averaging(family: Family, *, by_people: bool) -> Refit:
    """Weights anew for each table; of one model, its fit. The number is that of most weight."""

    def refit(tables: Floats) -> tuple[Floats, Ints]:
        unlisted = np.full(len(tables), np.nan)
        chosen = np.zeros(len(tables), dtype=np.int64)
        for r, table in enumerate(tables):
            fits = empty_fits(len(family.models))
            fit_models(table, family.terms, family.sizes, fits)
            if not np.any(fits.code == FINE):
                continue
            weight = weights(fits.scores(family.sizes, math.log(table.sum()) if by_people else 2.0))
            unlisted[r] = np.nansum(weight * fits.unlisted)
            chosen[r] = np.argmax(weight)
        return unlisted, chosen

    return refit
