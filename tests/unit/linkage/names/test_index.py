"""Pairs of words found by keys: each once, with itself, and nearly all that brute force finds."""

import numpy as np
from spelled_people import spelled_people

from stelae.linkage.names import NameModel, token_pairs, tokenize

WORDS = sorted(
    {word for names in spelled_people(120, seed=4) for name in names for word in tokenize(name)}
)


def test_each_pair_is_given_once_and_each_word_with_itself() -> None:
    found = token_pairs(NameModel.shipped(), WORDS)
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert all(a <= b for a, b in pairs)
    assert {(k, k) for k in range(len(WORDS))} <= set(pairs)
    assert (found.log_odds[found.left != found.right] >= 1.5).all()


def test_spellings_of_one_word_are_found_across_scripts() -> None:
    model = NameModel.shipped()
    found = token_pairs(model, WORDS)
    pairs = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    at = {word: k for k, word in enumerate(WORDS)}
    true = {
        (min(a, b), max(a, b))
        for names in spelled_people(120, seed=4)
        for words in zip(*map(tokenize, names), strict=True)
        for a in (at[w] for w in words)
        for b in (at[w] for w in words)
        if a != b
    }
    left, right = np.array(sorted(true)).T
    odds = model.vocabulary(WORDS).log_odds(left, right)
    likely = {pair for pair, r in zip(sorted(true), odds, strict=True) if r >= 3}
    assert len(likely) > 0.8 * len(true)
    assert len(likely & pairs) >= 0.95 * len(likely)


def test_nearly_all_that_brute_force_finds_is_found() -> None:
    model = NameModel.shipped()
    found = token_pairs(model, WORDS)
    pairs = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    left, right = np.triu_indices(len(WORDS), 1)
    odds = model.vocabulary(WORDS).log_odds(left, right, -4.0)
    for least, recall in ((3.0, 0.6), (8.0, 0.85)):
        brute = set(zip(left[odds >= least].tolist(), right[odds >= least].tolist(), strict=True))
        assert len(brute & pairs) >= recall * len(brute)


def test_two_vocabularies_meet_each_other_only() -> None:
    latin, other = ["anna", "boris", "grigoryan"], ["борис", "գրիգորյան"]
    told: list[float] = []
    found = token_pairs(NameModel.shipped(), latin, others=other, progress=told.append)
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == {(1, 0), (2, 1)}
    assert told[-1] == 1.0


def test_no_words_make_no_pairs() -> None:
    assert len(token_pairs(NameModel.shipped(), []).left) == 0
    assert len(token_pairs(NameModel.shipped(), ["anna"], others=[]).left) == 0
