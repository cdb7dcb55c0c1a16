import json
from typing import Any

import numpy as np
import pytest
from estimated_samples import sample_table
from fake_methods import Doubling

from stelae.errors import BadValue, MissingExtra
from stelae.estimation.axes import estimate_all
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.estimate import Estimate
from stelae.estimation.inference_data import to_inference_data


def estimate() -> Estimate:
    return estimate_all([sample_table()], Doubling(chains=4), seed=3).strata[0].pooled


def test_draws_and_what_they_rest_on_reach_arviz() -> None:
    pytest.importorskip("arviz_base")
    whole = estimate()
    data = to_inference_data(whole)
    assert whole.draws is not None
    n = data["posterior"]["N"]
    assert n.dims == ("chain", "draw")
    assert np.array_equal(n.values, whole.draws)
    assert int(data["observed_data"]["observed"]) == whole.observed
    told = data["posterior"].attrs
    assert (told["method"], told["seed"], told["version"]) == ("doubling", 3, whole.version)
    assert json.loads(told["parameters"])["chains"] == 4
    assert told["lists"] == list(whole.lists)


def test_the_hour_of_conversion_is_not_in_the_data() -> None:
    pytest.importorskip("arviz_base")
    first, second = to_inference_data(estimate()), to_inference_data(estimate())
    for group in ("posterior", "observed_data"):
        assert first[group].identical(second[group])
        assert first[group].attrs == second[group].attrs


def test_without_arviz_the_extra_is_named() -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    with pytest.raises(MissingExtra, match="arviz-base") as raised:
        to_inference_data(estimate(), load=missing)
    assert "stelae[arviz]" in (raised.value.hint or "")


def test_an_estimate_without_draws_has_nothing_to_give() -> None:
    pytest.importorskip("arviz_base")
    refused = estimate_all(
        [sample_table(lists=tuple("ABCD")).without("C", "D")], Doubling(), seed=1
    )
    with pytest.raises(BadValue, match="without draws"):
        to_inference_data(refused.strata[0].pooled)
    assert (
        to_inference_data(
            estimate_all([sample_table()], ChaoLowerBound(), seed=1).strata[0].pooled
        )["posterior"].sizes["chain"]
        == 1
    )
