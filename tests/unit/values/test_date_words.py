import subprocess
import sys

import pytest

from stelae.errors import BadValue
from stelae.values.date_words import date_languages, date_words


def test_every_language_has_every_word_of_english() -> None:
    english = date_words("en").table
    for language in date_languages():
        table = date_words(language).table
        missing = set(english) - set(table)
        assert not missing, (language, missing)
        for key in ("seasons", "hemispheres", "thirds", "parts"):
            assert len(table[key]) == len(english[key]), (language, key)


def test_every_pattern_has_the_places_of_english() -> None:
    english = date_words("en").table
    for language in date_languages():
        for key, pattern in english.items():
            if isinstance(pattern, str) and "{" in pattern:
                found = date_words(language).table[key]
                places = {part.partition("}")[0] for part in pattern.split("{")[1:]}
                assert places == {part.partition("}")[0] for part in found.split("{")[1:]}


def test_a_region_is_served_by_its_language() -> None:
    assert date_words("hy-AM") == date_words("hy")
    assert date_words("az_Latn_AZ") == date_words("az")


def test_a_language_without_words_is_refused_and_the_others_are_named() -> None:
    with pytest.raises(BadValue, match="tlh") as refusal:
        date_words("tlh")
    assert "hy" in str(refusal.value.hint)


def test_months_do_not_depend_on_the_language_loaded_before() -> None:
    # Babel 2.18 lets the stand-alone months of one language leak into the next.
    program = (
        "from stelae.values.date_words import date_words\n"
        "date_words('az')\n"
        "print(date_words('fr').months_alone[0], date_words('tr').months_alone[0])"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["janvier", "Ocak"]


def test_items_are_listed_with_a_word_before_the_last() -> None:
    words = date_words("en")
    assert words.listed(["1"], "or") == "1"
    assert words.listed(["1", "2"], "or") == "1 or 2"
    assert words.listed(["1", "2", "3"], "and") == "1, 2 and 3"
