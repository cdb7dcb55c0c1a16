import base64
import dataclasses
import hashlib
import json

import pytest

from stelae.errors import BadValue, IntegrityError
from stelae.records.catalogue import KINDS, columns
from stelae.records.journal import Entry, commitment, disclosed_name, open_entry, seal
from stelae.records.sources import Party
from stelae.values.canonical import Json, canonical_json, parse_canonical

BODY: dict[str, Json] = {
    "id": "p-1",
    "name": {"ru": "Имя", "en": "Name"},
    "kind": "person",
    "note": "n",
}
ENTRY = Entry("party", BODY, "a-1", "2026-01-20T12:00:00Z")


def entropy(size: int) -> bytes:
    return hashlib.shake_256(b"journal").digest(size)


def disclosure(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(parts)).encode()).rstrip(b"=").decode()


def leaf_of(*disclosures: str, **changes: object) -> bytes:
    head: dict[str, object] = {
        "version": 1,
        "type": "party",
        "previous": None,
        "actor": "a-1",
        "signature": None,
        "_sd": sorted(commitment(text) for text in disclosures),
    }
    return canonical_json({**head, **changes})  # type: ignore[dict-item]  # what it is tested for


def test_what_is_sealed_comes_back() -> None:
    sealed = seal(ENTRY, entropy)
    logged = open_entry(7, sealed.leaf, sealed.disclosures)
    assert (logged.index, logged.id, logged.kind) == (7, sealed.id, "party")
    assert (logged.actor, logged.recorded_at) == ("a-1", "2026-01-20T12:00:00Z")
    assert (logged.previous, logged.why, logged.hidden) == (None, "", 0)
    assert isinstance(logged.record, Party)
    assert logged.record.note == "n"


def test_names_stay_in_the_order_given() -> None:
    sealed = seal(ENTRY, entropy)
    logged = open_entry(0, sealed.leaf, sealed.disclosures)
    assert isinstance(logged.record, Party)
    assert list(logged.record.name.as_mapping()) == ["ru", "en"]


def test_the_leaf_holds_no_value_and_no_name_of_a_field() -> None:
    leaf = seal(ENTRY, entropy).leaf
    head = json.loads(leaf)
    assert set(head) == {"version", "type", "previous", "actor", "signature", "_sd"}
    for text in (b"p-1", b"Name", b"note", b"person", b"2026"):
        assert text not in leaf
    assert head["_sd"] == sorted(head["_sd"])


def test_the_leaf_is_canonical_json_and_no_other_form_is_read() -> None:
    leaf = seal(ENTRY, entropy).leaf
    assert parse_canonical(leaf) == json.loads(leaf)
    head = json.loads(leaf)
    for other in (
        json.dumps(head, separators=(",", ":"), sort_keys=True, indent=0),
        json.dumps(dict(reversed(head.items())), separators=(",", ":")),
        leaf.decode().replace('"version":1', '"version":1.0'),
        leaf.decode().replace('"version":1', '"version":1,"version":1'),
        leaf.decode().replace('"party"', '"p\\u0061rty"'),
    ):
        with pytest.raises(IntegrityError):
            open_entry(0, other.encode(), ())


def test_a_disclosure_is_that_of_sd_jwt() -> None:
    first = seal(ENTRY, entropy).disclosures[0]
    salt, name, value = json.loads(base64.urlsafe_b64decode(first + "=="))
    assert (name, value) == ("id", "p-1")
    assert base64.urlsafe_b64decode(salt + "==") == entropy(16)
    assert disclosed_name(first) == "id"


def test_equal_fields_of_two_entries_have_other_commitments() -> None:
    one, two = seal(ENTRY, entropy), seal(ENTRY, bytes)
    assert set(json.loads(one.leaf)["_sd"]).isdisjoint(json.loads(two.leaf)["_sd"])


def test_every_salt_of_an_entry_is_its_own() -> None:
    salts = [
        json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))[0]
        for text in seal(ENTRY, entropy).disclosures
    ]
    assert len(set(salts)) == len(salts) == len(BODY) + 1


def test_a_correction_keeps_its_reason_beside_the_reason_of_the_record() -> None:
    body = {"id": "r-1", "target": "figure:f", "kind": "by-speaker", "by": "p", "why": "its own"}
    entry = Entry("retraction", body, "a-1", "t", previous="sha256:" + "0" * 64, why="a misprint")
    sealed = seal(entry, entropy)
    logged = open_entry(0, sealed.leaf, sealed.disclosures)
    assert logged.why == "a misprint"
    assert getattr(logged.record, "why", "") == "its own"
    assert logged.previous == entry.previous


def test_no_kind_of_record_has_a_column_that_the_entry_itself_needs() -> None:
    assert not [c.name for kind in KINDS for c in columns(kind) if c.name.startswith("@")]
    with pytest.raises(BadValue, match="begin with @"):
        seal(dataclasses.replace(ENTRY, body={**BODY, "@why": "x"}), entropy)


def test_half_a_surrogate_pair_is_refused_not_written() -> None:
    with pytest.raises(BadValue, match="note holds half of a surrogate pair"):
        seal(dataclasses.replace(ENTRY, body={**BODY, "note": "\ud800"}), entropy)


def test_too_little_randomness_is_refused() -> None:
    with pytest.raises(BadValue, match="16 random bytes"):
        seal(ENTRY, lambda _: bytes(16))


def test_a_withheld_field_leaves_the_rest_readable_and_is_counted() -> None:
    sealed = seal(ENTRY, entropy)
    shown = [text for text in sealed.disclosures if disclosed_name(text) != "note"]
    logged = open_entry(0, sealed.leaf, shown)
    assert isinstance(logged.record, Party)
    assert (logged.record.note, logged.hidden) == ("", 1)
    assert logged.id == sealed.id


def test_without_disclosures_only_the_kind_is_known() -> None:
    logged = open_entry(0, seal(ENTRY, entropy).leaf, ())
    assert (logged.kind, logged.record, logged.hidden) == ("party", None, 5)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_changed_salt_name_or_value_is_found(part: int) -> None:
    sealed = seal(ENTRY, entropy)
    content = json.loads(base64.urlsafe_b64decode(sealed.disclosures[3] + "=="))
    content[part] += "x"
    forged = [*sealed.disclosures[:3], disclosure(*content), *sealed.disclosures[4:]]
    with pytest.raises(IntegrityError, match="entry 4: a disclosed field does not match"):
        open_entry(4, sealed.leaf, forged)


def test_a_disclosure_of_another_entry_is_found() -> None:
    sealed = seal(ENTRY, entropy)
    other = seal(ENTRY, bytes)
    with pytest.raises(IntegrityError, match="does not match"):
        open_entry(0, sealed.leaf, [*sealed.disclosures, other.disclosures[0]])


def test_a_disclosure_given_twice_cannot_stand_for_one_left_out() -> None:
    sealed = seal(ENTRY, entropy)
    with pytest.raises(IntegrityError, match="does not match"):
        open_entry(0, sealed.leaf, [*sealed.disclosures[:-1], sealed.disclosures[0]])


def test_one_field_committed_to_twice_is_refused() -> None:
    texts = [disclosure("s", "note", "a"), disclosure("t", "note", "b")]
    with pytest.raises(IntegrityError, match="discloses the field 'note' twice"):
        open_entry(0, leaf_of(*texts), texts)


@pytest.mark.parametrize(
    ("leaf", "why"),
    [
        (b"", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"[]", "not in its canonical form"),
        (b'{"version": 1}', "not in its canonical form"),
        (b"[" * 60_000, "cannot be read"),
        (leaf_of(version=2), "of a version"),
        (leaf_of(version=True), "of a version"),
        (leaf_of(version="1"), "of a version"),
        (leaf_of(type="verdict"), "of a kind"),
        (leaf_of(type=["party"]), "of a kind"),
        (leaf_of(type=None), "of a kind"),
        (leaf_of(previous=1), "malformed"),
        (leaf_of(actor=None), "malformed"),
        (leaf_of(_sd="abc"), "malformed"),
        (leaf_of(_sd=[1]), "malformed"),
        (leaf_of(_sd=["a", "a"]), "malformed"),
        (leaf_of(more=1), "malformed"),
    ],
)
def test_a_strange_leaf_is_an_error_that_names_the_entry(leaf: bytes, why: str) -> None:
    with pytest.raises(IntegrityError, match="entry 3") as caught:
        open_entry(3, leaf, ())
    assert why in caught.value.what


@pytest.mark.parametrize(
    "text",
    [
        disclosure("salt", "id"),
        disclosure("salt", 1, "x"),
        base64.urlsafe_b64encode(b'{"a":1}').rstrip(b"=").decode(),
        base64.urlsafe_b64encode(b"[" * 100_000).rstrip(b"=").decode(),
        "A",
        "é",
        "",
    ],
)
def test_a_strange_disclosure_is_an_error_even_if_committed_to(text: str) -> None:
    with pytest.raises(IntegrityError, match="entry 0: a disclosure is malformed"):
        open_entry(0, leaf_of(text), [text])


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "p"},
        {"id": "p", "name": {"en": "N"}, "kind": "person", "rank": "1"},
        {"id": 1, "name": {"en": "N"}, "kind": "person"},
        {"id": "p", "name": ["N"], "kind": "person"},
        {"id": "p", "name": {"en": {}}, "kind": "person"},
        {"id": "p", "name": None, "kind": "person"},
    ],
)
def test_fields_that_are_no_record_are_an_error_even_if_committed_to(
    fields: dict[str, object],
) -> None:
    texts = [disclosure("salt", name, value) for name, value in fields.items()]
    with pytest.raises(IntegrityError, match="entry 0: no party"):
        open_entry(0, leaf_of(*texts), texts)
