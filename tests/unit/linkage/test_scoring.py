import numpy as np
import polars as pl

from stelae.linkage.engine import DuckEngine
from stelae.linkage.scoring import levels_of


def test_levels_are_found_whichever_record_comes_first_and_absent_pairs_are_left_out() -> None:
    with DuckEngine(threads=1) as engine:
        engine.put(
            "pairs",
            pl.DataFrame({"a": [0, 0, 1], "b": [1, 2, 2], "g0": [3, 1, -1], "g1": [0, 2, 1]}),
        )
        place, levels = levels_of(engine, "pairs", 2, np.array([2, 5, 1]), np.array([1, 6, 0]))
    assert place.tolist() == [0, 2]
    assert levels.tolist() == [[-1, 1], [3, 0]]
