"""Lists numbered anew: one text, several languages, and whatever must be left alone."""

from typing import TYPE_CHECKING

import pytest
from rules_record import AS_OF

from stelae.statements.context import CheckContext
from stelae.statements.edits import apply_edits
from stelae.statements.read import read_statement
from stelae.statements.rules.numbering import renumbered, sorted_list
from stelae.statements.rules.references import Order

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

LIST = (
    "First it was said [2, p. 5; 3].\n\nThen it was [1] [3].\n\n"
    "## References\n\n1. Alpha.\n2. Beta.\n3. Gamma.\n4. Delta.\n"
)


def test_a_list_is_put_in_the_order_of_the_text_and_markers_follow(check: "Check") -> None:
    (one,) = check(Order(), LIST)
    assert one.edit is not None
    repaired = apply_edits(LIST, one.edit)
    assert "[1, p. 5; 2]" in repaired
    assert "[3] [2]" in repaired
    assert "1. Beta.\n2. Gamma.\n3. Alpha.\n4. Delta." in repaired
    assert check(Order(), repaired) == []


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace("[2, p. 5; 3]", "[2–3]"),
        LIST.replace("[1] [3]", "[1] [9]"),
        LIST.replace("Gamma.", "Ibid., p. 4."),
        LIST.replace("Gamma.", "Gamma, as cited in [1]."),
        LIST.replace("Then it was [1]", "Then it was [1] (see source 1)"),
        LIST.replace("1. Alpha.\n2. Beta.\n3. Gamma.", "1. Alpha.\n1. Beta.\n1. Gamma."),
        "---\nwaivers:\n  - {rule: REF-unused, clause: reference-4, reason: r, by: A, until: "
        "2030-01-01}\n---\n\n" + LIST,
    ],
)
def test_a_list_that_cannot_surely_be_rewritten_is_left(check: "Check", text: str) -> None:
    assert all(one.edit is None for one in check(Order(), text))


def test_a_text_whose_other_languages_were_not_given_is_left() -> None:
    text = "---\ntranslation_of: text.en.md\n---\n\n" + LIST
    (one,) = Order().check(read_statement(text, "text.fr.md", "fr"), CheckContext(AS_OF))
    assert one.edit is None
    assert "all languages at once" in (one.fix or "")


def test_a_text_that_is_known_to_have_more_languages_is_left() -> None:
    context = CheckContext(AS_OF, partial=True)
    (one,) = Order().check(read_statement(LIST, "text.en.md", "en"), context)
    assert one.edit is None


def test_the_original_decides_and_every_language_follows() -> None:
    original = read_statement(LIST, "text.en.md", "en")
    text = "---\ntranslation_of: text.en.md\n---\n\n" + LIST.replace("[1] [3]", "[3] [1]").replace(
        "[2, p. 5; 3]", "[3; 2, p. 5]"
    )
    translation = read_statement(text, "text.fr.md", "fr")
    found = renumbered(translation, (original,))
    assert found is not None
    assert found == renumbered(original, (translation,))
    one, other = (apply_edits(t.source.content, found[t.name]) for t in (original, translation))
    assert "[1, p. 5; 2]" in one
    assert "[2; 1, p. 5]" in other
    assert one.partition("## ")[2] == other.partition("## ")[2]


def test_languages_that_cite_in_different_orders_are_left_without_an_original() -> None:
    one = read_statement(LIST, "text.en.md", "en")
    other = read_statement(LIST.replace("[2, p. 5; 3]", "[3; 2, p. 5]"), "text.fr.md", "fr")
    assert renumbered(one, (other,)) is None


@pytest.mark.parametrize(
    "changed",
    [LIST.replace("4. Delta.\n", ""), LIST.replace("Then it was [1]", "Puis [1–3]")],
)
def test_languages_whose_lists_differ_are_left(changed: str) -> None:
    one = read_statement(LIST, "text.en.md", "en")
    assert renumbered(one, (read_statement(changed, "text.fr.md", "fr"),)) is None


def test_a_list_of_other_sources_is_another_list() -> None:
    text = "So [2] and [1].\n\n## References\n\n1. grey-2001\n2. law-1995\n"
    one = read_statement(text, "text.en.md", "en")
    other = read_statement(text.replace("law-1995", "report-1992"), "text.fr.md", "fr")
    assert renumbered(one, (other,)) is None
    assert renumbered(one, (read_statement(text, "text.fr.md", "fr"),)) is not None


def test_entries_out_of_the_order_of_their_numbers_change_places() -> None:
    text = "So [1] and [2] and [3].\n\n## References\n\n1. Alpha.\n3. Gamma.\n2. Beta.\n"
    statement = read_statement(text, "text.md", "en")
    edits = sorted_list(statement)
    assert edits is not None
    assert apply_edits(text, edits).endswith("1. Alpha.\n2. Beta.\n3. Gamma.\n")


@pytest.mark.parametrize("gamma", ["2. Gamma.", "3. Ibid."])
def test_entries_of_one_number_or_that_point_back_stay_where_they_are(gamma: str) -> None:
    text = f"So [1] and [2].\n\n## References\n\n1. Alpha.\n{gamma}\n2. Beta.\n"
    assert sorted_list(read_statement(text, "text.md", "en")) is None
