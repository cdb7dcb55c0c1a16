"""TRN-refs, TRN-names: the language versions of a text rest on the same and name the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.rules.alignment import Passage, aligned
from stelae.statements.rules.drift import Compared
from stelae.statements.rules.entries import same_entries
from stelae.statements.rules.named import Named
from stelae.statements.rules.versions import originals
from stelae.statements.text import Span
from stelae.values.locators import Locator

__all__ = ["Names", "References"]

_ALIKE = "cite the same sources in every language"
_NAMES = {BindingKind.EVENT, BindingKind.PERSON, BindingKind.PLACE}
_SOURCES = {
    BindingKind.SOURCE,
    BindingKind.QUOTE,
    BindingKind.DETERMINATION,
    BindingKind.RECOGNITION,
    BindingKind.DAY,
}


class References(Compared):
    """TRN-refs."""

    id = "TRN-refs"
    level = Level.ERROR
    why = "Every language must rest on the same sources, at the same places."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield citations, and links to sources and acts, that one text has and the other lacks.

        Lists may be numbered in each language by itself: entries are one by their source, their
        address or their words.
        """
        for original in originals(statement, context):
            keys, others = same_entries(statement, original)
            for passage in aligned(statement, original).passages:
                yield from self.links(passage, _SOURCES, "")
                yield from self.one_sided(
                    passage,
                    _citations(passage.mine, keys),
                    _citations(passage.theirs, others),
                    "cited",
                    (_ALIKE, _ALIKE),
                )


def _citations(clauses: Iterable[Clause], keys: Mapping[int, str]) -> dict[str, Span]:
    """What is cited, by the name that both texts give the entry, with the places."""
    found: dict[str, Span] = {}
    for clause in clauses:
        for marker in clause.markers:
            for citation in marker.citations:
                name = keys.get(citation.number, f"[{citation.number}]")
                places = ", ".join(
                    _place(locator) for locator in citation.locators if locator.label is not None
                )
                found.setdefault(f"{name}, {places}" if places else name, marker.span)
    return found


def _place(locator: Locator) -> str:
    """A place as all languages write it, whatever the dash of its range."""
    numbers = locator.numbers()
    if numbers is None:
        return str(locator)
    first, last = numbers
    return str(replace(locator, value=f"{first}–{last}" if last > first else f"{first}"))


class Names(Compared):
    """TRN-names."""

    id = "TRN-names"
    level = Level.ERROR
    why = "A name that differs between languages means somebody, or some place, else."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield events, persons and places bound in one text and not in the other; and with a
        record, bound or not, names in one text where the other names somebody or some place
        else, endings aside. A name that only one text has is passed over: the other may say
        `there`."""
        for original in originals(statement, context):
            for passage in aligned(statement, original).passages:
                yield from self.links(passage, _NAMES, "")
                if not passage.whole and context.record is not None:
                    yield from self._others(passage, context.record)

    def _others(self, passage: Passage, record: RecordContext) -> Iterator[Diagnostic]:
        here, there = Named(record, passage.here), Named(record, passage.there)
        mine, theirs = here.by(passage.mine), there.by(passage.theirs)
        bound = {binding.text_span for clause in passage.mine for binding in clause.bindings}
        for kind in ("place:", "person:"):
            own = _only(mine, theirs, kind, there)
            others = _only(theirs, mine, kind, here)
            if len(own) == len(others) == 1 and own[0] not in bound:
                yield self.otherwise(passage, own[0], others[0], "name")


def _only(
    named: Mapping[str, Span], other: Mapping[str, Span], kind: str, elsewhere: Named
) -> list[Span]:
    """Where those are named whom the other text does not name, though its language could."""
    return [
        span
        for who, span in named.items()
        if who.startswith(kind) and who not in other and who in elsewhere.nameable
    ]
