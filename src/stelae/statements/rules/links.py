"""REF-unbound: links and entries that name what the record does not have."""

import re
from collections.abc import Iterator

from stelae.records.identifiers import Reference as RecordReference
from stelae.records.sources import Source
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import Binding, BindingKind, Statement
from stelae.statements.rules.rule import Rule, quoted

__all__ = ["Unbound"]

_DIGIT = re.compile(r"\d")
_ALIKE = 4
"""So many letters in common make a slip of an id likelier than a word."""


class Unbound(Rule):
    """REF-unbound."""

    id = "REF-unbound"
    level = Level.ERROR
    why = "A link into the record that leads nowhere proves nothing."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield links and entries whose id the record does not have.

        What begins an entry and has no digit is a word (`e-mail: …`), unless an id of the record
        begins alike.
        """
        record = context.record
        if record is None:
            return
        known = frozenset(source.id for source in record.state.all(Source))
        begins = frozenset(identifier[:_ALIKE] for identifier in known)
        for reference in statement.references:
            named = reference.source
            if named and named not in known and (_DIGIT.search(named) or named[:_ALIKE] in begins):
                yield self.found(
                    reference.span,
                    f"entry {reference.number} names the source {reference.source!r},"
                    " which the record does not have",
                    fix="correct the id, or record the source",
                )
        for clause in statement.clauses:
            for binding in clause.bindings:
                if binding.kind is not BindingKind.WEB and not _leads(record, binding):
                    yield self.found(
                        binding.span,
                        f"{quoted(binding.text)} is bound to {binding.kind}:{binding.target},"
                        " which the record does not have",
                        fix="correct the id, or record it",
                    )


def _leads(record: RecordContext, binding: Binding) -> bool:
    target = binding.target.partition("#")[0]
    state = record.state
    match binding.kind:
        case BindingKind.QUOTE:
            return state.has("source", target)
        case BindingKind.PERSON:
            return state.has("party", target)
        case BindingKind.DATE:
            return state.has("event", target) or state.has("assertion", target)
        case BindingKind.DETERMINATION:
            return state.has("assertion", target) or state.has("recognition", target)
        case BindingKind.FIGURE:
            event, _, measure = target.rpartition("/")
            return state.has("figure", target) or bool(
                event
                and state.has("event", event)
                and record.slots.view(RecordReference("event", event), measure).values
            )
        case kind:
            return state.has(kind.value, target)
