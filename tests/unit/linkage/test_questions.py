import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_linkages import Made, made
from polars.testing import assert_frame_equal

from stelae.linkage.questions import ask, frame_of

LINKAGE = made(np.random.default_rng(1), 200)


def asked(n: int, seed: int = 0, linkage: Made = LINKAGE) -> pl.DataFrame:
    return ask(linkage.pairs, linkage.labels, n, np.random.default_rng(seed))


def test_the_frame_holds_inner_pairs_that_were_never_compared() -> None:
    pairs = pl.DataFrame({"a": [0, 0], "b": [1, 3], "log_odds": [2.0, -3.0]})
    frame = frame_of(pairs, np.array([0, 0, 0, 1]))
    assert frame.select("a", "b", "together").rows() == [
        (0, 1, True), (0, 2, True), (0, 3, False), (1, 2, True)
    ]  # fmt: skip
    assert frame["log_odds"].to_list() == [2.0, None, -3.0, None]


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 300), st.integers(0, 50))
def test_as_many_pairs_are_asked_as_wanted_each_once_with_a_chance(n: int, seed: int) -> None:
    drawn = asked(n, seed)
    assert drawn.height == n
    assert drawn.select("a", "b").n_unique() == n
    assert drawn["chance"].is_between(0.0, 1.0, closed="right").all()


def test_the_same_seed_asks_the_same() -> None:
    assert_frame_equal(asked(50, 3), asked(50, 3))
    assert asked(50, 3).select("a", "b").rows() != asked(50, 4).select("a", "b").rows()


def test_pairs_come_as_often_as_their_chance_says() -> None:
    frame = frame_of(LINKAGE.pairs, LINKAGE.labels)
    totals = [(1.0 / asked(150, seed)["chance"].to_numpy()).sum() for seed in range(60)]
    assert np.mean(totals) == pytest.approx(frame.height, rel=0.05)


def test_more_questions_than_pairs_ask_every_pair() -> None:
    frame = frame_of(LINKAGE.pairs, LINKAGE.labels)
    drawn = asked(10**6)
    assert drawn.height == frame.height
    assert set(drawn["chance"]) == {1.0}


def test_decided_pairs_are_not_asked_again_whichever_comes_first() -> None:
    first = asked(100)
    decided = first["b"].to_numpy(), first["a"].to_numpy()
    again = ask(LINKAGE.pairs, LINKAGE.labels, 100, np.random.default_rng(0), decided=decided)
    assert first.join(again, on=["a", "b"]).height == 0


def test_doubtful_pairs_are_asked_far_more_often_than_sure_ones() -> None:
    drawn = asked(200)
    frame = frame_of(LINKAGE.pairs, LINKAGE.labels)
    doubtful = pl.col("log_odds").abs() < 1
    sure = (pl.col("log_odds") > 4) & pl.col("together")
    share = {
        name: drawn.filter(which).height / frame.filter(which).height
        for name, which in (("doubtful", doubtful), ("sure", sure))
    }
    assert share["doubtful"] > 2 * share["sure"] > 0


def test_nothing_to_ask_gives_nothing() -> None:
    pairs = LINKAGE.pairs.head(0)
    drawn = ask(pairs, np.arange(3), 10, np.random.default_rng(0))
    assert drawn.height == 0
    assert {"a", "b", "log_odds", "together", "stratum", "chance"} <= set(drawn.columns)
