from dataclasses import replace

import polars as pl
import pytest
from linked_samples import ODD, clustered, hand_made

from stelae.linkage.report.level_weights import BITS, example, weights_of


def test_levels_have_their_weights_in_bits_and_their_pairs() -> None:
    given, _family, birth = weights_of(hand_made())
    assert (given.name, given.kind, birth.kind) == ("given", "name", "date")
    first, last = given.levels[0], given.levels[-1]
    assert (first.first, first.last) == pytest.approx((4 * BITS, 5 * BITS))
    assert (last.first, last.last) == pytest.approx((-4 * BITS, -6 * BITS))
    assert sum(level.joined for level in given.levels) == 8
    assert sum(level.apart for level in given.levels) == 2
    assert (birth.levels[5].joined, birth.levels[11].apart) == (2, 1)


def test_a_comparison_that_no_kept_pair_makes_is_not_used() -> None:
    assert all(one.is_used for one in weights_of(hand_made()))
    linkage = hand_made()
    silent = replace(linkage, pairs=linkage.pairs.with_columns(g2=pl.lit(-1)))
    assert [one.is_used for one in weights_of(silent)] == [True, True, False]


def test_the_example_is_a_joined_pair_of_two_lists_that_says_most() -> None:
    shown = example(hand_made())
    assert shown is not None
    # Of the pairs that all three comparisons speak of, 1-6 and 0-2, the lower middle one.
    assert (shown.left, shown.right) == ((ODD, "2"), ("c", "2"))
    assert [part.comparison for part in shown.parts] == ["given", "family", "birth"]
    assert (shown.parts[0].left, shown.parts[0].right) == ("Յակոբ", "Hakop")
    assert shown.weight == pytest.approx(1.0)
    assert shown.probability == pytest.approx(2 / 3)


def test_an_example_adds_up_where_weights_do() -> None:
    linkage = hand_made()
    levels = linkage.pairs.select("g0", "g1", "g2").to_numpy()
    linkage = replace(
        linkage, pairs=linkage.pairs.with_columns(log_odds=pl.Series(linkage.weights.of(levels)))
    )
    linkage = replace(
        linkage, weights=replace(linkage.weights, prior=-1.0),
        pairs=linkage.pairs.with_columns(pl.col("log_odds") + 8.0),
    )  # fmt: skip
    shown = example(linkage)
    assert shown is not None
    total = shown.prior + sum(part.bits for part in shown.parts)
    assert shown.weight == pytest.approx(total)


def test_without_a_joined_pair_there_is_no_example() -> None:
    assert example(clustered([0, 1], [0, 1])) is None
