"""Linkages made up with their truth: people, clusters that err, pairs with log odds."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Made:
    """`person` and `labels` of each record, and pairs with log odds that are right on average."""

    person: Ints
    labels: Ints
    pairs: pl.DataFrame

    def same(self, pairs: pl.DataFrame) -> npt.NDArray[np.bool_]:
        return np.asarray(self.person[pairs["a"].to_numpy()] == self.person[pairs["b"].to_numpy()])

    def reviewed(self, asked: pl.DataFrame) -> pl.DataFrame:
        return asked.with_columns(same=pl.Series(self.same(asked), dtype=pl.Boolean))

    def rows_of(self, person: int) -> Ints:
        return np.flatnonzero(self.person == person)


def made(rng: np.random.Generator, people: int = 400, *, errors: float = 0.1) -> Made:
    """People of one to six records; a share of the records is put apart or into a wrong cluster."""
    person = np.repeat(np.arange(people), rng.integers(1, 7, people)).astype(np.int64)
    n = len(person)
    labels = person.copy()
    wrong = rng.random(n) < errors
    lost = wrong & (rng.random(n) < 0.7)
    labels[lost] = people + np.arange(lost.sum())
    labels[wrong & ~lost] = rng.integers(0, people, int((wrong & ~lost).sum()))
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    near = rng.integers(0, people, n)
    others = np.array([np.flatnonzero(person == each)[0] for each in near])
    one, two = np.triu_indices(n, 1)
    inner = (person[one] == person[two]) | (labels[one] == labels[two])
    a, b = np.concatenate([one[inner], np.arange(n)]), np.concatenate([two[inner], others])
    low, high = np.minimum(a, b)[a != b], np.maximum(a, b)[a != b]
    pairs = pl.DataFrame({"a": low, "b": high}).unique(maintain_order=True).sort("a", "b")
    same = person[pairs["a"].to_numpy()] == person[pairs["b"].to_numpy()]
    log_odds = np.where(same, 3.0, -2.0) + 2.0 * rng.standard_normal(len(same))
    return Made(person, labels, pairs.with_columns(log_odds=pl.Series(log_odds)))


def true_errors(person: Ints, labels: Ints) -> tuple[float, float, float]:
    """Pairwise precision, recall and F1."""

    def pairs(values: Ints) -> float:
        counts = np.unique(values, return_counts=True)[1]
        return float((counts * (counts - 1)).sum() / 2)

    both = pairs(person * (labels.max() + 1) + labels)
    joined, matching = pairs(labels), pairs(person)
    return both / joined, both / matching, 2 * both / (joined + matching)
