"""Does an estimate exist, and is it identifiable? The questions before any number.

With the terms of n*_t = 0 and their cells left out (see `fitting`), A has a row for each history
that remains and a column for each term. The estimate exists if and only if the linear programme

    maximise s  subject to  A'x = A'n,  x_i >= s,  x >= 0

has a solution s > 0 (Fienberg & Rinaldo 2012, Annals of Statistics 40, 996-1023); it is
identifiable if and only if A has full column rank. The codes are those of Chan, Silverman &
Vincent (2021).
"""

from enum import IntFlag

import numpy as np

from stelae.errors import BadValue
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear.fitting import Floats
from stelae.estimation.loglinear.models import Model

__all__ = ["Check", "check", "explain"]

_POSITIVE = 1e-6
"""A solution above this is positive: the solver is exact to 1e-7 of a person."""


class Check(IntFlag):
    """What stands against an estimate; 3 is both."""

    FINE = 0
    NO_ESTIMATE = 1
    NOT_IDENTIFIABLE = 2


def check(histories: CaptureHistories, model: Model) -> Check:
    """Ask a solver (HiGHS) and the rank; for tables of 16 lists at most."""
    if model.lists != len(histories.lists):
        raise BadValue(f"a model of {model.lists} lists is none of {len(histories.lists)} lists")
    counts = histories.cells
    empty = [t for t in model.terms if t and histories.on_all(t) == 0]
    cells = [x for x in range(1, len(counts)) if not any(x & t == t for t in empty)]
    terms = [t for t in model.terms if t == 0 or histories.on_all(t)]
    if not histories.observed:
        return Check.NO_ESTIMATE | Check.NOT_IDENTIFIABLE
    columns = np.array(terms)
    design = (np.array(cells)[:, None] & columns == columns).astype(float)
    found = Check.FINE
    if _smallest_mean(design, design.T @ counts[cells]) <= _POSITIVE:
        found |= Check.NO_ESTIMATE
    if np.linalg.matrix_rank(design) < len(terms):
        found |= Check.NOT_IDENTIFIABLE
    return found


def explain(found: Check) -> str:
    """What the code means, as the end of a sentence about a model."""
    words = []
    if Check.NO_ESTIMATE in found:
        words.append(
            "no maximum likelihood estimate exists, as it would expect exactly nobody with some"
            " history"
        )
    if Check.NOT_IDENTIFIABLE in found:
        words.append("many numbers fit equally well, as it has more terms than histories are left")
    return "; ".join(words) or "the estimate exists and is identifiable"


def _smallest_mean(design: Floats, margins: Floats) -> float:
    """The largest s: how far from zero all means can stay that have these margins."""
    from scipy.optimize import linprog

    cells, terms = design.shape
    solved = linprog(
        np.append(np.zeros(cells), -1.0),
        A_ub=np.hstack([-np.eye(cells), np.ones((cells, 1))]),
        b_ub=np.zeros(cells),
        A_eq=np.hstack([design.T, np.zeros((terms, 1))]),
        b_eq=margins,
        bounds=(0, None),
        method="highs",
    )
    return float(-solved.fun) if solved.status == 0 else 0.0
