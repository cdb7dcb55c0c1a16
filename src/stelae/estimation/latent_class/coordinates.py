"""The coordinates in which trajectories move: shares of classes among the listed, and reach.

What a table fixes well is how the listed divide: rho_k, the share of class k among those on some
list, and which lists hold a class more than others. What it fixes poorly is how many of a class no
list has reached. In theta and phi the second pulls at everything; here it is one coordinate for
each class, which the others need not follow.

With c_k = 1 - prod_j (1 - lambda_jk), rho_k is proportional to nu_k c_k. psi_k are the logits of
the sticks of rho, and eta_.k = theta_.k reflected so that its first is the mean of the logits times
sqrt(L). Laid out as y[j * K + k] and y[L * K + k]. phi_k = psi_k - log(c_k u_k+1), where u depends
on theta and later psi alone: the volume is the same in both, and so is the density.
"""

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.latent_class.posterior import Floats, Model

__all__ = ["from_listed", "reflect", "to_listed"]


@compiled
def reflect(y: Floats, theta: Floats, model: Model) -> None:
    """The logits of captures, whose reflection is their own inverse.

    theta = y - 2 v (v . y) / (v . v) with v = e_0 - 1 / sqrt(L): e_0 goes to the mean direction.
    """
    lists, classes = model.lists, model.classes
    root = 1.0 / np.sqrt(lists)
    for k in range(classes):
        total = 0.0
        for j in range(lists):
            total += y[j * classes + k]
        across = (y[k] - root * total) / (1.0 - root)
        theta[k] = y[k] - across * (1.0 - root)
        for j in range(1, lists):
            theta[j * classes + k] = y[j * classes + k] + across * root


@compiled
def _log_listed(theta: Floats, k: int, model: Model) -> float:
    """log c_k, exact also where a class is hardly listed."""
    caught = 0.0
    missed = 1.0
    for j in range(model.lists):
        odds = np.exp(theta[j * model.classes + k])
        absent = 1.0 / (1.0 + odds)
        caught += missed * odds * absent
        missed *= absent
    return float(np.log(caught))


@compiled
def to_listed(x: Floats, y: Floats, model: Model) -> None:
    """Coordinates of trajectories for captures and sticks."""
    sticks = model.lists * model.classes
    reflect(x, y, model)
    later = _log_listed(x, model.classes - 1, model)
    for k in range(model.classes - 2, -1, -1):
        logit = x[sticks + k]
        here = _log_listed(x, k, model)
        y[sticks + k] = logit + here - later
        away = np.log1p(np.exp(-abs(logit)))
        later = np.logaddexp(min(logit, 0.0) - away + here, min(-logit, 0.0) - away + later)


@compiled
def from_listed(y: Floats, x: Floats, model: Model) -> None:
    """Captures and sticks for coordinates of trajectories."""
    sticks = model.lists * model.classes
    reflect(y, x, model)
    later = -_log_listed(x, model.classes - 1, model)
    for k in range(model.classes - 2, -1, -1):
        logit = y[sticks + k]
        here = -_log_listed(x, k, model)
        x[sticks + k] = logit + here - later
        away = np.log1p(np.exp(-abs(logit)))
        later = np.logaddexp(min(logit, 0.0) - away + here, min(-logit, 0.0) - away + later)
