"""What is put right without judgement; texts come out with nothing left to find."""

from typing import TYPE_CHECKING

import pytest

from stelae.statements.edits import apply_edits
from stelae.statements.read import read_statement
from stelae.statements.rules.dates import Anniversary
from stelae.statements.rules.quotations import Unbalanced
from stelae.statements.rules.references import Order
from stelae.statements.rules.rule import Rule
from stelae.statements.rules.sums import Sum

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

HEAD = "---\ndate: 2020-01-13\n---\n\n"


@pytest.mark.parametrize(
    ("rule", "text", "language", "right"),
    [
        (Sum(), "Died 82, 21 and 8 people, in all 131.", "en", "in all 111."),
        (Sum(), "Died [1,082](figure:a) and 2,021 people, in all 3,203.", "en", "in all 3,103."),
        (Sum(), "Погибли 82, 21 и 8 человек, всего 131.", "ru", "всего 111."),
        (Sum(), "Զոհվեց 82, 21 և 8 մարդ, ընդամենը՝ 131։", "hy", "ընդամենը՝ 111։"),
        (Anniversary(), HEAD + "The 31st anniversary of January 1990.", "en", "The 30th anniv"),
        (Anniversary(), HEAD + "The 33rd anniversary of January 1988.", "en", "The 32nd anniv"),
        (Anniversary(), HEAD + "31-я годовщина января 1990 года.", "ru", "30-я годовщина"),
        (Unbalanced(), "They said “we saw nothing.", "en", "“we saw nothing.”"),
        (Unbalanced(), "Они сказали: «мы ничего не видели.", "ru", "«мы ничего не видели»."),
        (Unbalanced(), "Նրանք ասացին. «մենք ոչինչ չտեսանք։", "hy", "«մենք ոչինչ չտեսանք»։"),
    ],
)
def test_the_edit_leaves_nothing_to_find(
    check: "Check", rule: Rule, text: str, language: str, right: str
) -> None:
    (one,) = check(rule, text, language)
    assert one.edit is not None
    repaired = apply_edits(text, one.edit)
    assert right in repaired
    assert check(rule, repaired, language) == []


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
    ],
)
def test_a_list_whose_markers_cannot_surely_be_rewritten_is_left(check: "Check", text: str) -> None:
    assert [one.edit for one in check(Order(), text)] == [None]


def test_a_list_is_left_where_other_languages_number_alike(check: "Check") -> None:
    sibling = read_statement(LIST, "text.fr.md", "fr")
    (one,) = check(Order(), LIST, siblings=(sibling,))
    assert one.edit is None


@pytest.mark.parametrize(
    ("rule", "text", "language"),
    [
        (Unbalanced(), "They said “we saw nothing. Then they left.", "en"),
        (Unbalanced(), "They said “we saw nothing [1].", "en"),
        (Unbalanced(), "They said we saw nothing” and left.", "en"),
        (Anniversary(), HEAD + "The thirty-first anniversary of January 1990.", "en"),
        (Anniversary(), HEAD + "1990-cı ilin yanvarının 31-ci ildönümü.", "az"),
        (Sum(), "At least 82 died in Zenda and about 21 in Strelsau, in all 50.", "en"),
    ],
)
def test_what_needs_judgement_has_no_edit(
    check: "Check", rule: Rule, text: str, language: str
) -> None:
    assert [one.edit for one in check(rule, text, language)] == [None]
