"""Forward selection of pairs of lists (Chan, Silverman & Vincent 2021).

From independence on: of the pairs that the model lacks, with T people on both lists and mu expected
by the model, the one with the smallest p = min{P(Poisson(mu) <= T), P(Poisson(mu) >= T)} is added,
if p lies below a threshold and if with it the estimate exists and is identifiable; else the next.
It ends where no pair can be added. Pairs with T = 0 go to minus infinity (see `fitting`).

Chan, Silverman, Vincent (2021), Multiple systems estimation for sparse capture data: inferential
challenges when there are nonoverlapping lists, JASA 116, 1297-1306.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.loglinear.fitting import (
    FINE,
    NO_ESTIMATE,
    NOT_IDENTIFIABLE,
    Floats,
    Room,
    begin_anywhere,
    deviance,
    fit_terms,
    room_for,
    sum_means,
    table_of,
)
from stelae.estimation.loglinear.models import Ints, Model

__all__ = ["MOST_LISTS_STEPPED", "Path", "Step", "log_tail", "stepwise", "stepwise_batch"]

MOST_LISTS_STEPPED = 11
"""55 pairs: a set of them is one whole number."""


@dataclass(frozen=True, slots=True)
class Step:
    """One pair added, or (the first) none: the model's estimate and deviance once it was in.

    `on_both` is T and `expected` is mu, of the model before; `tried` are pairs with a smaller p
    that were passed over because with them no estimate exists or it is not identifiable.
    """

    pair: int
    on_both: int
    expected: float
    log_p: float
    unlisted: float
    deviance: float
    tried: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """All steps of one selection; without any step, independence itself has no estimate."""

    code: int
    steps: tuple[Step, ...]
    model: Model
    passed_over: int
    not_existing: int
    not_identifiable: int


@compiled
def log_tail(seen: float, mean: float) -> float:
    """log min{P(Poisson(mean) <= seen), P(Poisson(mean) >= seen)}, also where p underflows."""
    if mean <= 0.0:
        return 0.0 if seen == 0.0 else -np.inf
    at = seen * math.log(mean) - mean - math.lgamma(seen + 1.0)
    total = 1.0
    term = 1.0
    if seen < mean:
        k = seen
        while k > 0.0 and term > 1e-17 * total:
            term *= k / mean
            total += term
            k -= 1.0
    else:
        k = seen + 1.0
        while term > 1e-17 * total:
            term *= mean / k
            total += term
            k += 1.0
    near = at + math.log(total)
    # The two tails overlap in one value, so each gives the other.
    other = 1.0 - math.exp(near) + math.exp(at)
    return min(near, math.log(other)) if other > 0.0 else near


class _Trail(NamedTuple):
    """What a selection leaves, pairs counted (0, 1), (0, 2), (1, 2), (0, 3) …

    `terms` is the model, its pairs last, in the order added. Row i of `rows` has the number of the
    pair, T, mu, log p, n_0 and deviance of step i (row 0: independence). `tried[i, k]` is what came
    of a pair passed over after step i.
    """

    terms: Ints
    tried: Ints
    rows: Floats


@compiled
def _trail(lists: int) -> _Trail:
    pairs = lists * (lists - 1) // 2
    terms = np.zeros(1 + lists + pairs, dtype=np.int64)
    for j in range(lists):
        terms[1 + j] = 1 << j
    tried = np.zeros((pairs + 1, pairs), dtype=np.int64)
    return _Trail(terms, tried, np.zeros((pairs + 1, 6)))


@compiled
def _step_forward(
    counts: Floats, lists: int, log_threshold: float, room: Room, trail: _Trail
) -> tuple[int, int]:
    """Select; return what came of independence and how many pairs were added."""
    table = table_of(counts)
    begin = begin_anywhere()
    terms = trail.terms
    size = 1 + lists
    pairs = _pairs(lists)
    free = len(pairs)
    for k in range(free + 1):
        for i in range(free):
            trail.tried[k, i] = FINE
    code = fit_terms(table, terms[:size], room, begin)
    if code != FINE:
        return code, 0
    trail.rows[0, 4] = np.exp(room.beta[0])
    trail.rows[0, 5] = deviance(counts, room)
    within = np.zeros(free, dtype=np.bool_)
    log_p = np.zeros(free)
    expected = np.zeros(free)
    added = 0
    while added < free:
        sum_means(room)
        for k in range(free):
            expected[k] = room.sums[pairs[k]]
            log_p[k] = 0.0 if within[k] else log_tail(table.totals[pairs[k]], expected[k])
        before = added
        for k in np.argsort(log_p, kind="mergesort"):  # stable: of equal ones, the first pair
            if log_p[k] >= log_threshold:
                break
            terms[size] = pairs[k]
            code = fit_terms(table, terms[: size + 1], room, begin)
            if code == FINE:
                size += 1
                added += 1
                within[k] = True
                row = trail.rows[added]
                row[0], row[1] = k, table.totals[pairs[k]]
                row[2], row[3] = expected[k], log_p[k]
                row[4], row[5] = np.exp(room.beta[0]), deviance(counts, room)
                break
            trail.tried[added, k] = code
        if added == before:
            break
    return FINE, added


@compiled
def _pairs(lists: int) -> Ints:
    pairs = np.zeros(lists * (lists - 1) // 2, dtype=np.int64)
    k = 0
    for j in range(lists):
        for i in range(j):
            pairs[k] = 1 << j | 1 << i
            k += 1
    return pairs


def stepwise(counts: Floats, lists: int, threshold: float) -> Path:
    """The selection for one table, step by step."""
    trail = _trail(lists)
    room = room_for(len(counts), len(trail.terms))
    code, added = _step_forward(counts, lists, math.log(threshold), room, trail)
    pairs = [int(pair) for pair in _pairs(lists)]
    steps = []
    for i in range(added + 1 if code == FINE else 0):
        number, on_both, expected, log_p, unlisted, lost = (float(v) for v in trail.rows[i])
        pair = pairs[int(number)] if i else 0
        over = tuple(pairs[k] for k in np.flatnonzero(trail.tried[i - 1])) if i else ()
        steps.append(Step(pair, int(on_both), expected, log_p, unlisted, lost, over))
    return Path(
        code,
        tuple(steps),
        Model.of(lists, (int(t) for t in trail.terms[: 1 + lists + added])),
        int(np.count_nonzero(trail.tried)),
        int(np.count_nonzero(trail.tried & NO_ESTIMATE)),
        int(np.count_nonzero(trail.tried & NOT_IDENTIFIABLE)),
    )


@compiled
def stepwise_batch(tables: Floats, lists: int, log_threshold: float) -> tuple[Floats, Ints]:
    """Select for each table anew: n_0 (NaN where there is none), and the set of pairs as bits."""
    trail = _trail(lists)
    room = room_for(tables.shape[1], len(trail.terms))
    unlisted = np.full(len(tables), np.nan)
    chosen = np.zeros(len(tables), dtype=np.int64)
    for r in range(len(tables)):
        code, added = _step_forward(tables[r], lists, log_threshold, room, trail)
        if code == FINE:
            unlisted[r] = trail.rows[added, 4]
            for i in range(1, added + 1):
                chosen[r] |= 1 << int(trail.rows[i, 0])
    return unlisted, chosen
