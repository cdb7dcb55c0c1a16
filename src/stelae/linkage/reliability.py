"""Whether probabilities of pairs are what they say: reliability curve, Brier and log score.

Of the pairs said to match with probability .8, eight in ten should. Answers that were drawn with
unequal chances count 1 / chance; the effective number of answers (Kish) gives the intervals.

The Brier score, the mean of (p - y)^2, falls into parts (Murphy, Journal of Applied Meteorology
12, 1973): uncertainty, less resolution (how far the bins' shares differ from the whole: good),
plus reliability (how far the bins' shares differ from what was said: bad); `within` is what is
left because probabilities vary within a bin (Stephenson, Coelho, Jolliffe 2008).
Wilson: Probable inference, the law of succession, and statistical inference. JASA 22 (1927).
Cox: Two further applications of a model for binary regression. Biometrika 45 (1958).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.weights import Floats

__all__ = ["Bin", "Reliability", "reliability", "wilson"]

_Z = 1.959963984540054
_FEWEST = 30
_LEAST = 1e-9
EDGES = (0.0, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1.0)
"""Probabilities at which one bin ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose pairs were given about one probability: what was said, and what was seen."""

    low: float
    high: float
    answers: int
    said: float
    """Mean probability."""
    seen: float
    """Share of matches."""
    interval: tuple[float, float]
    """Wilson's, 95 %, for the share of matches."""

    @property
    def holds(self) -> bool:
        """Whether what was said lies in the interval of what was seen."""
        return self.interval[0] <= self.said <= self.interval[1]


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well probabilities fit answers; the Brier score is the sum of its parts as described."""

    bins: tuple[Bin, ...]
    answers: int
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    log_score: float
    """Mean of -log of the probability given to the answer, in natural logarithms."""
    z: float
    """Calibration in the large: matches said less matches seen, in standard errors. Above 2 fewer
    pairs match than was said, below -2 more."""

    @property
    def is_enough(self) -> bool:
        """Whether there are answers enough to judge by."""
        return self.answers >= _FEWEST

    def in_words(self) -> str:
        """One or two sentences for people."""
        if not self.is_enough:
            return (
                f"Too few answers ({self.answers:,}) to say whether the probabilities are right;"
                f" {_FEWEST} at least."
            )
        off = [one for one in self.bins if not one.holds]
        if not off:
            return (
                "The probabilities fit the answers: in every bin about as many pairs match as was"
                f" said ({self.answers:,} answers, Brier score {self.brier:.3f})."
            )
        worst = max(off, key=lambda one: abs(one.said - one.seen))
        way = "more" if worst.seen > worst.said else "less"
        return (
            f"The probabilities do not fit the answers: pairs said to match with {worst.said:.2f}"
            f" match {way} often, {worst.seen:.2f} ({worst.interval[0]:.2f} to"
            f" {worst.interval[1]:.2f}; {worst.answers:,} answers)."
        )


def reliability(
    probability: Floats,
    same: npt.NDArray[np.bool_],
    counts: Floats | None = None,
    *,
    edges: tuple[float, ...] = EDGES,
) -> Reliability:
    """Judge probabilities by answers; `counts` is what each answer counts (1 / chance).

    A ValueError without any answer.
    """
    if not len(same):
        raise ValueError("there are no answers to judge by")
    weight = np.ones(len(same)) if counts is None else np.asarray(counts, dtype=np.float64)
    weight = weight / weight.sum()
    y = same.astype(np.float64)
    place = np.clip(np.digitize(probability, edges[1:-1]), 0, len(edges) - 2)
    bins, reliable, resolved = [], 0.0, 0.0
    base = float(weight @ y)
    for at in np.unique(place).tolist():
        here = place == at
        share = float(weight[here].sum())
        said = float(weight[here] @ probability[here]) / share
        seen = float(weight[here] @ y[here]) / share
        effective = share**2 / float((weight[here] ** 2).sum())
        reliable += share * (said - seen) ** 2
        resolved += share * (seen - base) ** 2
        interval = wilson(seen, effective)
        bins.append(Bin(edges[at], edges[at + 1], int(here.sum()), said, seen, interval))
    brier = float(weight @ (probability - y) ** 2)
    uncertainty = base * (1.0 - base)
    p = np.clip(probability, _LEAST, 1.0 - _LEAST)
    log_score = -float(weight @ np.where(same, np.log(p), np.log1p(-p)))
    # Odds beyond 99 to 1 are not taken at their word: one answer against them would be proof.
    guarded = np.clip(probability, 0.01, 0.99)
    spread = float((weight**2) @ (guarded * (1.0 - guarded)))
    off = float(weight @ (probability - y))
    return Reliability(
        tuple(bins), len(same), brier, reliable, resolved, uncertainty,
        brier - reliable + resolved - uncertainty, log_score,
        off / float(np.sqrt(spread)),
    )  # fmt: skip


def wilson(share: float, answers: float) -> tuple[float, float]:
    """Wilson's 95 % interval for a share seen in so many (effective) answers."""
    centre = (share + _Z**2 / (2 * answers)) / (1 + _Z**2 / answers)
    half = _Z / (1 + _Z**2 / answers)
    half *= np.sqrt(share * (1 - share) / answers + _Z**2 / (4 * answers**2))
    return max(centre - float(half), 0.0), min(centre + float(half), 1.0)
