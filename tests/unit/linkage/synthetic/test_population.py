from functools import cache

import numpy as np
import polars as pl
import pytest

from stelae.errors import BadValue
from stelae.linkage.synthetic.population import Parameters, People, population


@cache
def people() -> People:
    return population(Parameters(people=6000), np.random.default_rng(5))


def with_parents() -> pl.DataFrame:
    frame = people().frame.with_row_index("row")
    relatives = frame.select(
        "row", "sex", "given", "family", "birth", "death", "home", "father_given", "custom"
    )
    return frame.join(relatives, left_on="father", right_on="row", suffix="_f").join(
        relatives, left_on="mother", right_on="row", suffix="_m"
    )


@pytest.mark.parametrize("count", [1, 2, 3, 17, 1000])
def test_there_are_as_many_people_as_asked_for(count: int) -> None:
    frame = population(Parameters(people=count), np.random.default_rng(1)).frame
    assert frame.height == count
    assert frame["person"].n_unique() == count


def test_parents_are_older_of_the_right_sex_and_name_their_children() -> None:
    children = with_parents()
    assert children.height > 3000
    years_f = (children["birth"] - children["birth_f"]).dt.total_days() / 365.25
    years_m = (children["birth"] - children["birth_m"]).dt.total_days() / 365.25
    assert years_f.min() > 17  # type: ignore[operator]  # no null among them
    assert years_m.min() > 17  # type: ignore[operator]
    assert years_m.max() < 47  # type: ignore[operator]
    assert set(children["sex_f"]) == {"m"}
    assert set(children["sex_m"]) == {"f"}
    assert (children["father_given"] == children["given_f"]).all()
    assert (children["grandfather_given"] == children["father_given_f"]).all()
    born_to = children.with_columns(name=pl.coalesce("former", "family"))
    assert (born_to["name"] == born_to["family_f"]).all()


def test_nobody_dies_before_their_birth_or_that_of_their_children() -> None:
    frame = people().frame
    assert (frame["birth"] <= frame["death"]).all()
    children = with_parents()
    assert (children["birth"] <= children["death_m"]).all()
    assert (children["birth"] <= children["death_f"]).all()
    assert set(frame["death"].dt.year()) == {1918, 1919, 1920, 1921}


def test_spouses_are_each_others_and_no_siblings() -> None:
    frame = people().frame.with_row_index("row")
    wed = frame.filter(pl.col("spouse").is_not_null())
    back = frame["spouse"].gather(wed["spouse"])
    assert (back == wed["row"]).all()
    assert (frame["sex"].gather(wed["spouse"]) != wed["sex"]).all()
    assert (frame["home"].gather(wed["spouse"]) == wed["home"]).all()
    fathers = frame["father"].gather(wed["spouse"])
    assert not (fathers == wed["father"]).fill_null(value=False).any()


def test_names_at_marriage_follow_the_custom() -> None:
    frame = people().frame.filter(pl.col("sex") == "f", pl.col("spouse").is_not_null())
    shares = dict(frame.group_by("custom").agg(pl.col("former").is_not_null().mean()).iter_rows())
    for at, custom in enumerate(people().customs):
        assert shares[at] == pytest.approx(custom.husband, abs=0.2)


def test_namesakes_and_cousins_of_one_name_are_many() -> None:
    frame = people().frame
    namesakes = frame.group_by("custom", "given", "family").len().filter(pl.col("len") > 1)
    assert namesakes["len"].sum() > 0.3 * frame.height
    cousins = (
        frame.with_row_index("row")
        .join(
            frame.with_row_index("row").select("row", elder="father"),
            left_on="father",
            right_on="row",
        )
        .filter(pl.col("elder").is_not_null())
        .group_by("elder", "given")
        .agg(pl.col("father").n_unique())
    )
    assert (cousins["father"] > 1).sum() > 50


def test_frequent_names_are_much_more_frequent() -> None:
    counts = people().frame.filter(pl.col("custom") == 0).group_by("given").len()["len"].sort()
    assert counts[-1] > 5 * counts[len(counts) // 4]


def test_codes_have_meanings() -> None:
    made = people()
    frame = made.frame
    assert frame["given"].max() < len(made.given)  # type: ignore[operator]
    assert frame["family"].max() < len(made.family)  # type: ignore[operator]
    for column in ("birth_place", "home", "death_place"):
        assert frame[column].is_between(0, len(made.places.first) - 1).all()
    assert len(made.places.regions) == 2
    assert set(made.places.region.tolist()) == {0, 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": 0},
        {"customs": {}},
        {"customs": {"greek": 0.0}},
        {"regions": 0},
        {"regions": 5, "villages": 4},
        {"from_year": 1950, "to_year": 1940},
    ],
)
def test_what_no_population_can_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadValue):
        Parameters(**wrong)  # type: ignore[arg-type]
