import json

import pytest

from stelae.errors import BadValue
from stelae.records.dossier import Dossier
from stelae.records.identifiers import Reference
from stelae.records.listing import describe, describe_json, speaker_name

EVENT = Reference("event", "town-1990")


def test_an_event_is_shown_with_all_that_is_said_of_it(small: Dossier) -> None:
    text = describe(small.state(), EVENT)
    assert text.startswith("event:town-1990\n  name: en: Town, January 1990\n  place: town\n")
    assert "killed   2 rival values" in text
    assert "Paper A (synthetic) — paper-a, p. 1" in text
    assert "Paper B (synthetic) — paper-b, p. 3  [withdrawn by the speaker]" in text
    assert "preferred by Our group (synthetic): It names each person." in text
    assert "denied by Our group (synthetic) — report" in text


def test_a_retraction_and_corrections_are_shown_with_the_record(small: Dossier) -> None:
    text = describe(small.state(), Reference("figure", "f-b"))
    assert "withdrawn by the speaker: Paper B (synthetic): The paper printed a correction." in text


def test_what_is_not_recorded_is_refused(small: Dossier) -> None:
    with pytest.raises(BadValue, match="there is no event 'nowhere'"):
        describe(small.state(), Reference("event", "nowhere"))
    with pytest.raises(BadValue, match="there is no verdict"):
        describe_json(small.state(), Reference("verdict", "x"))


def test_a_speaker_who_is_not_recorded_is_shown_by_id(small: Dossier) -> None:
    assert speaker_name(small.state(), "nobody") == "nobody"
    assert speaker_name(small.state(), "us") == "Our group (synthetic)"


def test_programs_get_the_same(small: Dossier) -> None:
    found = describe_json(small.state(), EVENT)
    assert json.loads(json.dumps(found)) == found
    assert found.keys() == {"schema", "reference", "record", "entry", "versions", "slots"}
    assert (found["schema"], found["reference"]) == ("stelae-show/1", "event:town-1990")
    printed = json.loads(json.dumps(found))
    killed = {slot["slot"]: slot for slot in printed["slots"]}["killed"]
    assert killed["contested"] is True
    assert [value["value"] for value in killed["values"]] == ["48", "~90"]
    assert [voice["retracted"] for voice in killed["values"][0]["voices"]] == [False, True]
    assert killed["values"][0]["roots"] == ["dispatch"]
