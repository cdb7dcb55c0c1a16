"""PER: people who did not agree to be named."""

from collections.abc import Iterator

from stelae.records.assertions import Assertion, Figure
from stelae.records.sources import Party
from stelae.records.vocabularies import is_publishable
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import BindingKind, Statement
from stelae.statements.rules.cited import bound_record
from stelae.statements.rules.names import NameFinder
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.text import Span

__all__ = ["Exposed"]

_WORDS = 2
"""A name of one word is anybody's; such people are found by a link alone."""


class Exposed(Rule):
    """PER-exposed."""

    id = "PER-exposed"
    level = Level.ERROR
    why = "A person named against his will can be harmed, and no correction brings it back."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield names of parties, and links to them or to what they said, where the record does
        not have their consent or does not have them as clear to share.

        Looked at is the whole text, names below it and entries too. The message never repeats
        more than the text itself shows.
        """
        record = context.record
        if record is None:
            return
        hidden = {
            party.id: _why(party.consent, party.sensitivity)
            for party in record.state.all(Party)
            if not is_publishable(party.consent, party.sensitivity)
        }
        seen: list[Span] = []
        for clause in statement.clauses:
            for binding in clause.bindings:
                why = (
                    hidden.get(binding.target)
                    if binding.kind is BindingKind.PERSON
                    else _of_words(record, bound_record(record, binding))
                )
                if why is not None:
                    seen.append(binding.span)
                    yield self._one(statement, binding.text_span, why)
        names = NameFinder(_forms(record, hidden))
        if not names:
            return
        places = [(clause.prose, clause.span.start) for clause in statement.clauses]
        places += [(statement.source.at(one.span), one.span.start) for one in statement.references]
        places += [(statement.source.at(one.span), one.span.start) for one in statement.signatories]
        told: set[Span] = set()
        for prose, offset in places:
            for span, _, party in names.find(prose, offset):
                if span in told or any(span.overlaps(other) for other in seen):
                    continue
                told.add(span)
                yield self._one(statement, span, hidden[party])

    def _one(self, statement: Statement, span: Span, why: str) -> Diagnostic:
        return self.found(
            span,
            f"{quoted(statement.source.at(span))} is named or quoted, and {why}",
            fix="leave the name out, or record the consent that was given",
        )


def _forms(record: RecordContext, hidden: dict[str, str]) -> Iterator[tuple[str, str]]:
    for identifier in hidden:
        for form in record.state.get(Party, identifier).name:
            words = form.text.split()
            if len(words) >= _WORDS:
                yield form.text, identifier
                # Lists give the family name first.
                yield " ".join((words[-1], *words[:-1])), identifier


def _of_words(record: RecordContext, reference: object) -> str | None:
    """Why words or data that a link leads to may not be published."""
    kind, identifier = getattr(reference, "kind", ""), getattr(reference, "id", "")
    said: Figure | Assertion | None = None
    if kind == "figure":
        said = record.state.find(Figure, identifier)
    elif kind == "assertion":
        said = record.state.find(Assertion, identifier)
    if said is None or is_publishable(said.consent, said.sensitivity):
        return None
    return _why(said.consent, said.sensitivity)


def _why(consent: str, sensitivity: str) -> str:
    if consent in {"withheld", "withdrawn"}:
        return f"consent is {consent} in the record"
    if consent == "unknown":
        return "the record does not know of any consent"
    return f"the record may be shared as {sensitivity} only"
