import csv
import io
import json

from edition_views import RECORDS, edition_view, state_of

from stelae.publication.data import data_files, kind_csv
from stelae.records.catalogue import PLURALS
from stelae.records.fold import fold
from stelae.records.importing import plan_import
from stelae.records.tables import read_table


def test_the_csv_of_an_edition_can_be_imported_again() -> None:
    state = state_of(RECORDS)
    tables = [
        read_table(f"{plural}.csv", kind_csv(state, kind))
        for plural, kind in PLURALS.items()
        if state.versions.get(kind)
    ]
    plan = plan_import(fold([]), tables)
    imported = {(p.kind, str(p.body["id"])): p.body for p in plan.proposals}
    again = plan_import(state, tables)
    assert (again.proposals, again.unchanged) == ((), len(imported))
    assert len(imported) == sum(len(state.versions[kind]) for kind in PLURALS.values())


def test_data_files_are_the_same_for_the_same_state() -> None:
    assert list(data_files(state_of(RECORDS))) == list(data_files(state_of(RECORDS)))


def test_an_empty_state_has_its_slots_only() -> None:
    assert [path for path, _ in data_files(fold([]))] == ["data/slots.json"]


def test_slots_hold_all_values_with_speakers_and_roots() -> None:
    files = dict(data_files(edition_view().state))
    slots = json.loads(files["data/slots.json"])["slots"]
    killed = next(s for s in slots if (s["subject"], s["slot"]) == ("event:town-1990", "killed"))
    assert killed["contested"]
    assert [v["value"] for v in killed["values"]] == [
        "48",
        "~90",
        "48..300",
        "400..",
        "..1000",
        '"several hundred"',
        "5000",
    ]
    forty_eight = killed["values"][0]
    assert (forty_eight["speakers"], forty_eight["roots"]) == (["paper-a", "paper-b"], ["index"])
    assert not killed["values"][-1]["standing"]


def test_a_denial_is_data_too() -> None:
    files = dict(data_files(edition_view().state))
    slots = json.loads(files["data/slots.json"])["slots"]
    blamed = next(s for s in slots if s["slot"] == "alleged-perpetrator")
    assert [voice["affirms"] for voice in blamed["values"][0]["voices"]] == [True, False]


def test_json_says_where_each_record_stands_in_the_log() -> None:
    state = state_of(RECORDS)
    figures = json.loads(dict(data_files(state))["data/figures.json"])
    assert figures["records"][0]["entry"] == state.logged("figure", "f-a").index
    assert figures["records"][0]["record"]["count"] == "48"


def test_items_are_listed_though_nobody_imports_them() -> None:
    content = dict(data_files(state_of(RECORDS)))["data/items.csv"].decode()
    assert len(list(csv.DictReader(io.StringIO(content)))) == 2
