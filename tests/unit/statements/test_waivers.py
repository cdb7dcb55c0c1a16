from datetime import date

import pytest

from stelae.statements.read import read_statement
from stelae.statements.text import SourceText, Span
from stelae.statements.waivers import BadWaiver, Places, Waiver, front_value, read_waivers

TEXT = """---
title: Harbour
waivers:
  - rule: FIG-uncited
    clause: dead
    reason: >
      the sources stand
      in the next clause
    by: Ada Grey
    until: 2024-05-01
  - rule: REF-unused
---

The storm left 132 people dead. {#dead}

We left.

## References

1. A book.
"""


def test_waivers_are_read_in_order_with_what_they_lack() -> None:
    whole, broken = read_waivers(SourceText(TEXT, "a.md"))
    assert isinstance(whole, Waiver)
    assert (whole.rule, whole.clause, whole.by) == ("FIG-uncited", "dead", "Ada Grey")
    assert whole.reason == "the sources stand in the next clause"
    assert whole.until == date(2024, 5, 1)
    assert TEXT[whole.span.start :].startswith("rule: FIG-uncited")
    assert isinstance(broken, BadWaiver)
    assert broken.why == "the waiver does not say clause, reason, by, until"


def test_a_waiver_holds_through_its_last_day() -> None:
    waiver, _ = read_waivers(SourceText(TEXT, "a.md"))
    assert isinstance(waiver, Waiver)
    assert waiver.holds_on(date(2024, 5, 1))
    assert not waiver.holds_on(date(2024, 5, 2))


def test_a_text_without_front_matter_or_with_a_broken_one_has_none() -> None:
    for text in (
        "It froze.",
        "---\nwaivers: [\n---\n",
        "---\nwaivers",
        "---\n- waivers\n---\n",
        "",
    ):
        assert list(read_waivers(SourceText(text, "a.md"))) == []


def test_a_value_of_the_front_matter_is_given_with_its_place() -> None:
    source = SourceText(TEXT, "a.md")
    found = front_value(source, "title")
    assert found is not None
    assert source.at(found[1]) == found[0] == "Harbour"
    assert front_value(source, "waivers") is None
    assert front_value(source, "date") is None


def test_places_are_called_by_clause_reference_or_front_matter() -> None:
    places = Places(read_statement(TEXT, "a.md"))

    def at(words: str) -> str | None:
        start = TEXT.index(words)
        return places.at(Span(start, start + len(words)))

    assert at("132") == "dead"
    assert at("A book") == "reference-1"
    assert at("title") == "front-matter"
    assert at("Harbour") == "title-1"
    assert at("## References") is None
    assert "dead" in places
    assert "reference-1" in places
    assert "reference-2" not in places


@pytest.mark.parametrize("key", ["original_digest", "original digest", "Original-Digest"])
def test_a_key_is_found_however_its_words_are_joined(key: str) -> None:
    source = SourceText(f"---\n{key}: 12ab\n---\n\nIt froze.", "a.md")
    found = front_value(source, "original_digest")
    assert found is not None
    assert found[0] == source.at(found[1]) == "12ab"
