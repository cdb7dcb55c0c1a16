"""What an estimate says, and everything that it rests on.

An interval never stands without its method, parameters, lists and level. A method that cannot
answer says so by its status and a reason; it never answers with a number that it does not trust.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol, Self, TypeAlias, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from stelae import __version__
from stelae.errors import BadValue
from stelae.estimation.histories import ONLY, CaptureHistories, Replicate
from stelae.values.canonical import Json, canonical_json, parse_json

__all__ = [
    "Curve",
    "Draws",
    "Estimate",
    "Method",
    "Progress",
    "Status",
    "TunedMethod",
    "interval_of",
    "seed_of",
]

Draws: TypeAlias = NDArray[np.int64]
"""Draws of N, one row a chain: shape (chains, draws)."""

Progress: TypeAlias = Callable[[float], None]
"""Told the share of the work that is done, from 0 to 1; whatever it raises stops the work."""


class Status(StrEnum):
    """Whether there is an answer."""

    OK = "ok"
    NOT_CONVERGED = "not-converged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Curve:
    """What is known of N where it is no set of draws: `log_weight[i]` at `n[i]`, up to a constant.

    `kind` is `posterior`, `multinomial profile` or `poisson profile`.
    """

    kind: str
    n: tuple[float, ...]
    log_weight: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.n) != len(self.log_weight) or not self.n:
            raise BadValue("a curve has as many weights as numbers, and at least one")


class Method(Protocol):
    """A way to estimate: a frozen dataclass of its parameters, which can be fitted."""

    @property
    def name(self) -> str:
        """The name in reports and JSON: `chapman`, `log-linear`, `latent-class` …"""

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> "Estimate":
        """Estimate N; NotEstimable, with the reason, where these lists allow no number."""


Tuned = TypeVar("Tuned")


@runtime_checkable
class TunedMethod(Method, Protocol[Tuned]):
    """A method that learns on one replicate of a table how to work on the others."""

    def for_replicates(self, count: int) -> Self:
        """The same for each of so many replicates of a table, whose draws are read together."""

    def fit_tuned(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
        tuning: Tuned | None = None,
    ) -> tuple["Estimate", Tuned | None]:
        """Estimate N, with what another replicate taught; and what this one teaches."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """How many people there were in all, listed and unlisted, by one method for one stratum.

    `point`, `interval` and `draws` count all people (N, not only the unlisted), so none lies below
    `observed`. `level` is the coverage that the interval is meant to have. `draws` express the
    same doubt as the interval (posterior draws, bootstrap replicates) and are what is pooled and
    summed over strata; ends of intervals never are. `seed` and `stream` name the random numbers
    (numpy's SeedSequence: entropy and spawn key).
    """

    method: str
    parameters: Mapping[str, Json]
    lists: tuple[str, ...]
    observed: int
    status: Status
    point: float | None = None
    interval: tuple[float, float] | None = None
    level: float = 0.95
    reason: str | None = None
    draws: Draws | None = None
    curve: Curve | None = None
    diagnostics: Mapping[str, Json] = field(default_factory=dict)
    stratum: Mapping[str, str] = field(default_factory=dict)
    replicate: Replicate = ONLY
    seed: int | None = None
    stream: tuple[int, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    version: str = __version__

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise BadValue(f"a level lies between 0 and 1, not at {self.level}")
        if (self.status is Status.OK) != (self.point is not None):
            raise BadValue(f"an estimate that is {self.status} has a point only where it is ok")
        if self.status is not Status.OK and (self.interval is not None or not self.reason):
            raise BadValue(f"an estimate that is {self.status} has a reason and no interval")
        if self.interval is not None and not self.interval[0] <= self.interval[1]:
            raise BadValue(f"an interval cannot run from {self.interval[0]} to {self.interval[1]}")
        if self.draws is not None:
            if self.draws.ndim != 2:
                raise BadValue("draws have one row for each chain")
            self.draws.setflags(write=False)

    @classmethod
    def of(
        cls,
        method: str,
        parameters: Mapping[str, Json],
        histories: CaptureHistories,
        *,
        rng: np.random.Generator | None = None,
        status: Status = Status.OK,
        **known: Any,
    ) -> "Estimate":
        """An estimate from these histories, with their lists, stratum, digests and the seed."""
        seed, stream = seed_of(rng) if rng is not None else (None, ())
        return cls(
            method,
            dict(parameters),
            histories.lists,
            histories.observed,
            status,
            stratum=dict(histories.stratum),
            replicate=histories.replicate,
            seed=seed,
            stream=stream,
            inputs=dict(histories.inputs),
            **known,
        )

    @property
    def unlisted(self) -> float | None:
        """The point estimate of those whom no list holds."""
        return None if self.point is None else self.point - self.observed

    def to_json(self, *, whole: bool = True) -> dict[str, Json]:
        """The estimate as JSON; with `whole` its draws and curve too, so that it can be read back.

        The keys of ../formats/estimates.md; numbers that are not finite become None.
        """
        value: dict[str, Json] = {
            "method": self.method,
            "parameters": _plain(self.parameters),
            "stratum": dict(self.stratum),
            "imputation": self.replicate.imputation,
            "linkage": self.replicate.linkage,
            "lists": list(self.lists),
            "status": str(self.status),
            "reason": self.reason,
            "observed": self.observed,
            "point": self.point,
            "interval": None if self.interval is None else list(self.interval),
            "level": self.level,
            "diagnostics": _plain(self.diagnostics),
            "seed": self.seed,
            "stream": list(self.stream),
            "inputs": dict(self.inputs),
            "version": self.version,
        }
        if whole:
            value["draws"] = None if self.draws is None else self.draws.tolist()
            value["curve"] = (
                None
                if self.curve is None
                else {
                    "kind": self.curve.kind,
                    "n": list(self.curve.n),
                    "log_weight": list(self.curve.log_weight),
                }
            )
        return value

    def to_bytes(self) -> bytes:
        """The whole estimate in the one byte form of RFC 8785."""
        return canonical_json(self.to_json())

    @classmethod
    def from_bytes(cls, content: bytes) -> "Estimate":
        """Read what `to_bytes` wrote, or raise BadValue."""
        return cls.from_json(parse_json(content))

    @classmethod
    def from_json(cls, value: Json) -> "Estimate":
        """Read what `to_json` gave, or raise BadValue."""
        if not isinstance(value, Mapping):
            raise BadValue("an estimate is a JSON object")
        try:
            return _from_mapping(value)
        except (KeyError, TypeError, AttributeError) as error:
            raise BadValue(f"is no estimate: {error!r}") from error
        except ValueError as error:
            if isinstance(error, BadValue):
                raise
            raise BadValue(f"is no estimate: {error}") from error

    def refused(self, status: Status, reason: str) -> "Estimate":
        """The same estimate with its answer taken back, and why; draws stay to be looked at."""
        return replace(self, status=status, reason=reason, point=None, interval=None)


def interval_of(draws: NDArray[Any], level: float) -> tuple[float, float]:
    """The equal-tailed interval of draws at a level."""
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return float(low), float(high)


def seed_of(rng: np.random.Generator) -> tuple[int | None, tuple[int, ...]]:
    """Entropy and spawn key of a generator; no entropy where it is not one whole number."""
    sequence = rng.bit_generator.seed_seq
    entropy: object = getattr(sequence, "entropy", None)
    key = tuple(int(part) for part in getattr(sequence, "spawn_key", ()))
    return (entropy if isinstance(entropy, int) and entropy < 2**53 else None), key


def _plain(value: Any) -> Any:
    """Numbers of numpy as Python's, what is not finite as None, tuples as lists."""
    match value:
        case np.generic():
            return _plain(value.item())
        case np.ndarray():
            return _plain(value.tolist())
        case float():
            return value if np.isfinite(value) else None
        case str() | bool() | int() | None:
            return value
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case Sequence():
            return [_plain(item) for item in value]
        case _:
            return str(value)


def _from_mapping(value: Mapping[str, Any]) -> Estimate:
    interval, draws, curve = value["interval"], value.get("draws"), value.get("curve")
    return Estimate(
        method=value["method"],
        parameters=value["parameters"],
        lists=tuple(value["lists"]),
        observed=int(value["observed"]),
        status=Status(value["status"]),
        point=value["point"],
        interval=None if interval is None else (interval[0], interval[1]),
        level=value["level"],
        reason=value["reason"],
        draws=None if draws is None else np.asarray(draws, dtype=np.int64),
        curve=curve and Curve(curve["kind"], tuple(curve["n"]), tuple(curve["log_weight"])),
        diagnostics=value["diagnostics"],
        stratum=value["stratum"],
        replicate=Replicate(value["imputation"], value["linkage"]),
        seed=value["seed"],
        stream=tuple(value["stream"]),
        inputs=value["inputs"],
        version=value["version"],
    )
