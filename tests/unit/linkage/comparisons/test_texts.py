import pytest
from compared_values import COMMON, word

from stelae.linkage.comparisons.texts import TextComparison, plain

TEXTS = TextComparison("t")


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Teacher of history", "teacher, of HISTORY!", "the same, rare"),
        ("teacher of history", "history teacher", "alike"),
        ("школьный учитель", "shkolnyi uchitel", "alike"),
        ("shoemaker", "shopkeeper", "somewhat alike"),
        ("teacher", "physician", "different"),
    ],
)
def test_two_texts_reach_a_level(left: str, right: str, level: str) -> None:
    assert word(TEXTS, {"t": [left, right]}) == level


def test_what_many_say_is_common() -> None:
    assert word(TEXTS, {"t": ["farmer", "Farmer"]}, COMMON) == "the same, common"


def test_only_the_beginning_of_a_long_text_is_compared() -> None:
    assert word(TEXTS, {"t": ["a" * 400 + "b" * 9000, "a" * 400]}) == "the same, rare"


def test_a_plain_text_has_small_latin_letters_and_single_spaces() -> None:
    assert plain(" Üstü__Açıq –  Լուսին ") == "ustu aciq lowsin"
