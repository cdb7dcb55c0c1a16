from hypothesis import given
from hypothesis import strategies as st

from stelae.linkage.chains import Step, chain

TIES = st.lists(
    st.builds(Step, st.integers(0, 6), st.integers(0, 6), st.floats(0.1, 9)).filter(
        lambda tie: tie.a != tie.b
    ),
    max_size=12,
    unique_by=lambda tie: frozenset((tie.a, tie.b)),
)


def test_the_chain_whose_weakest_tie_is_strongest_is_taken() -> None:
    ties = [Step(0, 3, 1.0), Step(0, 1, 5.0), Step(1, 3, 4.0), Step(0, 2, 9.0), Step(2, 3, 2.0)]
    assert chain(ties, 0, 3) == (Step(0, 1, 5.0), Step(1, 3, 4.0))


def test_of_equal_chains_the_shorter_is_taken() -> None:
    ties = [Step(0, 1, 2.0), Step(1, 2, 2.0), Step(0, 2, 2.0)]
    assert chain(ties, 2, 0) == (Step(2, 0, 2.0),)


def test_records_that_nothing_ties_have_no_chain() -> None:
    assert chain([Step(0, 1, 2.0)], 0, 2) == ()


def reached(ties: list[Step], start: int, least: float) -> set[int]:
    found = {start}
    while (
        more := {
            end
            for tie in ties
            if tie.weight >= least and len({tie.a, tie.b} & found) == 1
            for end in (tie.a, tie.b)
        }
        - found
    ):
        found |= more
    return found


@given(TIES)
def test_no_chain_has_a_stronger_weakest_tie(ties: list[Step]) -> None:
    found = chain(ties, 0, 6)
    if not found:
        assert 6 not in reached(ties, 0, 0.0)
        return
    assert [step.a for step in found] == [0, *(step.b for step in found)][:-1]
    assert found[-1].b == 6
    weakest = min(step.weight for step in found)
    stronger = [tie for tie in ties if tie.weight > weakest]
    assert 6 not in reached(stronger, 0, 0.0)
