"""DAT: days of which one must know the calendar."""

from collections.abc import Callable, Iterator
from functools import cache, partial

from stelae.errors import BadValue
from stelae.records.assertions import Assertion
from stelae.records.events import Event, Place
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import DateFact
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.rules.cited import event_of, events_of
from stelae.statements.rules.names import NameFinder
from stelae.statements.rules.rule import Rule, prose_clauses, quoted
from stelae.statements.rules.stretches import links, quotations
from stelae.values.calendars import ambiguous_style, reforms
from stelae.values.dates import Calendar, PartialDate

__all__ = ["StyleUnsaid"]

_REFORM_YEAR = 1918
"""The year in which Russia, Transcaucasia and their neighbours changed."""
_LANGUAGES = frozenset(("ru", "hy", "az", "ka", "uk", "be"))


class StyleUnsaid(Rule):
    """DAT-style."""

    id = "DAT-style"
    level = Level.WARNING
    why = "Thirteen days lie between the two styles; unsaid, one day becomes two events."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield days whose clause does not say old or new style, where the record shows that it
        matters: it has the event's date in the old style, or places it in a territory that
        changed in 1918 or later and had not long done so. Without either, only days of 1918 in
        a clause that names one place of the record with a name in a language of those lands.
        """
        record = context.record
        if record is None:
            return
        places = NameFinder(
            (form.text, place.id) for place in record.state.all(Place) for form in place.name
        )
        for clause in prose_clauses(statement):
            days = [fact for fact in clause.dates if _is_unsaid(fact)]
            if not days or any(fact.style or fact.other for fact in clause.dates):
                continue
            bound, quoted_words = links(clause), quotations(clause)
            events = events_of(record, clause)
            named = cache(partial(_named, clause, places))
            for fact in days:
                if quoted_words.holding(fact.span):
                    continue
                binding = bound.holding(fact.span)
                dated = binding is not None and binding.kind is BindingKind.DATE
                if bound.touches(fact.span) and not dated:
                    continue
                own = event_of(record, binding) if binding is not None else None
                here = [own] if own else list(events)
                why = _why(record, fact, here, named)
                if why is not None:
                    yield self.found(
                        fact.span,
                        f"{quoted(statement.source.at(fact.span))} may be of the old or the new"
                        f" style: {why}",
                        fix="say which style it is, or give both days",
                    )


def _is_unsaid(fact: DateFact) -> bool:
    stated = fact.end or fact.start
    return fact.start.year is not None and fact.start.day is not None and stated.possible


def _named(clause: Clause, places: NameFinder) -> list[str]:
    return list({place for _, _, place in places.find(clause.prose, clause.span.start)})


def _why(
    record: RecordContext, fact: DateFact, events: list[str], named: Callable[[], list[str]]
) -> str | None:
    """Why the style matters; `named` gives the places that the clause names."""
    if len(events) == 1:
        if _julian(record, events[0]):
            return "the record has a date of this event in the old style"
        where = list(record.state.get(Event, events[0]).place)
    elif not events and fact.start.year == _REFORM_YEAR:
        where = named()
    else:
        return None
    if len(where) != 1:
        return None
    chain = _chain(record, where[0])
    territory = next((place.id for place in chain if place.id in _territories()), None)
    if territory is not None:
        doubt = ambiguous_style(PartialDate(fact.start.edtf), territory)
        return f"{doubt.reason}, {doubt.days_apart} days apart" if doubt else None
    if fact.start.year == _REFORM_YEAR and _LANGUAGES & {
        form.language for place in chain for form in place.name
    }:
        return "Russia and Transcaucasia changed calendars in this year, 13 days apart"
    return None


def _julian(record: RecordContext, event: str) -> bool:
    for value in record.slots.view(Reference("event", event), "date").standing:
        said = value.voices[0].record
        if isinstance(said, Assertion):
            try:
                if parse_date(said.value).calendar is Calendar.JULIAN:
                    return True
            except BadValue:
                continue
    return False


def _chain(record: RecordContext, identifier: str) -> list[Place]:
    """A place and those that it lies in."""
    found: list[Place] = []
    place = record.state.find(Place, identifier)
    while place is not None and place not in found:
        found.append(place)
        place = record.state.find(Place, place.within) if place.within else None
    return found


@cache
def _territories() -> frozenset[str]:
    """Keys of the territories that changed in 1918 or later."""
    found = set()
    for reform in reforms():
        latest = reform.last_julian_day.latest
        if latest is not None and latest.gregorian[0] >= _REFORM_YEAR:
            found.add(reform.territory)
    return frozenset(found)
