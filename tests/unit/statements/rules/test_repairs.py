"""What is put right without judgement; texts come out with nothing left to find."""

from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import RecordContext
from stelae.statements.edits import apply_edits
from stelae.statements.rules.dates import Anniversary, Impossible
from stelae.statements.rules.quotations import Unbalanced
from stelae.statements.rules.quoting import Altered
from stelae.statements.rules.rule import Rule
from stelae.statements.rules.sums import Sum
from stelae.statements.rules.toponyms import Toponym

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

HEAD = "---\ndate: 2020-01-13\n---\n\n"


@pytest.mark.parametrize(
    ("rule", "text", "language", "right"),
    [
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


@pytest.mark.parametrize(
    ("rule", "text", "language", "right"),
    [
        (
            Impossible(),
            "On [Sunday, 13 January 1990](date:zenda-1990).",
            "en",
            "[Saturday, 13 January 1990]",
        ),
        (
            Altered(),
            "[“Nobody was allowed, to leave the HARBOUR”](quote:grey-2001).",
            "en",
            "[“Nobody was allowed to leave the harbour”]",
        ),
        (
            Altered(),
            "Там: «никому, не было позволено покинуть Гавань» [1].\n\n## R\n\n1. brief-ru\n",
            "ru",
            "«Никому не было позволено покинуть гавань»",
        ),
        (
            Toponym(),
            "They fled from Hentsova to Zenda, and back to Hentsova.",
            "en",
            "from Hentzau to Zenda, and back to Hentzau.",
        ),
        (Toponym(), "O gün Xentsova boş idi.", "az", "O gün Hensau boş idi."),
    ],
)
def test_the_record_puts_it_right(
    check: "Check", record: RecordContext, *, rule: Rule, text: str, language: str, right: str
) -> None:
    (one,) = check(rule, text, language, record=record)
    assert one.edit is not None
    repaired = apply_edits(text, one.edit)
    assert right in repaired
    assert check(rule, repaired, language, record=record) == []


@pytest.mark.parametrize(
    ("rule", "text", "language"),
    [
        (Impossible(), "On Sunday, 13 January 1990.", "en"),
        (Altered(), "[“Nobody was allowed, *to* leave the HARBOUR”](quote:grey-2001).", "en"),
        (Toponym(), "The Hentsova Railway was closed.", "en"),
        (Toponym(), "The old Fort Hentsova was closed.", "en"),
        (Toponym(), "So Hentsova-Zenda was closed.", "en"),
        (Toponym(), "A Hentsova man said so.", "en"),
        (Toponym(), "In [Hentsova](place:hentzau) they stayed.", "en"),
        (Toponym(), "Они были в Хенцове.", "ru"),
        (Toponym(), "Хенцова опустела.", "ru"),
        (Toponym(), "Onlar Xentsovada idi.", "az"),
    ],
)
def test_what_the_record_does_not_settle_has_no_edit(
    check: "Check", record: RecordContext, rule: Rule, text: str, language: str
) -> None:
    assert [one.edit for one in check(rule, text, language, record=record)] == [None]


def test_the_title_of_a_work_and_words_of_others_are_not_put_right(check: "Check") -> None:
    cited = (
        "As said [1].\n\n## References\n\n"
        "1. Statement on the 31st anniversary of January 1990, 20 January 2020.\n"
    )
    spoken = HEAD + "They wrote “the 31st anniversary of January 1990” on it."
    for text in (cited, spoken):
        assert [one.edit for one in check(Anniversary(), text)] == [None]


@pytest.mark.parametrize(
    ("rule", "text", "language"),
    [
        (Unbalanced(), "They said “we saw nothing. Then they left.", "en"),
        (Unbalanced(), "They said “we saw nothing [1].", "en"),
        (Unbalanced(), "They said we saw nothing” and left.", "en"),
        (Anniversary(), HEAD + "The thirty-first anniversary of January 1990.", "en"),
        (Anniversary(), HEAD + "1990-cı ilin yanvarının 31-ci ildönümü.", "az"),
        (Sum(), "Died 82, 21 and 8 people, in all 131.", "en"),
    ],
)
def test_what_needs_judgement_has_no_edit(
    check: "Check", rule: Rule, text: str, language: str
) -> None:
    assert [one.edit for one in check(rule, text, language)] == [None]
