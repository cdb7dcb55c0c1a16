import pytest

from stelae.errors import BadValue
from stelae.linkage.sexes import sex_words


def codes(*cells: str, **own: str) -> list[str | None]:
    known = sex_words(cells, own)
    return [known.code(cell) for cell in cells]


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        ("F", "M"), ("female", "male"), ("ж", "м"), ("Жен.", "Муж."), ("женский", "мужской"),
        ("ж", "ч"), ("жін.", "чол."),
        ("իգ.", "ար."), ("իգական", "արական"), ("Ի", "Ա"), ("qadın", "kişi"), ("Q", "K"),
        ("kadın", "erkek"), ("K", "E"),
        ("femme", "homme"), ("F", "H"), ("M", "H"), ("M", "V"), ("mujer", "hombre"), ("w", "m"),
        ("weiblich", "männlich"),
        ("أنثى", "ذكر"), ("ქალი", "კაცი"), ("მდედრობითი", "მამრობითი"), ("زن", "مرد"),
        ("נקבה", "זכר"), ("נ", "ז"), ("2", "1"),
        ("♀", "♂"),
    ],
)  # fmt: skip
def test_women_and_men_are_told_apart_in_every_language(woman: str, man: str) -> None:
    assert codes(woman, man) == ["f", "m"]


def test_words_of_several_languages_may_stand_in_one_column() -> None:
    assert codes("M", "F", "м", "ж", "qadın") == ["m", "f", "m", "f", "f"]


def test_a_word_alone_that_means_both_is_not_read() -> None:
    with pytest.raises(BadValue, match="in one language and a man in another"):
        codes("k")


def test_m_alone_is_a_man() -> None:
    assert codes("m") == ["m"]


def test_the_mapping_says_what_words_mean() -> None:
    assert codes("K", "x?", k="f", **{"x?": ""}) == ["f", None]


def test_what_says_that_it_is_unknown_is_no_sex() -> None:
    assert codes("0", "u", "f") == [None, None, "f"]


def test_other_words_are_refused() -> None:
    with pytest.raises(BadValue, match="no word for a sex"):
        codes("blue")
