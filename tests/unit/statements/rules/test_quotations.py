from typing import TYPE_CHECKING

import pytest

from stelae.statements.rules.quotations import Unbalanced

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check


@pytest.mark.parametrize(
    ("text", "language", "message"),
    [
        (
            "They said “we saw nothing and left.",
            "en",
            "the quotation “we saw nothing and left.” is opened and never closed",
        ),
        ("They said we saw nothing” and left.", "en", "” closes a quotation that was never opened"),
        (
            "Они сказали: «мы ничего не видели и ушли.",
            "ru",
            "the quotation “мы ничего не видели и ушли.” is opened and never closed",
        ),
        (
            "Նրանք ասացին. մենք ոչինչ չտեսանք» և գնացին։",
            "hy",
            "» closes a quotation that was never opened",
        ),
        (
            "Onlar dedilər: “biz heç nə görmədik.",
            "az",
            "the quotation “biz heç nə görmədik.” is opened and never closed",
        ),
        (
            "Ils ont dit « nous n’avons rien vu.",
            "fr",
            "the quotation “nous n’avons rien vu.” is opened and never closed",
        ),
    ],
)
def test_marks_without_their_partner_are_found(
    check: "Check", text: str, language: str, message: str
) -> None:
    assert [one.message for one in check(Unbalanced(), text, language)] == [message]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They said “we saw nothing ”[2] and left.", "en"),
        ('They said “we saw nothing" and left.', "en"),
        ("The keepers’ log says ‘nothing’.", "en"),
        ("Они сказали: «мы видели „паром“ и ушли».", "ru"),
        ("Նրանք ասացին. «Մենք ոչինչ չտեսանք», և գնացին։", "hy"),
        ("Sie sagten: „Wir sahen nichts“ und gingen.", "de"),
        ("“We saw nothing.\n\n“We heard nothing.\n\n“We left.”", "en"),
        ("They said “we saw nothing.\n\n“We left.” So they said.", "en"),
    ],
)
def test_marks_in_order_are_not(check: "Check", text: str, language: str) -> None:
    assert check(Unbalanced(), text, language) == []


def test_a_long_quotation_that_is_never_closed_is_found_where_it_breaks_off(check: "Check") -> None:
    text = "“We saw nothing.\n\n“We heard nothing.\n\nThen they left."
    (one,) = check(Unbalanced(), text)
    assert text[one.span.start :].startswith("“We heard")
