import json
from typing import Any

from export_texts import ARABIC, NATIVE, document

from stelae.publication.exports.data import json_statement, json_text


def clauses(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [clause for part in made["parts"] for clause in part["clauses"]]


def made(*, recorded: bool = False) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json_text(document(NATIVE, recorded=recorded)))
    return read


def test_the_form_is_named() -> None:
    assert json_statement(document())["schema"] == "stelae-statement/1"


def test_places_are_places_in_the_text_of_the_clause() -> None:
    killed = next(clause for clause in clauses(made()) if clause["id"] == "killed")
    text = killed["text"]
    words = [text[one["start"] : one["end"]] for one in killed["markers"] + killed["bindings"]]
    assert words == ["[1; 3]", "48"]
    assert [one["number"] for one in killed["markers"][0]["citations"]] == [1, 3]
    assert (killed["bindings"][0]["kind"], killed["bindings"][0]["target"]) == ("figure", "f-a")


def test_links_of_the_web_are_no_bindings() -> None:
    link = next(one for clause in clauses(made()) for one in clause["links"])
    assert link["address"] == "https://example.org/p?a=1&b=2"


def test_with_a_record_sources_and_facts_are_there() -> None:
    recorded = made(recorded=True)
    assert recorded["references"][0]["recorded"]["title"] == "Paper A of 16 January"
    assert {fact["target"] for fact in recorded["facts"]} == {"date:town-1990", "figure:f-a"}
    assert made()["references"][0]["recorded"] is None


def test_signatories_addressees_and_waivers_are_there() -> None:
    found = made()
    assert found["signatories"][1] == {"name": "Anna Example", "role": "teacher (synthetic)"}
    assert found["addressees"] == ["Parliament of the Land", "Town council"]
    assert found["waived"][0]["rule"] == "FIG-uncited"
    assert found["joining"] == "joining-1"


def test_what_runs_right_to_left_says_so() -> None:
    found = json.loads(json_text(document(ARABIC)))
    assert (found["language"], found["direction"]) == ("ar", "rtl")
