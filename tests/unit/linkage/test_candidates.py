import numpy as np
import polars as pl
import pytest

from stelae.linkage.candidates import CANDIDATES, Key, Limits, Mark, find, keys_for
from stelae.linkage.engine import DuckEngine

LIMITS = Limits()


def mark(name: str, role: str, values: list[int | None], rows: list[int] | None = None) -> Mark:
    frame = pl.DataFrame(
        {"row": rows or list(range(len(values))), "value": values},
        schema={"row": pl.Int32, "value": pl.Int32},
    )
    return Mark(name, role, frame.drop_nulls().unique())


def found(
    marks: list[Mark], n: int, once: list[int] | None = None, limits: Limits = LIMITS
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The candidates (a, b, found), and the report on keys."""
    with DuckEngine(threads=1) as engine:
        report = find(engine, marks, limits, np.array(once or [-1] * n, dtype=np.int64))
        return engine.fetch(f"select a, b, found from {CANDIDATES}", ["a", "b"]), report


def some_marks(n: int, seed: int = 1) -> list[Mark]:
    rng = np.random.default_rng(seed)
    return [
        mark("word", "word", rng.integers(0, n // 4, n).tolist()),
        mark("born: year", "year", rng.integers(0, 6, n).tolist()),
        mark("home", "place", rng.integers(0, 5, n).tolist()),
    ]


def test_records_that_share_a_key_are_candidates_with_the_keys_that_found_them() -> None:
    days = mark("born: day", "day", [7, 7, 8, None, 8])
    codes = mark("number", "code", [1, 1, 2, 3, 4])
    pairs, report = found([days, codes], 5)
    assert pairs.rows() == [(0, 1, 3), (2, 4, 1)]
    assert dict(report.select("key", "pairs").iter_rows()) == {"born: day": 2, "number": 1}


def test_no_marks_have_no_candidates() -> None:
    pairs, report = found([], 3)
    assert (pairs.height, report.height) == (0, 0)


def test_records_of_a_list_that_holds_each_person_once_are_no_candidates() -> None:
    pairs, report = found([mark("born: day", "day", [1] * 5)], 5, once=[0, 0, -1, 1, 1])
    assert set(pairs.select("a", "b").iter_rows()) == {
        (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4)
    }  # fmt: skip
    assert report["pairs"].to_list() == [8]


def test_a_block_that_is_too_large_is_split_by_what_else_its_records_share() -> None:
    word = mark("word", "word", [1] * 30)
    home = mark("home", "place", [row // 2 for row in range(30)])
    limits = Limits(block=10)
    pairs, report = found([word, home], 30, limits=limits)
    assert set(pairs.select("a", "b").iter_rows()) == {(row, row + 1) for row in range(0, 30, 2)}
    rows = {row["key"]: row for row in report.iter_rows(named=True)}
    assert rows["word"]["pairs"] == 0
    assert rows["word"]["passed_over"] == 30
    assert rows["word + home"]["pairs"] == 15


def test_no_more_pairs_are_compared_than_the_limits_allow_and_the_rarest_are_kept() -> None:
    marks = [
        mark("word", "word", [row // 10 for row in range(4000)]),
        mark("number", "code", [row // 2 for row in range(4000)]),
    ]
    limits = Limits(each=0.5, times=100.0)
    pairs, _ = found(marks, 4000, limits=limits)
    assert pairs.height <= limits.compared(4000)
    assert {(row, row + 1) for row in range(0, 4000, 2)} <= set(pairs.select("a", "b").iter_rows())


def test_a_record_has_no_more_candidates_than_it_may_unless_others_need_it() -> None:
    marks = [mark("word", "word", [1] * 12), mark("number", "code", [5, 5, *range(100, 110)])]
    pairs, _ = found(marks, 12, limits=Limits(record=3))
    kept = set(pairs.select("a", "b").iter_rows())
    assert (0, 1) in kept
    assert len(kept) < 66


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_records_does_not_matter(seed: int) -> None:
    n = 200
    marks = some_marks(n)
    moved = np.random.default_rng(seed).permutation(n)
    once = np.where(np.arange(n) % 3 == 0, 0, -1)
    turned = [
        Mark(
            each.name,
            each.role,
            each.rows.with_columns(pl.Series("row", moved[each.rows["row"]], dtype=pl.Int32)),
        )
        for each in marks
    ]
    there = np.empty(n, dtype=np.int64)
    there[moved] = once
    limits = Limits(each=4.0, each_at=n)
    pairs, report = found(marks, n, once.tolist(), limits)
    other, other_report = found(turned, n, there.tolist(), limits)
    expected = {
        (min(moved[a], moved[b]), max(moved[a], moved[b]), bits) for a, b, bits in pairs.iter_rows()
    }
    assert set(other.iter_rows()) == expected
    assert other_report.equals(report)


def test_keys_name_their_marks_and_need_two_words_of_one_sound_mark() -> None:
    sound = mark("sound", "sound", [1, 2, 2, 1, 3], rows=[0, 0, 1, 1, 2])
    (key,) = keys_for([sound])
    assert key == Key((sound, sound))
    assert key.name == "sound + sound"
    pairs, _ = found([sound], 3)
    assert pairs.select("a", "b").rows() == [(0, 1)]


def test_the_more_records_the_fewer_pairs_each_has() -> None:
    limits = Limits()
    few, many = limits.compared(100_000) / 100_000, limits.compared(1_000_000) / 1_000_000
    assert few / many == pytest.approx(10**0.5, rel=0.01)
    assert limits.compared(10_000) == pytest.approx(limits.each * 10_000, abs=1000)
