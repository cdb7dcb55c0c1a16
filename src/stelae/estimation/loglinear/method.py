"""The log-linear method: choose a model, say what it rests on, and how far the number reaches."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate, Progress
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear.fitted import fit_model
from stelae.estimation.loglinear.fitting import Floats
from stelae.estimation.loglinear.models import MOST_LISTS_ENUMERATED, Model
from stelae.estimation.loglinear.reach import Interval, Reach, by_bootstrap, by_likelihood
from stelae.estimation.loglinear.selection import (
    Chosen,
    Selection,
    by_criterion,
    by_steps,
    given,
)
from stelae.estimation.loglinear.stepwise import MOST_LISTS_STEPPED
from stelae.estimation.loglinear.summary import summary
from stelae.values.canonical import Json

__all__ = ["LogLinear"]


@dataclass(frozen=True, slots=True)
class LogLinear:
    """Hierarchical Poisson log-linear models of three to eleven lists.

    n_x ~ Poisson(exp(sum of beta_t over the terms t that are part of x)); N = n + exp(beta_0).

    `selection` chooses the model: the best of all with terms of at most `max_order` lists by BIC or
    AIC, or their average by exp(-difference/2) (up to five lists); or forward steps over pairs with
    p below `threshold`; `auto` is BIC up to five lists, else stepwise. `model` names a given one by
    the lists of its generators.

    The `interval` is that of a bootstrap of `replicates` which selects anew each time (BCa), or it
    holds for the chosen model alone: by profile likelihood, or normal in log n_0 (`wald`). From the
    latter, `draws` are drawn for sums over strata.
    """

    selection: Selection = Selection.AUTO
    interval: Interval = Interval.BCA
    level: float = 0.95
    max_order: int | None = None
    threshold: float = 0.02
    model: tuple[tuple[str, ...], ...] | None = None
    replicates: int = 1000
    draws: int = 4000

    def __post_init__(self) -> None:
        if (self.selection is Selection.GIVEN) != (self.model is not None):
            raise BadValue("a given model is named by its generators, and selection is 'given'")
        if not 0 < self.level < 1:
            raise BadValue(f"a level lies between 0 and 1, not at {self.level}")
        if not 0 < self.threshold < 1:
            raise BadValue(f"a threshold of p lies between 0 and 1, not at {self.threshold}")
        if self.max_order is not None and self.max_order < 1:
            raise BadValue(f"terms hold at least one list, not {self.max_order}")
        if self.replicates < 100 or self.draws < 1:
            raise BadValue("a bootstrap has at least 100 replicates, and draws are at least one")

    @property
    def name(self) -> str:
        """As reports name the method."""
        return "log-linear"

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """Estimate N; NotEstimable, with the reason, where these lists allow no number."""
        _refuse(histories)
        lists = len(histories.lists)
        counts = histories.cells.astype(np.float64)
        selection = self.selection.for_lists(lists)
        takes = 0.5 if self.interval is not Interval.BCA else 0.1
        chosen = self._choose(counts, histories, selection, _share(progress, 0, takes))
        reach = self._reach(counts, chosen, selection, rng, _share(progress, takes, 1))
        return Estimate.of(
            self.name,
            self._parameters(selection),
            histories,
            rng=rng,
            point=histories.observed + chosen.unlisted,
            interval=reach.ends,
            level=self.level,
            reason=reach.reason,
            draws=reach.draws,
            curve=reach.curve,
            diagnostics={
                **summary(histories, fit_model(counts, chosen.model), chosen),
                "averaged": selection.averages,
                "interval_kind": str(self.interval),
                **reach.said,
            },
        )

    def _parameters(self, selection: Selection) -> dict[str, Json]:
        """What was asked, only as far as it had a part in the answer."""
        return {
            "selection": str(selection),
            "interval": str(self.interval),
            **({"max_order": self.max_order} if selection in _CRITERIA else {}),
            **({"threshold": self.threshold} if selection is Selection.STEPWISE else {}),
            **({"model": [list(part) for part in self.model]} if self.model else {}),
            **(
                {"replicates": self.replicates}
                if self.interval is Interval.BCA
                else {"draws": self.draws}
            ),
        }

    def _choose(
        self,
        counts: Floats,
        histories: CaptureHistories,
        selection: Selection,
        progress: Progress | None,
    ) -> Chosen:
        lists = len(histories.lists)
        if self.model is not None:
            model = Model.named(histories.lists, self.model)
            return given(counts, histories.lists, model)
        if selection is Selection.STEPWISE:
            return by_steps(counts, lists, self.threshold)
        if lists > MOST_LISTS_ENUMERATED:
            raise NotEstimable(
                f"{lists} lists have too many hierarchical models to look at each",
                hint="ask for the stepwise selection, or for five lists at most",
            )
        return by_criterion(counts, lists, selection, self.max_order, progress)

    def _reach(
        self,
        counts: Floats,
        chosen: Chosen,
        selection: Selection,
        rng: np.random.Generator,
        progress: Progress | None,
    ) -> Reach:
        if self.interval is Interval.BCA:
            return by_bootstrap(
                counts,
                chosen,
                replicates=self.replicates,
                level=self.level,
                rng=rng,
                progress=progress,
            )
        return by_likelihood(
            counts,
            chosen,
            self.interval,
            averages=selection.averages,
            draws=self.draws,
            level=self.level,
            rng=rng,
            progress=progress,
        )


_CRITERIA = {Selection.BIC, Selection.AIC, Selection.BIC_AVERAGE, Selection.AIC_AVERAGE}


def _refuse(histories: CaptureHistories) -> None:
    """Raise NotEstimable for tables that no log-linear model can say anything of."""
    lists, n = len(histories.lists), histories.observed
    if lists < 3:
        raise NotEstimable(
            f"log-linear models need three lists, there are {lists}: {', '.join(histories.lists)}",
            hint="for two lists there is Chapman's estimate, which takes them to be independent",
        )
    if lists > MOST_LISTS_STEPPED:
        raise NotEstimable(
            f"log-linear models take {MOST_LISTS_STEPPED} lists at most, there are {lists}",
            hint="join lists of one kind, or drop the smallest",
        )
    for name, size in zip(histories.lists, histories.on_list, strict=True):
        if size in {0, n}:
            raise NotEstimable(
                f"list {name} holds {'everybody' if n and size == n else 'nobody'}, which tells"
                " nothing of its overlap with others",
                hint="leave it out (CaptureHistories.usable does)",
            )


def _share(progress: Progress | None, start: float, end: float) -> Progress | None:
    """A part of the work, told as a share of the whole."""
    if progress is None:
        return None
    told: Callable[[float], None] = progress
    return lambda done: told(start + (end - start) * done)
