"""Looking up what matches gives what comparing each with each would."""

from hypothesis import given
from hypothesis import strategies as st

from stelae.statements.rules.matching import Fields, Matching

FIELD = st.none() | st.integers(1, 3)
VALUES = st.tuples(FIELD, FIELD, FIELD)


@given(st.lists(VALUES, max_size=12), VALUES)
def test_an_item_matches_if_no_field_that_both_say_differs(
    values: list[Fields], asked: Fields
) -> None:
    expected = [
        at
        for at, value in enumerate(values)
        if all(a is None or b is None or a == b for a, b in zip(value, asked, strict=True))
    ]
    matching = Matching((value, at) for at, value in enumerate(values))
    assert sorted(matching.first(asked, len(values))) == expected
    assert (asked in matching) == bool(expected)
    assert len(matching.first(asked, 2)) == min(2, len(expected))
