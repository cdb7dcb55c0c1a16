from stelae.statements.model import Statement
from stelae.statements.outline import json_outline, text_outline
from stelae.statements.read import read_statement

TEXT = """---
title: On the day of remembrance in Ruritania
language: en
date: 2020-01-12
dossier: ruritania
addressees: [the Council of Ruritania]
---

## Recitals

Whereas [about 90](figure:strelsau/killed/hope) people were killed on 13 January 1990 [2, ch. 5],
which he called a massacre, {#killed}

## Demands

We urge the parliament to open the archives [1].

## References

1. hope-1894: p. 90
2. A printed work
3. Another

## Signatories

- Rudolf Rassendyll, historian
"""


def ruritania() -> Statement:
    return read_statement(TEXT, "a.md")


def test_the_outline_shows_a_person_all_that_was_understood() -> None:
    assert text_outline(ruritania()).splitlines() == [
        "a.md",
        "  title       On the day of remembrance in Ruritania",
        "  language    en",
        "  date        2020-01-12",
        "  dossier     ruritania",
        "",
        "title",
        "  title-1, line 2: On the day of remembrance in Ruritania",
        "",
        "recitals, headed “Recitals”",
        "  killed, line 11: Whereas about 90 people were killed on 13 January 1990 [2, ch. 5], "
        "which he call…",
        "      opens      Whereas",
        "      cites      2 ch. 5",
        "      bound      about 90 → figure:strelsau/killed/hope",
        "      number     about 90 = ~90 (losses: people)",
        "      date       13 January 1990 = 1990-01-13",
        "      term       massacre = massacre, called",
        "",
        "demands, headed “Demands”",
        "  demands-1, line 16: We urge the parliament to open the archives [1].",
        "      opens      We urge",
        "      addressed  the parliament",
        "      cites      1",
        "",
        "signatories, headed “Signatories”",
        "  1 line of names, below",
        "",
        "references (3)",
        "  [1] line 20, cited once: hope-1894: p. 90",
        "  [2] line 21, cited once: A printed work",
        "  [3] line 22, never cited: Another",
        "",
        "addressees (2)",
        "  the Council of Ruritania",
        "  the parliament",
        "",
        "signatories (1)",
        "  1. Rudolf Rassendyll, historian",
    ]


def test_the_outline_for_programs_says_where_everything_stands() -> None:
    outline = json_outline(ruritania())
    assert outline["schema"] == "stelae-outline/1"
    parts = outline["parts"]
    assert isinstance(parts, list)
    assert [part["kind"] for part in parts if isinstance(part, dict)] == [
        *("title", "recitals", "demands", "references", "signatories")
    ]
    recitals = parts[1]
    assert isinstance(recitals, dict)
    assert isinstance(recitals["clauses"], list)
    clause = recitals["clauses"][0]
    assert isinstance(clause, dict)
    assert (clause["id"], clause["line"], clause["column"]) == ("killed", 11, 1)
    assert isinstance(clause["start"], int)
    assert TEXT[clause["start"] :].startswith("Whereas")
    facts = clause["facts"]
    assert isinstance(facts, list)
    assert [fact["kind"] for fact in facts if isinstance(fact, dict)] == ["number", "date", "term"]
    references = outline["references"]
    assert isinstance(references, list)
    assert [one["cited"] for one in references if isinstance(one, dict)] == [1, 1, 0]


def test_nothing_found_is_said_and_unseen_characters_are_shown() -> None:
    text = text_outline(read_statement("Words \u202e turned around here, and no title.", "a.txt"))
    assert "title       none found" in text
    assert "<U+202E>" in text
    assert "\u202e" not in text


def test_notes_stand_at_the_end_with_their_lines() -> None:
    text = text_outline(read_statement("# T\n\nThe {{ place }} burned.\n", "a.md"))
    assert text.endswith("  line 3: a template variable that was not filled in\n")
