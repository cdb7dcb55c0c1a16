from datetime import date

import pytest

from stelae.statements.context import CheckContext
from stelae.statements.read import read_statement
from stelae.statements.rules.unread import Unread

CONTEXT = CheckContext(as_of=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("W tym mieście zabito wtedy dziewięćdziesiąt osób w styczniu.", None),
        ("Tässä kaupungissa surmattiin silloin monta ihmistä tammikuussa.", "fi"),
    ],
)
def test_a_language_without_tables_is_said_once(text: str, code: str | None) -> None:
    statement = read_statement(f"{text}\n\n{text}", "a.txt", code)
    (found,) = Unread().check(statement, CONTEXT)
    assert "were not looked for" in found.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("In that town many people were killed in January.", None),
        ("Այդ քաղաքում հունվարին շատ մարդիկ սպանվեցին։", None),
        ("В том городе в январе было убито много людей.", None),
        ("Una breve", None),
        ("In that town many people were killed in January.", "EN-GB"),
    ],
)
def test_a_language_with_tables_and_a_few_words_are_passed_over(
    text: str, code: str | None
) -> None:
    assert list(Unread().check(read_statement(text, "a.txt", code), CONTEXT)) == []
