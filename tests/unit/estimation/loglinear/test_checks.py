import numpy as np
import pytest
from capture_tables import KOSOVO

from stelae.errors import BadValue
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.loglinear import Check, Model, check, explain, hierarchical_models


def test_all_models_of_a_full_table_have_an_estimate() -> None:
    assert {check(KOSOVO, model) for model in hierarchical_models(4)} == {Check.FINE}


def test_an_estimate_may_be_missing_although_all_margins_are_positive() -> None:
    """Haberman's pattern among those on list D: (A, B, C) all or none of them never occurs."""
    ones = {x | 8: 5 for x in range(1, 7)} | dict.fromkeys(range(1, 8), 5)
    histories = CaptureHistories.of("ABCD", ones)
    pairs = Model.of(4, [x | 8 for x in (3, 5, 6)])
    assert all(histories.on_all(term) for term in pairs.terms)
    assert check(histories, pairs) == Check.NO_ESTIMATE
    assert check(histories, Model.of(4, [3 | 8, 5 | 8])) == Check.FINE


def test_both_may_be_wrong() -> None:
    """C meets neither A nor B and was never alone: of its cells none with a person is left."""
    histories = CaptureHistories.of("ABC", {1: 5, 3: 5, 6: 2})
    found = check(histories, Model.named("ABC", [["A", "B"], ["A", "C"], ["B", "C"]]))
    assert found == Check.NO_ESTIMATE | Check.NOT_IDENTIFIABLE


def test_nobody_has_no_estimate() -> None:
    assert check(CaptureHistories.of("ABC", {}), Model.of(3, [])) == 3


def test_a_model_of_other_lists_is_refused() -> None:
    with pytest.raises(BadValue, match="a model of 3 lists is none of 4"):
        check(KOSOVO, Model.of(3, []))


@pytest.mark.parametrize(
    ("code", "word"),
    [(0, "exists and"), (1, "no maximum"), (2, "equally well"), (3, "exactly nobody")],
)
def test_each_code_is_explained(code: int, word: str) -> None:
    assert word in explain(Check(code))


def test_more_people_of_the_same_histories_change_no_answer() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        cells = {int(x): int(rng.integers(1, 9)) for x in rng.choice(15, 6, replace=False) + 1}
        few = CaptureHistories.of("ABCD", cells)
        many = CaptureHistories.of("ABCD", {x: 1000 * n + 3 for x, n in cells.items()})
        model = hierarchical_models(4)[int(rng.integers(113))]
        assert check(few, model) == check(many, model)
