"""N by an assumption that is said aloud: no interaction of the highest order, or one of size xi.

With p_x the probability of history x among all people, pi_x = p_x / (1 - p_0) among those observed,

    xi = (product of p_x over x with an odd number of lists) / (product over x with an even number),

x = 0 counted as even. There are 2^(L-1) odd and 2^(L-1) even histories, so the factors 1 - p_0
leave one over, for every L alike, and

    p_0 / (1 - p_0) = xi^-1 (product of pi_x, |x| odd) / (product of pi_x, |x| even, x not 0).

log xi is the coefficient of the highest order of the saturated log-linear model where L is odd, and
minus it where L is even. No data on these lists can tell one xi from another.

Aleshin-Guendel, S., Sadinle, M. & Wakefield, J. (2024). The central role of the identifying
assumption in population size estimation. Biometrics 80.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate, Progress, interval_of
from stelae.estimation.histories import CaptureHistories
from stelae.values.canonical import Json

__all__ = ["NoHighestOrderInteraction", "log_odds_unlisted", "unlisted"]

_MOST_LISTS = 16
_LARGEST = 2.0**53


def log_odds_unlisted(cells: NDArray[np.float64], xi: float = 1.0) -> NDArray[np.float64]:
    """log p_0 / (1 - p_0) for each row of cell probabilities.

    A row holds the 2^L cells by mask, up to a factor; its first, the unlisted, is not looked at.
    Raises BadValue for rows of another size or with a cell that is not above zero.
    """
    lists = cells.shape[-1].bit_length() - 1
    if cells.ndim != 2 or lists < 1 or cells.shape[-1] != 1 << lists:
        raise BadValue(f"a row for each draw with 2^L cells is needed, not {cells.shape}")
    seen = cells[:, 1:]
    if not (np.isfinite(seen).all() and (seen > 0).all()):
        raise BadValue("a cell probability is above zero and finite: log pi_x is needed of each")
    sign = 2.0 * (np.bitwise_count(np.arange(1, 1 << lists)) % 2) - 1.0
    log_pi = np.log(seen) - np.log(seen.sum(axis=1, keepdims=True))
    return np.asarray(log_pi @ sign - np.log(xi))


def unlisted(
    log_odds: NDArray[np.float64], observed: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draws of n_0 under the prior 1/N: negative binomial(n, 1 - p_0), one for each log-odds.

    Raises NotEstimable where one exceeds what a whole number in JSON holds, 2^53.
    """
    # A gamma mixture of Poissons, so that an odds of any size can be drawn from.
    expected = np.exp(np.log(rng.standard_gamma(observed, len(log_odds))) + log_odds)
    if not (expected < _LARGEST / 2).all():
        raise NotEstimable(
            "the cells put the unlisted beyond 2^53 people: they do not bound them",
            hint="Some histories are too rare; leave lists out, or use another method.",
        )
    return np.asarray(rng.poisson(expected), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class NoHighestOrderInteraction:
    """N with the interaction of all lists at a given xi, and at every other of `sensitivity`.

    The observed cells have a Dirichlet posterior, `concentration` added to each count. A history
    that nobody has leaves log pi_x to that prior alone, so it is refused unless `fill_empty`.
    """

    xi: float = 1.0
    concentration: float = 1.0
    fill_empty: bool = False
    sensitivity: tuple[float, ...] = (1 / 2, 2 / 3, 1.0, 3 / 2, 2.0)
    level: float = 0.95
    draws: int = 4_000

    name = "no-highest-order-interaction"

    def __post_init__(self) -> None:
        for value in (self.xi, self.concentration, *self.sensitivity):
            if not 0 < value < np.inf:
                raise BadValue(f"xi and concentration are above zero and finite, not {value}")
        if not 0 < self.level < 1 or self.draws < 1:
            raise BadValue("a level lies between 0 and 1, and there is at least one draw")

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """The posterior median of N with its equal-tailed interval.

        NotEstimable where there are fewer than three lists, or where nobody has some history.
        """
        empty = _empty(histories)
        if empty and not self.fill_empty:
            named = ", ".join(histories.name_of(mask) for mask in empty[:5])
            raise NotEstimable(
                f"nobody has the history {named}{' …' if len(empty) > 5 else ''}: "
                f"{len(empty)} of {2 ** len(histories.lists) - 1} cells are empty, and N would "
                "rest on the prior of their logarithms",
                hint="Leave out the lists that do not overlap, or ask for fill_empty.",
            )
        estimate = self.of_cells(
            histories, self._cells(histories, self.concentration, rng), rng=rng, progress=progress
        )
        if not empty:
            return estimate
        rests: list[Json] = []
        for each in (self.concentration / 2, self.concentration * 2):
            odds = log_odds_unlisted(self._cells(histories, each, rng), self.xi)
            answer = self._answer(self._draws(histories, odds, rng))
            rests.append({"concentration": each, **answer})
        return replace(
            estimate,
            diagnostics={**estimate.diagnostics, "concentration_sensitivity": rests},
        )

    def of_cells(
        self,
        histories: CaptureHistories,
        cells: NDArray[np.float64],
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """N from posterior draws of the cell probabilities by any method, a row of 2^L for each.

        Only their ratios are used. The posterior must be one of the observed cells alone, as it is
        where N has the prior 1/N: then what is drawn here of N adds nothing to it.
        """
        if cells.shape[-1] != 1 << len(histories.lists):
            raise BadValue(
                f"{len(histories.lists)} lists have {1 << len(histories.lists)} cells, "
                f"not {cells.shape[-1]}"
            )
        odds = log_odds_unlisted(cells)
        drawn: dict[float, NDArray[np.int64]] = {}
        for xi in (self.xi, *self.sensitivity):
            if xi not in drawn:
                drawn[xi] = self._draws(histories, odds - np.log(xi), rng)
                if progress is not None:
                    progress(len(drawn) / len({self.xi, *self.sensitivity}))
        draws = drawn[self.xi]
        return Estimate.of(
            self.name,
            {
                "xi": self.xi,
                "concentration": self.concentration,
                "fill_empty": self.fill_empty,
                "sensitivity": list(self.sensitivity),
                "draws": len(draws),
            },
            histories,
            rng=rng,
            point=float(np.median(draws)),
            interval=interval_of(draws, self.level),
            level=self.level,
            draws=draws[np.newaxis, :],
            diagnostics={
                "assumption": "the interaction of all lists is xi; the lists cannot tell one xi "
                "from another, and every xi fits them equally well",
                "sensitivity": [{"xi": xi, **self._answer(drawn[xi])} for xi in self.sensitivity],
                "empty_cells": [histories.name_of(mask) for mask in _empty(histories)],
                "log_odds": {"mean": float(odds.mean()), "sd": float(odds.std())},
            },
        )

    def _cells(
        self, histories: CaptureHistories, concentration: float, rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Draws of the observed cells, up to a factor: gammas of a Dirichlet."""
        shape = histories.cells + concentration
        return np.asarray(rng.standard_gamma(shape, (self.draws, len(shape))))

    @staticmethod
    def _draws(
        histories: CaptureHistories, log_odds: NDArray[np.float64], rng: np.random.Generator
    ) -> NDArray[np.int64]:
        return histories.observed + unlisted(log_odds, histories.observed, rng)

    def _answer(self, draws: NDArray[np.int64]) -> dict[str, Json]:
        return {"point": float(np.median(draws)), "interval": list(interval_of(draws, self.level))}


def _empty(histories: CaptureHistories) -> list[int]:
    """The histories that nobody has; NotEstimable where there are too few or too many lists."""
    lists = len(histories.lists)
    if not 3 <= lists <= _MOST_LISTS:
        raise NotEstimable(
            f"the interaction of all lists needs three to {_MOST_LISTS} lists, there are {lists}"
        )
    empty = np.flatnonzero(histories.cells == 0).tolist()
    return [mask for mask in empty if mask > 0]
