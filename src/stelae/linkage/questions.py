"""Which pairs to ask reviewers about: those that teach most, drawn by chance with known chances.

The pairs that could be asked about are divided into strata by their log odds and by whether they
are in one cluster now. Half of the questions go where the answer is least known: log odds near
nought, pairs in one cluster whose own evidence speaks against it, pairs in two whose evidence
speaks for a join; a doubtful join of two clusters counts more than a doubtful pair within one.
The other half is shared out as an estimate of error rates wants it (Neyman 1934: pairs of a
stratum times the spread of its answers). Every pair has a chance above nought, which is kept with
the answer (`Decision.chance`), so that what is learned from also tells how often the linkage errs.

Within a stratum the draw is systematic along the log odds, so that it is spread over patterns of
levels; of many pairs of the same two clusters each is drawn less often.

Neyman: On the two different aspects of the representative method. JRSS 97 (1934). Madow: On the
theory of systematic sampling, II. Annals of Mathematical Statistics 20 (1949).
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.weights import Floats, probability

__all__ = ["EDGES", "ask", "frame_of", "stratum"]

Ints = npt.NDArray[np.int64]

EDGES = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 6.0)
"""Log odds at which one stratum ends and the next begins."""
_NEVER = len(EDGES) + 1
_LEAST_SPREAD = 0.1
"""Standard deviation of answers (0 or 1) that a stratum is given at least: weights may err."""
_JOINS = 2.0
"""How much more a doubtful join of two clusters counts than a doubtful pair within one."""
_CROWD = 0.25
"""Of k pairs of the same clusters in a stratum, each counts k to the minus this power."""


def stratum(log_odds: Floats, together: npt.NDArray[np.bool_]) -> Ints:
    """The stratum of each pair: its place among `EDGES`, and whether it is in one cluster.

    A pair whose log odds are NaN was never compared.
    """
    place = np.digitize(log_odds, EDGES).astype(np.int64)
    place[np.isnan(log_odds)] = _NEVER
    return np.asarray(2 * place + together)


def frame_of(pairs: pl.DataFrame, labels: Ints) -> pl.DataFrame:
    """All pairs that could be asked about: a, b, log_odds, together, and what `pairs` says more.

    To the pairs that were compared and kept (`Linkage.pairs`) come those that are in one cluster
    without having been compared (log odds null). `together` is that of `labels`.
    """
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    compared = pairs.with_columns(
        pl.Series("together", labels[a] == labels[b], dtype=pl.Boolean),
        pl.col("a", "b").cast(pl.Int64),
    )
    inner = _inner(labels).join(compared.select("a", "b"), on=["a", "b"], how="anti")
    never = inner.with_columns(together=pl.lit(value=True))
    return pl.concat([compared, never], how="diagonal").sort("a", "b")


def _inner(labels: Ints) -> pl.DataFrame:
    """All pairs of records of one cluster."""
    rows = pl.DataFrame({"label": labels, "row": np.arange(len(labels), dtype=np.int64)})
    many = rows.filter(pl.len().over("label") > 1).lazy()
    return (
        many.join(many, on="label", suffix="_b")
        .filter(pl.col("row") < pl.col("row_b"))
        .select(a="row", b="row_b")
        .collect()
    )


def ask(
    pairs: pl.DataFrame,
    labels: Ints,
    n: int,
    rng: np.random.Generator,
    *,
    decided: tuple[Ints, Ints] | None = None,
) -> pl.DataFrame:
    """Up to `n` pairs to ask about, in random order: `frame_of`'s columns, stratum and chance.

    `pairs` needs a, b and log_odds, `labels` are the clusters of the linkage; pairs in `decided`
    are not asked again. `chance` is the probability with which the pair came into this draw. Who
    stops early leaves every chance too high by one factor, which no estimate here depends on.
    """
    frame = frame_of(pairs, labels)
    if decided is not None and len(decided[0]):
        low, high = np.minimum(*decided), np.maximum(*decided)
        known = pl.DataFrame({"a": low.astype(np.int64), "b": high.astype(np.int64)})
        frame = frame.join(known, on=["a", "b"], how="anti", maintain_order="left")
    log_odds = frame["log_odds"].fill_null(np.nan).to_numpy()
    together = frame["together"].to_numpy()
    frame = frame.with_columns(pl.Series("stratum", stratum(log_odds, together)))
    if n <= 0 or not frame.height:
        return frame.head(0).with_columns(chance=pl.lit(1.0))
    chance = _chances(frame, labels, n)
    tie = rng.random(frame.height)
    order = np.lexsort((tie, np.nan_to_num(log_odds), frame["stratum"].to_numpy()))
    drawn = order[_systematic(chance[order], rng.random())]
    return frame.with_columns(pl.Series("chance", chance))[rng.permutation(drawn)]


def _chances(frame: pl.DataFrame, labels: Ints, n: int) -> Floats:
    """The chance of each pair, such that they sum to n (or are all 1)."""
    if n >= frame.height:
        return np.ones(frame.height)
    at = frame["stratum"].to_numpy()
    strata, place, counts = np.unique(at, return_inverse=True, return_counts=True)
    log_odds = frame["log_odds"].fill_null(0.0).to_numpy()
    p = probability(log_odds)
    mean = np.bincount(place, weights=p) / counts
    spread = np.sqrt(mean * (1.0 - mean))
    is_joined = strata % 2 == 1
    # Clusters and the pair's own evidence disagree: there its odds say little about the answer.
    against = np.where(is_joined, mean < 0.5, mean > 0.5) | (strata // 2 == _NEVER)
    spread = np.maximum(np.where(against, 0.5, spread), _LEAST_SPREAD)
    teaching = np.sqrt(counts) * spread**2 * np.where(is_joined, 1.0, _JOINS)
    telling = counts * spread
    share = 0.5 * teaching / teaching.sum() + 0.5 * telling / telling.sum()
    crowd = _crowding(frame, labels)
    within = crowd / np.bincount(place, weights=crowd)[place]
    return _scaled_to(share[place] * within, n)


def _crowding(frame: pl.DataFrame, labels: Ints) -> Floats:
    one, two = labels[frame["a"].to_numpy()], labels[frame["b"].to_numpy()]
    groups = pl.DataFrame(
        {"x": np.minimum(one, two), "y": np.maximum(one, two), "s": frame["stratum"]}
    )
    k = groups.select(pl.len().over("x", "y", "s"))["len"].to_numpy().astype(np.float64)
    return np.asarray(k**-_CROWD)


def _scaled_to(size: Floats, n: int) -> Floats:
    """Chances in proportion to `size`, none above 1, that sum to n."""
    chance = np.zeros_like(size)
    sure = np.zeros(len(size), dtype=bool)
    while True:
        left = n - int(sure.sum())
        chance = np.where(sure, 1.0, size * left / size[~sure].sum())
        above = (chance >= 1.0) & ~sure
        if not above.any():
            return chance
        sure |= above
        if sure.sum() >= n or sure.all():
            return np.minimum(chance, 1.0)


def _systematic(chance: Floats, start: float) -> Ints:
    """Places where the running sum of chances passes start, start + 1, start + 2 ..."""
    running = np.floor(np.cumsum(chance) - start + 1.0 - 1e-12).astype(np.int64)
    return np.flatnonzero(np.diff(running, prepend=0) > 0)
