import unicodedata
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from rapidfuzz.distance import DamerauLevenshtein

from stelae.linkage.synthetic.mistakes import misread, mistyped, words

NAMES = {
    "Latin": "Hambardzumyan",
    "Cyrillic": "Амбарцумян",
    "Armenian": "Համբարձումյան",
    "Georgian": "გიორგაშვილი",
    "Greek": "Παπαδοπουλος",
    "Hebrew": "אברהמוביץ",
    "Arabic": "عبدالرحمن",
}
Slip = Callable[[pl.Series, str, float, np.random.Generator], pl.Series]


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize("slip", [mistyped, misread])
def test_a_slip_is_one_letter_of_the_same_script(slip: Slip, script: str) -> None:
    cells = pl.Series([NAMES[script]] * 300)
    made = slip(cells, script, 1.0, np.random.default_rng(1)).to_list()
    assert len(set(made)) > 2
    for text in made:
        assert DamerauLevenshtein.distance(text, NAMES[script]) <= 2
        assert text[0] == NAMES[script][0]
        for letter in text:
            assert unicodedata.name(letter).startswith(script.upper())


@pytest.mark.parametrize("slip", [mistyped, misread])
def test_slips_come_at_their_rate_and_spare_empty_cells(slip: Slip) -> None:
    cells = pl.Series([NAMES["Latin"], None] * 3000)
    made = slip(cells, "Latin", 0.1, np.random.default_rng(2))
    assert made.null_count() == 3000
    assert (made != cells).sum() == pytest.approx(300, abs=60)


def test_short_names_are_left_alone() -> None:
    cells = pl.Series(["Li", "É", ""])
    assert mistyped(cells, "Latin", 1.0, np.random.default_rng(3)).to_list() == cells.to_list()


def test_every_language_has_every_word() -> None:
    languages = set(words()["about"])
    assert set(words()["sex"]) == set(words()["occupation"]) == languages
    assert {len(each) for each in words()["occupation"].values()} == {10}
