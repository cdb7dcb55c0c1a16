"""Which places and people of the record a clause names, by links and by the names it has there."""

from collections.abc import Iterable, Iterator

from stelae.records.events import Place, PlaceName
from stelae.records.sources import Party
from stelae.statements.context import RecordContext
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.rules.names import NameFinder
from stelae.statements.text import Span

__all__ = ["Named"]

_KINDS = {BindingKind.PLACE: "place", BindingKind.PERSON: "person"}


class Named:
    """Names of places and people in the language of one text.

    A form that two of them share names neither.
    """

    def __init__(self, record: RecordContext, statement: Statement) -> None:
        code = statement.language.split("-", 1)[0]
        owners: dict[str, set[str]] = {}
        for text, owner in _forms(record, code):
            owners.setdefault(text, set()).add(owner)
        self.nameable = frozenset().union(*owners.values()) if owners else frozenset[str]()
        """Those whom this language can name at all."""
        self._finder = NameFinder((text, min(who)) for text, who in owners.items() if len(who) == 1)

    def by(self, clauses: Iterable[Clause]) -> dict[str, Span]:
        """Those who are named, each with the first place: `place:zenda`."""
        found: dict[str, Span] = {}
        for clause in clauses:
            for binding in clause.bindings:
                if binding.kind in _KINDS:
                    found.setdefault(f"{_KINDS[binding.kind]}:{binding.target}", binding.text_span)
            if self._finder:
                for span, _, owner in self._finder.find(clause.prose, clause.span.start):
                    found.setdefault(owner, span)
        return found


def _forms(record: RecordContext, code: str) -> Iterator[tuple[str, str]]:
    for place in record.state.all(Place):
        for form in place.name:
            if form.language == code:
                yield form.text, f"place:{place.id}"
    for name in record.state.all(PlaceName):
        if name.language.split("-", 1)[0] == code:
            yield name.text, f"place:{name.place}"
    for party in record.state.all(Party):
        for form in party.name:
            if form.language == code:
                yield form.text, f"person:{party.id}"
