"""Simulated lists: one seed gives one result, and the truth and the lists never part."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.linkage.synthetic import Parameters, SyntheticLists, designs, simulate
from stelae.linkage.synthetic.cultures import cultures
from stelae.linkage.synthetic.documents import everybody, overlaps, truth
from stelae.linkage.synthetic.spelling import spellings

customs = st.lists(st.sampled_from(cultures()), min_size=1, max_size=4, unique=True)
scripts = st.lists(st.sampled_from(spellings()), min_size=1, max_size=4)
seeds = st.integers(0, 2**53 - 1)


@st.composite
def simulations(draw: st.DrawFn) -> tuple[Parameters, tuple[object, ...], int]:
    parameters = Parameters(
        people=draw(st.integers(1, 120)),
        customs=dict.fromkeys(draw(customs), 1.0),
        regions=draw(st.integers(1, 4)),
    )
    chosen = designs(
        draw(st.integers(1, 8)),
        draw(scripts),
        errors=draw(st.floats(0, 1)),
        overlap=draw(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=3)),
        heterogeneity=draw(st.floats(0, 10)),
        dependence=draw(st.floats(-10, 10)),
    )
    return parameters, chosen, draw(seeds)


def tables(made: SyntheticLists) -> list[pl.DataFrame]:
    return [*made.frames.values(), truth(made), everybody(made), overlaps(made), made.strata()]


@settings(max_examples=25, deadline=None)
@given(simulations())
def test_one_seed_gives_one_result(given_: tuple[Parameters, tuple[object, ...], int]) -> None:
    one, other = (simulate(*given_) for _ in range(2))  # type: ignore[arg-type]
    for left, right in zip(tables(one), tables(other), strict=True):
        assert left.write_csv() == right.write_csv()


@settings(max_examples=25, deadline=None)
@given(simulations())
def test_truth_and_lists_agree(given_: tuple[Parameters, tuple[object, ...], int]) -> None:
    made = simulate(*given_)  # type: ignore[arg-type]
    people = everybody(made)
    assert people.height == given_[0].people
    joined = truth(made).join(people, on=["person", "region", "sex", "age"])
    assert joined.height == sum(frame.height for frame in made.frames.values())
    for design in made.designs:
        listed = joined.filter(pl.col("list") == design.name)
        assert (listed[design.name] == 1).all()
        assert listed["person"].n_unique() == people[design.name].sum()
    names = [design.name for design in made.designs]
    listed_anywhere = people.filter(pl.any_horizontal(pl.col(names) == 1)).height
    assert overlaps(made)["count"].sum() == listed_anywhere
    assert made.strata()["unlisted"].sum() == people.height - listed_anywhere
