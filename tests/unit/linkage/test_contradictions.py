from hypothesis import given
from hypothesis import strategies as st

from stelae.linkage.contradictions import Contradiction, contradictions, joined

PAIRS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()).filter(lambda p: p[0] != p[1]),
    max_size=14,
    unique_by=lambda p: frozenset(p[:2]),
)


def test_decisions_that_agree_contradict_nothing() -> None:
    assert contradictions([(0, 1, True), (1, 2, True), (0, 3, False)], {}) == ()


def test_a_chain_of_matches_and_a_non_match_of_its_ends_are_named_together() -> None:
    pairs = [(5, 6, True), (0, 1, True), (1, 2, True), (2, 3, True), (0, 3, False)]
    assert contradictions(pairs, {}) == (Contradiction((1, 2, 3, 4)),)


def test_the_shortest_chain_is_named() -> None:
    pairs = [(0, 1, True), (1, 2, True), (0, 2, True), (2, 3, True), (0, 3, False)]
    assert contradictions(pairs, {}) == (Contradiction((2, 3, 4)),)


def test_matches_that_join_two_records_of_a_list_of_single_people_are_named() -> None:
    assert contradictions([(0, 1, True), (1, 2, True)], {0: 4, 2: 4}) == (Contradiction((0, 1), 4),)
    assert contradictions([(0, 1, True), (1, 2, True)], {0: 4, 2: 5}) == ()


@given(PAIRS, st.dictionaries(st.integers(0, 7), st.integers(0, 1)))
def test_what_is_left_can_all_be_true(
    pairs: list[tuple[int, int, bool]], once: dict[int, int]
) -> None:
    found = contradictions(pairs, once)
    involved = [at for each in found for at in each.decisions]
    assert len(involved) == len(set(involved))
    left = [pair for at, pair in enumerate(pairs) if at not in involved]
    group = joined(8, [(a, b) for a, b, same in left if same])
    assert all(group[a] != group[b] for a, b, same in left if not same)
    # A record that no decision is about is in no chain.
    for number in (0, 1):
        listed = [group[record] for record, at in once.items() if at == number]
        assert len(listed) == len(set(listed))


@given(PAIRS)
def test_every_contradiction_is_one_by_itself(pairs: list[tuple[int, int, bool]]) -> None:
    for each in contradictions(pairs, {}):
        *chain, last = (pairs[at] for at in each.decisions)
        assert all(same for _, _, same in chain)
        a, b, same = last
        group = joined(8, [(one, two) for one, two, _ in chain])
        assert not same
        assert group[a] == group[b]


def test_joined_gives_each_record_the_least_of_its_chain() -> None:
    assert joined(5, [(3, 1), (4, 3)]) == [0, 1, 2, 1, 1]
