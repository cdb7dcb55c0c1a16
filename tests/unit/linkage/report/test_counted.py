from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from linked_samples import ODD, clustered, hand_made

from stelae.estimation.reading import Wanted, read_histories
from stelae.linkage.report.counted import histories, lists_counted, sizes
from stelae.linkage.results import clusters


def test_a_list_is_counted_by_its_records_and_by_its_people() -> None:
    found = lists_counted(hand_made())
    assert [(one.of.name, one.of.records, one.people, one.duplicates) for one in found] == [
        (ODD, 2, 2, 0),
        ("b", 3, 2, 1),
        ("c", 3, 3, 0),
    ]


def test_people_are_counted_by_the_lists_that_hold_them() -> None:
    assert dict(histories(hand_made())) == {0b100: 1, 0b111: 2}


def test_people_are_counted_by_their_number_of_records() -> None:
    assert dict(sizes(hand_made())) == {1: 1, 3: 1, 4: 1}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=30))
def test_overlaps_are_what_counting_by_hand_gives(records: list[tuple[int, int]]) -> None:
    linkage = clustered([one for one, _ in records], [label for _, label in records])
    on: dict[int, int] = {}
    for one, label in records:
        on[label] = on.get(label, 0) | 1 << one
    assert dict(histories(linkage)) == Counter(on.values())
    assert sum(histories(linkage).values()) == sum(sizes(linkage).values()) == len(on)
    assert sum(size * people for size, people in sizes(linkage).items()) == len(records)


def test_overlaps_are_what_an_estimate_reads_from_the_clusters(tmp_path: Path) -> None:
    linkage = clustered([0, 1, 2, 0, 1, 1, 2, 0], [0, 0, 0, 1, 1, 2, 3, 4])
    clusters(linkage).write_csv(tmp_path / "clusters.csv")
    names = tuple(one.name for one in linkage.lists.lists)
    (table,) = read_histories([tmp_path / "clusters.csv"], Wanted(lists=names)).tables
    assert dict(table) == dict(histories(linkage))
