"""Strata × imputations × linkages: every table is fitted, then replicates pooled, strata summed.

Fits run in threads: the compiled kernels release the interpreter's lock. Every table has its own
stream of random numbers (`streams`), so neither order nor number of threads changes a byte. Where
a method learns how to work on a table, one replicate teaches the others of its stratum.
"""

import itertools
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, CancelledError, ThreadPoolExecutor, wait
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate, Method, Status, TunedMethod
from stelae.estimation.estimates import Estimates, StratumEstimate, Total, Uncovered, answered
from stelae.estimation.histories import ONLY, CaptureHistories
from stelae.estimation.methods import is_point
from stelae.estimation.pooling import pool, sum_strata
from stelae.estimation.streams import stream_of

__all__ = ["Stepping", "Task", "estimate_all", "fit_all"]

MOST_DRAWS = 2_000_000
"""So many draws are kept over all tables together; each table keeps an equal share."""
_FEWEST_DRAWS = 500
_WAKING = 0.2

Stepping: TypeAlias = Callable[[int, float], None]
"""Told, from any thread, a task's position and the share of it that is done."""


@dataclass(frozen=True, slots=True)
class Task:
    """One table to fit by one method; `purpose` sets its random numbers apart from others'."""

    table: CaptureHistories
    method: Method
    purpose: str = ""


def estimate_all(
    tables: Sequence[CaptureHistories],
    method: Method,
    *,
    seed: int,
    workers: int | None = None,
    progress: Stepping | None = None,
) -> Estimates:
    """What a method says of every stratum and of all, over the replicates of the tables.

    A table that allows no number comes back refused, with the reason; nothing is raised for it.
    A method that draws takes of each replicate its share of the draws asked for.
    Raises BadValue for no tables, or two of one stratum and replicate. `workers` threads run at
    once, by default one a processor. An exception, KeyboardInterrupt too, stops all threads at
    their next step and is raised again.
    """
    ordered = sorted(tables, key=_place)
    if not ordered:
        raise BadValue("there is no table to estimate from")
    for one, other in itertools.pairwise(ordered):
        if _place(one) == _place(other):
            raise BadValue(f"two tables are of one stratum and replicate: {_place(one)}")
    at = {_place(table): position for position, table in enumerate(tables)}
    keep = max(MOST_DRAWS // len(ordered), _FEWEST_DRAWS)
    point = is_point(method.name)

    def fitted(some: Sequence[CaptureHistories], ways: Sequence[Method]) -> list[StratumEstimate]:
        found = fit_all(
            [Task(table, way) for table, way in zip(some, ways, strict=True)],
            seed=seed,
            workers=workers,
            progress=progress and (lambda task, share: progress(at[_place(some[task])], share)),
            keep=keep,
        )
        return _strata(some, found, point)

    replicates = Counter(_stratum(table) for table in ordered)
    strata = fitted(ordered, [_way(method, replicates[_stratum(table)]) for table in ordered])
    apart = {
        tuple(each.stratum.items())
        for each in strata
        if each.pooled.status is Status.NOT_CONVERGED
        and all(one.status is Status.OK for one in each.replicates)
    }
    if apart:  # replicates that do not agree together are taken anew, each as if it were alone
        again = [table for table in ordered if _stratum(table) in apart]
        anew = iter(fitted(again, [method] * len(again)))
        strata = [next(anew) if tuple(each.stratum.items()) in apart else each for each in strata]
    return Estimates(method.name, tuple(strata), _total(strata, seed, point), seed)


def _stratum(table: CaptureHistories) -> tuple[Any, ...]:
    return tuple(table.stratum.items())


def _way(method: Method, replicates: int) -> Method:
    """How each of so many replicates is fitted."""
    if replicates > 1 and isinstance(method, TunedMethod):
        return method.for_replicates(replicates)
    return method


def fit_all(
    tasks: Sequence[Task],
    *,
    seed: int,
    workers: int | None = None,
    progress: Stepping | None = None,
    keep: int = MOST_DRAWS,
) -> tuple[Estimate, ...]:
    """Fit every task in threads, and keep so many draws of each; the order is that of the tasks."""
    stopping = threading.Event()

    def fit(positions: Sequence[int]) -> list[Estimate]:
        found = []
        tuning: Any = None
        for position in positions:

            def step(share: float, position: int = position) -> None:
                if stopping.is_set():
                    raise CancelledError
                if progress is not None:
                    progress(position, share)

            step(0.0)
            estimate, learned = _fit(tasks[position], seed, step, tuning)
            tuning = learned if tuning is None else tuning
            found.append(_thinned(estimate, keep))
            step(1.0)
        return found

    groups = _alike(tasks)
    threads = ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 1)
    try:
        running = [threads.submit(fit, group) for group in groups]
        pending = set(running)
        while pending:
            # Waiting for ever, the main thread would sleep through a Ctrl-C that the system
            # gives to another thread.
            finished, pending = wait(pending, timeout=_WAKING, return_when=FIRST_EXCEPTION)
            for each in finished:
                each.result()
    except BaseException:
        stopping.set()
        raise
    finally:
        threads.shutdown(wait=True, cancel_futures=True)
    fitted = {
        position: estimate
        for group, each in zip(groups, running, strict=True)
        for position, estimate in zip(group, each.result(), strict=True)
    }
    return tuple(fitted[position] for position in range(len(tasks)))


def _alike(tasks: Sequence[Task]) -> list[list[int]]:
    """Positions of tasks, together where one can teach the next: replicates of one stratum."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for position, task in enumerate(tasks):
        key: tuple[Any, ...] = (
            (_stratum(task.table), task.purpose, repr(task.method))
            if isinstance(task.method, TunedMethod)
            else (position,)
        )
        groups.setdefault(key, []).append(position)
    return list(groups.values())


def _fit(
    task: Task, seed: int, step: Callable[[float], None], tuning: object
) -> tuple[Estimate, object]:
    table, unusable = task.table.usable_and_why
    rng = stream_of(seed, table.stratum, table.replicate, task.purpose)
    left_out = "; ".join(f"{name} holds {whom}" for name, whom in unusable.items())
    known: dict[str, Any] = {"unusable_lists": dict(unusable)} if unusable else {}
    usable = len(set(table.lists) - set(unusable))
    if usable < 2:
        reason = f"{usable} of its lists can be used, and at least two are needed ({left_out})"
        return _refusal(task, rng, reason), None
    learned = None
    try:
        if isinstance(task.method, TunedMethod):
            found, learned = task.method.fit_tuned(table, rng=rng, progress=step, tuning=tuning)
        else:
            found = task.method.fit(table, rng=rng, progress=step)
    except NotEstimable as error:
        reason = f"{error.what} (left out: {left_out})" if unusable else error.what
        return _refusal(task, rng, reason), None
    if unusable:
        known["listed"] = task.table.observed
        found = replace(found, diagnostics={**found.diagnostics, **known})
    if found.point is not None and found.point < task.table.observed:
        reason = (
            f"without the lists left out ({left_out}) the estimate, {found.point:,.0f}, is below"
            f" the {task.table.observed:,} people who are listed"
        )
        return found.refused(Status.REFUSED, reason), learned
    return found, learned


def _refusal(task: Task, rng: np.random.Generator, reason: str) -> Estimate:
    method: Any = task.method
    parameters = (
        {each.name: getattr(method, each.name) for each in fields(method)}
        if is_dataclass(method)
        else {}
    )
    _, unusable = task.table.usable_and_why
    return Estimate.of(
        task.method.name,
        parameters,
        task.table,
        rng=rng,
        status=Status.REFUSED,
        reason=reason,
        level=getattr(method, "level", 0.95),
        diagnostics={"unusable_lists": dict(unusable)} if unusable else {},
    )


def _thinned(estimate: Estimate, keep: int) -> Estimate:
    """The estimate with at most so many draws, evenly from each chain."""
    draws = estimate.draws
    if draws is None or draws.size <= keep:
        return estimate
    each = max(keep // len(draws), 1)
    picks = np.linspace(0, draws.shape[1] - 1, each).round().astype(np.int64)
    return replace(estimate, draws=draws[:, picks])


def _place(table: CaptureHistories) -> tuple[Any, ...]:
    """Strata in the order of their values, then imputations, then linkages."""
    absent = -1
    one, two = table.replicate.imputation, table.replicate.linkage
    return (
        _stratum(table),
        absent if one is None else one,
        absent if two is None else two,
    )


def _strata(
    tables: Iterable[CaptureHistories], fitted: Iterable[Estimate], point: bool
) -> list[StratumEstimate]:
    by: dict[tuple[Any, ...], list[Estimate]] = {}
    unusable: dict[tuple[Any, ...], dict[str, str]] = {}
    for table, estimate in zip(tables, fitted, strict=True):
        key = _stratum(table)
        by.setdefault(key, []).append(estimate)
        unusable.setdefault(key, {}).update(table.usable_and_why[1])
    strata = []
    for key, estimates in by.items():
        pooled, variance = pool(estimates, is_point=point)
        strata.append(StratumEstimate(pooled, tuple(estimates), variance, unusable[key]))
    return strata


def _total(strata: Sequence[StratumEstimate], seed: int, point: bool) -> Total:
    uncovered = tuple(
        Uncovered(each.stratum, each.pooled.observed, each.pooled.reason or "")
        for each in strata
        if each.pooled.status is not Status.OK
    )
    like = replace(
        strata[0].pooled,
        stratum={},
        replicate=ONLY,
        stream=(),
        seed=seed,
        inputs={name: d for each in strata for name, d in each.pooled.inputs.items()},
    )
    summed = answered(strata)
    if summed:
        estimate, variance = sum_strata(summed, seed=seed, is_point=point, like=like)
        return Total(estimate, uncovered, variance)
    statuses = {each.pooled.status for each in strata}
    status = Status.NOT_CONVERGED if statuses == {Status.NOT_CONVERGED} else Status.REFUSED
    reason = (strata[0].pooled.reason if len(strata) == 1 else "no stratum has an answer") or ""
    nothing = replace(like, status=Status.REFUSED, reason=reason, point=None, interval=None)
    return Total(
        replace(nothing, status=status, observed=0, draws=None, curve=None, diagnostics={}),
        uncovered,
    )
