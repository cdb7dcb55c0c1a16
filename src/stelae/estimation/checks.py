"""What would change the number: fits of the same tables otherwise, shown beside it by default.

- *drop-one-list*: the same method without each list;
- *hold-one-list-out* (Binette & Steorts 2021): the people of one list are a population of known
  size; the other lists' overlaps among them give an estimate of it, and its interval covers the
  known size or not;
- *variants*: the same method under other priors or assumptions, where it names some;
- *methods*: other methods on the same tables.

Where there are several replicates, the first of each stratum is checked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self, runtime_checkable

from stelae.errors import BadValue
from stelae.estimation.axes import Stepping, Task, estimate_all, fit_all
from stelae.estimation.estimate import Estimate, Method
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories
from stelae.values.canonical import Json

__all__ = ["Checks", "Dropped", "HasVariants", "HeldOut", "StratumChecks", "Variant", "check_all"]

MOST_STRATA = 12
"""So many strata are checked, those with the most people listed first."""


@runtime_checkable
class HasVariants(Protocol):
    """A method that knows under which other priors or assumptions it ought to be seen too."""

    def variants(self) -> Mapping[str, Method]:
        """Methods by what is different in them: `delta=1`, `xi=2/3`."""


@dataclass(frozen=True, slots=True, eq=False)
class Dropped:
    """The estimate as it would be without one list."""

    list: str
    estimate: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """The size of one list, as the other lists' overlaps among its people estimate it.

    Of a method that gives a lower bound, only the lower end can be wrong.
    """

    list: str
    known: int
    estimate: Estimate

    @property
    def is_covered(self) -> bool | None:
        """Whether the interval holds the known size; None where there is no interval."""
        if self.estimate.interval is None:
            return None
        low, high = self.estimate.interval
        is_bound = bool(self.estimate.diagnostics.get("is_lower_bound"))
        return low <= self.known and (is_bound or self.known <= high)


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """The estimate under another prior or assumption, and which."""

    name: str
    estimate: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class StratumChecks:
    """The checks of one stratum."""

    stratum: Mapping[str, str]
    dropped: tuple[Dropped, ...] = ()
    held_out: tuple[HeldOut, ...] = ()
    variants: tuple[Variant, ...] = ()

    def to_json(self, *, whole: bool = True) -> dict[str, Json]:
        """The keys of ../formats/estimates.md."""
        return {
            "stratum": dict(self.stratum),
            "dropped": [
                {"list": each.list, "estimate": each.estimate.to_json(whole=whole)}
                for each in self.dropped
            ],
            "held_out": [
                {
                    "list": each.list,
                    "known": each.known,
                    "covered": each.is_covered,
                    "estimate": each.estimate.to_json(whole=whole),
                }
                for each in self.held_out
            ],
            "variants": [
                {"name": each.name, "estimate": each.estimate.to_json(whole=whole)}
                for each in self.variants
            ],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave."""
        return cls(
            value["stratum"],
            tuple(Dropped(v["list"], Estimate.from_json(v["estimate"])) for v in value["dropped"]),
            tuple(
                HeldOut(v["list"], int(v["known"]), Estimate.from_json(v["estimate"]))
                for v in value["held_out"]
            ),
            tuple(Variant(v["name"], Estimate.from_json(v["estimate"])) for v in value["variants"]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Checks:
    """All checks of some estimates.

    `methods` are other methods' estimates of the same tables; `unchecked` counts the strata that
    were left out because there are too many.
    """

    strata: tuple[StratumChecks, ...]
    methods: tuple[Estimates, ...] = ()
    unchecked: int = 0

    @property
    def covered(self) -> tuple[int, int]:
        """How many held-out lists the intervals cover, of how many that got one."""
        answers = [
            each.is_covered
            for stratum in self.strata
            for each in stratum.held_out
            if each.is_covered is not None
        ]
        return sum(answers), len(answers)

    def to_json(self, *, whole: bool = True) -> dict[str, Json]:
        """The keys of ../formats/estimates.md."""
        covered, tried = self.covered
        return {
            "strata": [each.to_json(whole=whole) for each in self.strata],
            "methods": [each.to_json(whole=whole) for each in self.methods],
            "unchecked_strata": self.unchecked,
            "held_out_covered": covered,
            "held_out_tried": tried,
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read what `to_json` gave as a whole, or raise BadValue."""
        if not isinstance(value, Mapping):
            raise BadValue("checks are a JSON object")
        try:
            return cls._from_mapping(value)
        except (KeyError, TypeError, AttributeError) as error:
            raise BadValue(f"these are no checks: {error!r}") from error

    @classmethod
    def _from_mapping(cls, value: Mapping[str, Any]) -> Self:
        return cls(
            tuple(StratumChecks.from_json(each) for each in value["strata"]),
            tuple(Estimates.from_json(each) for each in value["methods"]),
            int(value["unchecked_strata"]),
        )


def held_out(table: CaptureHistories, name: str) -> CaptureHistories:
    """The people of one list, as the other lists hold them; who is on no other is not observed."""
    if name not in table.lists:
        raise BadValue(f"there is no list {name}")
    bit = 1 << table.lists.index(name)
    members = replace(
        table,
        masks=tuple(mask for mask, _ in table if mask & bit),
        counts=tuple(count for mask, count in table if mask & bit),
    )
    return members.without(name)


def check_all(
    tables: Sequence[CaptureHistories],
    method: Method,
    others: Iterable[Method] = (),
    *,
    seed: int,
    most_strata: int = MOST_STRATA,
    every_replicate: bool = False,
    workers: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Checks:
    """Fit the tables otherwise: without each list, for each list, as variants, by other methods.

    A method with fewer draws (`methods.lighter`) makes checks cheap and a little rough. No more
    than `most_strata` strata are checked. Other methods are fitted to the first replicate of each
    stratum, or with `every_replicate` to all. `progress` is told the share that is done; what it
    raises, and KeyboardInterrupt, stops everything.
    """
    variants = method.variants() if isinstance(method, HasVariants) else {}
    firsts = _first_replicates(tables)
    chosen = [table for table in firsts if variants or _droppable(table)]
    largest = sorted(range(len(chosen)), key=lambda at: -chosen[at].observed)[:most_strata]
    checked = [chosen[at] for at in sorted(largest)]
    compared, beside = tuple(others), tables if every_replicate else firsts
    tasks = [task for table in checked for task in _tasks(table, method, variants)]
    step = _share(progress, len(tasks) + len(compared) * len(beside))
    fitted = iter(fit_all(tasks, seed=seed, workers=workers, progress=step(0)))
    strata = tuple(
        StratumChecks(
            dict(table.stratum),
            tuple(Dropped(name, next(fitted)) for name in _droppable(table)),
            tuple(
                HeldOut(name, table.on_list[table.lists.index(name)], next(fitted))
                for name in _droppable(table)
            ),
            tuple(Variant(name, next(fitted)) for name in variants),
        )
        for table in checked
    )
    methods = tuple(
        estimate_all(
            beside,
            other,
            seed=seed,
            workers=workers,
            progress=step(len(tasks) + at * len(beside)),
        )
        for at, other in enumerate(compared)
    )
    return Checks(strata, methods, len(chosen) - len(checked))


def _first_replicates(tables: Sequence[CaptureHistories]) -> list[CaptureHistories]:
    first: dict[tuple[tuple[str, str], ...], CaptureHistories] = {}
    for table in tables:
        first.setdefault(tuple(table.stratum.items()), table)
    return list(first.values())


def _droppable(table: CaptureHistories) -> tuple[str, ...]:
    """The lists without which two others are left."""
    return table.lists if len(table.lists) > 2 else ()


def _tasks(
    table: CaptureHistories, method: Method, variants: Mapping[str, Method]
) -> Iterable[Task]:
    """In the order in which `check_all` takes the answers."""
    for name in _droppable(table):
        yield Task(table.without(name), method, f"drop {name}")
    for name in _droppable(table):
        yield Task(held_out(table, name), method, f"hold out {name}")
    for name, variant in variants.items():
        yield Task(table, variant, f"variant {name}")


def _share(
    progress: Callable[[float], None] | None, total: int
) -> Callable[[int], Stepping | None]:
    """Progress of many fits as one share; each fit counts the same."""
    shares = [0.0] * total

    def starting_at(first: int) -> Stepping | None:
        if progress is None:
            return None

        def step(task: int, share: float) -> None:
            shares[first + task] = share
            progress(sum(shares) / total)

        return step

    return starting_at
