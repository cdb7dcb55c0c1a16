"""How often a linkage errs, estimated from a reviewed sample: precision, recall, F1, people.

All measures are ratios of sums over the population. For a record r let c be the records of its
person, k those of its cluster, and s those in both. Then, summed over records,

    precision  sum (s - 1) / sum (k - 1)         pairs that are joined and match, of those joined
    recall     sum (s - 1) / sum (c - 1)         ... of those that match
    F1         2 sum (s - 1) / sum (k + c - 2)
    people     n x sum 1/c / sum 1               pure, whole: shares of clusters, of people

A sample of whole people (found from sampled records), each with a known chance, gives every sum
without bias when a person counts 1 / chance; the ratios are then consistent whatever the model
said (Binette, York, Hickerson, Baek, Madhavan, Jones: Estimating the performance of entity
resolution algorithms, The American Statistician 77, 2023). A sample of clusters, taken apart into
people, gives precision and purity only: what a cluster lacks is not in it.

Intervals are Clopper-Pearson's with the number of reviews replaced by that of equal independent
ones that would be as telling (Korn, Graubard, Survey Methodology 24, 1998); while few reviews show
an error, the variance is not trusted, and Kish's effective size bounds it. Too few reviews get a
reason in place of an interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from stelae.linkage.weights import Floats

__all__ = [
    "LEVEL",
    "Estimated",
    "Units",
    "clopper_pearson",
    "errors_of",
    "from_clusters",
    "from_people",
    "people_of",
]

Ints = npt.NDArray[np.int64]

LEVEL = 0.95
"""How often intervals are to hold the truth."""
_FEWEST = 20
_FEWEST_EFFECTIVE = 10.0
_ENOUGH_ERRORS = 15
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Estimated:
    """One measure: a point, an interval or the reason why there is none, and what it rests on."""

    what: str
    point: float | None
    interval: tuple[float, float] | None
    reviewed: int
    reason: str = ""

    def in_words(self) -> str:
        """`precision .97 (.94 to .99), from 200 reviews`, or why there is none."""
        number = "unknown" if self.point is None else _number(self.point)
        if self.interval is None:
            return f"{self.what} {number}, no interval: {self.reason}"
        low, high = map(_number, self.interval)
        return f"{self.what} {number} ({low} to {high}), from {self.reviewed:,} reviews"


def _number(value: float) -> str:
    return f"{value:.3f}" if value <= 1.0 else f"{value:,.0f}"


@dataclass(frozen=True, slots=True)
class Units:
    """Reviewed people or clusters: what each adds to the sums, and its chance of being drawn.

    `matching` and what rests on it is NaN for sampled clusters.
    """

    chance: Floats
    both: Floats
    """Ordered pairs that match and are joined."""
    joined: Floats
    matching: Floats
    records: Floats
    people: Floats
    whole: Floats
    """People all of whose records are in one cluster."""
    clusters: Floats
    """Clusters, each shared out among its records."""
    pure: Floats

    def __len__(self) -> int:
        return len(self.chance)


def from_people(labels: Ints, people: Sequence[Ints], chance: Floats) -> Units:
    """Units of a sample of people, each given as the rows of all its records.

    `chance` is in proportion to the probability with which a person was drawn; of a person found
    from a record that was drawn evenly, its number of records.
    """
    size = np.bincount(labels)
    rows = []
    for one in people:
        found = labels[np.unique(one)]
        clusters, shared = np.unique(found, return_counts=True)
        k, s, c = size[clusters].astype(np.float64), shared.astype(np.float64), float(len(found))
        rows.append(
            (
                (s * (s - 1)).sum(), (s * (k - 1)).sum(), c * (c - 1), c, 1.0,
                float(len(clusters) == 1), (s / k).sum(), (s == k).sum(),
            )
        )  # fmt: skip
    sums = np.array(rows, dtype=np.float64).reshape(len(people), 8).T
    return Units(np.asarray(chance, dtype=np.float64), *sums)


def from_clusters(clusters: Sequence[Sequence[int]], chance: Floats) -> Units:
    """Units of a sample of clusters, each given as the numbers of records of its people."""
    size = np.array([sum(parts) for parts in clusters], dtype=np.float64)
    both = np.array([sum(s * (s - 1) for s in parts) for parts in clusters], dtype=np.float64)
    pure = np.array([len(parts) == 1 for parts in clusters], dtype=np.float64)
    unknown, one = np.full(len(clusters), np.nan), np.ones(len(clusters))
    chances = np.asarray(chance, dtype=np.float64)
    return Units(chances, both, size * (size - 1), unknown, size, unknown, unknown, one, pure)


def errors_of(units: Units) -> tuple[Estimated, ...]:
    """Precision, recall, F1 (of pairs), pure (share of clusters) and whole (share of people)."""
    return (
        _share("precision", units, units.both, units.joined),
        _share("recall", units, units.both, units.matching),
        _share("F1", units, 2.0 * units.both, units.joined + units.matching),
        _share("clusters that hold one person only", units, units.pure, units.clusters),
        _share("people who are in one cluster only", units, units.whole, units.people),
    )


def people_of(units: Units, records: int, clusters: int) -> Estimated:
    """The number of people behind all records, from a sample of people.

    Clusters are known, and people differ from them only where the linkage errs: where enough
    reviews show such a difference, it alone is estimated (a difference estimator).
    """
    what, n = "people", len(units)
    if n < _FEWEST or np.isnan(units.people).any():
        return Estimated(what, None, None, n, _why(n, units.people))
    weight = 1.0 / units.chance
    difference = units.people - units.clusters
    known = 0.0
    values = units.people
    if int((np.abs(difference) > _SAME).sum()) >= _ENOUGH_ERRORS:
        known, values = float(clusters), difference
    ratio, variance = _ratio(weight, values, units.records)
    point = known + records * ratio
    if _kish(weight * units.records) < _FEWEST_EFFECTIVE:
        return Estimated(what, point, None, n, _few(n))
    # On the log scale: a number of people is above nought, and its error is in proportion.
    half = float(stats.t.ppf(0.5 + LEVEL / 2, n - 1)) * records * np.sqrt(variance) / point
    low, high = (min(point * float(np.exp(side)), float(records)) for side in (-half, half))
    return Estimated(what, point, (low, high), n)


def _share(what: str, units: Units, part: Floats, whole: Floats) -> Estimated:
    n = len(units)
    if n == 0 or np.isnan(part).any() or np.isnan(whole).any():
        return Estimated(what, None, None, n, _why(n, whole))
    weight = 1.0 / units.chance
    if not (weight * whole).sum() > 0:
        return Estimated(what, None, None, n, "none of the reviewed records has a pair")
    point, variance = _ratio(weight, part, whole)
    told = int((whole > 0).sum())
    kish = _kish(weight * whole)
    if told < _FEWEST or kish < _FEWEST_EFFECTIVE:
        return Estimated(what, point, None, n, _few(told))
    wrong = int((part < whole).sum())
    spread = point * (1.0 - point)
    adjusted = (stats.norm.ppf(0.5 + LEVEL / 2) / stats.t.ppf(0.5 + LEVEL / 2, n - 1)) ** 2
    size = kish if variance <= 0 else float(spread / variance * adjusted)
    if wrong < _ENOUGH_ERRORS:
        size = min(size, kish)
    return Estimated(what, point, clopper_pearson(point, size), n)


def _why(n: int, values: Floats) -> str:
    if n and np.isnan(values).any():
        return "clusters alone do not show it; review people"
    return _few(n)


def _few(n: int) -> str:
    return f"too few reviews say something of it ({n:,}); review more, {_FEWEST} at least"


def _ratio(weight: Floats, part: Floats, whole: Floats) -> tuple[float, float]:
    """The ratio of two weighted sums, and its variance by linearisation."""
    n, total = len(weight), float((weight * whole).sum())
    ratio = float((weight * part).sum()) / total
    residual = weight * (part - ratio * whole)
    return ratio, float((residual**2).sum() * n / max(n - 1, 1) / total**2)


def _kish(shares: Floats) -> float:
    return float(shares.sum() ** 2 / (shares**2).sum())


def clopper_pearson(share: float, size: float) -> tuple[float, float]:
    """The interval for a share seen in `size` (not necessarily whole) equal reviews."""
    yes, tail = share * size, (1.0 - LEVEL) / 2
    low = 0.0 if yes <= 0 else float(stats.beta.ppf(tail, yes, size - yes + 1))
    high = 1.0 if yes >= size else float(stats.beta.ppf(1 - tail, yes + 1, size - yes))
    return low, high
