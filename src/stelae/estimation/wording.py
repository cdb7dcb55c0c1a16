"""Estimates in words: the same ones on a terminal, in a plot and in a report."""

from collections.abc import Mapping

from stelae.estimation.estimate import Estimate, Status
from stelae.estimation.methods import METHODS
from stelae.values.plots.numbers import people, per_cent

__all__ = [
    "EQUALLY_WELL",
    "PUBLISHED",
    "interval_words",
    "is_lower_bound",
    "label",
    "people",
    "per_cent",
    "point_words",
]

EQUALLY_WELL = (
    "Different assumptions that no data can test fit the same lists equally well and give different"
    " numbers (Aleshin-Guendel, Sadinle & Wakefield)."
)
"""What stands on every report."""

PUBLISHED = "latent class .60, decomposable graphs .80, stepwise log-linear .90"
"""Coverage of held-out lists in real data (Binette & Steorts 2021)."""

_STATUS = {Status.OK: "ok", Status.NOT_CONVERGED: "not converged", Status.REFUSED: "refused"}


def label(stratum: Mapping[str, str]) -> str:
    """A stratum as people write it: `north` or `north, 1999`; `all` for the whole."""
    return ", ".join(stratum.values()) or "all"


def is_lower_bound(method: str) -> bool:
    """Whether there may be any number more than a method says."""
    return method in METHODS and METHODS[method].is_lower_bound


def point_words(estimate: Estimate) -> str:
    """The point, `≥` before it where it is a lower bound; the status where there is none."""
    if estimate.point is None:
        return _STATUS[estimate.status]
    return f"{'≥ ' if is_lower_bound(estimate.method) else ''}{people(estimate.point)}"


def interval_words(estimate: Estimate) -> str:
    """The interval as `8,994–12,110`, or a dash where there is none."""
    if estimate.interval is None:
        return "–"
    low, high = estimate.interval
    return f"{people(low)}–{people(high)}"
