"""A record and all that is said of it, as text for a terminal and as JSON."""

from collections.abc import Iterator, Mapping

from stelae.records.assertions import Figure
from stelae.records.catalogue import to_body
from stelae.records.fold import State
from stelae.records.identifiers import Reference
from stelae.records.sources import Party
from stelae.records.views import Slots, SlotView, Value, Voice
from stelae.records.vocabularies import label, vocabularies
from stelae.values.canonical import Json


def slot_label(slot: str) -> str:
    """How a slot or a measure is shown."""
    return label("slot" if slot in vocabularies()["slot"] else "measure", slot)


def speaker_name(state: State, party: str) -> str:
    """The English or first name of a party, or its id where it is not recorded."""
    found = state.find(Party, party)
    return found.name.in_language("en").text if found else party


def describe(state: State, target: Reference) -> str:
    """The current version, its history, then every slot with its rival values and speakers."""
    logged = state.logged(target.kind, target.id)
    assert logged.record is not None
    lines = [f"{target}"]
    for name, value in to_body(logged.record).items():
        if name != "id":
            lines.append(f"  {name}: {_one_line(value)}")
    versions = state.versions[target.kind][target.id]
    lines.append(f"  entry {logged.index} of the log, recorded {logged.recorded_at}")
    if len(versions) > 1:
        lines.append(f"  corrected {len(versions) - 1} times; last because: {logged.why}")
    for retraction in state.retractions.get(target, ()):
        who = speaker_name(state, retraction.by)
        lines.append(f"  {label('retraction-kind', retraction.kind)}: {who}: {retraction.why}")
    for view in Slots.of(state).of_subject(target):
        lines.extend(_slot_lines(state, view))
    return "\n".join(lines)


def _one_line(value: Json) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    return str(value)


def _slot_lines(state: State, view: SlotView) -> Iterator[str]:
    rivals = len(view.standing)
    suffix = f"   {rivals} rival values" if view.is_contested else ""
    yield ""
    yield f"{slot_label(view.slot)}{suffix}"
    for value in view.values:
        copies = f"  [{len(value.affirmed_by)} voices, 1 origin]" if _is_copied(value) else ""
        yield f"  {value.text}{_scope(value)}{copies}"
        for voice in value.voices:
            yield f"      {_voice_line(state, voice)}"
        for preference in value.preferences:
            yield f"      preferred by {speaker_name(state, preference.by)}: {preference.why}"


def _is_copied(value: Value) -> bool:
    return len(value.affirmed_by) > 1 and len(value.roots) == 1


def _scope(value: Value) -> str:
    record = value.voices[0].record
    return f"  ({record.of})" if isinstance(record, Figure) and record.of else ""


def _voice_line(state: State, voice: Voice) -> str:
    record = voice.record
    place = f", {record.locator}" if record.locator else ""
    text = f"{speaker_name(state, record.said_by)} — {record.source}{place}"
    if getattr(record, "polarity", "affirms") == "denies":
        text = f"denied by {text}"
    for retraction in voice.retractions:
        text += f"  [{label('retraction-kind', retraction.kind)}]"
    return text


def describe_json(state: State, target: Reference) -> dict[str, Json]:
    """The same for programs: `stelae-show/1`."""
    logged = state.logged(target.kind, target.id)
    assert logged.record is not None
    return {
        "schema": "stelae-show/1",
        "reference": str(target),
        "record": to_body(logged.record),
        "entry": {"index": logged.index, "id": logged.id, "recorded_at": logged.recorded_at},
        "versions": len(state.versions[target.kind][target.id]),
        "slots": [
            {
                "slot": view.slot,
                "contested": view.is_contested,
                "values": [
                    {
                        "value": value.text,
                        "standing": value.is_standing,
                        "roots": sorted(value.roots),
                        "voices": [
                            {
                                "reference": str(voice.reference),
                                "said_by": voice.record.said_by,
                                "source": voice.record.source,
                                "locator": voice.record.locator,
                                "retracted": bool(voice.retractions),
                            }
                            for voice in value.voices
                        ],
                    }
                    for value in view.values
                ],
            }
            for view in Slots.of(state).of_subject(target)
        ],
    }
