import json

import numpy as np
import pytest
from fake_methods import Doubling

from stelae.errors import BadValue
from stelae.estimation.axes import estimate_all
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories, Replicate

TABLES = [
    CaptureHistories.of(
        "ABC",
        {1: 40 + d, 2: 30, 4: 20, 3: 10, 5: 6, 6: 5, 7: 2},
        stratum={"region": region},
        replicate=Replicate(None, d),
    )
    for region in ("north", "south")
    for d in (0, 1)
]
ODD = CaptureHistories.of("ABC", {7: 3}, stratum={"region": "west"}, replicate=Replicate(None, 0))


@pytest.mark.parametrize("method", [Doubling(), ChaoLowerBound()])
def test_canonical_json_goes_both_ways(method: Doubling | ChaoLowerBound) -> None:
    found = estimate_all([*TABLES, ODD], method, seed=5)
    content = found.to_bytes()
    again = Estimates.from_bytes(content)
    assert again.to_bytes() == content
    assert again.total.estimate.draws is not None
    assert found.total.estimate.draws is not None
    assert np.array_equal(again.total.estimate.draws, found.total.estimate.draws)
    for one, two in zip(again.strata[:2], found.strata[:2], strict=True):
        assert one.pooled.draws is not None
        assert two.pooled.draws is not None
        assert np.array_equal(one.pooled.draws, two.pooled.draws)


def test_every_estimate_has_the_keys_that_others_rely_on() -> None:
    value = json.loads(json.dumps(estimate_all(TABLES, Doubling(), seed=5).to_json(whole=False)))
    assert value["schema"] == "stelae-estimate/1"
    for each in (*value["estimates"], value["total"]):
        assert {
            "method",
            "parameters",
            "stratum",
            "status",
            "reason",
            "observed",
            "point",
            "interval",
            "level",
            "diagnostics",
            "seed",
            "inputs",
        } <= set(each)
        assert "draws" not in each


def test_the_observed_number_has_both_ends_where_linkages_differ() -> None:
    found = estimate_all(TABLES, Doubling(), seed=5)
    assert found.strata[0].observed == (113, 114)
    assert found.strata[0].pooled.observed == 113


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b'{"schema":"stelae-estimate/2"}',
        b'{"schema":"stelae-estimate/1"}',
        b'{"schema":"stelae-estimate/1","method":"x","seed":1,"estimates":[],"total":{}}',
        b'{"schema":"stelae-estimate/1","method":"x","seed":1,"estimates":[{"replicates":[]}],"total":{}}',
    ],
)
def test_other_json_is_refused(content: bytes) -> None:
    with pytest.raises(BadValue):
        Estimates.from_bytes(content)
