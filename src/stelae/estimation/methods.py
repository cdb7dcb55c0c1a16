"""The methods by name, each imported when it is used: some compile kernels, some load solvers."""

import dataclasses
import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from stelae.errors import BadInput, NotEstimable
from stelae.estimation.estimate import Method
from stelae.estimation.histories import CaptureHistories

__all__ = ["DEFAULT", "METHODS", "Entry", "make", "offered_for"]

DEFAULT = "latent-class"
"""What is used for three lists or more where nobody chooses."""
TWO_LISTS = "chapman"
"""What is used for two lists where nobody chooses."""
_DRAWS = ("draws", "replicates")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a method is, how its replicates are pooled, and for how many lists it is offered.

    `is_point`: the answer is a point with an interval, pooled by Rubin's rules; otherwise draws of
    a posterior, pooled as they are.
    """

    module: str
    name: str
    is_point: bool
    fewest: int = 3
    most: int | None = None


METHODS: Mapping[str, Entry] = MappingProxyType(
    {
        "chapman": Entry("chapman", "Chapman", True, fewest=2, most=2),
        "chao": Entry("chao", "ChaoLowerBound", True, fewest=2),
        "log-linear": Entry("loglinear", "LogLinear", True),
        "decomposable-graphs": Entry("decomposable", "DecomposableGraphs", False, most=7),
        "latent-class": Entry("latent_class", "LatentClass", False),
        "no-highest-order-interaction": Entry("higher_order", "NoHighestOrderInteraction", False),
    }
)


def make(name: str, *, level: float | None = None, draws: int | None = None) -> Method:
    """The method of this name with its usual parameters, but for level and number of draws.

    Raises BadInput where the name is unknown.
    """
    if name not in METHODS:
        raise BadInput(f"there is no method {name!r}", hint=f"There are: {', '.join(METHODS)}")
    entry = METHODS[name]
    method: Method = getattr(
        importlib.import_module(f"stelae.estimation.{entry.module}"), entry.name
    )()
    return with_parameters(method, level=level, draws=draws)


def with_parameters(
    method: Method, *, level: float | None = None, draws: int | None = None
) -> Method:
    """The same method at another level, or with another number of draws, where it has such."""
    wanted: dict[str, Any] = {}
    known = {each.name for each in dataclasses.fields(method)}  # type: ignore[arg-type]  # by contract
    if level is not None and "level" in known:
        wanted["level"] = level
    if draws is not None:
        wanted.update({name: draws for name in _DRAWS if name in known})
    return dataclasses.replace(method, **wanted) if wanted else method  # type: ignore[type-var]


def is_point(method: str) -> bool:
    """Whether replicates of a method are pooled by Rubin's rules."""
    return method in METHODS and METHODS[method].is_point


def offered_for(tables: Iterable[CaptureHistories]) -> tuple[str, ...]:
    """The methods that may answer for these tables, the usual one first.

    NotEstimable where no table has two lists.
    """
    most = max((len(table.lists) for table in tables), default=0)
    if most < 2:
        raise NotEstimable(f"needs two lists, has {most}")
    fitting = [
        name
        for name, entry in METHODS.items()
        if entry.fewest <= most and (entry.most is None or most <= entry.most)
    ]
    usual = TWO_LISTS if most == 2 else DEFAULT
    return (usual, *(name for name in fitting if name != usual))
