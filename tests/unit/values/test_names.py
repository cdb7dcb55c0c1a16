import pytest

from stelae.errors import BadValue
from stelae.values.names import Name, Names, parse_language, scripts_of


def test_a_name_has_one_form_for_each_language_in_the_order_given() -> None:
    names = Names.of({"hy": "Բաքու", "en": " Baku  city ", "und": "Baky"})
    assert [form.text for form in names] == ["Բաքու", "Baku city", "Baky"]
    assert names.as_mapping() == {"hy": "Բաքու", "en": "Baku city", "und": "Baky"}
    assert Names.of(names.as_mapping()) == names


def test_a_missing_language_falls_to_the_next_asked_for_and_then_to_the_first() -> None:
    names = Names.of({"hy": "Բաքու", "en": "Baku"})
    assert names.in_language("en").text == "Baku"
    assert names.in_language("ru", "en").text == "Baku"
    assert names.in_language("ru").text == "Բաքու"


@pytest.mark.parametrize("forms", [{}, {"en": ""}, {"en": " "}, {"en": "a\x00"}, {"en": "\ud800"}])
def test_no_name_at_all_is_refused(forms: dict[str, str]) -> None:
    with pytest.raises(BadValue):
        Names.of(forms)


def test_two_names_in_one_language_are_refused() -> None:
    with pytest.raises(BadValue, match="two names in one language"):
        Names((Name("a", "en"), Name("b", "en")))
    with pytest.raises(BadValue, match="odd spaces"):
        Name("a  b", "en")


@pytest.mark.parametrize("tag", ["hy", "az-Cyrl", "en-GB", "es-419", "hyw", "zh-Hant-TW"])
def test_tags_of_bcp_47_are_languages(tag: str) -> None:
    assert parse_language(tag) == tag


@pytest.mark.parametrize(
    "tag", ["", "e", "EN", "english", "en_GB", "az-cyrl", "en-", "en\n", "հայ"]
)
def test_other_tags_are_not(tag: str) -> None:
    with pytest.raises(BadValue, match="is no language tag"):
        parse_language(tag)


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("Baku", ("Latn",)),
        ("Բաքու", ("Armn",)),
        ("Баку Baku1", ("Cyrl", "Latn")),
        ("باكو", ("Arab",)),
        ("12 — !", ()),
        ("𐌰", ("Zzzz",)),
    ],
)
def test_scripts_are_those_of_the_letters(text: str, scripts: tuple[str, ...]) -> None:
    assert scripts_of(text) == scripts
    assert Name(text, None).script == (scripts[0] if scripts else "Zyyy")
