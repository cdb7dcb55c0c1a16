"""One model fitted to one table, with all that a reader may ask of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from stelae.estimation.loglinear.fitting import (
    FINE,
    Floats,
    begin_anywhere,
    deviance,
    fit_terms,
    room_for,
    standard_error,
    table_of,
)
from stelae.estimation.loglinear.models import Model

__all__ = ["Fitted", "fit_model"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The maximum likelihood fit of a model; `code` other than 0: there is none (`checks.Check`).

    `beta` by term holds -inf for terms with nobody on all their lists. `means` are the expected
    counts of all cells, of cell 0 exp(beta_0). `error` is the standard error of log n_0.
    `terms` counts all terms, `degrees` cells that remain less finite terms.
    """

    model: Model
    code: int
    beta: Mapping[int, float]
    means: Floats
    error: float
    deviance: float
    log_likelihood: float
    terms: int
    degrees: int
    people: float

    @property
    def unlisted(self) -> float:
        """n_0 = exp(beta_0)."""
        return math.exp(self.beta[0])

    @property
    def aic(self) -> float:
        """-2 log L + 2 k, with k terms, those at minus infinity too."""
        return 2 * self.terms - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """-2 log L + k log n, with n people observed."""
        return self.terms * math.log(self.people) - 2 * self.log_likelihood


def fit_model(counts: Floats, model: Model) -> Fitted:
    """Fit one model to the counts of all 2^L cells (cell 0 is not looked at)."""
    terms = np.array(model.terms, dtype=np.int64)
    room = room_for(len(counts), len(terms))
    table = table_of(counts)
    code = fit_terms(table, terms, room, begin_anywhere())
    size = int(np.count_nonzero(table.totals[terms] > 0))
    beta = {int(t): -math.inf for t in terms}
    beta.update((int(t), float(b)) for t, b in zip(room.finite[:size], room.beta, strict=False))
    means = room.mean.copy()
    means[0] = math.exp(beta[0]) if code == FINE else math.nan
    seen = counts[1:][counts[1:] > 0]
    lost = deviance(counts, room) if code == FINE else math.nan
    best = float(np.sum(seen * np.log(seen) - seen - [math.lgamma(n + 1) for n in seen]))
    return Fitted(
        model,
        code,
        beta,
        means,
        standard_error(size, room) if code == FINE else math.nan,
        lost,
        best - 0.5 * lost,
        len(terms),
        int(np.count_nonzero(room.alive)) - size,
        float(counts[1:].sum()),
    )
