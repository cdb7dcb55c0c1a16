import numpy as np
import polars as pl
import pytest
from made_linkages import made

from stelae.linkage.pair_errors import pair_errors
from stelae.linkage.questions import ask, frame_of


def test_all_pairs_answered_give_the_errors_exactly() -> None:
    linkage = made(np.random.default_rng(1), 100)
    frame = frame_of(linkage.pairs, linkage.labels)
    asked = linkage.reviewed(
        ask(linkage.pairs, linkage.labels, frame.height, np.random.default_rng(2))
    )
    precision, recall, _ = pair_errors(frame, asked)
    same, together = linkage.same(frame), frame["together"].to_numpy()
    assert precision.point == pytest.approx(same[together].mean())
    assert recall.point == pytest.approx(together[same].mean())
    assert precision.interval == (precision.point, precision.point)


def test_the_truth_lies_in_nine_of_ten_intervals() -> None:
    held = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        linkage = made(rng, 150)
        frame = frame_of(linkage.pairs, linkage.labels)
        asked = linkage.reviewed(ask(linkage.pairs, linkage.labels, 120, rng))
        same, together = linkage.same(frame), frame["together"].to_numpy()
        truth = same[together].mean(), together[same].mean()
        for each, true in zip(pair_errors(frame, asked), truth, strict=False):
            assert each.interval is not None
            held.append(each.interval[0] <= true <= each.interval[1])
    assert np.mean(held) >= 0.9


def test_few_answers_or_answers_not_drawn_by_chance_give_a_reason() -> None:
    linkage = made(np.random.default_rng(3), 100)
    frame = frame_of(linkage.pairs, linkage.labels)
    asked = linkage.reviewed(ask(linkage.pairs, linkage.labels, 80, np.random.default_rng(4)))
    for reviewed in (asked.head(10), asked.with_columns(chance=pl.lit(None, pl.Float64))):
        for each in pair_errors(frame, reviewed):
            assert each.interval is None
            assert "too few" in each.reason
