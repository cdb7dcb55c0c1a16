"""The words of a name: one form, one script each, and nothing that cannot be seen."""

import pytest

from stelae.linkage.names import tokenize
from stelae.linkage.names.tokens import LONGEST_TOKEN, MOST_TOKENS, script_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ter-Petrosyan, Armen", ("ter", "petrosyan", "armen")),
        ("O’Brien", ("obrien",)),
        ("\u202bعلي\u202c", ("علي",)),
        ("ג'ורג'", ("ג׳ורג׳",)),
        ("ＡＢＣ", ("abc",)),
        ("İlham", ("ilham",)),
        ("J. R.", ("j", "r")),
        ("", ()),
        ("—…", ()),
    ],
)
def test_a_name_is_its_words_in_one_form(name: str, words: tuple[str, ...]) -> None:
    assert tokenize(name) == words


def test_a_letter_of_another_script_becomes_what_it_looks_like() -> None:
    assert tokenize("Ивaнов") == ("иванов",)  # a Latin a
    assert tokenize("Petrоv") == ("petrov",)  # a Cyrillic o


def test_what_is_too_long_is_cut() -> None:
    words = tokenize(" ".join(["abcdefghij" * 10] * 3))
    assert all(len(word) == LONGEST_TOKEN for word in words)
    assert len(tokenize("a b c d e f g h i j k")) == MOST_TOKENS


def test_scripts_of_letters() -> None:
    letters = "aяայაαאع"
    assert [script_of(c) for c in letters] == [
        "latin", "cyrillic", "armenian", "armenian", "georgian", "greek", "hebrew", "arabic",
    ]  # fmt: skip
    assert script_of("中") == "other"
    assert script_of("1") is None
