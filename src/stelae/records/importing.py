"""From files of records to entries for the journal: all of them, or none and every reason why.

The same file twice changes nothing. A record that differs from what is recorded under its id is
refused, unless the import says that it corrects and why; then the correction cites what it
corrects.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stelae.errors import ImportRefused, Problem
from stelae.records.assertions import Assertion
from stelae.records.catalogue import AnyRecord, BadRecord, columns, from_body, to_body
from stelae.records.fold import State
from stelae.records.identifiers import Reference
from stelae.records.judgments import Retraction
from stelae.records.tables import Row, Table
from stelae.records.vocabularies import value_form
from stelae.values.canonical import Json

_GUESSES = 20
_MANY = 5000


@dataclass(frozen=True, slots=True)
class Proposal:
    """One record to be said: new, or a correction of the entry `previous`."""

    kind: str
    body: Mapping[str, Json]
    previous: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would say, and how much of it was there already."""

    proposals: tuple[Proposal, ...]
    unchanged: int


def plan_import(state: State, tables: Iterable[Table], *, correcting: bool = False) -> Plan:
    """Decide what to say; ImportRefused holds every problem of every file."""
    problems: list[Problem] = []
    read: list[tuple[Row, AnyRecord]] = []
    for table in tables:
        problems.extend(table.problems)
        for row in table.rows:
            try:
                read.append((row, from_body(row.kind, row.body)))
            except BadRecord as error:
                problems.extend(row.problem(f.what, f.column, f.hint) for f in error.faults)
    unique = list(_without_duplicates(read, problems))
    problems.extend(_dangling(state, unique))
    problems.extend(_by_another(state, unique))
    proposals: list[Proposal] = []
    unchanged = 0
    for row, record in unique:
        body = to_body(record)
        if not state.has(row.kind, record.id):
            proposals.append(Proposal(row.kind, body, None))
            continue
        current = state.logged(row.kind, record.id)
        # Bodies are compared, not records: the order of languages is no difference.
        if current.record is not None and to_body(current.record) == body:
            unchanged += 1
        elif correcting:
            proposals.append(Proposal(row.kind, body, current.id))
        else:
            problems.append(_differs(row, record, current.record))
    if problems:
        raise ImportRefused(_sorted(problems))
    return Plan(tuple(proposals), unchanged)


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda p: (p.file or "", p.row or 0))


def _without_duplicates(
    read: list[tuple[Row, AnyRecord]], problems: list[Problem]
) -> Iterator[tuple[Row, AnyRecord]]:
    seen: dict[tuple[str, str], tuple[Row, AnyRecord]] = {}
    for row, record in read:
        key = (row.kind, record.id)
        if key not in seen:
            seen[key] = (row, record)
            yield row, record
            continue
        first, _ = seen[key]
        problems.append(
            row.problem(
                f"the id {record.id!r} is already used in {first.file}, row {first.row}",
                "id",
                "An id names one record; give this one another.",
            )
        )


def _differs(row: Row, record: AnyRecord, current: AnyRecord | None) -> Problem:
    changed = [
        column.name
        for column in columns(row.kind)
        if getattr(record, column.name) != getattr(current, column.name, None)
    ]
    return row.problem(
        f"{row.kind} {record.id!r} is recorded differently already: {', '.join(changed)}",
        changed[0] if len(changed) == 1 else None,
        'To correct it, repeat with --correct "why"; the old version stays.',
    )


def references_of(kind: str, record: AnyRecord) -> Iterator[tuple[str, Reference]]:
    """Every record that a record points to, with the column that does."""
    for column in columns(kind):
        value = getattr(record, column.name)
        if not column.refers or not value:
            continue
        if isinstance(value, Reference):
            yield column.name, value
            continue
        for identifier in (value,) if isinstance(value, str) else value:
            yield column.name, Reference(column.refers[0], identifier)
    if isinstance(record, Assertion) and value_form(record.slot) == "place":
        yield "value", Reference("place", record.value)


def _dangling(state: State, read: list[tuple[Row, AnyRecord]]) -> Iterator[Problem]:
    arriving: dict[str, set[str]] = {}
    for row, record in read:
        arriving.setdefault(row.kind, set()).add(record.id)
    guesses = _GUESSES
    for row, record in read:
        for column, target in references_of(row.kind, record):
            if target == Reference(row.kind, record.id):
                yield row.problem(f"{target} points to itself", column, "Name another record.")
                continue
            known = arriving.get(target.kind, set())
            if target.id in known or state.has(target.kind, target.id):
                continue
            guesses -= 1
            near = _near(target.id, {*known, *state.versions.get(target.kind, ())}, guesses)
            yield row.problem(
                f"there is no {target.kind} {target.id!r}",
                column,
                f"Record it first, or in the same import, or mend the id.{near}",
            )


def _by_another(state: State, read: list[tuple[Row, AnyRecord]]) -> Iterator[Problem]:
    """Retractions that say that the speaker took it back, by somebody else."""
    arriving = {Reference(row.kind, record.id): record for row, record in read}
    for row, record in read:
        if not isinstance(record, Retraction) or record.kind != "by-speaker":
            continue
        target = arriving.get(record.target)
        if target is None and state.has(record.target.kind, record.target.id):
            target = state.logged(record.target.kind, record.target.id).record
        speaker = getattr(target, "said_by", getattr(target, "by", record.by))
        if speaker != record.by:
            yield row.problem(
                f"{record.target} was said by {speaker!r}, who alone can take it back as speaker",
                "by",
                "For an entry made in error write the kind by-recorder.",
            )


def _near(wrong: str, known: set[str], guesses: int) -> str:
    """A guess at what was meant; slow, so for the first few only and not among very many."""
    from difflib import get_close_matches

    if guesses < 0 or len(known) > _MANY:
        return ""
    found = get_close_matches(wrong, sorted(known), n=1, cutoff=0.75)
    return f" Did you mean {found[0]!r}?" if found else ""
