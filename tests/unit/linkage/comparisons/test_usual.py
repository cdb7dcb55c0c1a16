import numpy as np
import pytest
from compared_values import likeness

from stelae.linkage.comparisons.codes import CodeComparison
from stelae.linkage.comparisons.dates import DateComparison
from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.comparisons.people import NameComparison
from stelae.linkage.comparisons.places import PlaceComparison
from stelae.linkage.comparisons.sexes import SexComparison
from stelae.linkage.comparisons.texts import TextComparison

EVERY: tuple[Comparison, ...] = (
    NameComparison("n", likeness()),
    DateComparison("d"),
    PlaceComparison("p", likeness()),
    SexComparison("s"),
    CodeComparison("c"),
    TextComparison("t"),
)


@pytest.mark.parametrize("comparison", EVERY, ids=lambda each: type(each).__name__)
def test_every_level_has_its_share_among_each_kind_of_pairs(comparison: Comparison) -> None:
    for kind in ("matching", "related", "random"):
        shares = comparison.usual.of(kind)
        assert len(shares) == len(comparison.levels)
        assert (shares > 0).all()
        assert shares.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("comparison", EVERY, ids=lambda each: type(each).__name__)
def test_matches_are_more_alike_than_relatives_and_these_than_any_two(
    comparison: Comparison,
) -> None:
    """Up to each level: no prior says that unlike values speak for one person."""
    matching, related, random = (
        np.cumsum(comparison.usual.of(kind)) for kind in ("matching", "related", "random")
    )
    assert (matching >= related - 0.02).all()
    assert (matching[:-1] > random[:-1]).all()
    assert matching[len(matching) // 2] > related[len(related) // 2]
