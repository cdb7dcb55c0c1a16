"""What a text rests on: what it binds and cites, and below that sources, speakers and copies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from stelae.records.assertions import Assertion, Figure
from stelae.records.catalogue import AnyRecord
from stelae.records.changes import Then, version_then
from stelae.records.fold import State
from stelae.records.identifiers import Reference as RecordReference
from stelae.records.importing import references_of
from stelae.records.notation import parse_date
from stelae.records.sources import Item
from stelae.statements.context import RecordContext
from stelae.statements.facts import DateFact, Fact, NumberFact
from stelae.statements.model import Binding, BindingKind, Clause, Statement
from stelae.statements.rules.agreement import agrees
from stelae.statements.rules.bounds import Fit, fit
from stelae.statements.rules.cited import bound_record
from stelae.statements.rules.stretches import links
from stelae.statements.text import Span

__all__ = ["Ground", "grounds"]

_BENEATH = frozenset({"source", "said_by", "rests_on"})
"""Columns that name what a record is known from."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A record that a text rests on, and the words that do; `through` are the records that lead
    from what the text names down to it, empty for what the text itself names."""

    record: RecordReference
    span: Span
    through: tuple[RecordReference, ...] = ()


def grounds(statement: Statement, record: RecordContext, then: Then) -> Iterator[Ground]:
    """Each record once, what the text names first, as the record led on at that time."""
    journal = _Journal(record.state, then)
    seen: set[RecordReference] = set()
    waiting = [Ground(*named) for named in _named(statement, record, journal)]
    for ground in waiting:  # grows while it is read: breadth first
        if ground.record not in seen:
            seen.add(ground.record)
            yield ground
            through = (*ground.through, ground.record)
            below = journal.below(ground.record)
            waiting.extend(Ground(one, ground.span, through) for one in below)


class _Journal:
    """The record as it stood then, asked for only as far as a text needs it."""

    def __init__(self, state: State, then: Then) -> None:
        self._state, self._then = state, then

    def below(self, reference: RecordReference) -> Iterator[RecordReference]:
        """What a record is known from: its source and speaker, a source's origins and copies."""
        found = self._was(reference)
        if found is None:
            return
        for column, target in references_of(reference.kind, found):
            if column in _BENEATH:
                yield target
        if reference.kind == "source":
            yield from self._items.get(reference.id, ())

    @cached_property
    def dates(self) -> dict[str, list[Assertion]]:
        """Who said when an event was, by event; denials support nothing."""
        found: dict[str, list[Assertion]] = {}
        for said in self._all("assertion"):
            if isinstance(said, Assertion) and (said.slot, said.polarity, said.subject.kind) == (
                "date",
                "affirms",
                "event",
            ):
                found.setdefault(said.subject.id, []).append(said)
        return found

    @cached_property
    def figures(self) -> dict[str, list[Figure]]:
        """The figures of each slot, by `event/measure`."""
        found: dict[str, list[Figure]] = {}
        for figure in self._all("figure"):
            if isinstance(figure, Figure):
                found.setdefault(f"{figure.event}/{figure.measure}", []).append(figure)
        return found

    @cached_property
    def _items(self) -> dict[str, list[RecordReference]]:
        by_source: dict[str, list[RecordReference]] = {}
        for item in self._all("item"):
            if isinstance(item, Item):
                by_source.setdefault(item.source, []).append(RecordReference("item", item.id))
        return by_source

    def _all(self, kind: str) -> Iterator[AnyRecord | None]:
        for identifier in self._state.versions.get(kind, ()):
            yield self._was(RecordReference(kind, identifier))

    def _was(self, reference: RecordReference) -> AnyRecord | None:
        """The record as it stood; as first recorded where that came later than the text."""
        versions = self._state.versions.get(reference.kind, {}).get(reference.id)
        if not versions:
            return None
        return version_then(self._state, reference, self._then) or versions[0].record


def _named(
    statement: Statement, record: RecordContext, journal: _Journal
) -> Iterator[tuple[RecordReference, Span]]:
    for clause in statement.clauses:
        facts = _facts_by_link(clause) if clause.bindings else {}
        for binding in clause.bindings:
            reference = bound_record(record, binding)
            if reference is not None:
                yield reference, binding.span
            if reference is None or reference.kind == "event":
                for meant in _meant(binding, facts.get(binding.span, ()), journal):
                    yield meant, binding.span
    for entry in statement.references:
        if entry.source and record.state.has("source", entry.source):
            yield RecordReference("source", entry.source), entry.span


def _meant(binding: Binding, facts: Iterable[Fact], journal: _Journal) -> Iterator[RecordReference]:
    """What a link to a whole slot rests on: those of its values that bear out the words."""
    if binding.kind is BindingKind.DATE:
        dates = [fact for fact in facts if isinstance(fact, DateFact) and fact.possible]
        for said in journal.dates.get(binding.target, ()):
            if any(agrees(fact, parse_date(said.value)) for fact in dates):
                yield RecordReference("assertion", said.id)
    elif binding.kind is BindingKind.FIGURE:
        numbers = [fact for fact in facts if isinstance(fact, NumberFact)]
        for figure in journal.figures.get(binding.target, ()):
            if any(fit(fact, figure.count) in {Fit.FOLLOWS, Fit.SHARPER} for fact in numbers):
                yield RecordReference("figure", figure.id)


def _facts_by_link(clause: Clause) -> dict[Span, list[Fact]]:
    """The facts that links hold, by the place of the link."""
    bound = links(clause)
    found: dict[Span, list[Fact]] = {}
    for fact in clause.facts:
        binding = bound.holding(fact.span)
        if binding is not None:
            found.setdefault(binding.span, []).append(fact)
    return found
