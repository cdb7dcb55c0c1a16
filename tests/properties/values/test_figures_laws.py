from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import BadValue
from stelae.values.figures import Count, CountForm

NUMBERS = st.integers(0, 10**15 - 1)
WORDS = st.text(min_size=1).map(str.strip).filter(lambda text: text and '"' not in text)
COUNTS = st.one_of(
    st.builds(Count.exact, NUMBERS),
    st.builds(Count.about, NUMBERS),
    st.builds(lambda n: Count(n, None, CountForm.AT_LEAST), NUMBERS),
    st.builds(lambda n: Count(None, n, CountForm.AT_MOST), NUMBERS),
    st.builds(
        lambda a, b: Count(min(a, b), max(a, b), CountForm.RANGE),
        NUMBERS,
        NUMBERS,
    ),
    st.builds(lambda text: Count(None, None, CountForm.WORDS, text), WORDS),
)


@settings(deadline=None)
@given(COUNTS)
def test_a_count_is_read_back_as_written(count: Count) -> None:
    assert Count.parse(str(count)) == count


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_whether_two_counts_may_be_equal_does_not_depend_on_their_order(
    one: Count, two: Count
) -> None:
    assert one.may_equal(two) == two.may_equal(one)
    assert one.may_equal(one)


@settings(deadline=None)
@given(COUNTS, NUMBERS)
def test_a_number_may_equal_a_count_exactly_if_it_lies_within_its_bounds(
    count: Count, number: int
) -> None:
    within = (count.low is None or count.low <= number) and (
        count.high is None or number <= count.high
    )
    assert count.may_equal(Count.exact(number)) == within


@settings(deadline=None)
@given(st.text() | st.from_regex(r'[~".0-9 ]{1,12}', fullmatch=True))
def test_any_text_is_a_count_or_refused(text: str) -> None:
    try:
        count = Count.parse(text)
    except BadValue:
        return
    assert Count.parse(str(count)) == count
