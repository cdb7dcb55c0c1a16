import pytest

from stelae.errors import BadValue
from stelae.values.locators import Locator, labels, parse_locators, shown, term_of


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", []),
        (" , ; ", []),
        ("p. 90", [("page", "90")]),
        ("p.90", [("page", "90")]),
        ("P. 90", [("page", "90")]),
        ("pp. 90–93", [("page", "90–93")]),
        ("ch. 5, p. 90-93", [("chapter", "5"), ("page", "90-93")]),
        ("chapter 5; page 3", [("chapter", "5"), ("page", "3")]),
        ("chapter 5, 3", [("chapter", "5, 3")]),
        ("§ 12", [("section", "12")]),
        ("preamble", [(None, "preamble")]),
        ("preamble, p. 2", [(None, "preamble"), ("page", "2")]),
        ("p.", [(None, "p.")]),
        ("90", [(None, "90")]),
        ("90, 91", [(None, "90, 91")]),
    ],
)
def test_places_are_read_in_the_order_printed(
    text: str, places: list[tuple[str | None, str]]
) -> None:
    assert [(place.label, place.value) for place in parse_locators(text)] == places


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("90", (90, 90)),
        ("90-93", (90, 93)),
        ("90 – 93", (90, 93)),
        ("120-8", (120, 128)),
        ("120-28", (120, 128)),
        ("99-101", (99, 101)),
        ("93-90", None),
        ("120-08", None),
        ("5, 3", None),
        ("iv", None),
        ("٩٠", (90, 90)),
        ("1234567", None),
    ],
)
def test_numbers_are_first_and_last(value: str, numbers: tuple[int, int] | None) -> None:
    assert Locator("page", value).numbers() == numbers


def test_what_is_printed_is_read_again() -> None:
    for label in labels():
        place = Locator(label, "5")
        assert str(place) == f"{shown(label)} 5"
        assert [p.value for p in parse_locators(str(place))] == ["5"]
    assert str(Locator(None, "preamble")) == "preamble"


def test_a_language_decides_what_a_word_means() -> None:
    assert [p.label for p in parse_locators("էջ 5", "hy")] == ["page"]
    assert [p.label for p in parse_locators("с. 5", "ru")] == ["page"]
    assert [p.label for p in parse_locators("page 5", "ru")] == ["page"]
    assert [p.label for p in parse_locators("p. 5", "xx")] == ["page"]


def test_arabic_commas_part_places_as_others_do() -> None:
    assert parse_locators("ص ٥، ٧؛ الفصل ٢", "ar") == (
        Locator("page", "٥, ٧"),
        Locator("chapter", "٢"),
    )


@pytest.mark.parametrize(
    ("word", "language", "inflected", "term"),
    [
        ("p.", "en", False, "page"),
        ("странице", "ru", False, None),
        ("странице", "ru", True, "page"),
        ("էջում", "hy", False, "page"),
        ("գլուխն", "hy", True, "chapter"),
        ("գլ\u2024", "hy", False, "chapter"),
        ("party", "en", False, None),
    ],
)
def test_a_word_names_a_term_also_with_another_ending(
    word: str, language: str, inflected: bool, term: str | None
) -> None:
    assert term_of(word, language, inflected=inflected) == term


def test_what_cannot_be_a_place_is_refused() -> None:
    with pytest.raises(BadValue, match="is no locator term of CSL"):
        Locator("pagina", "5")
    with pytest.raises(BadValue, match="without a value"):
        Locator("page", " ")
    with pytest.raises(BadValue, match="a locator of 301 characters"):
        parse_locators("x" * 301)
    assert parse_locators("x" * 300)
