"""Hierarchical Poisson log-linear models: which terms, does an estimate exist, how far it reaches.

`models` (which there are) → `fitting` (one fit, with `faces`: does it exist) → `criteria` and
`stepwise` (which one) → `reach` (how far, by `profile` or `bootstrap`) → `method` (the whole).
`checks` asks the two questions of existence and identifiability of a solver, by itself.
"""

from stelae.estimation.loglinear.checks import Check, check, explain
from stelae.estimation.loglinear.fitted import Fitted, fit_model
from stelae.estimation.loglinear.method import LogLinear
from stelae.estimation.loglinear.models import Model, hierarchical_models, independence
from stelae.estimation.loglinear.reach import Interval
from stelae.estimation.loglinear.selection import Selection

__all__ = [
    "Check",
    "Fitted",
    "Interval",
    "LogLinear",
    "Model",
    "Selection",
    "check",
    "explain",
    "fit_model",
    "hierarchical_models",
    "independence",
]
