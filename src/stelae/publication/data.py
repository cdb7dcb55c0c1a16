"""The record as data: one CSV and one JSON file for each kind, in the columns of import.

What is exported can be imported again: the CSV has the columns and the notation of
docs/formats/records.md. JSON adds where each record stands in the log.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from stelae.records.assertions import Figure
from stelae.records.catalogue import PLURALS, columns, to_body
from stelae.records.fold import State
from stelae.records.tables import LIST_SEPARATOR, is_map
from stelae.records.views import Slots, SlotView, Value
from stelae.values.canonical import Json

__all__ = ["DATA_KINDS", "data_files", "kind_csv", "kind_json", "slots_json"]

DATA_KINDS: Mapping[str, str] = {**PLURALS, "items": "item", "editions": "edition"}
"""Name of the file, and the kind of record that it holds."""


def data_files(state: State, slots: Slots | None = None) -> Iterator[tuple[str, bytes]]:
    """Every data file of an edition with its path, in a fixed order.

    `slots` are those of the state, where they were computed before.
    """
    for plural, kind in DATA_KINDS.items():
        if state.versions.get(kind):
            yield f"data/{plural}.csv", kind_csv(state, kind)
            yield f"data/{plural}.json", kind_json(state, kind)
    yield "data/slots.json", slots_json(slots or Slots.of(state))


def kind_csv(state: State, kind: str) -> bytes:
    """The current records of a kind as UTF-8 CSV, one row each, in the order recorded."""
    bodies = [to_body(logged.record) for logged in state.current(kind) if logged.record]
    header: list[tuple[str, str]] = []
    for column in columns(kind):
        if is_map(column):
            keys = {
                key for body in bodies for key in cast("dict[str, str]", body.get(column.name, {}))
            }
            header.extend((column.name, key) for key in sorted(keys))
        elif column.required or any(column.name in body for body in bodies):
            header.append((column.name, ""))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"{name}:{key}" if key else name for name, key in header])
    for body in bodies:
        writer.writerow([_cell(body.get(name), key) for name, key in header])
    return out.getvalue().encode()


def _cell(value: Json, key: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get(key, ""))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{LIST_SEPARATOR} ".join(str(part) for part in value)
    return str(value)


def kind_json(state: State, kind: str) -> bytes:
    """The current records of a kind with the log's entry and digest of each."""
    return _json(
        {
            "schema": "stelae-records/1",
            "kind": kind,
            "records": [
                {
                    "record": to_body(logged.record),
                    "entry": logged.index,
                    "leaf": logged.id,
                    "recorded_at": logged.recorded_at,
                    "versions": len(state.versions[kind][logged.record.id]),
                }
                for logged in state.current(kind)
                if logged.record
            ],
        }
    )


def slots_json(slots: Slots) -> bytes:
    """Every slot with every value, who says it, and in which sources it begins."""
    return _json(
        {
            "schema": "stelae-slots/1",
            "slots": [
                _slot(slot) for found in slots.by_subject.values() for slot in found.values()
            ],
        }
    )


def _slot(slot: SlotView) -> Json:
    return {
        "subject": str(slot.subject),
        "slot": slot.slot,
        "contested": slot.is_contested,
        "values": [_value(value) for value in slot.values],
    }


def _value(value: Value) -> Json:
    record = value.voices[0].record
    scope: dict[str, Json] = {}
    if isinstance(record, Figure):
        _, of, place, period, kind = value.key
        scope = {"of": of, "place": place, "period": period, "kind": kind}
    return {
        "value": value.text,
        **scope,
        "standing": value.is_standing,
        "speakers": list(value.speakers),
        "roots": sorted(value.roots),
        "voices": [
            {
                "record": str(voice.reference),
                "said_by": voice.record.said_by,
                "source": voice.record.source,
                "locator": voice.record.locator,
                "affirms": getattr(voice.record, "polarity", "affirms") == "affirms",
                "withdrawn_by": [retraction.by for retraction in voice.retractions],
                "preferred_by": [preference.by for preference in voice.preferences],
            }
            for voice in value.voices
        ],
    }


def _json(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
