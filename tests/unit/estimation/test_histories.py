import pytest
from hypothesis import given
from hypothesis import strategies as st

from stelae.errors import BadValue
from stelae.estimation.histories import CaptureHistories

TABLES = st.dictionaries(st.integers(1, 15), st.integers(1, 50), min_size=1).map(
    lambda counts: CaptureHistories.of("ABCD", counts)
)


@pytest.mark.parametrize(
    ("lists", "masks", "counts"),
    [
        ((), (), ()),
        (("A", "A"), (1,), (1,)),
        (("A", "B"), (1,), (1, 2)),
        (("A", "B"), (2, 1), (1, 1)),
        (("A", "B"), (0,), (1,)),
        (("A", "B"), (4,), (1,)),
        (("A", "B"), (1,), (0,)),
        (("A", "B"), (1,), (-3,)),
    ],
)
def test_a_table_that_cannot_be_is_refused(
    lists: tuple[str, ...], masks: tuple[int, ...], counts: tuple[int, ...]
) -> None:
    with pytest.raises(BadValue):
        CaptureHistories(lists, masks, counts)


def test_counts_of_zero_are_histories_that_nobody_has() -> None:
    assert CaptureHistories.of("AB", {1: 0, 2: 5}) == CaptureHistories.of("AB", {2: 5})


@given(TABLES)
def test_who_is_on_k_lists_adds_up_to_all(table: CaptureHistories) -> None:
    assert sum(table.captured.values()) == table.observed
    assert sum(k * people for k, people in table.captured.items()) == sum(table.on_list)
    assert table.cells.sum() == table.observed


@given(TABLES)
def test_without_a_list_those_on_no_other_are_not_observed(table: CaptureHistories) -> None:
    alone = dict(table).get(1, 0)
    assert table.without("A").observed == table.observed - alone
    assert table.without("A").on_list == table.on_list[1:]


@given(TABLES)
def test_lists_are_left_out_in_any_order(table: CaptureHistories) -> None:
    assert table.without("A").without("C") == table.without("C", "A")


def test_a_list_that_is_not_there_cannot_be_left_out() -> None:
    with pytest.raises(BadValue, match="no list Z"):
        CaptureHistories.of("AB", {1: 2}).without("Z")


def test_without_one_list_another_may_hold_everybody_who_is_left() -> None:
    table = CaptureHistories.of("ABCD", {0b0011: 4, 0b0101: 3, 0b0111: 2, 0b0001: 0})
    usable, why = table.usable_and_why
    assert why == {"A": "everybody", "D": "nobody"}
    assert usable.lists == ("B", "C")
    assert table.usable == usable


def test_a_history_is_named_by_its_lists() -> None:
    assert CaptureHistories.of("ABC", {1: 1}).name_of(0b101) == "A×C"
