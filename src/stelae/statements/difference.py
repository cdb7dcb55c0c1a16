"""What changed between two versions of a statement: clauses and facts, not lines.

A fact is a figure, a date, an anniversary, a quotation, a word of qualification, a citation with
its place, a name or a link into the record. A citation is what is cited, not its number: a list
that is numbered anew changes no fact.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stelae.statements.difference_alignment import Pair, align, moved
from stelae.statements.facts import (
    AnniversaryFact,
    DateFact,
    NumberFact,
    QuotationFact,
    TermFact,
)
from stelae.statements.model import BindingKind, Clause, PartKind, Reference, Statement
from stelae.statements.words import fold

__all__ = [
    "Change",
    "ClauseChange",
    "Difference",
    "FactKind",
    "Heading",
    "StatedFact",
    "Status",
    "compare",
]

_BOUND = {BindingKind.FIGURE, BindingKind.DATE, BindingKind.QUOTE}
_APART = {PartKind.TITLE, PartKind.SIGNATORIES, PartKind.REFERENCES}


class FactKind(StrEnum):
    """What a fact is, in the order in which changes are shown."""

    FIGURE = "figure"
    DATE = "date"
    ANNIVERSARY = "anniversary"
    QUOTATION = "quotation"
    TERM = "term"
    REFERENCE = "reference"
    NAME = "name"
    BINDING = "binding"


class Status(StrEnum):
    """What became of a clause."""

    SAME = "same"
    REWORDED = "reworded"
    """Other words, the same facts as far as they are seen."""
    CHANGED = "changed"
    """At least one fact is another."""
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as it is compared (`key`) and as the text puts it (`words`)."""

    kind: FactKind
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A fact before and after; None where there was or is none that answers to it."""

    kind: FactKind
    before: StatedFact | None
    after: StatedFact | None


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause in both versions and the facts that differ."""

    status: Status
    before: Clause | None
    after: Clause | None
    moved: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def id(self) -> str:
        """Its id in the later version, else in the earlier."""
        clause = self.after or self.before
        assert clause is not None
        return clause.id


@dataclass(frozen=True, slots=True)
class Heading:
    """Something that belongs to the text as a whole: its date, an entry, a signatory."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All clauses of two versions, and what else differs between them."""

    before: Statement
    after: Statement
    clauses: tuple[ClauseChange, ...]
    headings: tuple[Heading, ...]

    @property
    def changed(self) -> tuple[ClauseChange, ...]:
        """The clauses that are not the same, or not in the same place."""
        return tuple(
            clause for clause in self.clauses if clause.status is not Status.SAME or clause.moved
        )

    @property
    def is_empty(self) -> bool:
        """Whether both versions say the same in the same words and order."""
        return not self.changed and not self.headings


def compare(before: Statement, after: Statement) -> Difference:
    """The difference between an earlier and a later version in one language."""
    old, new = _clauses(before), _clauses(after)
    pairs = align(old, new)
    elsewhere = moved(pairs, old)
    return Difference(
        before,
        after,
        tuple(_clause(before, after, pair, elsewhere) for pair in pairs),
        tuple(_headings(before, after)),
    )


def _clauses(statement: Statement) -> tuple[Clause, ...]:
    return tuple(
        clause for part in statement.parts if part.kind not in _APART for clause in part.clauses
    )


def _clause(
    before: Statement, after: Statement, pair: Pair, elsewhere: frozenset[str]
) -> ClauseChange:
    old, new = pair
    mine = tuple(_facts(before, old)) if old else ()
    its = tuple(_facts(after, new)) if new else ()
    changes = tuple(_changes(mine, its))
    if old is None or new is None:
        status = Status.ADDED if old is None else Status.REMOVED
        return ClauseChange(status, old, new, changes=changes)
    if changes:
        status = Status.CHANGED
    else:
        status = Status.SAME if old.shown == new.shown else Status.REWORDED
    return ClauseChange(status, old, new, new.id in elsewhere, changes)


def _facts(statement: Statement, clause: Clause) -> Iterator[StatedFact]:
    at = statement.source.at
    for fact in clause.facts:
        match fact:
            case NumberFact():
                readings = "/".join(str(reading) for reading in fact.readings)
                amount = str(fact.count) if fact.count else readings
                unit = fact.unit if fact.unit not in at(fact.span) else ""
                words = f"{at(fact.span)} {unit}".strip()
                yield StatedFact(FactKind.FIGURE, f"{amount} {fold(fact.unit)}", words)
            case DateFact():
                key = f"{fact.edtf} {fact.style or ''} {fact.weekday} {fact.other or ''}"
                yield StatedFact(FactKind.DATE, key, at(fact.span))
            case AnniversaryFact():
                key = f"{fact.years} {fact.kind} {fact.exact}"
                yield StatedFact(FactKind.ANNIVERSARY, key, at(fact.span))
            case QuotationFact():
                if fact.depth == 0:
                    yield StatedFact(FactKind.QUOTATION, fact.words, at(fact.span))
            case TermFact():
                yield StatedFact(FactKind.TERM, fact.term, at(fact.span))
    entries = {reference.number: reference for reference in statement.references}
    for marker in clause.markers:
        for citation in marker.citations:
            entry = entries.get(citation.number)
            places = ", ".join(
                f"{place.label} {place.value}" if place.label else place.value
                for place in citation.locators
            )
            cited = _entry(entry) if entry else f"[{citation.number}]"
            named = f"[{citation.number}{', ' + places if places else ''}] {_title(entry)}"
            yield StatedFact(FactKind.REFERENCE, f"{cited}: {places}", named.strip())
    for binding in clause.bindings:
        target = f"{binding.kind}:{binding.target}"
        if binding.kind in _BOUND:
            yield StatedFact(FactKind.BINDING, target, f"{binding.text} ({target})")
        elif binding.kind is not BindingKind.WEB:
            yield StatedFact(FactKind.NAME, target, f"{binding.text} ({target})")


def _entry(reference: Reference) -> str:
    """What an entry is known by: the id of its source, else its words."""
    return reference.source or " ".join(reference.text.casefold().split())


def _title(reference: Reference | None) -> str:
    if reference is None:
        return ""
    text = reference.source or reference.text
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _changes(before: Sequence[StatedFact], after: Sequence[StatedFact]) -> Iterator[Change]:
    """By kind: what is gone beside what came, where as many came as are gone."""
    for kind in FactKind:
        gone = _without(kind, before, after)
        came = _without(kind, after, before)
        if len(gone) == len(came):
            yield from (Change(kind, old, new) for old, new in zip(gone, came, strict=True))
        else:
            yield from (Change(kind, old, None) for old in gone)
            yield from (Change(kind, None, new) for new in came)


def _without(
    kind: FactKind, facts: Iterable[StatedFact], others: Iterable[StatedFact]
) -> list[StatedFact]:
    """The facts of a kind that have no equal among the others, each counted once."""
    left = Counter(other.key for other in others if other.kind is kind)
    alone = []
    for fact in facts:
        if fact.kind is kind:
            if left[fact.key]:
                left[fact.key] -= 1
            else:
                alone.append(fact)
    return alone


def _headings(before: Statement, after: Statement) -> Iterator[Heading]:
    for what, old, new in (
        ("title", before.title, after.title),
        ("language", before.language, after.language),
        ("date", before.date and before.date.edtf, after.date and after.date.edtf),
        ("occasion", before.occasion, after.occasion),
    ):
        if old != new:
            yield Heading(what, old or None, new or None)
    yield from _listed("addressee", *([one.name for one in t.addressees] for t in (before, after)))
    entries = ({_entry(one): one.text for one in text.references} for text in (before, after))
    yield from _entries("reference", *entries)
    yield from _listed("signatory", *([one.name for one in t.signatories] for t in (before, after)))


def _listed(what: str, before: list[str], after: list[str]) -> Iterator[Heading]:
    yield from _entries(what, {name: name for name in before}, {name: name for name in after})


def _entries(what: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Heading]:
    """What is on one list alone, or is there under one id in other words."""
    for key, text in before.items():
        if key not in after:
            yield Heading(what, text, None)
        elif after[key] != text:
            yield Heading(what, text, after[key])
    yield from (Heading(what, None, text) for key, text in after.items() if key not in before)
