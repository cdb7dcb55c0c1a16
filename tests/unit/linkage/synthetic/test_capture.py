import numpy as np
import polars as pl
import pytest

from stelae.errors import BadValue
from stelae.linkage.synthetic import Capture, ListDesign, Parameters, designs, population
from stelae.linkage.synthetic.capture import captures, full_years, strata

PEOPLE = population(Parameters(people=30_000), np.random.default_rng(6))


def test_captures_lie_within_binomial_error_of_the_probabilities() -> None:
    found = captures(PEOPLE, designs(6, overlap=(0.2, 0.5, 0.8)), np.random.default_rng(7))
    deviation = np.sqrt((found.chance * (1 - found.chance)).sum(axis=0))
    excess = found.seen.sum(axis=0) - found.chance.sum(axis=0)
    assert (np.abs(excess) < 4 * deviation).all()
    assert found.chance.mean(axis=0) == pytest.approx([0.2, 0.5, 0.8] * 2, abs=1e-9)


def test_captures_of_each_stratum_lie_within_binomial_error() -> None:
    found = captures(PEOPLE, designs(3), np.random.default_rng(8))
    table = found.strata.with_columns(
        seen=pl.Series(found.seen[:, 1]), chance=pl.Series(found.chance[:, 1])
    )
    by = table.group_by("region", "sex", "age").agg(
        pl.col("seen").sum().cast(pl.Float64),
        pl.col("chance").sum(),
        variance=(pl.col("chance") * (1 - pl.col("chance"))).sum(),
    )
    assert by.height == 16
    assert ((by["seen"] - by["chance"]).abs() < 4 * by["variance"].sqrt()).all()


def test_strata_have_the_probabilities_that_were_asked_for() -> None:
    capture = Capture(mean=0.4, sex={"m": 1.5}, classes=(0.0, 0.0))
    found = captures(PEOPLE, [ListDesign("one", capture=capture)], np.random.default_rng(9))
    men = (found.strata["sex"] == "m").to_numpy()
    odds = np.log(found.chance[:, 0] / (1 - found.chance[:, 0]))
    assert odds[men].mean() - odds[~men].mean() == pytest.approx(1.5)


def ratio(seen: np.ndarray) -> float:
    """Observed over expected number on both lists."""
    return float((seen[:, 0] & seen[:, 1]).mean() / (seen[:, 0].mean() * seen[:, 1].mean()))


def test_latent_classes_make_lists_depend() -> None:
    def two(classes: tuple[float, float]) -> float:
        pair = [ListDesign(name, capture=Capture(classes=classes)) for name in ("one", "two")]
        return ratio(captures(PEOPLE, pair, np.random.default_rng(10)).seen)

    assert two((0.0, 0.0)) == pytest.approx(1.0, abs=0.03)
    assert two((1.5, -1.5)) > 1.2


def test_a_list_may_follow_the_one_before() -> None:
    def two(follows: float) -> float:
        pair = [ListDesign("one"), ListDesign("two", capture=Capture(follows=follows))]
        return ratio(captures(PEOPLE, pair, np.random.default_rng(11)).seen)

    assert two(2.0) > 1.2
    assert two(-2.0) < 0.8


def test_ages_are_full_years() -> None:
    frame = PEOPLE.frame.head(500)
    expected = [
        death.year - birth.year - ((death.month, death.day) < (birth.month, birth.day))
        for birth, death in frame.select("birth", "death").iter_rows()
    ]
    assert full_years(frame).tolist() == expected
    bands = strata(PEOPLE)["age"].head(500).to_list()
    assert bands == [
        next(
            band
            for band, low in (("65+", 65), ("45-64", 45), ("15-44", 15), ("0-14", 0))
            if years >= low
        )
        for years in expected
    ]


@pytest.mark.parametrize("mean", [0.0, 1.0, -0.1])
def test_a_capture_probability_lies_between_nought_and_one(mean: float) -> None:
    with pytest.raises(BadValue, match="capture probability"):
        Capture(mean=mean)
