"""The methods by name, each imported when it is used: some compile kernels, some load solvers."""

import dataclasses
import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from stelae.errors import BadInput, NotEstimable
from stelae.estimation.estimate import Method
from stelae.estimation.histories import CaptureHistories

__all__ = [
    "DEFAULT",
    "METHODS",
    "Entry",
    "is_point",
    "lighter",
    "make",
    "offered_for",
    "require_offered",
    "tempered",
    "with_parameters",
]

DEFAULT = "latent-class"
"""What is used for three lists or more where nobody chooses."""
TWO_LISTS = "chapman"
"""What is used for two lists where nobody chooses."""
_DRAWS = ("draws", "replicates")
_FEWEST_DRAWS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a method is, how its replicates are pooled, for how many lists, what it assumes.

    `is_point`: the answer is a point with an interval, pooled by Rubin's rules; otherwise draws of
    a posterior, pooled as they are. `assumes` ends the sentence "it holds only if …".
    """

    module: str
    name: str
    is_point: bool
    assumes: str
    fewest: int = 3
    most: int | None = None
    is_lower_bound: bool = False


METHODS: Mapping[str, Entry] = MappingProxyType(
    {
        "chapman": Entry(
            "chapman",
            "Chapman",
            True,
            "the two lists are independent and each reaches everybody with one chance; two lists"
            " cannot show whether they are",
            fewest=2,
            most=2,
        ),
        "chao": Entry(
            "chao",
            "ChaoLowerBound",
            True,
            "the lists are independent for each person and many, each reaching few: of L lists that"
            " reach all alike it gives L/(L - 1) times the unlisted, so that with few lists the"
            " bound may lie above the truth",
            fewest=2,
            is_lower_bound=True,
        ),
        "log-linear": Entry(
            "loglinear",
            "LogLinear",
            True,
            "the chosen interactions are all that there are, and not all lists interact at once",
            most=11,
        ),
        "decomposable-graphs": Entry(
            "decomposable",
            "DecomposableGraphs",
            False,
            "a decomposable graph describes how the lists depend on each other, and people do not"
            " differ otherwise",
            most=7,
        ),
        "latent-class": Entry(
            "latent_class",
            "LatentClass",
            False,
            "people fall into classes within which the lists are independent, and nobody is out"
            " of reach of every list",
        ),
        "no-highest-order-interaction": Entry(
            "higher_order",
            "NoHighestOrderInteraction",
            False,
            "the interaction of all lists at once is what the method says (usually none), which"
            " no data can show",
        ),
    }
)


def make(name: str, *, level: float | None = None, draws: int | None = None) -> Method:
    """The method of this name with its usual parameters, but for level and number of draws.

    Raises BadInput where the name is unknown or the method is not installed.
    """
    entry = METHODS.get(name)
    if entry is None:
        known = ", ".join(METHODS)
        raise BadInput(f"there is no method {name!r}", hint=f"There are: {known}")
    module = importlib.import_module(f"stelae.estimation.{entry.module}")
    method: Method = getattr(module, entry.name)()
    return with_parameters(method, level=level, draws=draws)


def tempered(method: Method) -> Method:
    """Latent classes by parallel tempering, for tables of several modes; BadInput for others."""
    from stelae.estimation.latent_class import LatentClass, Tempering

    if not isinstance(method, LatentClass):
        raise BadInput(
            f"--tempering belongs to latent-class, not to {method.name}", hint="Leave it out."
        )
    return dataclasses.replace(method, tempering=Tempering())


def with_parameters(
    method: Method, *, level: float | None = None, draws: int | None = None
) -> Method:
    """The same method at another level, or with another number of draws, where it has such."""
    wanted: dict[str, Any] = {}
    known = _parameters(method)
    if level is not None and "level" in known:
        wanted["level"] = level
    if draws is not None:
        wanted.update({name: draws for name in _DRAWS if name in known})
    return _replaced(method, wanted)


def lighter(method: Method) -> Method:
    """The same method with a quarter of its draws, for checks."""
    known = _parameters(method)
    fewer = {
        name: max(known[name] // 4, min(known[name], _FEWEST_DRAWS))
        for name in _DRAWS
        if isinstance(known.get(name), int)
    }
    return _replaced(method, fewer)


def _parameters(method: Any) -> dict[str, Any]:
    return {each.name: getattr(method, each.name) for each in dataclasses.fields(method)}


def _replaced(method: Any, wanted: Mapping[str, Any]) -> Method:
    changed: Method = dataclasses.replace(method, **wanted) if wanted else method
    return changed


def is_point(method: str) -> bool:
    """Whether replicates of a method are pooled by Rubin's rules."""
    return method in METHODS and METHODS[method].is_point


def offered_for(tables: Iterable[CaptureHistories]) -> tuple[str, ...]:
    """The methods that may answer for these tables, the usual one first.

    NotEstimable where no table has two lists.
    """
    most = max((len(table.lists) for table in tables), default=0)
    fitting = [
        name
        for name, entry in METHODS.items()
        if entry.fewest <= most and (entry.most is None or most <= entry.most)
    ]
    if not fitting:
        raise NotEstimable(f"needs two lists, has {most}")
    usual = TWO_LISTS if most == 2 else DEFAULT
    first = usual if usual in fitting else fitting[-1]
    return (first, *(name for name in fitting if name != first))


def require_offered(name: str, tables: Sequence[CaptureHistories]) -> None:
    """NotEstimable where a method is for more lists, or fewer, than any of these tables has."""
    offered = offered_for(tables)
    if name in offered or name not in METHODS:
        return
    entry, most = METHODS[name], max(len(table.lists) for table in tables)
    need = f"{entry.fewest} lists at least" if most < entry.fewest else f"{entry.most} at most"
    raise NotEstimable(
        f"{name} takes {need}, and there are {most}",
        hint=f"For these lists there are: {', '.join(offered)}. Lists are chosen with --lists.",
    )
