import pytest

from stelae.errors import BadValue
from stelae.records.assertions import Assertion
from stelae.records.catalogue import (
    KIND_OF,
    KINDS,
    PLURALS,
    BadRecord,
    columns,
    from_body,
    from_logged_body,
    to_body,
)
from stelae.values.canonical import Json

SAID = {"id": "x", "said_by": "p", "source": "s"}
GOOD: dict[str, dict[str, Json]] = {
    "party": {"id": "p", "name": {"en": "P"}, "kind": "press"},
    "source": {"id": "s", "title": {"en": "S"}, "kind": "book", "rests_on": ["a", "b"]},
    "item": {"id": "sha256:" + "0" * 64, "source": "s", "media_type": "text/plain", "size": 3},
    "place": {"id": "t", "name": {"en": "T"}, "coordinates": "40.50, 49.80"},
    "place-name": {**SAID, "place": "t", "text": "T", "language": "hy", "period": "1900/1936"},
    "event": {"id": "e", "name": {"ru": "С", "en": "E"}, "place": ["t"]},
    "link": {**SAID, "event": "e", "relation": "followed", "other": "f"},
    "assertion": {**SAID, "subject": "event:e", "slot": "date", "value": "1990-01-13"},
    "figure": {**SAID, "event": "e", "measure": "killed", "count": "48..300"},
    "instrument": {"id": "i", "title": {"en": "I"}, "date": "1990-12-01"},
    "recognition": {**SAID, "body": "p", "kind": "court", "title": "J", "stance": "notes"},
    "day": {**SAID, "date": "--01-13/--01-19", "name": {"az": "G"}, "observed_by": ["p"]},
    "preference": {"id": "x", "prefers": "figure:f", "by": "p", "why": "because"},
    "retraction": {"id": "x", "target": "event:e", "kind": "by-recorder", "by": "p", "why": "w"},
    "edition": {"id": "1", "inputs": "a", "manifest": "b", "published_at": "c"},
}


def faults(of: str, /, **changes: Json) -> dict[str | None, str]:
    body = {**GOOD[of], **changes}
    with pytest.raises(BadRecord) as caught:
        from_body(of, {name: value for name, value in body.items() if value is not None})
    return {fault.column: fault.what for fault in caught.value.faults}


def test_there_is_an_example_of_every_kind() -> None:
    assert GOOD.keys() == KINDS.keys()
    assert set(PLURALS.values()) == KINDS.keys() - {"item", "edition"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_becomes_a_record_and_comes_back(kind: str) -> None:
    record = from_body(kind, GOOD[kind])
    assert KIND_OF[type(record)] == kind
    assert to_body(record) == GOOD[kind]
    assert from_logged_body(kind, to_body(record)) == record


@pytest.mark.parametrize("kind", KINDS)
def test_every_required_column_is_missed_and_missed_when_empty(kind: str) -> None:
    for column in columns(kind):
        if not column.required:
            continue
        body = {name: value for name, value in GOOD[kind].items() if name != column.name}
        with pytest.raises(BadRecord) as caught:
            from_body(kind, body)
        assert [(f.column, f.what) for f in caught.value.faults] == [(column.name, "is missing")]
        with pytest.raises(BadRecord):
            from_logged_body(kind, body)
        empty: Json = [] if column.name == "observed_by" else ""
        assert column.name in faults(kind, **{column.name: empty})


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_says_what_it_means(kind: str) -> None:
    assert all(column.meaning.endswith((".", "…", '".')) for column in columns(kind))


def test_all_faults_of_a_record_are_said_at_once() -> None:
    found = faults("figure", count="many", event="Baku 1990", measure="dead", kind="guess", id="")
    assert found["count"].startswith("'many' is no count")
    assert found["kind"] == "'guess' is no kind of figure"


def test_faults_of_form_come_before_faults_of_meaning() -> None:
    assert faults("figure", event="Baku 1990", measure="dead") == {
        "event": "'Baku 1990' is no id",
        "measure": "'dead' is no code of the vocabulary 'measure'",
    }


@pytest.mark.parametrize(
    ("kind", "column", "value", "says"),
    [
        ("party", "rank", "1", "there is no such column"),
        ("party", "name", "P", "names are given by language"),
        ("party", "name", {}, "no name in any language"),
        ("party", "name", {"en": " "}, "a name without letters"),
        ("party", "name", {"english": "P"}, "no language tag"),
        ("party", "note", 5, "should be text"),
        ("party", "note", ["a"], "should be text"),
        ("party", "note", "a\x1bb", "control characters"),
        ("party", "note", "a\rb", "control characters"),
        ("party", "note", "a\x9bb", "control characters"),
        ("party", "note", "\udcff", "half of a surrogate pair"),
        ("party", "id", "P", "no id"),
        ("party", "id", "../p", "no id"),
        ("party", "id", "p\n", "no id"),
        ("party", "id", "пп", "no id"),
        ("party", "id", "a/b/c/d/e", "no id"),
        ("party", "id", "x" * 101, "no id"),
        ("party", "consent", "perhaps", "no code"),
        ("source", "rests_on", "ab", "should be a list"),
        ("source", "rests_on", {"a": "b"}, "should be a list"),
        ("source", "rests_on", ["a", ["b"]], "should be text"),
        ("source", "rests_on", ["A"], "no id"),
        ("source", "url", "javascript:alert(1)", "no address"),
        ("source", "url", 'https://a"onclick="', "no address"),
        ("source", "language", "Armenian", "no language tag"),
        ("source", "date", "1990-02-30", ""),
        ("item", "id", "abc", "no digest"),
        ("item", "size", "-1", "no whole number"),
        ("item", "size", True, "no whole number"),
        ("item", "size", 1.0, "no whole number"),
        ("place", "coordinates", "91, 0", "latitude 91"),
        ("assertion", "subject", "baku-1990", "does not say what kind"),
        ("assertion", "slot", "mood", "no code"),
        ("assertion", "value", "13 January 1990", ""),
        ("assertion", "qualifiers", ["a"], "should be texts by code"),
        ("assertion", "locator", "p" * 301, "a locator of 301 characters"),
        ("figure", "count", "300..48", "cannot end at 48"),
        ("day", "date", "--02-30", ""),
        ("day", "date", "--01-01/--01-02/--01-03", ""),
        ("preference", "prefers", "event:e", "has no rivals"),
    ],
)
def test_a_fault_names_its_column(kind: str, column: str, value: Json, says: str) -> None:
    found = faults(kind, **{column: value})
    assert says in found[column]


def test_a_qualifier_of_a_vocabulary_takes_its_codes() -> None:
    assert faults("assertion", qualifiers={"involvement": "did it"}) == {
        "qualifiers:involvement": "'did it' is no code of it"
    }


def test_the_value_of_a_slot_has_the_form_of_the_slot() -> None:
    from_body("assertion", {**GOOD["assertion"], "slot": "name", "value": "13 January"})
    assert "act" in faults("assertion", slot="act", value="murder")["value"]
    assert "no id" in faults("assertion", slot="place", value="A Town")["value"]


def test_an_assertion_without_qualifiers_has_none() -> None:
    record = from_body("assertion", GOOD["assertion"])
    assert isinstance(record, Assertion)
    assert record.qualifiers == {}
    assert "qualifiers" not in to_body(record)


def test_a_bad_record_is_a_bad_value_whose_message_has_every_fault() -> None:
    with pytest.raises(BadValue, match=r"no party: id: is missing; kind: is missing"):
        from_body("party", {"name": {"en": "P"}})
