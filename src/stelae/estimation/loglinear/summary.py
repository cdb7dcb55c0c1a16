"""What an estimate by log-linear models rests on, as the diagnostics of its report."""

import math

from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear.fitted import Fitted
from stelae.estimation.loglinear.selection import Chosen
from stelae.estimation.loglinear.stepwise import Step
from stelae.values.canonical import Json

__all__ = ["summary"]

_SHOWN = 10


def summary(histories: CaptureHistories, fitted: Fitted, chosen: Chosen) -> dict[str, Json]:
    """The model in words and numbers, its rivals, the steps that led to it.

    `coefficients` by term hold None for those at minus infinity, which `minus_infinity` lists.
    """
    lists, n = histories.lists, histories.observed
    finite = {term: beta for term, beta in fitted.beta.items() if math.isfinite(beta)}
    return {
        "model": fitted.model.written(lists),
        "generators": [list(part) for part in fitted.model.names(lists)],
        "coefficients": {
            "constant" if term == 0 else histories.name_of(term): finite.get(term)
            for term in fitted.model.terms
        },
        "minus_infinity": [histories.name_of(t) for t in fitted.model.terms if t not in finite],
        "standard_error_of_log_unlisted": fitted.error,
        "log_likelihood": fitted.log_likelihood,
        "aic": fitted.aic,
        "bic": fitted.bic,
        "deviance": fitted.deviance,
        "degrees_of_freedom": fitted.degrees,
        "terms": fitted.terms,
        "models_compared": chosen.compared,
        "models_without_estimate": chosen.not_existing,
        "models_not_identifiable": chosen.not_identifiable,
        "models_not_converged": chosen.unsolved,
        "best_models": [
            {
                "model": one.model.written(lists),
                "n": n + one.unlisted,
                "difference": one.difference,
                "weight": one.weight,
            }
            for one in chosen.ranked[:_SHOWN]
        ],
        "steps": [_told(step, histories) for step in chosen.steps],
    }


def _told(step: Step, histories: CaptureHistories) -> dict[str, Json]:
    added: dict[str, Json] = {"added": None}
    if step.pair:
        added = {
            "added": histories.name_of(step.pair),
            "on_both": step.on_both,
            "expected": step.expected,
            "log_p": step.log_p if math.isfinite(step.log_p) else None,
            "passed_over": [histories.name_of(pair) for pair in step.tried],
        }
    return {**added, "n": histories.observed + step.unlisted, "deviance": step.deviance}
