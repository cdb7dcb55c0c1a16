"""The difference between two versions of a statement, for a terminal and for programs."""

from collections import Counter
from collections.abc import Iterator

from stelae.statements.difference import (
    Change,
    ClauseChange,
    Difference,
    Heading,
    StatedFact,
    Status,
)
from stelae.statements.model import Clause, Statement
from stelae.statements.report import one_line
from stelae.values.canonical import Json

__all__ = ["SCHEMA", "json_difference", "text_difference"]

SCHEMA = "stelae-diff/1"
"""The form of the JSON; keys may be added under one number, none renamed."""

_LONGEST = 240
_AROUND = 5
_WORDS = {
    Status.SAME: "the same",
    Status.REWORDED: "reworded, the same facts",
    Status.CHANGED: "facts changed",
    Status.ADDED: "added",
    Status.REMOVED: "removed",
}
_SUMMED = _WORDS | {Status.REWORDED: "reworded", Status.CHANGED: "with other facts"}


def text_difference(difference: Difference) -> str:
    """Each clause that is not the same, with the facts that differ; the sum of it last."""
    blocks = ["\n".join(_clause(difference, clause)) for clause in difference.changed]
    if difference.headings:
        blocks.insert(0, "\n".join(_heading(heading) for heading in difference.headings))
    return "\n\n".join([*blocks, _summary(difference)]) + "\n"


def json_difference(difference: Difference) -> dict[str, Json]:
    """The form `stelae-diff/1`; facts stand under the clause in which they are."""
    return {
        "schema": SCHEMA,
        "before": _text(difference.before),
        "after": _text(difference.after),
        "same": sum(one.status is Status.SAME and not one.moved for one in difference.clauses),
        "clauses": [
            {
                "id": one.id,
                "status": one.status.value,
                "moved": one.moved,
                "before": _place(difference.before, one.before),
                "after": _place(difference.after, one.after),
                "facts": [
                    {
                        "kind": change.kind.value,
                        "before": _fact(change.before),
                        "after": _fact(change.after),
                    }
                    for change in one.changes
                ],
            }
            for one in difference.changed
        ],
        "whole": [
            {"what": heading.what, "before": heading.before, "after": heading.after}
            for heading in difference.headings
        ],
    }


def _text(statement: Statement) -> Json:
    return {"file": statement.name, "language": statement.language, "title": statement.title}


def _place(statement: Statement, clause: Clause | None) -> Json:
    if clause is None:
        return None
    line = statement.position(clause.span.start).line
    return {"id": clause.id, "line": line, "text": clause.shown}


def _fact(fact: StatedFact | None) -> Json:
    return None if fact is None else {"key": fact.key, "text": fact.words}


def _clause(difference: Difference, one: ClauseChange) -> Iterator[str]:
    lines = [
        str(text.position(clause.span.start).line)
        for text, clause in ((difference.before, one.before), (difference.after, one.after))
        if clause is not None
    ]
    words = _WORDS[one.status]
    if one.moved:
        words = "moved" if one.status is Status.SAME else f"{words}, and moved"
    yield f"{one.id} (line {' → '.join(lines)}): {words}"
    if one.before and one.after:
        if one.status is not Status.SAME:
            yield from _apart(one.before.shown, one.after.shown)
    else:
        sign, clause = ("-", one.before) if one.before else ("+", one.after)
        assert clause is not None
        yield f"  {sign} {_short(clause.shown)}"
    yield from (f"    {_change(change)}" for change in one.changes)


def _apart(before: str, after: str) -> Iterator[str]:
    """The words from the first that differs to the last, each with a few around them."""
    old, new = before.split(), after.split()
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    for sign, words in (("-", old), ("+", new)):
        start, end = max(0, head - _AROUND), min(len(words), len(words) - tail + _AROUND)
        shown = " ".join(words[start:end])
        yield f"  {sign} {'…' * (start > 0)}{_short(shown)}{'…' * (end < len(words))}"


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _change(change: Change) -> str:
    before, after = (
        one_line(fact.words) if fact else None for fact in (change.before, change.after)
    )
    return _pair(change.kind.value, before, after)


def _heading(heading: Heading) -> str:
    before, after = (
        one_line(text) if text is not None else None for text in (heading.before, heading.after)
    )
    return _pair(heading.what, before, after)


def _pair(what: str, before: str | None, after: str | None) -> str:
    if before is None:
        return f"{what}: + {after}"
    if after is None:
        return f"{what}: - {before}"
    return f"{what}: {before} → {after}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _summary(difference: Difference) -> str:
    if difference.is_empty:
        return "no difference"
    counts = Counter(one.status for one in difference.clauses)
    parts = [f"{counts[status]} {_SUMMED[status]}" for status in Status if counts[status]]
    shifted = sum(one.moved for one in difference.clauses)
    if shifted:
        parts.append(f"{shifted} moved")
    return f"Clauses: {'; '.join(parts)}."
