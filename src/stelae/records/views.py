"""What is known of one slot: every value, side by side, each with who says so (rule 2).

There is no winner here. A preference is shown as somebody's judgment beside the value; a value
whose every assertion was taken back stays in view, marked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stelae.records.assertions import Assertion, Figure
from stelae.records.fold import State
from stelae.records.identifiers import Reference
from stelae.records.judgments import Preference, Retraction
from stelae.records.notation import format_date, parse_date
from stelae.records.sources import Source
from stelae.records.vocabularies import value_form, vocabularies
from stelae.values.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Voice:
    """One assertion or figure, with what is known of its origin."""

    reference: Reference
    record: Assertion | Figure
    roots: frozenset[str]
    said_on: PartialDate | None
    retractions: tuple[Retraction, ...]
    preferences: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a slot and everyone who says it or denies it."""

    key: tuple[str, ...]
    voices: tuple[Voice, ...]

    @property
    def text(self) -> str:
        """The value in the notation of docs/formats/records.md."""
        return self.key[0]

    @property
    def affirmed_by(self) -> tuple[Voice, ...]:
        """Those who say so and have not taken it back."""
        return tuple(v for v in self.voices if not v.retractions and _affirms(v.record))

    @property
    def denied_by(self) -> tuple[Voice, ...]:
        """Those who say that it is not so and have not taken that back."""
        return tuple(v for v in self.voices if not v.retractions and not _affirms(v.record))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Ids of the parties that say it, each once, in the order recorded."""
        return tuple(dict.fromkeys(voice.record.said_by for voice in self.affirmed_by))

    @property
    def roots(self) -> frozenset[str]:
        """Sources in which it begins; one root, however many papers copy it, is one origin."""
        return frozenset().union(*(voice.roots for voice in self.affirmed_by))

    @property
    def preferences(self) -> tuple[Preference, ...]:
        """Who prefers this value, why and when."""
        return tuple(preference for voice in self.voices for preference in voice.preferences)

    @property
    def is_standing(self) -> bool:
        """Whether anyone still says it."""
        return bool(self.affirmed_by)


@dataclass(frozen=True, slots=True)
class SlotView:
    """All that is said of one slot of one thing."""

    subject: Reference
    slot: str
    values: tuple[Value, ...]

    @property
    def standing(self) -> tuple[Value, ...]:
        """The values that somebody still says."""
        return tuple(value for value in self.values if value.is_standing)

    @property
    def is_single(self) -> bool:
        """Whether the slot holds one value in the world; an event has one date but many acts."""
        slot = vocabularies()["slot"].get(self.slot)
        return slot is None or bool(slot.properties.get("single"))

    @property
    def rivals(self) -> tuple[Value, ...]:
        """The standing values that another standing value contradicts.

        Figures rival one another within one scope: six of one community are no rival of
        thirty-two of all. A scope that a source leaves open may be any. The same days written in
        two calendars are one date.
        """
        if not self.is_single:
            return ()
        standing = self.standing
        return tuple(
            value
            for value in standing
            if any(_contradict(value, other) for other in standing if other is not value)
        )

    @property
    def is_contested(self) -> bool:
        """Whether rival values stand, or somebody denies one that stands."""
        return bool(self.rivals) or any(value.denied_by for value in self.standing)


def _contradict(one: Value, other: Value) -> bool:
    mine, its = one.voices[0].record, other.voices[0].record
    if isinstance(mine, Figure) and isinstance(its, Figure):
        scopes = zip(one.key[1:4], other.key[1:4], strict=True)
        return mine.count != its.count and all(not a or not b or a == b for a, b in scopes)
    if _holds_date(mine):
        return not parse_date(one.text).same_days(parse_date(other.text))
    return one.key != other.key


def _holds_date(record: Assertion | Figure) -> bool:
    slot = vocabularies()["slot"].get(record.slot)
    return slot is not None and slot.properties.get("value") == "date"


def _affirms(record: Assertion | Figure) -> bool:
    return not (isinstance(record, Assertion) and record.polarity == "denies")


def _subject(record: Assertion | Figure) -> Reference:
    return record.subject if isinstance(record, Assertion) else Reference("event", record.event)


def _key(record: Assertion | Figure) -> tuple[str, ...]:
    """What must be equal for two to say the same: for figures also whom, where and when."""
    if isinstance(record, Figure):
        period = format_date(record.period) if record.period else ""
        return str(record.count), record.of, record.place, period, record.kind
    if value_form(record.slot) == "date":
        date = parse_date(record.value)
        return (f"{date.calendar}:{date.edtf}" if date.calendar != "gregorian" else date.edtf,)
    return (record.value,)


def voice(state: State, record: Assertion | Figure) -> Voice:
    """A record with its roots, its date and what was judged of it."""
    reference = Reference("figure" if isinstance(record, Figure) else "assertion", record.id)
    source = state.find(Source, record.source)
    return Voice(
        reference=reference,
        record=record,
        roots=state.roots(record.origin or (record.source,)),
        said_on=record.said_on or (source.date if source else None),
        retractions=state.retractions.get(reference, ()),
        preferences=state.preferences.get(reference, ()),
    )


def _group(state: State, records: Iterable[Assertion | Figure]) -> tuple[Value, ...]:
    groups: dict[tuple[str, ...], list[Voice]] = {}
    for record in records:
        groups.setdefault(_key(record), []).append(voice(state, record))
    return tuple(Value(key, tuple(voices)) for key, voices in groups.items())


def all_slots(state: State) -> Iterator[SlotView]:
    """Every slot of which anything is said: assertions by subject, figures by event and measure."""
    slots: dict[tuple[Reference, str], list[Assertion | Figure]] = {}
    for type_ in (Assertion, Figure):
        for record in state.all(type_):
            assert isinstance(record, Assertion | Figure)
            slots.setdefault((_subject(record), record.slot), []).append(record)
    for (subject, slot), records in slots.items():
        yield SlotView(subject, slot, _group(state, records))


@dataclass(frozen=True, slots=True)
class Slots:
    """Every slot of a state, to look up by subject: computed once, read often."""

    by_subject: dict[Reference, dict[str, SlotView]]

    @classmethod
    def of(cls, state: State) -> "Slots":
        """Group everything said in a state."""
        by_subject: dict[Reference, dict[str, SlotView]] = {}
        for view in all_slots(state):
            by_subject.setdefault(view.subject, {})[view.slot] = view
        return cls(by_subject)

    def view(self, subject: Reference, slot: str) -> SlotView:
        """What is said of one slot; without values where nothing is."""
        found = self.by_subject.get(subject, {}).get(slot)
        return found or SlotView(subject, slot, ())

    def of_subject(self, subject: Reference) -> tuple[SlotView, ...]:
        """Every slot of one thing of which something is said."""
        return tuple(self.by_subject.get(subject, {}).values())
