"""How many people there are behind the records, from drawn clusterings, or why it is not known.

Drawn clusterings vary as their pair weights say; if all weights are off by one error, all draws
are. So clusterings are drawn under weights that are moved, all log odds together, down and up by
as much as they may be wrong: two standard deviations of what answers taught (`doubt_of`), and
without answers by 2 (odds wrong sevenfold), which self-training did reach on lists with known
truth. The interval holds the draws of all three. Links of which no candidate key told are joins
that no draw can make: the low end is moved by them.

The interval is refused where it cannot be honest: many links were lost to the candidates, moved
weights change the answer much, comparisons say one thing several times, or the answers contradict
the probabilities. A reviewed sample of records then tells the number of people without a model
(`evaluation.people_of`).

Evidence *for* a pair is capped in a draw as in the best clustering; evidence against it is not:
of a hundred thousand pairs that are capped at -6 some hundreds would be joined in every draw.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from stelae.linkage import clustering
from stelae.linkage.learning import ENOUGH, Answers, Learned, log_odds_variance
from stelae.linkage.reliability import Reliability
from stelae.linkage.weights import Floats

__all__ = [
    "UNREVIEWED_DOUBT",
    "Drawing",
    "Moved",
    "People",
    "doubt_of",
    "drawn_clusterings",
    "moved_draws",
    "people_interval",
]

Ints = npt.NDArray[np.int64]

UNREVIEWED_DOUBT = 2.0
"""Log odds by which weights may be wrong that no reviewer has seen."""
_LEAST_DOUBT = 1.0
"""What is left when answers settled how all log odds lie together: single weights err too."""
_ERRORS = 10
_AGAINST = 30.0
_MOST_LOST = 0.02
_WIDEST = 0.02
_WIDEST_REVIEWED = 0.03
_MOST_INFLATION = 1.5
_MOST_Z = 3.0


@dataclass(frozen=True, slots=True)
class Moved:
    """Numbers of clusters in draws made with all log odds moved by `by`."""

    by: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The number of people: an interval, or None and the reasons why it would not be calibrated."""

    interval: tuple[int, int] | None
    drawn: tuple[int, int]
    """Lowest and highest number in any draw, whether or not they may be trusted."""
    lost: float
    """Joins that candidates missed, at most, as estimated."""
    reasons: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """`calibrated` or `refused as uncalibrated`."""
        return "refused as uncalibrated" if self.interval is None else "calibrated"

    def in_words(self) -> str:
        """The interval, or why there is none, for people."""
        if self.interval is not None:
            low, high = self.interval
            return f"Between {low:,} and {high:,} people."
        return f"How many people there are is not stated: {'; '.join(self.reasons)}."


@dataclass(frozen=True, slots=True)
class Drawing:
    """What clusterings are drawn from: pairs of rows with their log odds, and what binds them."""

    a: Ints
    b: Ints
    log_odds: Floats
    once: Ints
    """The list of each record that holds each person once; -1: none."""
    start: Ints
    """The clusters from which draws begin."""
    cap: float
    apart: float
    decisions: tuple[Ints, Ints, npt.NDArray[np.bool_]] | None = None

    def graph(self, by: float) -> clustering.Graph:
        """The graph with all log odds moved: evidence for a pair capped, against it not."""
        weight = np.clip(self.log_odds + by, -_AGAINST, self.cap)
        return clustering.graph_of(
            len(self.start), self.a, self.b, weight,
            once=self.once, cap=_AGAINST, apart=self.apart, decisions=self.decisions,
        )  # fmt: skip


def doubt_of(learned: Learned, answers: Answers, *, near: float = 3.0) -> float:
    """By how much all log odds may be wrong together: two standard deviations near the boundary.

    Between 1 and `UNREVIEWED_DOUBT`, which it is where there are no answers near the boundary.
    """
    close = np.abs(learned.weights.of(answers.levels)) < near
    if len(answers) < ENOUGH or not close.any():
        return UNREVIEWED_DOUBT
    variance = log_odds_variance(learned, answers.levels[close])
    return float(np.clip(2.0 * np.sqrt(variance), _LEAST_DOUBT, UNREVIEWED_DOUBT))


def drawn_clusterings(
    drawing: Drawing,
    rng: np.random.Generator,
    *,
    doubt: float,
    count: int,
    progress: Callable[[float], None] | None = None,
) -> Iterator[Ints]:
    """So many clusterings, each with all log odds moved by one error that they may have.

    Weights that are off are off together: draws under one set of weights vary far less than the
    truth may lie from them. The errors are the middles of equal parts of a normal distribution of
    which `doubt` is two standard deviations, ten different ones at most, in random order.
    """
    parts = min(count, _ERRORS)
    errors = 0.5 * doubt * rng.permutation(ndtri((np.arange(parts) + 0.5) / max(parts, 1)))
    for at, error in enumerate(errors.tolist()):
        number = count // parts + (at < count % parts)

        def told(share: float, at: int = at) -> None:
            if progress is not None:
                progress((at + share) / parts)

        yield from clustering.draws(
            drawing.graph(error), rng, start=drawing.start, count=number, progress=told
        )


def moved_draws(
    drawing: Drawing,
    rng: np.random.Generator,
    *,
    doubt: float,
    lean: float = 0.0,
    count: int = 10,
) -> Iterator[Moved]:
    """Draws with all log odds moved down by the doubt and the lean in them, not, and up.

    The log odds are those that the clusters were made with, the lean included; without it they
    are as likely as with it, so that it counts as doubt.
    """
    for by in (-doubt - lean, 0.0, doubt):
        drawn = clustering.draws(drawing.graph(by), rng, start=drawing.start, count=count)
        yield Moved(by, tuple(len(np.unique(labels)) for labels in drawn))


def people_interval(
    moved: tuple[Moved, ...],
    labels: Ints,
    *,
    found: float,
    inflation: float,
    judged: Reliability | None = None,
) -> People:
    """The number of people from draws, or why not.

    `found` is the share of matching pairs that candidates hold, `inflation` how much comparisons
    repeat one another (`Linkage`); `judged` how well the probabilities fit reviewers' answers
    (None, or too few of them: nobody has seen them).
    """
    counts = [count for each in moved for count in each.counts]
    low, high = min(counts), max(counts)
    sizes = np.bincount(labels).astype(np.float64)
    pairs = float(clustering.pairs_within(labels))
    # Chao's estimate is a lower bound of what was missed: twice as much may be.
    missed = 2.0 * pairs * (1.0 / max(found, 1e-6) - 1.0)
    mean = float((sizes**2).sum() / sizes.sum()) if len(labels) else 1.0
    lost = missed / max(mean - 1.0, 1.0)
    seen = judged is not None and judged.is_enough
    reasons = tuple(_reasons(low, high, found, inflation, judged if seen else None))
    interval = None if reasons else (max(int(low - np.ceil(lost)), 1), high)
    return People(interval, (low, high), lost, reasons)


def _reasons(
    low: int, high: int, found: float, inflation: float, judged: Reliability | None
) -> Iterator[str]:
    if found < 1.0 - _MOST_LOST:
        yield (
            f"the candidates hold {found:.1%} of the matching pairs, so that many links are lost"
            " before anything is compared; review a sample of records, or let more be compared"
        )
    widest = _WIDEST if judged is None else _WIDEST_REVIEWED
    if high - low > widest * high:
        unseen = ", and too few answers say how wrong they are" if judged is None else ""
        yield (
            f"it depends on how sure the weights may be: {low:,} to {high:,} if they are wrong"
            f" by as much as they may be{unseen}; answer questions (stelae link review)"
        )
    if judged is None and inflation > _MOST_INFLATION:
        yield (
            f"the comparisons say one thing several times (the evidence varies {inflation:.1f}"
            " times as much as if they did not), and no answers have shown what each is worth"
        )
    if judged is not None and abs(judged.z) > _MOST_Z:
        yield f"the answers contradict the probabilities (z = {judged.z:.1f}); link again with them"
