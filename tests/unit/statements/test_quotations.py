import pytest

from stelae.statements.facts import QuotationFact
from stelae.statements.languages import language
from stelae.statements.prose import facts_in
from stelae.statements.quotations import DEEPEST
from stelae.statements.text import Span


def quotations(text: str, code: str = "en") -> list[QuotationFact]:
    facts = facts_in(text, Span(0, len(text)), language(code))
    return [fact for fact in facts if isinstance(fact, QuotationFact)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("he said “so” then", "en"),
        ('he said "so" then', "en"),
        ("он сказал «so» тогда", "ru"),
        ("er sagte „so“ dann", "de"),
        ("er sagte »so« dann", "de"),
        ("il a dit «so» alors", "fr"),
        ("he said ‘so’ then", "en"),
        ("„so”", "uk"),
    ],
)
def test_each_style_of_marks(text: str, code: str) -> None:
    (found,) = quotations(text, code)
    assert found.words == "so"
    assert found.balanced
    assert found.usual
    assert not found.mixed


def test_no_break_spaces_inside_guillemets_are_part_of_the_words() -> None:
    (found,) = quotations("il a dit «\u00a0so\u00a0» alors", "fr")
    assert found.words == "\u00a0so\u00a0"


def test_quotations_nest() -> None:
    outer, inner = quotations("«он сказал „нет“»", "ru")
    assert (outer.depth, inner.depth) == (0, 1)
    assert inner.words == "нет"
    assert inner.span in outer.inner


def test_an_apostrophe_is_no_quotation() -> None:
    assert quotations("the people’s own and the peoples’ rights and l'Arménie") == []


def test_a_curly_opening_with_a_straight_closing_is_mixed() -> None:
    (found,) = quotations('“so" he said')
    assert found.balanced
    assert found.mixed


@pytest.mark.parametrize("text", ["“so", "«so", 'he said "so', "so”", "so»"])
def test_marks_that_do_not_close_are_unbalanced(text: str) -> None:
    (found,) = quotations(text)
    assert not found.balanced


def test_a_space_before_the_closing_mark_does_not_matter() -> None:
    (found,) = quotations("“as they say. ”")
    assert found.balanced
    assert found.words == "as they say. "


def test_marks_of_another_language_are_not_usual() -> None:
    assert not quotations("he said «so» then")[0].usual


def test_very_deep_nesting_is_passed_over() -> None:
    assert max(found.depth for found in quotations("“a " * 50 + "”" * 50)) < DEEPEST
