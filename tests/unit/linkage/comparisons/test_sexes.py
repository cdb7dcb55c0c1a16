import polars as pl
from compared_values import every_level

from stelae.linkage.comparisons.sexes import SexComparison


def test_two_sexes_are_the_same_or_not() -> None:
    found = every_level(SexComparison("sex"), pl.DataFrame({"sex_code": ["f", "m"]}))
    assert found.tolist() == [[0, 2], [2, 1]]


def test_the_code_is_compared_not_what_is_printed() -> None:
    assert SexComparison("sex").columns == ("sex_code",)
