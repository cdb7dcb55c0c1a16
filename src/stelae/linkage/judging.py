"""Whether reviewers' answers bear out the probabilities of a linkage."""

import numpy as np
import polars as pl

from stelae.linkage.decisions import Applied
from stelae.linkage.reliability import Reliability, reliability
from stelae.linkage.weights import probability

__all__ = ["judged"]


def judged(pairs: pl.DataFrame, decided: Applied, lean: float) -> Reliability | None:
    """How well the probabilities of pairs (a, b, log_odds) fit the answers on them; None: none do.

    `lean` is taken off first: log odds that make clusters hold it, probabilities ought not to.
    Answers that taught the weights flatter them; new ones judge.
    """
    if not len(decided.a):
        return None
    low, high = np.minimum(decided.a, decided.b), np.maximum(decided.a, decided.b)
    chance = np.full(len(low), np.nan) if decided.chance is None else decided.chance
    answered = pl.DataFrame({"a": low, "b": high, "same": decided.same, "chance": chance})
    found = answered.join(pairs.select("a", "b", "log_odds"), on=["a", "b"])
    if not found.height:
        return None
    drawn = found["chance"].is_not_nan().to_numpy()
    counts = np.where(drawn, 1.0 / np.where(drawn, found["chance"].to_numpy(), 1.0), 1.0)
    said = probability(found["log_odds"].to_numpy() - lean)
    return reliability(said, found["same"].to_numpy(), counts)
