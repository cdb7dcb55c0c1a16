import pytest

from stelae.statements.read import read_statement
from stelae.statements.rules.speakers import attributes, mentions
from stelae.statements.words import tokens
from stelae.values.names import Names


@pytest.mark.parametrize(
    ("prose", "name"),
    [
        ("It was counted by the Harbour Observers.", "Harbour Observers"),
        ("It was counted at Zenda.", "Zenda"),
        ("Это сосчитали Портовые наблюдатели.", "Портовые наблюдатели"),
        ("По словам Портовых наблюдателей, так.", "Портовые наблюдатели"),
        ("Ըստ Ադա Գրեյի՝ այդպես էր։", "Ադա Գրեյ"),
        ("Zendada belə idi.", "Zenda"),
    ],
)
def test_a_name_is_found_whatever_its_ending(prose: str, name: str) -> None:
    assert mentions(tokens(prose), Names.of({"und": name}))


@pytest.mark.parametrize(
    ("prose", "name"),
    [
        ("It was counted by harbour keepers.", "Harbour Observers"),
        ("It was counted in Zendalia Province.", "Zen"),
        ("Это сосчитали портовые сторожа.", "Портовые наблюдатели"),
        ("Այդպես էր ասում Գրեյը։", "Ադա Գրեյ"),
    ],
)
def test_another_name_is_not(prose: str, name: str) -> None:
    assert not mentions(tokens(prose), Names.of({"und": name}))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("According to the keepers, it froze.", "en", True),
        ("По данным сторожей, она замёрзла.", "ru", True),
        ("It froze.", "en", False),
        ("Она замёрзла.", "ru", False),
        ("It froze, according to nobody.", "nl", False),
    ],
)
def test_a_phrase_of_attribution_is_of_the_text_s_language(
    text: str, language: str, expected: bool
) -> None:
    (clause,) = read_statement(text, "a.txt", language).clauses
    assert attributes(clause, language) is expected
