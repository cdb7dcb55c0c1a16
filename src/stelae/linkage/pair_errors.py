"""Precision and recall of a linkage from reviewed pairs that were drawn with known chances.

The pairs that could be asked about are divided as `questions` divides them, by log odds and by
whether they are in one cluster; how many there are of each stratum is known. Within a stratum the
share of matches is estimated with each answer counted 1 / chance (Hajek), so that draws of
several days may be put together. Variances of the sums, and of their ratios by linearisation, are
taken at shares that half a match and half a non-match were added to: a stratum without an error
among its few answers is not free of them. The interval is Clopper-Pearson's around the plain
estimate, with the number of equal answers that would have that variance (Korn, Graubard 1998).

Recall is that among the pairs that were compared and kept: matches that no candidate key found or
whose weights are hopeless are outside. A sample of records (`evaluation`) sees those too.

The linkage that is judged must not have known the answers: give the clusters and log odds of the
run that asked. A run that is bound by the answers is right on just these pairs.

Korn, Graubard: Confidence intervals for proportions with small expected number of positive counts
estimated from survey data. Survey Methodology 24 (1998).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.decisions import Applied
from stelae.linkage.evaluation import Estimated, clopper_pearson
from stelae.linkage.questions import stratum

__all__ = ["answered", "pair_errors"]

_FEWEST = 30
_WIDEST = 0.5


@dataclass(frozen=True, slots=True)
class _Side:
    """The strata of pairs that are joined, or of those that are not."""

    pairs: int
    matches: float
    smoothed: float
    variance: float
    """Of the matches, at the smoothed shares."""


def answered(frame: pl.DataFrame, decided: Applied) -> pl.DataFrame:
    """Of the pairs that could be asked about (`questions.frame_of`) those decided on, with both."""
    chance = np.full(len(decided.a), np.nan) if decided.chance is None else decided.chance
    answers = pl.DataFrame(
        {
            "a": np.minimum(decided.a, decided.b),
            "b": np.maximum(decided.a, decided.b),
            "same": decided.same,
            "chance": chance,
        }
    )
    return frame.select("a", "b", "log_odds", "together").join(answers, on=["a", "b"])


def pair_errors(frame: pl.DataFrame, reviewed: pl.DataFrame) -> tuple[Estimated, ...]:
    """Precision, recall and F1 of the clusters that `frame` (`questions.frame_of`) tells of.

    `reviewed` has log_odds (null: never compared), together, chance and same. Answers without a
    chance tell nothing of all pairs and are passed over.
    """
    drawn = reviewed.filter(pl.col("chance").is_not_null() & pl.col("chance").is_not_nan())
    n = drawn.height
    names = ("precision", "recall of the pairs that were kept", "F1 of the pairs that were kept")
    if n < _FEWEST:
        why = f"too few answers drawn by chance ({n:,}); {_FEWEST} at least"
        return tuple(Estimated(name, None, None, n, why) for name in names)
    joined, apart = (_side(frame, drawn, together=side) for side in (True, False))
    # Each measure as a x b / (...): its value at (matches joined, matches apart), and its slopes.
    at = _measures(joined.matches, apart.matches, joined.pairs)
    smooth = _measures(joined.smoothed, apart.smoothed, joined.pairs)
    slopes = _slopes(joined.smoothed, apart.smoothed, joined.pairs)
    return tuple(
        _estimated(name, point, centre, one**2 * joined.variance + two**2 * apart.variance, n)
        for name, point, centre, (one, two) in zip(names, at, smooth, slopes, strict=True)
    )


def _measures(both: float, missed: float, joined: int) -> tuple[float, float, float]:
    """Precision, recall and F1 (NaN where nothing is joined or matches)."""
    all_matches = both + missed
    return (
        both / joined if joined else np.nan,
        both / all_matches if all_matches else np.nan,
        2.0 * both / (all_matches + joined) if all_matches + joined else np.nan,
    )


def _slopes(both: float, missed: float, joined: int) -> tuple[tuple[float, float], ...]:
    """How each measure changes with the matches that are joined, and with those that are not."""
    every, total = max(both + missed, 1e-12), max(both + missed + joined, 1e-12)
    return (
        (1.0 / max(joined, 1), 0.0),
        (missed / every**2, -both / every**2),
        (2.0 * (missed + joined) / total**2, -2.0 * both / total**2),
    )


def _estimated(what: str, point: float, centre: float, variance: float, n: int) -> Estimated:
    if not np.isfinite(point):
        return Estimated(what, None, None, n, "no pair of it is joined or matches")
    if variance <= 0:  # every pair was answered
        return Estimated(what, point, (point, point), n)
    low, high = clopper_pearson(point, centre * (1.0 - centre) / variance)
    if high - low > _WIDEST:
        return Estimated(what, point, None, n, "too few answers where most of the pairs are")
    return Estimated(what, point, (low, high), n)


def _side(frame: pl.DataFrame, drawn: pl.DataFrame, *, together: bool) -> _Side:
    frame = frame.filter(pl.col("together") == together)
    drawn = drawn.filter(pl.col("together") == together)
    places, counts = np.unique(_place(frame), return_counts=True)
    asked = _place(drawn)
    weight, same = 1.0 / drawn["chance"].to_numpy(), drawn["same"].to_numpy()
    matches = smoothed = variance = 0.0
    rate = float((weight * same).sum() / weight.sum()) if len(weight) else 0.5
    for place, count in zip(places.tolist(), counts.tolist(), strict=True):
        here = asked == place
        total = float(weight[here].sum())
        # Of a stratum without an answer nothing is known but what its neighbours say.
        share = float(weight[here & same].sum()) / total if total else rate
        answers = total**2 / float((weight[here] ** 2).sum()) if total else 0.0
        left = max(1.0 - answers / count, 0.0)
        middle = (share * answers + 0.5) / (answers + 1.0) if left else share
        matches += count * share
        smoothed += count * middle
        variance += count**2 * left * middle * (1.0 - middle) / (answers + 1.0)
    return _Side(frame.height, matches, smoothed, variance)


def _place(pairs: pl.DataFrame) -> npt.NDArray[np.int64]:
    return stratum(pairs["log_odds"].fill_null(np.nan).to_numpy(), pairs["together"].to_numpy())
