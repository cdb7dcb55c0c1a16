"""The log-linear method: choose a model, say what it rests on, and how far the number reaches."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Curve, Draws, Estimate, Progress
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear.bootstrap import Bootstrap, bootstrap
from stelae.estimation.loglinear.fitted import fit_model
from stelae.estimation.loglinear.fitting import Floats
from stelae.estimation.loglinear.models import MOST_LISTS_ENUMERATED, Model
from stelae.estimation.loglinear.profile import Likelihood, Roots, mixed_ends, profile, wald
from stelae.estimation.loglinear.selection import (
    Chosen,
    Ranked,
    Selection,
    by_criterion,
    by_steps,
    given,
)
from stelae.estimation.loglinear.stepwise import MOST_LISTS_STEPPED
from stelae.estimation.loglinear.summary import summary
from stelae.values.canonical import Json

__all__ = ["Interval", "LogLinear"]

_MOST_FAILED = 0.05
"""Where more replicates than this share have no estimate, they are no picture of the doubt."""
_LEFT_OUT = 0.001
"""Models of an average that together weigh less than this have no profile drawn."""


class Interval(StrEnum):
    """Where the interval comes from."""

    BCA = "bca"
    MULTINOMIAL_PROFILE = "multinomial-profile"
    POISSON_PROFILE = "poisson-profile"
    WALD = "wald"


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far the number reaches: n_0 at both ends or why there are none, and draws of N."""

    ends: tuple[float, float] | None
    draws: Draws | None
    reason: str | None = None
    curve: Curve | None = None
    said: dict[str, Json] | None = None


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
        n = histories.observed
        ends = reach.ends
        return Estimate.of(
            self.name,
            self._parameters(selection),
            histories,
            rng=rng,
            point=n + chosen.unlisted,
            interval=None if ends is None else (n + ends[0], n + ends[1]),
            level=self.level,
            reason=reach.reason,
            draws=reach.draws,
            curve=reach.curve,
            diagnostics={
                **summary(histories, fit_model(counts, chosen.model), chosen),
                "averaged": selection.averages,
                "interval_kind": str(self.interval),
                **(reach.said or {}),
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
    ) -> _Reach:
        people = int(counts.sum())
        if self.interval is Interval.BCA:
            found = bootstrap(
                counts,
                people + chosen.unlisted,
                chosen.refit,
                self.replicates,
                rng=rng,
                progress=progress,
            )
            return _by_bootstrap(found, counts, chosen, self.level, rng)
        if selection.averages:
            kept = _heaviest(chosen)
            models, weights = [one.model for one in kept], [one.weight for one in kept]
        else:
            models, weights = [chosen.model], [1.0]
        share = np.array(weights) / sum(weights)
        parts, curve = [], None
        for i, model in enumerate(models):
            roots, curve = self._roots(counts, model, people)
            parts.append(roots)
            if progress is not None:
                progress((i + 1) / len(models))
        ends = (
            parts[0].ends(self.level) if len(parts) == 1 else mixed_ends(parts, share, self.level)
        )
        which = rng.choice(len(parts), size=self.draws, p=share)
        z = rng.standard_normal(self.draws)
        unlisted = np.zeros(self.draws)
        for i, part in enumerate(parts):
            unlisted[which == i] = part.at(z[which == i])
        if ends is None:
            return _Reach(None, None, "the likelihood has no upper end: any larger number fits")
        return _Reach(
            ends,
            _whole(people + unlisted),
            curve=curve if len(parts) == 1 else None,
            said={
                "draws": "drawn from the interval's own confidence distribution (signed roots of"
                " the likelihood taken as normal), not replicates",
                "profiled_models": len(parts),
            },
        )

    def _roots(self, counts: Floats, model: Model, people: int) -> tuple[Roots, Curve | None]:
        fitted = fit_model(counts, model)
        if self.interval is Interval.WALD:
            return wald(fitted), None
        multinomial = self.interval is Interval.MULTINOMIAL_PROFILE
        kind = Likelihood.MULTINOMIAL if multinomial else Likelihood.POISSON
        roots, values = profile(counts, fitted, kind, self.level)
        at = tuple(float(people + n) for n in np.exp(roots.log_unlisted))
        return roots, Curve(str(kind), at, tuple(float(v) for v in values))


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


def _heaviest(chosen: Chosen) -> list[Ranked]:
    """The best models that together hold nearly all weight."""
    kept: list[Ranked] = []
    weight = 0.0
    for one in chosen.ranked:
        kept.append(one)
        weight += one.weight
        if weight >= 1 - _LEFT_OUT:
            break
    return kept


def _whole(values: Floats) -> Draws:
    """Whole numbers of people, one chain."""
    return np.rint(values).astype(np.int64)[None]


def _by_bootstrap(
    found: Bootstrap, counts: Floats, chosen: Chosen, level: float, rng: np.random.Generator
) -> _Reach:
    """The BCa interval, and draws with the same correction as its ends."""
    size, people = len(found.replicates), int(counts.sum())
    own = chosen.refit(counts[None])[1][0]
    said: dict[str, Json] = {
        "replicates_failed": found.failed,
        "replicates_of_the_same_model": float(np.mean(found.chosen == own)),
        "bias_correction": found.bias if math.isfinite(found.bias) else None,
        "acceleration": found.acceleration,
    }
    if found.failed > _MOST_FAILED * size:
        return _Reach(
            None,
            None,
            f"{found.failed} of {size} bootstrap replicates have no estimate: the lists meet too"
            " rarely for an interval",
            said=said,
        )
    if not math.isfinite(found.bias):
        return _Reach(
            None, None, "all bootstrap replicates lie on one side of the estimate", said=said
        )
    ends = found.at(np.array([(1 - level) / 2, (1 + level) / 2]))
    shares = (rng.permutation(size) + 0.5) / size
    draws = found.at(shares)
    return _Reach(
        (float(ends[0]) - people, float(ends[1]) - people),
        _whole(draws),
        said={
            **said,
            "percentile_interval": list(found.percentiles(level)),
            "draws": "bootstrap replicates, their quantiles corrected as those of the interval",
        },
    )
