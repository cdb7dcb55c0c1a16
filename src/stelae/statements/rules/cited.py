"""The sources and records that a text rests on: entries of its list first, then its links."""

from collections.abc import Iterator

from stelae.records.assertions import Assertion, Figure
from stelae.records.attribution import Attributed
from stelae.records.identifiers import Reference as RecordReference
from stelae.statements.context import RecordContext
from stelae.statements.model import Binding, BindingKind, Clause, Statement
from stelae.statements.text import Span

__all__ = [
    "bound_record",
    "cited_sources",
    "event_of",
    "events_of",
    "linked_sources",
    "read_in",
]


def cited_sources(statement: Statement) -> Iterator[tuple[str, Span]]:
    """Ids of sources with the place that names them; one may come more than once."""
    for reference in statement.references:
        if reference.source:
            yield reference.source, reference.span
    yield from linked_sources(statement)


def linked_sources(statement: Statement) -> Iterator[tuple[str, Span]]:
    """Ids of sources that links of the text name, with the link."""
    for clause in statement.clauses:
        for binding in clause.bindings:
            if binding.kind in {BindingKind.SOURCE, BindingKind.QUOTE}:
                yield binding.target.partition("#")[0], binding.span


def read_in(statement: Statement, record: RecordContext) -> Iterator[tuple[str, Span]]:
    """Ids of sources in which the record reads what the text binds: a figure, a date, an act of
    recognition; with the link."""
    for clause in statement.clauses:
        for binding in clause.bindings:
            found = bound_record(record, binding)
            if found is not None:
                said = record.state.logged(found.kind, found.id).record
                if isinstance(said, Attributed):
                    yield said.source, binding.span


def bound_record(record: RecordContext, binding: Binding) -> RecordReference | None:
    """The one record that a link leads to; None for a page, a slot, or what is not recorded."""
    target = binding.target.partition("#")[0]
    kinds = {
        BindingKind.QUOTE: ("source",),
        BindingKind.PERSON: ("party",),
        BindingKind.DATE: ("assertion", "event"),
        BindingKind.DETERMINATION: ("assertion", "recognition"),
        BindingKind.WEB: (),
    }.get(binding.kind, (binding.kind.value,))
    found = next((kind for kind in kinds if record.state.has(kind, target)), None)
    return RecordReference(found, target) if found else None


def events_of(record: RecordContext, clause: Clause) -> dict[str, Span]:
    """The events that the links of a clause are of, each with the first that leads there."""
    found: dict[str, Span] = {}
    for binding in clause.bindings:
        event = event_of(record, binding)
        if event is not None:
            found.setdefault(event, binding.span)
    return found


def event_of(record: RecordContext, binding: Binding) -> str | None:
    """The event of the record that a link is of: its own, its figure's or its date's."""
    event: str | None = None
    if binding.kind is BindingKind.EVENT:
        event = binding.target
    elif binding.kind is BindingKind.FIGURE:
        figure = record.state.find(Figure, binding.target)
        event = figure.event if figure else binding.target.rpartition("/")[0]
    elif binding.kind is BindingKind.DATE:
        said = record.state.find(Assertion, binding.target)
        event = binding.target
        if said is not None:
            event = said.subject.id if said.subject.kind == "event" else None
    return event if event is not None and record.state.has("event", event) else None
