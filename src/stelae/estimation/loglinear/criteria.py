"""Selection among all hierarchical models by an information criterion, and weights to average them.

AIC = -2 log L + 2 k and BIC = -2 log L + k log n, with k terms (also those at minus infinity: the
data chose them) and n people observed. Only models whose estimate exists and is identifiable are
compared.

`select` finds the best model of a resampled table without a fit of each, by branch and bound: no
model fits better than a larger one, so that a set of terms that must be in and the largest model
that is left rule out all models between them. What it finds is what fitting all would find.
"""

from typing import NamedTuple

import numpy as np

from stelae.estimation.compiled import compiled
from stelae.estimation.loglinear.fitting import (
    FINE,
    WORSE,
    Begin,
    Floats,
    Room,
    begin_anywhere,
    deviance,
    fit_terms,
    room_for,
    table_of,
)
from stelae.estimation.loglinear.models import Family, Ints

__all__ = [
    "Fits",
    "Search",
    "empty_fits",
    "fit_models",
    "search_of",
    "select",
    "select_batch",
    "weights",
]


_FIRST = 4
"""How many of one table's best models a search begins with."""


class Fits(NamedTuple):
    """What came of each model of a family: code, deviance and n_0 (NaN unless the code is FINE)."""

    code: Ints
    deviance: Floats
    unlisted: Floats

    def part(self, first: int, last: int) -> "Fits":
        """The room of some of the models, to be filled in."""
        return Fits(self.code[first:last], self.deviance[first:last], self.unlisted[first:last])

    def scores(self, sizes: Ints, penalty: float) -> Floats:
        """Deviance + penalty times terms: the criterion up to a constant of the table."""
        return self.deviance + penalty * sizes


def empty_fits(models: int) -> Fits:
    """Room for what comes of so many models."""
    return Fits(np.zeros(models, dtype=np.int64), np.full(models, np.nan), np.full(models, np.nan))


@compiled
def fit_models(counts: Floats, terms: Ints, sizes: Ints, fits: Fits) -> None:
    """Fit the models of rows of terms, as `Family` has them, to one table."""
    table = table_of(counts)
    room = room_for(len(counts), terms.shape[1])
    begin = begin_anywhere()
    for m in range(len(sizes)):
        fits.code[m] = fit_terms(table, terms[m, : sizes[m]], room, begin)
        if fits.code[m] == FINE:
            fits.deviance[m] = deviance(counts, room)
            fits.unlisted[m] = np.exp(room.beta[0])


def weights(scores: Floats) -> Floats:
    """exp(-difference / 2), normalised; 0 for what was not compared (Buckland et al. 1997)."""
    relative = np.exp(-0.5 * (scores - np.nanmin(scores)))
    relative = np.where(np.isfinite(relative), relative, 0.0)
    return np.asarray(relative / relative.sum())


class Search(NamedTuple):
    """In which order terms are decided, for a search among models up to one order.

    A set of terms is a whole number whose bit t stands for the term t. `above[i]` is the term
    `branch[i]` with all that hold it, `below[i]` with all its parts; `terms` ascend by size.
    `first` are models to begin with: good ones rule out many others.
    """

    terms: Ints
    branch: Ints
    above: Ints
    below: Ints
    root: int
    singles: int
    first: Ints


def search_of(family: Family, scores: Floats) -> Search:
    """A search among a family of all hierarchical models up to one order, by scores of one table.

    The terms come first with which that table's score is most better than without.
    """
    largest, smallest = set(family.models[-1].terms), set(family.models[0].terms)
    known = np.where(np.isnan(scores), np.inf, scores)

    def wanted(term: int) -> float:
        has = (family.terms == term).any(axis=1)
        with_it, without = float(known[has].min()), float(known[~has].min())
        return with_it - without if np.isfinite(without) else 0.0

    branch = sorted(largest - smallest, key=lambda t: (wanted(t), t))
    return Search(
        np.array(family.models[-1].terms, dtype=np.int64),
        np.array(branch, dtype=np.int64),
        np.array([sum(1 << t for t in largest if t & b == b) for b in branch], dtype=np.int64),
        np.array([sum(1 << t for t in largest if t & b == t) for b in branch], dtype=np.int64),
        sum(1 << t for t in largest),
        sum(1 << t for t in smallest),
        np.array(
            [sum(1 << t for t in family.models[m].terms) for m in np.argsort(known)[:_FIRST]],
            dtype=np.int64,
        ),
    )


@compiled
def select(counts: Floats, search: Search, penalty: float, room: Room) -> tuple[int, float]:
    """The best model of one table as its set of terms (0: none), and its n_0.

    Branch and bound: a node holds terms that its models must have and the largest model that is
    left to them. Each term is decided in turn; a node whose largest model fits too badly for the
    terms that it must pay for is dropped. A largest model without an estimate bounds nothing of its
    own: its parent's bound holds.
    """
    table = table_of(counts)
    saturated = 0.0
    for x in range(1, len(counts)):
        if counts[x] > 0:
            saturated += counts[x] * (np.log(counts[x]) - 1.0)
    terms = np.zeros(len(search.terms), dtype=np.int64)
    deep = len(search.branch) + 2
    most = np.zeros(deep, dtype=np.int64)
    must = np.zeros(deep, dtype=np.int64)
    at = np.zeros(deep, dtype=np.int64)
    bound = np.zeros(deep)
    known = np.zeros(deep, dtype=np.bool_)
    beta = np.zeros((deep, len(counts)))
    nowhere = np.empty(0)
    best = 0
    least = np.inf
    unlisted = np.nan
    for model in search.first:
        size = _write_terms(model, search.terms, terms)
        cost = penalty * size
        worth = saturated - 0.5 * (least - cost)
        code = fit_terms(table, terms[:size], room, Begin(worth, nowhere))
        if code == FINE:
            score = cost + deviance(counts, room)
            if score < least:
                best, least, unlisted = model, score, np.exp(room.beta[0])
    top = 0
    most[0] = search.root
    must[0] = search.singles
    while top >= 0:
        large, need, i, low = most[top], must[top], at[top], bound[top]
        top -= 1
        paid = penalty * _write_terms(need, search.terms, terms)
        if low + paid >= least:
            continue
        while i < len(search.branch) and not (large & ~need) >> search.branch[i] & 1:
            i += 1
        if i == len(search.branch):
            continue
        top += 1
        most[top], must[top], at[top], bound[top] = large, need | search.below[i], i + 1, low
        large &= ~search.above[i]
        size = _write_terms(large, search.terms, terms)
        worth = saturated - 0.5 * (least - paid)
        near = beta[top] if known[top] else nowhere
        code = fit_terms(table, terms[:size], room, Begin(worth, near))
        if code == WORSE:
            continue
        if code == FINE:
            low = deviance(counts, room)
            score = low + penalty * size
            if score < least:
                best, least, unlisted = large, score, np.exp(room.beta[0])
        top += 1
        most[top], must[top], at[top], bound[top] = large, need, i + 1, low
        known[top] = code == FINE
        if code == FINE:
            for term in search.terms:
                beta[top, term] = 0.0
            for j in range(size):
                beta[top, room.finite[j]] = room.beta[j]
    return best, unlisted


@compiled
def _write_terms(model: int, every: Ints, terms: Ints) -> int:
    """Write the terms of a set of terms, ascending by size; return how many."""
    size = 0
    for term in every:
        if model >> term & 1:
            terms[size] = term
            size += 1
    return size


@compiled
def select_batch(tables: Floats, search: Search, by_people: bool) -> tuple[Floats, Ints]:
    """Select for each table anew, by BIC (`by_people`) or AIC: n_0 (NaN: none) and the model."""
    unlisted = np.full(len(tables), np.nan)
    chosen = np.zeros(len(tables), dtype=np.int64)
    room = room_for(tables.shape[1], len(search.terms))
    for r in range(len(tables)):
        penalty = np.log(tables[r].sum()) if by_people else 2.0
        chosen[r], unlisted[r] = select(tables[r], search, penalty, room)
    return unlisted, chosen
