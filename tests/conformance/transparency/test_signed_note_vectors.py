"""Notes and verifier keys of Go's sumdb (BSD-3) and of C2SP's own texts."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from stelae.errors import BadProof
from stelae.transparency.checkpoints import read_unverified
from stelae.transparency.notes import VerifierKey, parse_note, verify_note

VECTORS = Path(__file__).resolve().parents[3].parent / "shared/data/vectors/signed-note"
MESSAGES = {
    "malformed": "the note|signature",
    "no-verifiable-signature": "not signed by a known key",
    "ambiguous-key": "ambiguous",
    "invalid-signature": "does not fit the note",
}


def vectors(name: str) -> dict[str, Any]:
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"no vectors at {path}")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def cases() -> list[Any]:
    path = VECTORS / "go-sumdb-note.json"
    if not path.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no vectors at {path}"))]
    return [pytest.param(case, id=case["name"]) for case in json.loads(path.read_text())["cases"]]


@pytest.mark.parametrize("case", cases())
def test_go_notes(case: dict[str, Any]) -> None:
    note = base64.b64decode(case["note_b64"])
    keys = [VerifierKey.parse(text) for text in case["vkeys"]]
    if case["expect"] != "ok":
        with pytest.raises(BadProof, match=MESSAGES[case["expect"]]):
            verify_note(note, keys)
        return
    verified = verify_note(note, keys)
    assert [key.name for key in verified.verified] == case["verified"]
    if "unverified" in case:
        assert [signature.name for signature in verified.ignored] == case["unverified"]


def test_good_verifier_keys_round_trip() -> None:
    for text in vectors("go-sumdb-note.json")["good_vkeys"]:
        assert str(VerifierKey.parse(text)) == text


def test_every_part_and_every_increment_of_a_verifier_key_is_refused() -> None:
    found = vectors("go-sumdb-note.json")
    bad = list(found["bad_vkeys"])
    for good in found["good_vkeys"]:
        size = len(good)
        bad += [good[a:b] for a in range(size) for b in range(a, size + 1) if b - a < size]
        bad += [good[:i] + chr(ord(good[i]) + 1) + good[i + 1 :] for i in range(size)]
    for text in bad:
        with pytest.raises(BadProof):
            VerifierKey.parse(text)


def test_the_example_of_the_standard() -> None:
    key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    note = (
        "This is an example message.\n\n— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    assert verify_note(note, [key]).text == "This is an example message.\n"


@pytest.mark.parametrize("name", ["checkpoint_example", "cosigned_checkpoint_example"])
def test_the_checkpoints_of_the_standard_are_read(name: str) -> None:
    checkpoint = read_unverified(vectors("c2sp-examples.json")[name]["text"])
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)


def test_a_text_with_blank_lines_ends_at_the_last_one() -> None:
    note = vectors("c2sp-examples.json")["quasimodo"]
    assert parse_note(note).text.endswith(":\n\ned è subito sera.\n")
    assert str(parse_note(note)) == note
