"""Why two records are held for one person or for two: every weight, what joined or parted them.

Values only; `explaining_words` puts them into words. Weights are in bits: one more doubles odds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage import names
from stelae.linkage.chains import Step, chain
from stelae.linkage.coding import Coded
from stelae.linkage.comparisons.levels import MISSING
from stelae.linkage.decisions import Answer, Decision, standing
from stelae.linkage.fields import Kind
from stelae.linkage.linking import Linkage
from stelae.linkage.reopening import codes, levels_of
from stelae.linkage.results import kind_of
from stelae.linkage.weights import probability

__all__ = [
    "Compared",
    "Explainer",
    "Other",
    "PairExplanation",
    "RecordAt",
    "Said",
    "Tie",
    "explain_pair",
]

_BITS = 1.0 / float(np.log(2.0))
_PARTS = (Kind.GIVEN, Kind.PATRONYMIC, Kind.FAMILY)
_MOST_CROSS = 2500
"""Pairs between two clusters that are weighed to find the one that parts them."""


@dataclass(frozen=True, slots=True)
class RecordAt:
    """One row of one list; `line` as its file counts."""

    list: str
    record: str
    line: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a record prints, and the field that prints it (an age may stand for a birth)."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison: both sides as printed, how alike they are in words, what that weighs.

    `level` is None, and `bits` 0, where one of the two says nothing that can be compared. `letters`
    holds names word by word, where both sides are names.
    """

    name: str
    kind: str
    left: Said | None
    right: Said | None
    level: str | None
    bits: float
    letters: names.NameComparison | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A field that was not compared, as printed."""

    field: str
    left: str | None
    right: str | None


@dataclass(frozen=True, slots=True)
class Tie:
    """Two records and their weight in bits; None where a reviewer decided on them."""

    left: RecordAt
    right: RecordAt
    bits: float | None


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """A pair of records in full.

    `weight` is the prior and all comparisons added up, `probability` that of the weight alone.
    `clusters` are the numbers of their clusters; `companions` the other records in them.
    Of a pair in one cluster, `through` is the strongest chain of other records that joins them
    (empty: nothing but their own weight does). Of a pair in two, `barred` are two records of a
    list that holds each person once, `refused` the decisions between the two clusters, and
    `against` the pair between the clusters that speaks most against one person.
    """

    left: RecordAt
    right: RecordAt
    prior: float
    compared: tuple[Compared, ...]
    others: tuple[Other, ...]
    weight: float
    probability: float
    clusters: tuple[int, int]
    companions: tuple[RecordAt, ...]
    through: tuple[Tie, ...] = ()
    barred: tuple[RecordAt, RecordAt] | None = None
    refused: tuple[Decision, ...] = ()
    against: Tie | None = None
    decisions: tuple[Decision, ...] = ()
    """Every decision on this pair, the oldest first."""
    decided: Decision | None = None
    """The one that holds."""
    lean: float = 0.0
    """What the clusters were made with beyond these weights."""

    @property
    def together(self) -> bool:
        """Whether the two are in one cluster."""
        return self.clusters[0] == self.clusters[1]


class Explainer:
    """Explains pairs of one linkage; what all pairs need is made once."""

    def __init__(self, linkage: Linkage, decisions: Iterable[Decision] = ()) -> None:
        self.linkage = linkage.without_lean()
        self.decisions = tuple(decisions)
        self._standing = standing(self.decisions)

    @cached_property
    def _codes(self) -> tuple[Coded, ...]:
        return codes(self.linkage)

    def levels(self, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
        """The level of every comparison of each pair of rows, -1 where one says nothing."""
        return levels_of(self.linkage, self._codes, a, b)

    def pair(self, a: int, b: int) -> PairExplanation:
        """The pair of these two rows."""
        linkage = self.linkage
        levels = self.levels(np.array([a]), np.array([b]))
        weight = float(linkage.weights.of(levels)[0])
        compared = tuple(self._compared(at, int(level), a, b) for at, level in enumerate(levels[0]))
        pair = _key(self._record(a), self._record(b))
        cluster_a, cluster_b = int(linkage.labels[a]), int(linkage.labels[b])
        members = np.flatnonzero(np.isin(linkage.labels, [cluster_a, cluster_b]))
        through: tuple[Tie, ...] = ()
        barred, against = None, None
        refused: tuple[Decision, ...] = ()
        if cluster_a == cluster_b:
            through = self._through(a, b, members)
        else:
            barred = self._barred(members)
            refused = self._refused(members)
            against = self._against(members, cluster_a, a, b)
        return PairExplanation(
            self._record(a),
            self._record(b),
            linkage.weights.prior * _BITS,
            compared,
            self._others(compared, a, b),
            weight * _BITS,
            float(probability(np.array(weight))),
            (cluster_a + 1, cluster_b + 1),
            tuple(self._record(int(row)) for row in members if row not in {a, b}),
            through,
            barred,
            refused,
            against,
            tuple(each for each in self.decisions if each.pair == pair),
            self._standing.get(pair),
            linkage.settings.lean * _BITS,
        )

    def _record(self, row: int) -> RecordAt:
        one, record, line = self.linkage.as_read.frame.select("list", "record", "line").row(row)
        return RecordAt(one, record, line)

    def _compared(self, at: int, level: int, a: int, b: int) -> Compared:
        comparison = self.linkage.comparisons[at]
        kind = kind_of(comparison)
        left, right = self._said(comparison.name, a), self._said(comparison.name, b)
        letters = None
        if kind == "name" and left is not None and right is not None:
            letters = names.explain(self.linkage.model, left.text, right.text)
        if level == MISSING:
            return Compared(comparison.name, kind, left, right, None, 0.0, letters)
        bits = float(self.linkage.weights.by_level[at][level]) * _BITS
        return Compared(comparison.name, kind, left, right, comparison.levels[level], bits, letters)

    def _said(self, name: str, row: int) -> Said | None:
        """What was compared of a record, and the field of its list that says it."""
        text = self.linkage.lists.frame[name][row]
        if text is None:
            return None
        printed = self._printed(row)
        if printed.get(name) == text:
            return Said(text, name)
        # An age for a birth, a father's name for a patronymic, one kind of place for another.
        source = next((field for field, said in printed.items() if said == text), name)
        if source == name and name not in printed:
            source = next((field for field, said in printed.items() if text in said), name)
        return Said(text, source)

    def _printed(self, row: int) -> Mapping[str, str]:
        fields = [field.name for field in self.linkage.as_read.fields]
        said = self.linkage.as_read.frame.select(fields).row(row)
        return {field: text for field, text in zip(fields, said, strict=True) if text is not None}

    def _others(self, compared: Sequence[Compared], a: int, b: int) -> tuple[Other, ...]:
        """What is printed but went into no comparison."""
        joined = {each.name for each in compared}
        sides = []
        for side, row in (("left", a), ("right", b)):
            said = [each.left if side == "left" else each.right for each in compared]
            used = {each.field for each in said if each is not None}
            whole = {
                field.name
                for field in self.linkage.as_read.of_kind(*_PARTS)
                if field.name not in joined
            }
            sides.append({k: v for k, v in self._printed(row).items() if k not in used | whole})
        left, right = sides
        fields = [field.name for field in self.linkage.as_read.fields]
        return tuple(
            Other(field, left.get(field), right.get(field))
            for field in fields
            if field in left or field in right
        )

    def _through(self, a: int, b: int, members: npt.NDArray[np.int64]) -> tuple[Tie, ...]:
        inside = self.linkage.pairs.filter(
            pl.col("a").is_in(members.tolist()) & pl.col("b").is_in(members.tolist())
        )
        steps = [
            Step(one, two, odds)
            for one, two, odds in inside.select("a", "b", "log_odds").iter_rows()
            if {one, two} != {a, b}
        ]
        cap = self.linkage.settings.cap
        decided = self._decided(members, Answer.MATCH)
        steps = [step for step in steps if step.weight > -self.linkage.settings.lean]
        steps += [Step(one, two, 2 * cap) for one, two, _ in decided if {one, two} != {a, b}]
        known = {frozenset((one, two)) for one, two, _ in decided}
        return tuple(
            Tie(
                self._record(step.a),
                self._record(step.b),
                None if frozenset((step.a, step.b)) in known else step.weight * _BITS,
            )
            for step in chain(steps, a, b)
        )

    def _decided(
        self, members: npt.NDArray[np.int64], answer: Answer
    ) -> list[tuple[int, int, Decision]]:
        rows = {
            (record.list, record.record): int(row)
            for row in members
            for record in [self._record(int(row))]
        }
        return [
            (rows[pair[0]], rows[pair[1]], decision)
            for pair, decision in self._standing.items()
            if decision.answer == answer and pair[0] in rows and pair[1] in rows
        ]

    def _barred(self, members: npt.NDArray[np.int64]) -> tuple[RecordAt, RecordAt] | None:
        once = {one.name for one in self.linkage.lists.lists if one.once}
        first: dict[str, RecordAt] = {}
        for row in members:
            record = self._record(int(row))
            if record.list in first:
                return first[record.list], record
            if record.list in once:
                first[record.list] = record
        return None

    def _refused(self, members: npt.NDArray[np.int64]) -> tuple[Decision, ...]:
        labels = self.linkage.labels
        return tuple(
            decision
            for one, two, decision in self._decided(members, Answer.NON_MATCH)
            if labels[one] != labels[two]
        )

    def _against(self, members: npt.NDArray[np.int64], cluster: int, a: int, b: int) -> Tie | None:
        """The pair between two clusters that speaks most against one person, beside the own."""
        inside = self.linkage.labels[members] == cluster
        one, two = members[inside], members[~inside]
        if len(one) * len(two) > _MOST_CROSS:
            return None
        left, right = np.repeat(one, len(two)), np.tile(two, len(one))
        other = (left != a) | (right != b)
        left, right = left[other], right[other]
        if not len(left):
            return None
        weights = self.linkage.weights.of(self.levels(left, right))
        worst = int(np.argmin(weights))
        if weights[worst] >= 0:
            return None
        return Tie(
            self._record(int(left[worst])),
            self._record(int(right[worst])),
            float(weights[worst]) * _BITS,
        )


def explain_pair(
    linkage: Linkage, a: int, b: int, decisions: Iterable[Decision] = ()
) -> PairExplanation:
    """The pair of rows a and b of a linkage, kept or not. For many pairs use one `Explainer`."""
    return Explainer(linkage, decisions).pair(a, b)


def _key(a: RecordAt, b: RecordAt) -> tuple[tuple[str, str], tuple[str, str]]:
    one, two = (a.list, a.record), (b.list, b.record)
    return (one, two) if one <= two else (two, one)
