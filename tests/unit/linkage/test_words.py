import math
from collections.abc import Sequence

import polars as pl
import pytest

from stelae.linkage.fields import Field, Kind, Lists
from stelae.linkage.names import NameModel
from stelae.linkage.words import Words, frequencies, neighbours, words_of


def words(names: Sequence[str | None], *, kind: Kind = Kind.NAME) -> Words:
    frame = pl.DataFrame(
        {"row": range(len(names)), "n": names}, schema={"row": pl.Int64, "n": pl.String}
    )
    return words_of(Lists(frame, (Field("n", kind),), ()), NameModel.shipped())


def test_words_are_sorted_and_known_by_who_bears_them() -> None:
    found = words(["Anna Petrova", None, "PETROVA anna", "Boris"])
    assert found.tokens == sorted(found.tokens)
    anna, boris = found.tokens.index("anna"), found.tokens.index("boris")
    assert (found.counts[anna], found.counts[boris]) == (2, 1)
    assert found.rows.rows() == sorted(found.rows.rows())
    assert set(found.rows.filter(pl.col("value") == anna)["row"]) == {0, 2}


def test_a_word_said_twice_by_a_record_is_borne_once() -> None:
    found = words(["Anna Anna"])
    assert found.counts.tolist() == [1]


def test_relatives_bear_names_of_their_own() -> None:
    assert words(["Anna"], kind=Kind.RELATIVE).tokens == []


def test_no_names_have_no_words() -> None:
    found = words([None, "?!"])
    assert found.tokens == []
    assert frequencies(found, NameModel.shipped()) == {}
    assert neighbours(found).height == 0


def test_spellings_of_one_sound_are_neighbours_and_one_sound() -> None:
    found = words(["Петросян", "Petrosyan", "Petrosyan", "Пашкевич"])
    sound = dict(zip(found.tokens, found.sound.tolist(), strict=True))
    assert sound["петросян"] == sound["petrosyan"] == found.tokens.index("petrosyan")
    assert sound["пашкевич"] == found.tokens.index("пашкевич")
    pairs = {
        frozenset(found.tokens[at] for at in pair)
        for pair in found.near.select("token", "other").iter_rows()
    }
    assert frozenset({"петросян", "petrosyan"}) in pairs
    assert all(len(pair) == 2 for pair in pairs)


def test_every_word_is_its_own_neighbour_and_neighbours_are_mutual() -> None:
    found = words(["Petrosyan", "Petrosian", "Петросян", "Anna", "Анна", "Smith"])
    pairs = set(neighbours(found).iter_rows())
    assert {(at, at) for at in range(len(found.tokens))} <= pairs
    assert all((other, token) in pairs for token, other in pairs)


def test_frequencies_are_of_a_sound_in_these_lists() -> None:
    """A rare spelling of what half the village is called is as common as the others."""
    model = NameModel.shipped()
    many = ["Petrosyan"] * 60 + ["Петросян"] + ["Sidorov"] + ["Smith", "Anna"] * 20
    found = frequencies(words(many), model)
    assert found["петросян"] > found["sidorov"]
    assert all(math.isfinite(each) for each in found.values())
    few = frequencies(words(["Petrosyan", *["Smith", "Anna"] * 50]), model)
    assert found["petrosyan"] > few["petrosyan"]


@pytest.mark.parametrize("turn", [False, True])
def test_the_order_of_records_does_not_matter(turn: bool) -> None:
    names = ["Petrosyan Anna", "Петросян", "Anna", "Анна", "Smith"]
    one, two = words(names), words(names[::-1] if turn else names)
    assert one.tokens == two.tokens
    assert one.sound.tolist() == two.sound.tolist()
    assert one.near.equals(two.near)
