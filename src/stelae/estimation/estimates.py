"""What one method says of every stratum and of all together, over imputations and linkages.

The JSON is `stelae-estimate/1` of ../formats/estimates.md. Pooled draws are not written: they are
the draws of the replicates, and are put together again when read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from stelae.errors import BadValue
from stelae.estimation.estimate import Draws, Estimate, Status
from stelae.estimation.pooling import Variance, pooled_draws, summed_draws
from stelae.values.canonical import Json, canonical_json, parse_json

__all__ = ["SCHEMA", "Estimates", "StratumEstimate", "Total", "Uncovered"]

SCHEMA = "stelae-estimate/1"


@dataclass(frozen=True, slots=True, eq=False)
class StratumEstimate:
    """One stratum: what its replicates say together, each of them, and where the doubt is from.

    `pooled.observed` is the smallest number of people observed in any replicate (linkages differ
    in it); `observed` gives both ends. `unusable` names the lists that were left out because they
    hold nobody or everybody of this stratum in some replicate. `variance` is None where there is
    no answer, or no measure of its doubt.
    """

    pooled: Estimate
    replicates: tuple[Estimate, ...]
    variance: Variance | None = None
    unusable: Mapping[str, str] = field(default_factory=dict)

    @property
    def stratum(self) -> Mapping[str, str]:
        """Which part of the population this is; empty for the whole."""
        return self.pooled.stratum

    @property
    def observed(self) -> tuple[int, int]:
        """The smallest and the largest number of people observed in a replicate."""
        numbers = [estimate.observed for estimate in self.replicates]
        return min(numbers), max(numbers)

    def to_json(self, *, whole: bool = True) -> dict[str, Json]:
        """The pooled estimate's keys and, with `whole`, every replicate with its draws."""
        value = {
            **self.pooled.to_json(whole=False),
            "observed_range": list(self.observed),
            "replicates_pooled": len(self.replicates),
            "unusable_lists": dict(self.unusable),
            "variance": None if self.variance is None else self.variance.to_json(),
        }
        if whole:
            value["replicates"] = [estimate.to_json() for estimate in self.replicates]
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave as a whole."""
        replicates = tuple(Estimate.from_json(each) for each in value["replicates"])
        if not replicates:
            raise BadValue("a stratum has at least one replicate")
        pooled = Estimate.from_json(value)
        pooled = replace(
            pooled,
            draws=pooled_draws(replicates),
            curve=replicates[0].curve if len(replicates) == 1 else None,
        )
        return cls(
            pooled, replicates, Variance.from_json(value["variance"]), value["unusable_lists"]
        )


@dataclass(frozen=True, slots=True)
class Uncovered:
    """People who are listed but stand outside a total, because their stratum has no answer."""

    stratum: Mapping[str, str] = field(hash=False)
    observed: int
    reason: str

    def to_json(self) -> dict[str, Json]:
        """The keys of ../formats/estimates.md."""
        return {"stratum": dict(self.stratum), "observed": self.observed, "reason": self.reason}


@dataclass(frozen=True, slots=True, eq=False)
class Total:
    """The strata that have an answer, summed draw by draw; and who is not in the sum.

    The strata must be parts of one population that share nobody.
    """

    estimate: Estimate
    uncovered: tuple[Uncovered, ...] = ()
    variance: Variance | None = None

    @property
    def uncovered_observed(self) -> int:
        """How many listed people the total does not cover."""
        return sum(each.observed for each in self.uncovered)

    def to_json(self) -> dict[str, Json]:
        """The estimate's keys without draws (they follow from the strata), and who is left out."""
        return {
            **self.estimate.to_json(whole=False),
            "uncovered": [each.to_json() for each in self.uncovered],
            "uncovered_observed": self.uncovered_observed,
            "variance": None if self.variance is None else self.variance.to_json(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any], draws: Draws | None) -> Self:
        """Read what `to_json` gave; the draws are those of the strata, summed."""
        return cls(
            replace(Estimate.from_json(value), draws=draws),
            tuple(
                Uncovered(each["stratum"], int(each["observed"]), each["reason"])
                for each in value["uncovered"]
            ),
            Variance.from_json(value["variance"]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """All that one method says of some tables: strata in a fixed order, and their total.

    `seed` is that of the whole call; each table's random numbers follow from it, the stratum and
    the replicate alone.
    """

    method: str
    strata: tuple[StratumEstimate, ...]
    total: Total
    seed: int

    def __post_init__(self) -> None:
        if not self.strata:
            raise BadValue("estimates are of at least one stratum")

    @property
    def is_stratified(self) -> bool:
        """Whether the total is anything but the one estimate there is."""
        return len(self.strata) > 1 or bool(self.strata[0].stratum)

    @property
    def unanswered(self) -> tuple[StratumEstimate, ...]:
        """The strata that were refused or did not converge."""
        return tuple(each for each in self.strata if each.pooled.status is not Status.OK)

    def to_json(self, *, whole: bool = True) -> dict[str, Json]:
        """The keys of ../formats/estimates.md; with `whole`, all that is needed to read it back."""
        return {
            "schema": SCHEMA,
            "method": self.method,
            "seed": self.seed,
            "estimates": [each.to_json(whole=whole) for each in self.strata],
            "total": self.total.to_json(),
        }

    def to_bytes(self) -> bytes:
        """The whole in the one byte form of RFC 8785."""
        return canonical_json(self.to_json())

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read what `to_bytes` wrote, or raise BadValue."""
        return cls.from_json(parse_json(content))

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read what `to_json` gave as a whole, or raise BadValue."""
        if not isinstance(value, Mapping) or value.get("schema") != SCHEMA:
            raise BadValue(f"these are no estimates of {SCHEMA}")
        try:
            return cls._from_mapping(value)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise BadValue(f"these are no estimates: {error!r}") from error

    @classmethod
    def _from_mapping(cls, value: Mapping[str, Any]) -> Self:
        strata = tuple(StratumEstimate.from_json(each) for each in value["estimates"])
        seed = int(value["seed"])
        draws = summed_draws(answered(strata), seed)
        return cls(value["method"], strata, Total.from_json(value["total"], draws), seed)


def answered(strata: Iterable[StratumEstimate]) -> Sequence[Sequence[Estimate]]:
    """The replicates of the strata that have an answer: what a total sums."""
    return [each.replicates for each in strata if each.pooled.status is Status.OK]
