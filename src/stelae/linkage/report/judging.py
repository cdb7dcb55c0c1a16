"""What reviewers' answers say of a linkage: whether probabilities fit them, how often it errs."""

import numpy as np
import polars as pl

from stelae.linkage.decisions import Applied
from stelae.linkage.linking import Linkage
from stelae.linkage.pair_errors import pair_errors
from stelae.linkage.questions import frame_of
from stelae.linkage.reliability import reliability
from stelae.linkage.report.reviewed import Reviewed
from stelae.linkage.weights import probability

__all__ = ["judged"]


def judged(linkage: Linkage, decided: Applied, decisions: int) -> Reviewed:
    """Reliability and errors by the answers that stand on pairs that the linkage kept.

    The answers bind the clusters of this linkage, so errors are told of the pairs that its weights
    alone would join: those with even odds or better.
    """
    if not len(decided.a):
        return Reviewed(decisions=decisions)
    low, high = np.minimum(decided.a, decided.b), np.maximum(decided.a, decided.b)
    chance = np.full(len(low), np.nan) if decided.chance is None else decided.chance
    answered = pl.DataFrame({"a": low, "b": high, "same": decided.same, "chance": chance})
    # Lists are linked with a lean towards joining; probabilities are judged without it.
    plain = linkage.pairs.with_columns(log_odds=pl.col("log_odds") - linkage.settings.lean)
    found = answered.join(plain.select("a", "b", "log_odds"), on=["a", "b"])
    if not found.height:
        return Reviewed(decisions=decisions)
    known = found["chance"].is_not_nan().to_numpy()
    counts = np.where(known, 1.0 / np.where(known, found["chance"].to_numpy(), 1.0), 1.0)
    by_answers = reliability(
        probability(found["log_odds"].to_numpy()), found["same"].to_numpy(), counts
    )
    frame = frame_of(plain, linkage.labels).with_columns(
        together=pl.col("log_odds").fill_null(1.0) > 0
    )
    reviewed = found.join(frame.select("a", "b", "together"), on=["a", "b"])
    return Reviewed(decisions, by_answers, pair_errors(frame, reviewed))
