import numpy as np
import polars as pl
import pytest

from stelae.linkage.coding import code
from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.comparisons.sexes import SexComparison
from stelae.linkage.comparisons.texts import TextComparison
from stelae.linkage.engine import DuckEngine
from stelae.linkage.patterns import PatternCode
from stelae.linkage.scoring import (
    answers,
    compare_pairs,
    kept,
    levels_of,
    links,
    links_within,
    patterns_of,
    put_labels,
    scored,
)
from stelae.linkage.weights import Weights

CODE = PatternCode.of([4, 3])
WEIGHTS = Weights(-1.0, (np.array([3.0, 1.0, 0.0, -2.0]), np.array([1.0, 0.0, -4.0])))
LEVELS = np.array([[0, 0], [3, -1], [-1, 2], [1, 1]], dtype=np.int8)


def pairs(levels: np.ndarray[tuple[int, int], np.dtype[np.int8]] = LEVELS) -> pl.DataFrame:
    """Pairs (0, 1), (0, 2), (1, 2), (2, 3) of these levels."""
    numbers = CODE.numbers([levels[:, at] for at in range(levels.shape[1])], len(levels))
    return pl.DataFrame({"a": [0, 0, 1, 2], "b": [1, 2, 2, 3], **numbers})


def test_levels_are_found_whichever_record_comes_first_and_absent_pairs_are_left_out() -> None:
    with DuckEngine(threads=1) as engine:
        engine.put("pairs", pairs())
        place, levels = levels_of(engine, "pairs", CODE, np.array([2, 5, 1]), np.array([1, 6, 0]))
    assert place.tolist() == [0, 2]
    assert levels.tolist() == [[-1, 2], [0, 0]]


def test_pairs_are_compared_by_their_values_and_silence_is_no_level() -> None:
    frame = pl.DataFrame(
        {"sex_code": ["f", "m", None, "f"], "trade": ["baker", None, "smith", "bakers"]}
    )
    comparisons: list[Comparison] = [SexComparison("sex"), TextComparison("trade")]
    coded = [code(frame, comparison.columns) for comparison in comparisons]
    patterns = PatternCode.of([len(comparison.levels) for comparison in comparisons])
    every = pl.DataFrame({"a": [0, 0, 0, 1, 1, 2], "b": [1, 2, 3, 2, 3, 3]})
    with DuckEngine(threads=2) as engine:
        engine.put("every", every)
        engine.put("none", every.clear())
        compare_pairs(engine, ["every", "none"], ["pairs", "nothing"], comparisons, coded, patterns)
        found = engine.fetch("select * from pairs", ["a", "b"])
        assert engine.fetch("select * from nothing").height == 0
    assert found.select("a", "b").rows() == every.rows()
    levels = patterns.levels(found)
    assert levels[:, 0].tolist() == [2, -1, 0, -1, 2, -1]
    same = TextComparison("trade").levels.index("alike")
    assert levels[:, 1].tolist()[2] == same
    assert levels[:, 1].tolist()[0] == levels[:, 1].tolist()[3] == -1


def test_patterns_count_pairs_and_answers_split_them() -> None:
    with DuckEngine(threads=1) as engine:
        engine.put("pairs", pl.concat([pairs(), pairs()[:1].with_columns(b=pl.lit(3, pl.Int64))]))
        found = patterns_of(engine, "pairs", CODE)
        levels, yes, no = answers(engine, "pairs", CODE, np.array([5, 5, 7, 7]))
    counts = dict(zip(map(tuple, found.levels.tolist()), found.counts.tolist(), strict=True))
    assert counts == {(0, 0): 2.0, (3, -1): 1.0, (-1, 2): 1.0, (1, 1): 1.0}
    split = dict(zip(map(tuple, levels.tolist()), zip(yes, no, strict=True), strict=True))
    assert split == {(0, 0): (1.0, 1.0), (3, -1): (0.0, 1.0), (-1, 2): (0.0, 1.0), (1, 1): (1.0, 0)}


def test_links_have_the_log_odds_of_their_patterns() -> None:
    with DuckEngine(threads=1) as engine:
        engine.put("pairs", pairs())
        scored(engine, "pairs", "scored", CODE, WEIGHTS)
        near = links(engine, CODE, 0.0)
        inside = links_within(engine, CODE, np.array([0, 0, 0, 0]), 0.0)
        apart = links_within(engine, CODE, np.array([0, 1, 1, 3]), 0.0)
        put_labels(engine, np.array([0, 1, 1, 3]))
        shown = kept(engine, CODE, 0.5)
    assert near.rows() == [(0, 1, 3.0), (2, 3, 0.0)]
    assert inside.rows() == [(0, 2, -3.0), (1, 2, -5.0)]
    assert apart.rows() == [(1, 2, -5.0)]
    assert shown.columns == ["a", "b", "log_odds", "g0", "g1", "together"]
    assert shown.rows() == [
        (0, 1, 3.0, 0, 0, False),
        (1, 2, -5.0, -1, 2, True),
        (2, 3, 0.0, 1, 1, False),
    ]


@pytest.mark.parametrize("sizes", [[], [3], [22, 12, 3, 10], [23] * 20])
def test_a_pattern_is_its_levels(sizes: list[int]) -> None:
    patterns = PatternCode.of(sizes)
    rng = np.random.default_rng(1)
    levels = [rng.integers(-1, size, 50).astype(np.int8) for size in sizes]
    frame = pl.DataFrame(patterns.numbers(levels, 50))
    assert [column.tolist() for column in patterns.levels(frame).T] == [
        level.tolist() for level in levels
    ]
