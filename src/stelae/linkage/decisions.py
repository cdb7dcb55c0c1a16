"""What reviewers decided of pairs of records: permanent, attributed, in a file that only grows.

A decision names the two records by list and id, with the digest of each as it was printed, so
that a later run sees when a record is no longer the one that was judged. The last decision on a
pair holds; earlier ones stay. `decisions.jsonl` holds one canonical JSON object a line.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.errors import BadInput, ImportRefused, Problem
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
    "write",
]

SCHEMA = "stelae-decision/1"


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

    @property
    def pair(self) -> tuple[tuple[str, str], tuple[str, str]]:
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
    return Decision(
        str(a["list"]), str(a["record"]), str(a["digest"]),
        str(b["list"]), str(b["record"]), str(b["digest"]),
        Answer(str(value["answer"])), str(value["by"]), str(value["at"]),
        str(value.get("note", "")),
        float(chance) if isinstance(chance, int | float) else None,
    )  # fmt: skip


def write(decisions: Iterable[Decision]) -> bytes:
    """The lines of a file of decisions."""
    return b"".join(canonical_json(decision.to_json()) + b"\n" for decision in decisions)


def printed_digests(frame: pl.DataFrame, fields: Sequence[str]) -> list[str]:
    """For each record, the digest of what it says in some fields, as printed."""
    digests = []
    for row in frame.select("list", "record", *fields).iter_rows():
        content = canonical_json(list(row))
        digests.append(f"sha256:{hashlib.sha256(content).hexdigest()}")
    return digests


@dataclass(frozen=True, slots=True)
class Applied:
    """Decisions on records that are there: their rows, whether they match, and what to know."""

    a: npt.NDArray[np.int64]
    b: npt.NDArray[np.int64]
    same: npt.NDArray[np.bool_]
    notes: tuple[str, ...] = ()
    chance: npt.NDArray[np.float64] | None = None
    """The probability with which each pair was drawn for review; NaN: not by chance."""


def applied(decisions: Iterable[Decision], frame: pl.DataFrame) -> Applied:
    """The rows that the last decision on each pair is about; undecided ones bind nothing.

    Decisions on records that are not among these lists are kept for other runs and passed over.
    """
    last = {decision.pair: decision for decision in decisions}
    wanted = {record for pair in last for record in pair}
    rows = {
        (row["list"], row["record"]): row["row"]
        for row in frame.select("row", "list", "record")
        .filter(
            pl.struct("list", "record").is_in(
                [{"list": one, "record": two} for one, two in sorted(wanted)]
            )
        )
        .iter_rows(named=True)
    } if wanted else {}  # fmt: skip
    a, b, same = [], [], []
    chance: list[float | None] = []
    absent = 0
    for (one, two), decision in sorted(last.items()):
        if one not in rows or two not in rows:
            absent += 1
        elif decision.answer != Answer.UNDECIDED:
            a.append(rows[one])
            b.append(rows[two])
            same.append(decision.answer == Answer.MATCH)
            chance.append(decision.chance)
    notes = (f"{absent:,} decisions are on records of other lists; they are kept.",)
    return Applied(
        np.array(a, dtype=np.int64),
        np.array(b, dtype=np.int64),
        np.array(same, dtype=bool),
        notes if absent else (),
        np.array(chance, dtype=np.float64),
    )


NOTHING_DECIDED = Applied(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
)
