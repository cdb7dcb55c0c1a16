import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stelae.linkage.cluster_changes import NOT_THERE, Change, changes, kept_ids


def ids(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def test_a_cluster_keeps_its_id_when_records_come_to_it() -> None:
    assert kept_ids(ids(3, 3, 7, -1), ids(0, 0, 1, 0), 9).tolist() == [3, 3, 7, 3]


def test_of_two_that_merge_the_larger_gives_its_id() -> None:
    assert kept_ids(ids(3, 7, 7), ids(0, 0, 0), 9).tolist() == [7, 7, 7]


def test_the_smaller_part_of_a_split_gets_an_id_that_was_never_given() -> None:
    assert kept_ids(ids(3, 3, 3), ids(0, 1, 1), 9).tolist() == [10, 3, 3]


def test_what_happened_to_clusters_is_told() -> None:
    before = ids(1, 1, 2, 3, 3, 4, -1, -1)
    after = ids(1, 1, 1, 3, 10, 4, 4, 11)
    found = changes(before, after)
    assert found.changed == (
        Change(1, ("merged",), (1, 2), (0, 1, 2)),
        Change(3, ("split",), (3,), (3,)),
        Change(4, ("joined",), (4,), (5, 6)),
        Change(10, ("split",), (3,), (4,)),
        Change(11, ("new",), (), (7,)),
    )
    assert found.counts() == {"new": 1, "joined": 1, "merged": 1, "split": 2}
    assert (found.clusters_before, found.clusters_after) == (4, 5)


BOTH = st.lists(st.tuples(st.integers(-1, 5).filter(bool), st.integers(0, 5)), min_size=1)


@given(BOTH)
def test_ids_say_the_same_clusters_and_none_is_given_twice(pairs: list[tuple[int, int]]) -> None:
    before, labels = ids(*(one for one, _ in pairs)), ids(*(two for _, two in pairs))
    after = kept_ids(before, labels, 5)
    assert len(set(after.tolist())) == len(set(labels.tolist()))
    assert len(set(zip(after.tolist(), labels.tolist(), strict=True))) == len(set(labels.tolist()))
    for cluster in set(after.tolist()):
        olds = set(before[after == cluster].tolist()) - {NOT_THERE}
        assert cluster in olds or cluster > 5


@given(BOTH)
def test_clusters_that_are_not_reported_hold_the_same_records(
    pairs: list[tuple[int, int]],
) -> None:
    before, labels = ids(*(one for one, _ in pairs)), ids(*(two for _, two in pairs))
    after = kept_ids(before, labels, 5)
    found = changes(before, after)
    changed = {row for change in found.changed for row in change.rows}
    for row in set(range(len(before))) - changed:
        assert after[row] == before[row]
        assert (after == after[row]).tolist() == (before == before[row]).tolist()
