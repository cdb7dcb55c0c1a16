"""TRM: a determination that is of another event, or of another time, than what it is put to."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from stelae.records.assertions import Assertion
from stelae.records.events import Link
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.records.recognition import Recognition
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import Binding, BindingKind, Clause, Statement
from stelae.statements.rules.cited import event_of
from stelae.statements.rules.rule import Rule, prose_clauses, series
from stelae.statements.rules.speakers import event_name, name_of

__all__ = ["Exceeds"]

_LINKS = {BindingKind.DETERMINATION, BindingKind.RECOGNITION}
# A full stop ends a sentence before white space and no small letter; a semicolon parts two.
_END = re.compile(r"[.!?\u0589\u06d4](?=\s+[^\sa-zа-яա-և])|;")


@dataclass(frozen=True, slots=True)
class _Sentence:
    acts: list[Binding]
    events: list[str]
    years: set[int]


class Exceeds(Rule):
    """TRM-exceeds."""

    id = "TRM-exceeds"
    level = Level.WARNING
    why = "A body that spoke of one event has said nothing of another."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield links to a recognition in a sentence all of whose bound events are others than
        those that the sentence's recognitions speak of, none of them connected by the record;
        and, where a sentence binds no event and one recognition, all of whose years are neither
        those of its events nor its own.
        """
        record = context.record
        if record is None:
            return
        for clause in prose_clauses(statement):
            acts = [binding for binding in clause.bindings if binding.kind in _LINKS]
            if not acts:
                continue
            for sentence in _sentences(clause, record):
                for binding in sentence.acts:
                    yield from self._one(sentence, binding, record)

    def _one(
        self, sentence: _Sentence, binding: Binding, record: RecordContext
    ) -> Iterator[Diagnostic]:
        act = record.state.find(Recognition, binding.target)
        if act is None or not act.event:
            return
        if sentence.events:
            acts = (record.state.find(Recognition, other.target) for other in sentence.acts)
            reach = _connected(record, {event for one in acts if one for event in one.event})
            if reach & set(sentence.events):
                return
            here = series(event_name(record, event) for event in sentence.events)
        else:
            known = _years(record, act)
            years = sentence.years
            if len(sentence.acts) > 1 or not years or not known or years & known:
                return
            here = series(sorted(years))
        of = series(event_name(record, event) for event in act.event)
        yield self.found(
            binding.span,
            f"{act.id} speaks of {of}, this sentence of {here}",
            related=[Related(f"{act.id}: {name_of(record, act.body, 'en')}, {act.title}, of {of}")],
            fix="link a determination of this event, or say of what that one speaks",
        )


def _sentences(clause: Clause, record: RecordContext) -> list[_Sentence]:
    """What each sentence binds and dates; every fact is looked at once."""
    offset = clause.span.start
    starts = [offset, *(offset + match.end() for match in _END.finditer(clause.prose))]
    found = [_Sentence([], [], set()) for _ in starts]
    for binding in clause.bindings:
        sentence = found[bisect_right(starts, binding.span.start) - 1]
        if binding.kind in _LINKS:
            sentence.acts.append(binding)
        elif (event := event_of(record, binding)) and event not in sentence.events:
            sentence.events.append(event)
    for fact in clause.dates:
        sentence = found[bisect_right(starts, fact.span.start) - 1]
        for stated in (fact.start, fact.end):
            if stated is not None and stated.year is not None:
                sentence.years.add(stated.year)
    return found


def _connected(record: RecordContext, events: set[str]) -> set[str]:
    """The events and those that anybody says have to do with them."""
    found = set(events)
    for link in record.state.all(Link):
        if record.state.is_retracted("link", link.id):
            continue
        if link.event in events or link.other in events:
            found |= {link.event, link.other}
    return found


def _years(record: RecordContext, act: Recognition) -> set[int]:
    """Years of its events and of the act; none where the date of an event is not known."""
    years: set[int] = set()
    for event in act.event:
        values = record.slots.view(Reference("event", event), "date").standing
        if not values:
            return set()
        for value in values:
            said = value.voices[0].record
            if not isinstance(said, Assertion):
                continue
            date = parse_date(said.value)
            if date.earliest is None or date.latest is None:
                return set()
            years.update(range(date.earliest.gregorian[0], date.latest.gregorian[0] + 1))
    if act.date is not None and act.date.earliest is not None and act.date.latest is not None:
        years.update(range(act.date.earliest.gregorian[0], act.date.latest.gregorian[0] + 1))
    return years
