"""Estimates for ArviZ: draws of N by chain, the counts' sum, and all that they rest on."""

import importlib
import json
from collections.abc import Callable
from typing import Any

from stelae.errors import BadValue, MissingExtra
from stelae.estimation.estimate import Estimate

__all__ = ["to_inference_data"]


def to_inference_data(
    estimate: Estimate, *, load: Callable[[str], Any] = importlib.import_module
) -> Any:
    """A DataTree of ArviZ with the groups `posterior` (N by chain and draw) and `observed_data`.

    Attributes of `posterior` say method, parameters (as JSON), status, lists, level, seed, stream
    and version. Draws of an estimate that did not converge are given too, to be looked at. BadValue
    for an estimate without draws; MissingExtra without arviz-base.
    """
    try:
        arviz = load("arviz_base")
    except ImportError as error:
        raise MissingExtra(
            "ArviZ needs arviz-base", hint="Install it with: pip install 'stelae[arviz]'"
        ) from error
    if estimate.draws is None:
        raise BadValue(f"an estimate of {estimate.method} without draws has nothing for ArviZ")
    told = estimate.to_json(whole=False)
    names = ("method", "status", "reason", "lists", "level", "seed", "stream", "version")
    attributes = {name: told[name] for name in names if told[name] is not None}
    attributes |= {
        "parameters": json.dumps(told["parameters"], ensure_ascii=False),
        "stratum": json.dumps(told["stratum"], ensure_ascii=False),
        "inputs": json.dumps(told["inputs"], ensure_ascii=False),
        "inference_library": "stelae",
        "inference_library_version": estimate.version,
    }
    tree = arviz.from_dict(
        {"posterior": {"N": estimate.draws}, "observed_data": {"observed": estimate.observed}},
        attrs={"posterior": attributes},
    )
    for group in tree.children.values():
        # The hour of conversion is no part of an estimate: the same one gives the same data.
        group.attrs.pop("created_at", None)
    return tree
