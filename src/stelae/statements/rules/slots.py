"""The figures of the record that a number of a text can be held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from stelae.records.assertions import Assertion, Figure
from stelae.records.events import Event, Place
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.records.views import SlotView, Value, Voice
from stelae.records.vocabularies import vocabularies
from stelae.statements.context import RecordContext
from stelae.statements.facts import NumberFact
from stelae.statements.model import Binding, BindingKind, Clause
from stelae.statements.rules.speakers import KEY, name_of, name_words, stands_at, title_of
from stelae.statements.words import Token, TokenKind, tokens

__all__ = ["Held", "Resolver", "bound_figures", "describe", "figures_of", "rivals", "same_scope"]

_NEAR = 8
_STEM = 5


@dataclass(frozen=True, slots=True)
class Held:
    """The slot that a number is held against; `figure` where it is bound to one figure of it."""

    view: SlotView
    figure: Figure | None = None


def bound_figures(record: RecordContext, binding: Binding) -> Held | None:
    """What a bound figure points at: one figure by its id, or a slot as `event/measure`."""
    if binding.kind is not BindingKind.FIGURE:
        return None
    figure = record.state.find(Figure, binding.target)
    if figure is not None:
        view = record.slots.view(Reference("event", figure.event), figure.measure)
        return Held(view, figure)
    event, _, measure = binding.target.rpartition("/")
    if not event or not record.state.has("event", event):
        return None
    view = record.slots.view(Reference("event", event), measure)
    return Held(view) if view.values else None


def figures_of(view: SlotView) -> Iterator[Figure]:
    """The figures of a slot that somebody still gives."""
    for value in view.standing:
        for voice in value.affirmed_by:
            if isinstance(voice.record, Figure):
                yield voice.record


def rivals(held: Held) -> tuple[Value, ...]:
    """The standing values that rival one another; fewer than two counts are no rivals.

    Where one figure is bound, those of others than it counts are left out: the dead of another
    community, or of another place.
    """
    values = [
        value
        for value in held.view.standing
        if held.figure is None
        or any(
            isinstance(voice.record, Figure) and same_scope(held.figure, voice.record)
            for voice in value.affirmed_by
        )
    ]
    counts = {_bounds(value) for value in values}
    return tuple(values) if len(counts) > 1 else ()


def _bounds(value: Value) -> tuple[object, ...]:
    record = value.voices[0].record
    if not isinstance(record, Figure):
        return value.key
    return record.count.low, record.count.high, record.count.words


def same_scope(one: Figure, other: Figure) -> bool:
    """Whether two figures of a slot may count the same people: place, period and group agree."""
    if one.place and other.place and one.place != other.place:
        return False
    if one.period and other.period and not one.period.overlaps(other.period):
        return False
    if not one.of or not other.of or one.of == other.of:
        return True
    return bool(_groups(one.of) & _groups(other.of))


def _groups(of: str) -> set[str]:
    """Names in the words that say who is counted, cut to what their forms share."""
    return {
        token.folded[:_STEM]
        for token in tokens(of)
        if token.kind is TokenKind.WORD and len(token.text) > 3 and token.text[0].isupper()
    }


def describe(record: RecordContext, value: Value, code: str) -> str:
    """`about 90 (enumerated; Armenians): A. Author, in Title, p. 90`, with every speaker."""
    first = value.voices[0].record
    if not isinstance(first, Figure):
        return value.text
    scope = [first.kind.value.replace("-", " "), *([first.of] if first.of else [])]
    voices = "; ".join(dict.fromkeys(_voice(record, voice, code) for voice in value.affirmed_by))
    return f"{first.count.in_words()} ({', '.join(scope)}): {voices}"


def _voice(record: RecordContext, voice: Voice, code: str) -> str:
    said = voice.record
    where = f", {said.locator}" if said.locator else ""
    speaker = name_of(record, said.said_by, code)
    return f"{speaker}, in {title_of(record, said.source, code)}{where}"


class Resolver:
    """Finds the one slot that a free number of a clause can only mean, or none."""

    def __init__(self, record: RecordContext, code: str) -> None:
        self._record = record
        self._code = code.split("-", 1)[0]

    @cached_property
    def _places(self) -> dict[str, list[tuple[str, list[str]]]]:
        """The words of every form of every place's name, by the beginning of the first."""
        found: dict[str, list[tuple[str, list[str]]]] = {}
        for place in self._record.state.all(Place):
            for form in place.name:
                words = name_words(form.text)
                if words:
                    found.setdefault(words[0][:KEY], []).append((place.id, words))
        return found

    @cached_property
    def _by_place(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for event in self._record.state.all(Event):
            for place in event.place:
                found.setdefault(place, []).append(event.id)
        return {place: tuple(events) for place, events in found.items()}

    @cached_property
    def _measures(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The first word of each measure's label, as far as its forms share it."""
        rows = []
        for code, entry in vocabularies()["measure"].items():
            label = entry.labels.get(self._code)
            words = [token.folded for token in tokens(label or "") if len(token.folded) > 3]
            if len(words) == 1:
                rows.append((code, tuple(word[: max(_STEM, len(word) - 2)] for word in words)))
        return tuple(rows)

    def slot(self, clause: Clause, fact: NumberFact) -> Held | None:
        """The slot, where the clause names one event (by a link, or by the only place and year
        that it names) and one measure near the number; the caller sees to it that no other number
        of people stands in the clause."""
        stream = tokens(clause.prose)
        event = self._event(clause, stream)
        if event is None:
            return None
        measure = self._measure(stream, fact, clause)
        if measure is None:
            return None
        view = self._record.slots.view(Reference("event", event), measure)
        return Held(view) if view.standing else None

    def _event(self, clause: Clause, stream: list[Token]) -> str | None:
        linked = {
            binding.target for binding in clause.bindings if binding.kind is BindingKind.EVENT
        }
        if linked:
            event = linked.pop()
            return event if not linked and self._record.state.has("event", event) else None
        years = {
            stated.year
            for fact in clause.dates
            for stated in (fact.start, fact.end)
            if stated is not None and stated.year is not None
        }
        if len(years) != 1:
            return None
        words = [token.folded for token in stream if token.kind is not TokenKind.MARK]
        places = {
            place
            for index, word in enumerate(words)
            for place, name in self._places.get(word[:KEY], ())
            if stands_at(words, index, name)
        }
        if len(places) != 1:
            return None
        year = years.pop()
        events = [
            event for event in self._by_place.get(places.pop(), ()) if year in self._years(event)
        ]
        return events[0] if len(events) == 1 else None

    def _years(self, event: str) -> set[int]:
        years: set[int] = set()
        for value in self._record.slots.view(Reference("event", event), "date").standing:
            record = value.voices[0].record
            if not isinstance(record, Assertion):
                continue
            date = parse_date(record.value)
            if date.earliest is not None and date.latest is not None:
                first, last = date.earliest.gregorian[0], date.latest.gregorian[0]
                years.update(range(first, min(last, first + 20) + 1))
        return years

    def _measure(self, stream: list[Token], fact: NumberFact, clause: Clause) -> str | None:
        at = fact.span.start - clause.span.start
        index = next((i for i, token in enumerate(stream) if token.end > at), len(stream))
        near = [token.folded for token in stream[max(0, index - _NEAR) : index + _NEAR + 2]]
        found = {
            code for code, words in self._measures if any(word.startswith(words) for word in near)
        }
        return found.pop() if len(found) == 1 else None
