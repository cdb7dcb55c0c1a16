"""What reviewers decided of pairs of records: permanent, attributed, in a file that only grows.

A decision names the two records by list and id, with the digest of each as it was printed, so
that a later run sees when a record is no longer the one that was judged: such a decision binds
nothing until it is made again. The last decision on a pair holds; earlier ones stay; one that was
taken back leaves the one before it. `decisions.jsonl` holds one canonical JSON object a line.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.errors import BadInput, ImportRefused, Problem
from stelae.linkage.contradictions import Contradiction, contradictions
from stelae.values.canonical import Json, canonical_json, parse_json

__all__ = [
    "NOTHING_DECIDED",
    "SCHEMA",
    "Answer",
    "Applied",
    "Decision",
    "applied",
    "printed_digests",
    "read",
    "standing",
    "write",
]

SCHEMA = "stelae-decision/1"
_Record: TypeAlias = tuple[str, str]
_Pair: TypeAlias = tuple[_Record, _Record]
_SHOWN = 5


class Answer(StrEnum):
    """What a reviewer says of two records."""

    MATCH = "match"
    NON_MATCH = "non-match"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's answer on two records: who, when, and the records as they were printed."""

    list_a: str
    record_a: str
    digest_a: str
    list_b: str
    record_b: str
    digest_b: str
    answer: Answer
    by: str
    at: str
    """When, as RFC 3339 in UTC."""
    note: str = ""
    chance: float | None = None
    """The probability with which the pair was drawn for review, if it was drawn by chance."""
    fields: tuple[str, ...] = ()
    """The fields whose printed values the digests are of; without any, they are not looked at."""
    withdraws: bool = False
    """True: the reviewer takes the own last answer on this pair back. The answer is undecided."""
    linkage: str = ""
    """The digest of the pairs of the linkage that asked: only that one can be judged by it."""

    @property
    def pair(self) -> _Pair:
        """The two records, in one order."""
        one, two = (self.list_a, self.record_a), (self.list_b, self.record_b)
        return (one, two) if one <= two else (two, one)

    def to_json(self) -> dict[str, Json]:
        """The decision as an entry."""
        value: dict[str, Json] = {
            "schema": SCHEMA,
            "a": {"list": self.list_a, "record": self.record_a, "digest": self.digest_a},
            "b": {"list": self.list_b, "record": self.record_b, "digest": self.digest_b},
            "answer": self.answer.value,
            "by": self.by,
            "at": self.at,
        }
        if self.note:
            value["note"] = self.note
        if self.chance is not None:
            value["chance"] = self.chance
        if self.fields:
            value["fields"] = list(self.fields)
        if self.withdraws:
            value["withdraws"] = True
        if self.linkage:
            value["linkage"] = self.linkage
        return value


def read(content: bytes, name: str) -> tuple[Decision, ...]:
    """All decisions of a file; ImportRefused with every line that is none."""
    found, problems = [], []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_decision(parse_json(line)))
        except (BadInput, KeyError, TypeError, ValueError) as error:
            why = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            problems.append(
                Problem(
                    f"is no decision: {why}", name, number, hint="Restore the line from a copy."
                )
            )
    if problems:
        raise ImportRefused(problems)
    return tuple(found)


def _decision(value: Json) -> Decision:
    if not isinstance(value, Mapping) or value.get("schema") != SCHEMA:
        raise ValueError(f"its schema is not {SCHEMA}")
    a, b = value["a"], value["b"]
    if not isinstance(a, Mapping) or not isinstance(b, Mapping):
        raise TypeError("a and b are no records")
    chance = value.get("chance")
    fields = value.get("fields", ())
    if isinstance(fields, str) or not isinstance(fields, Sequence):
        raise TypeError("fields is no list")
    withdraws = value.get("withdraws") is True
    answer = Answer(str(value["answer"]))
    if withdraws and answer != Answer.UNDECIDED:
        raise ValueError("it withdraws an answer and gives one")
    return Decision(
        str(a["list"]), str(a["record"]), str(a["digest"]),
        str(b["list"]), str(b["record"]), str(b["digest"]),
        answer, str(value["by"]), str(value["at"]),
        str(value.get("note", "")),
        float(chance) if isinstance(chance, int | float) else None,
        tuple(map(str, fields)),
        withdraws,
        str(value.get("linkage", "")),
    )  # fmt: skip


def write(decisions: Iterable[Decision]) -> bytes:
    """The lines of a file of decisions."""
    return b"".join(canonical_json(decision.to_json()) + b"\n" for decision in decisions)


def printed_digests(frame: pl.DataFrame, fields: Sequence[str]) -> list[str]:
    """For each record, the digest of what it says in some fields, as printed.

    The canonical JSON of [list, record, value, value ...], the fields in the order given.
    """
    digests = []
    for row in frame.select("list", "record", *fields).iter_rows():
        content = canonical_json(list(row))
        digests.append(f"sha256:{hashlib.sha256(content).hexdigest()}")
    return digests


def standing(decisions: Iterable[Decision]) -> dict[_Pair, Decision]:
    """The decision that holds on each pair: the last one that was not taken back."""
    made: dict[_Pair, list[Decision]] = {}
    for decision in decisions:
        on = made.setdefault(decision.pair, [])
        if not decision.withdraws:
            on.append(decision)
            continue
        own = [at for at, earlier in enumerate(on) if earlier.by == decision.by]
        if own:
            del on[own[-1]]
    return {pair: on[-1] for pair, on in sorted(made.items()) if on}


@dataclass(frozen=True, slots=True)
class Applied:
    """Decisions on records that are there: their rows, whether they match, and what to know.

    `changed` are decisions on records that are no longer printed as they were, `contradicting`
    groups of decisions that cannot all be true: neither bind anything.
    """

    a: npt.NDArray[np.int64]
    b: npt.NDArray[np.int64]
    same: npt.NDArray[np.bool_]
    notes: tuple[str, ...] = ()
    changed: tuple[Decision, ...] = ()
    contradicting: tuple[tuple[Decision, ...], ...] = ()
    chance: npt.NDArray[np.float64] | None = None
    """The probability with which each pair was drawn for review; NaN: not by chance."""


def applied(
    decisions: Iterable[Decision], frame: pl.DataFrame, *, once: Collection[str] = ()
) -> Applied:
    """The rows that the decisions which hold are about; undecided ones bind nothing.

    `frame` holds the records as they were read, `once` the names of lists that hold each person
    once. Decisions on records that are not among these lists are kept for other runs and passed
    over.
    """
    last = standing(decisions)
    rows = _rows_of(frame, {record for pair in last for record in pair})
    here = {pair: each for pair, each in last.items() if pair[0] in rows and pair[1] in rows}
    changed = _changed(here.values(), frame, rows)
    binding = [
        each
        for each in here.values()
        if each.answer != Answer.UNDECIDED and each.pair not in changed
    ]
    numbers = {name: number for number, name in enumerate(sorted(once))}
    pairs = [
        (rows[each.pair[0]], rows[each.pair[1]], each.answer == Answer.MATCH) for each in binding
    ]
    of_once = {
        rows[record]: numbers[record[0]]
        for each in binding
        for record in each.pair
        if record[0] in numbers
    }
    found = contradictions(pairs, of_once)
    passed = {at for each in found for at in each.decisions}
    kept = [pair for at, pair in enumerate(pairs) if at not in passed]
    stale = tuple(here[pair] for pair in here if pair in changed)
    notes = (
        *_absent(len(last) - len(here)),
        *_stale(stale),
        *(_contradicting(each, binding, sorted(once)) for each in found),
    )
    return Applied(
        np.array([a for a, _, _ in kept], dtype=np.int64),
        np.array([b for _, b, _ in kept], dtype=np.int64),
        np.array([same for _, _, same in kept], dtype=bool),
        notes,
        stale,
        tuple(tuple(binding[at] for at in each.decisions) for each in found),
        np.array([each.chance for at, each in enumerate(binding) if at not in passed], np.float64),
    )


def _rows_of(frame: pl.DataFrame, wanted: Collection[_Record]) -> dict[_Record, int]:
    if not wanted:
        return {}
    names = pl.DataFrame(
        sorted(wanted), schema={"list": pl.String, "record": pl.String}, orient="row"
    )
    found = frame.select("row", "list", "record").join(names, on=["list", "record"])
    return {(one, record): row for row, one, record in found.iter_rows()}


def _changed(
    decisions: Iterable[Decision], frame: pl.DataFrame, rows: Mapping[_Record, int]
) -> frozenset[_Pair]:
    """The pairs of which a record is not printed as it was when it was judged."""
    by_fields: dict[tuple[str, ...], dict[_Record, None]] = {}
    decisions = list(decisions)
    for each in decisions:
        by_fields.setdefault(each.fields, {}).update(dict.fromkeys(each.pair))
    digests: dict[tuple[tuple[str, ...], _Record], str | None] = {}
    for fields, records in by_fields.items():
        if not fields:
            continue
        known = set(fields) <= set(frame.columns)
        at = pl.DataFrame({"row": [rows[record] for record in records]})
        judged = frame.join(at, on="row", how="right", maintain_order="right")
        now = printed_digests(judged, fields) if known else [None] * len(records)
        digests |= {(fields, record): digest for record, digest in zip(records, now, strict=True)}

    def differs(each: Decision) -> bool:
        sides = (
            ((each.list_a, each.record_a), each.digest_a),
            ((each.list_b, each.record_b), each.digest_b),
        )
        return any(digests[each.fields, record] != digest for record, digest in sides)

    return frozenset(each.pair for each in decisions if each.fields and differs(each))


def _absent(count: int) -> Iterator[str]:
    if count == 1:
        yield "1 decision is on records that are not in these lists; it is kept."
    elif count:
        yield f"{count:,} decisions are on records that are not in these lists; they are kept."


def _stale(decisions: Sequence[Decision]) -> Iterator[str]:
    if not decisions:
        return
    first = "; ".join(_named(each) for each in decisions[:_SHOWN])
    more = f"; and {len(decisions) - _SHOWN:,} more" if len(decisions) > _SHOWN else ""
    one = len(decisions) == 1
    yield (
        f"{len(decisions):,} {'decision is' if one else 'decisions are'} on records that are no"
        " longer printed as they were when they were judged, and"
        f" {'binds' if one else 'bind'} nothing until made again (stelae link review asks these"
        f" first): {first}{more}."
    )


def _contradicting(found: Contradiction, decisions: Sequence[Decision], once: Sequence[str]) -> str:
    involved = [f"  {_named(decisions[at])}, by {decisions[at].by}" for at in found.decisions]
    if found.once is None:
        head = "these decisions cannot all be true, so none of them binds; decide again:"
    else:
        head = (
            f"these decisions join two records of {once[found.once]}, which the mapping says holds"
            " each person once, so none of them binds; decide again, or mend the mapping:"
        )
    return "\n".join([head, *involved])


def _named(decision: Decision) -> str:
    (list_a, record_a), (list_b, record_b) = decision.pair
    return f"{list_a}:{record_a} and {list_b}:{record_b} ({decision.answer.value})"


NOTHING_DECIDED = Applied(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
)
