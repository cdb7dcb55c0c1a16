import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stelae.linkage.names import NameModel, name_likeness, ready_names, tokenize, word_rows
from stelae.linkage.names.alphabet import encode

LETTERS = st.text("aB'’ -.éЖдեՄגּ׳ابー12\u00a0\t", max_size=40)


@given(st.lists(LETTERS | st.text(max_size=30), max_size=12))
def test_words_are_those_of_tokenize(names: list[str]) -> None:
    rows = word_rows(names)
    found = [
        tuple(rows.tokens[at] for at in rows.places[start : start + count])
        for start, count in zip(rows.starts, rows.counts, strict=True)
    ]
    assert found == [tokenize(name) for name in names]
    assert rows.tokens == sorted(set(rows.tokens))
    assert rows.spelled().to_list() == [" ".join(words) for words in found]


def test_a_name_that_is_asked_part_by_part_has_the_odds_that_it_has_in_whole() -> None:
    model = NameModel.shipped()
    names = sorted(
        {"Anna Petrosyan", "Анна Петросян", "A. Petrosian", "Abdul Rahman", "Абдулрахман"}
    )
    ready = ready_names(model, word_rows(names))
    left, right = (each.ravel().astype(np.int32) for each in np.indices((len(names), len(names))))
    whole = ready.likeness(left, right)
    assert whole.tolist() == name_likeness(model, names, left, right).tolist()
    parts = [ready.likeness(left[at : at + 3], right[at : at + 3]) for at in range(0, len(left), 3)]
    assert np.concatenate(parts).tolist() == whole.tolist()
    assert whole.reshape(len(names), -1) == pytest.approx(whole.reshape(len(names), -1).T)


@given(st.lists(st.text("aßéøжщեւ՚1漢ʼ", min_size=1, max_size=8), max_size=10))
def test_letters_looked_up_at_once_are_those_looked_up_one_by_one(tokens: list[str]) -> None:
    alphabets = NameModel.shipped().learned.alphabets
    encoded = encode(tokens, alphabets)
    for at, token in enumerate(tokens):
        begin = encoded.start[at]
        row = encoded.units[begin : begin + encoded.length[at], 0].tolist()
        assert row == alphabets[encoded.script[at]].numbers(token)
