import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.linkage.report.stability import (
    MOST_DRAWS,
    companions,
    people_drawn,
    picked,
    stability,
)


def labels(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


NOW = labels(0, 0, 1, 1, 2)
DRAWS = [labels(0, 0, 1, 1, 2), labels(0, 0, 1, 2, 3), labels(0, 0, 1, 1, 1), labels(0, 0, 0, 0, 1)]


def test_a_cluster_stays_whole_is_split_or_takes_others_in() -> None:
    found = stability(NOW, DRAWS)
    assert found.labels.tolist() == [0, 1, 2]
    assert found.whole.tolist() == [0.75, 0.25, 0.75]
    assert found.split.tolist() == [0, 0.25, 0]
    assert found.larger.tolist() == [0.25, 0.5, 0.25]


def test_the_companion_is_the_cluster_met_most_often() -> None:
    assert companions(NOW, DRAWS, {0, 2}) == {0: (1, 0.25), 2: (1, 0.25)}
    assert companions(NOW, DRAWS[:1], {0, 1}) == {}
    assert companions(NOW, DRAWS, set()) == {}


@settings(max_examples=60)
@given(st.data())
def test_shares_add_up_and_the_clusters_themselves_are_whole(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 12))
    some = st.lists(st.integers(0, n - 1), min_size=n, max_size=n)
    now = labels(*data.draw(some))
    draws = [labels(*each) for each in data.draw(st.lists(some, min_size=1, max_size=6))]
    found = stability(now, draws)
    total = found.whole + found.split + found.larger
    assert total == pytest.approx(np.ones(len(found.labels)))
    assert min(found.larger) >= -1e-9
    assert stability(now, [now]).whole.tolist() == [1.0] * len(found.labels)


def test_the_number_of_people_in_draws_has_an_interval() -> None:
    found = people_drawn(DRAWS)
    assert found is not None
    assert found.people == (3, 4, 2, 2)
    assert (found.low, found.high) == (2, 4)
    assert people_drawn([]) is None


def test_one_draw_far_off_among_many_is_outside_the_interval() -> None:
    found = people_drawn([*[labels(0, 1, 2)] * 99, labels(0, 0, 0)])
    assert found is not None
    assert (found.low, found.high) == (3, 3)


def test_of_many_draws_some_are_picked_evenly() -> None:
    draws = [labels(at) for at in range(1000)]
    chosen = picked(draws)
    assert len(chosen) == MOST_DRAWS
    assert (chosen[0][0], chosen[-1][0]) == (0, 999)
    assert picked(draws[:5]) == draws[:5]
