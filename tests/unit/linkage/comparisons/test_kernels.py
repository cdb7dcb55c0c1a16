import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Prefix

from stelae.linkage.comparisons.levels import (
    LevelArray,
    beginnings,
    by_distinct,
    letters_of,
    shared,
    typing_errors,
)

TEXTS = st.lists(st.text("abcд", max_size=9), min_size=2, max_size=8)


def every_pair(n: int) -> tuple[np.ndarray, np.ndarray]:
    left, right = np.indices((n, n))
    return left.ravel().astype(np.int32), right.ravel().astype(np.int32)


@given(TEXTS, st.integers(0, 3))
def test_typing_errors_are_those_of_optimal_string_alignment(texts: list[str], most: int) -> None:
    left, right = every_pair(len(texts))
    found = typing_errors(letters_of(texts), left, right, most)
    expected = [
        min(OSA.distance(texts[a], texts[b]), most + 1) for a, b in zip(left, right, strict=True)
    ]
    assert found.tolist() == expected


@given(TEXTS)
def test_beginnings_are_common_prefixes(texts: list[str]) -> None:
    left, right = every_pair(len(texts))
    found = beginnings(letters_of(texts), left, right)
    assert found.tolist() == [
        Prefix.similarity(texts[a], texts[b]) for a, b in zip(left, right, strict=True)
    ]


@given(st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=6))
def test_sets_are_shared_where_they_have_a_member_in_common(sets: list[set[str]]) -> None:
    left, right = every_pair(len(sets))
    assert shared(sets)(left, right).tolist() == [
        bool(sets[a] & sets[b]) for a, b in zip(left, right, strict=True)
    ]


def test_each_pair_of_values_is_compared_once() -> None:
    asked = []

    def compare(left: np.ndarray, right: np.ndarray) -> LevelArray:
        asked.append(len(left))
        return np.asarray(left * 10 + right, dtype=np.int8)

    found = by_distinct(compare, 4)(
        np.array([1, 2, 1, 3], dtype=np.int32), np.array([2, 1, 2, 0], dtype=np.int32)
    )
    assert asked == [2]
    assert found.tolist() == [12, 12, 12, 3]
