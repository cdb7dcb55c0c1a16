import numpy as np
import polars as pl
import pytest
from compared_values import every_level, likeness, word

from stelae.linkage.comparisons.levels import Ids
from stelae.linkage.comparisons.people import NameComparison

NAMES = NameComparison("n", likeness())


def at(odds: float) -> NameComparison:
    """Names all of whose pairs have the same odds."""
    return NameComparison(
        "n", lambda _: lambda left, __: np.full(len(left), odds, dtype=np.float32)
    )


@pytest.mark.parametrize(
    ("odds", "same", "slip", "other"),
    [
        (30.0, "the same, unique", "one letter differs, very rare", "alike in all, unique"),
        (20.0, "the same, unique", "one letter differs, very rare", "alike in all, all but unique"),
        (13.0, "the same, very rare", "one letter differs, very rare", "alike, very rare"),
        (9.0, "the same, rare", "one letter differs, rare", "alike, rare"),
        (7.0, "the same, not rare", "one letter differs, rare", "alike"),
        (5.0, "the same, common", "one letter differs, common", "alike, but common"),
        (1.0, "the same, very common", "one letter differs, very common", "a little alike"),
        (-20.0, "the same, very common", "one letter differs, very common", "quite different"),
    ],
)
def test_levels_are_steps_of_odds_within_what_is_seen(
    odds: float, same: str, slip: str, other: str
) -> None:
    assert word(at(odds), {"n": ["Anna", "ANNA"]}) == same
    assert word(at(odds), {"n": ["Anna", "Anne"]}) == slip
    assert word(at(odds), {"n": ["Anna", "Boris"]}) == other


def test_more_odds_never_give_a_less_alike_level() -> None:
    for pair in (["Anna", "Anna"], ["Anna", "Anne"], ["Anna", "Boris"]):
        words = [word(at(odds), {"n": pair}) for odds in np.linspace(-30, 40, 141)]
        places = [NAMES.levels.index(each) for each in words]
        assert places == sorted(places, reverse=True)


def test_one_letter_of_a_short_name_is_no_slip() -> None:
    assert word(at(0.5), {"n": ["Ana", "Ann"]}) == "a little alike"


def test_a_slip_is_seen_within_and_across_scripts() -> None:
    assert word(NAMES, {"n": ["Петросян", "Петрасян"]}).startswith("one letter differs")
    assert word(NAMES, {"n": ["Petrosyan", "Петросян"]}).startswith("one letter differs")


def test_names_of_signs_alone_are_not_the_same() -> None:
    assert not word(NAMES, {"n": ["?!", "---"]}).startswith("the same")


def test_the_same_name_in_other_scripts_is_alike_and_another_is_not() -> None:
    alike = word(NAMES, {"n": ["Հովհաննես Ղազարյան", "Ованес Казарян"]})
    other = word(NAMES, {"n": ["Հովհաննես Ղազարյան", "Борис Сидоров"]})
    assert NAMES.levels.index(alike) < NAMES.levels.index(other)
    assert other.endswith("different")


def test_capitals_and_signs_make_no_other_name() -> None:
    assert word(NAMES, {"n": ["DE  la-Cruz,  Ana.", "de La Cruz Ana"]}).startswith("the same")


def test_no_values_have_no_levels() -> None:
    none: Ids = np.zeros(0, dtype=np.int32)
    empty = pl.DataFrame({"n": pl.Series([], dtype=pl.String)})
    assert len(NAMES.ready(empty, np.zeros(0))(none, none)) == 0
    assert every_level(NAMES, empty).shape == (0, 0)
