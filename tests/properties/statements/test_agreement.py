"""Looking up what agrees gives what comparing each with each would."""

from hypothesis import given
from hypothesis import strategies as st

from stelae.statements.rules.agreement import Agreeing, Fields

FIELD = st.none() | st.integers(1, 3)
VALUES = st.tuples(FIELD, FIELD, FIELD)


@given(st.lists(VALUES, max_size=12), VALUES)
def test_a_value_agrees_if_no_field_that_both_say_differs(
    values: list[Fields], asked: Fields
) -> None:
    expected = any(
        all(a is None or b is None or a == b for a, b in zip(value, asked, strict=True))
        for value in values
    )
    assert (asked in Agreeing(values)) == expected
