"""Chao's lower bound (1987): at least how many, whatever the differences between people."""

from dataclasses import asdict, dataclass

import numpy as np

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate, Progress
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.lognormal import Unlisted

__all__ = ["ChaoLowerBound"]


@dataclass(frozen=True, slots=True)
class ChaoLowerBound:
    """At least how many people there were, from f_1 on exactly one list and f_2 on exactly two.

        n_0 >= f_1 (f_1 - 1) / (2 (f_2 + 1))    bias-corrected, the default
        n_0 >= f_1^2 / (2 f_2)                  as first published

    with Chao's variance and log-transformed interval. The bound holds where people differ in
    their chance to be listed; it assumes that the lists are independent for one person, and that
    they are many. It is a **lower bound**: neither point nor interval says how many more there may
    be. Of L lists that reach everybody alike it gives L / (L - 1) times the unlisted: the
    diagnostics have the number without this excess, `point_for_few_lists`.

    Refused: fewer than two lists; fewer than two people on exactly one list; nobody on two lists
    where the bound is not bias-corrected.

    >>> from stelae.estimation.histories import CaptureHistories
    >>> table = CaptureHistories.of(("A", "B", "C"), {1: 30, 2: 20, 4: 10, 3: 9, 7: 2})
    >>> ChaoLowerBound().fit(table, rng=np.random.default_rng(1)).point
    248.0
    """

    bias_corrected: bool = True
    level: float = 0.95
    draws: int = 4000

    def __post_init__(self) -> None:
        if not 0 < self.level < 1 or self.draws < 1:
            raise BadValue("a level lies between 0 and 1, and at least one draw is made")

    @property
    def name(self) -> str:
        """`chao`."""
        return "chao"

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """Estimate the lower bound of N, or NotEstimable with the reason."""
        if len(histories.lists) < 2:
            raise NotEstimable(f"needs two lists, has {len(histories.lists)}")
        f_1, f_2 = histories.captured[1], histories.captured[2]
        if f_1 < 2:
            raise NotEstimable(
                f"{f_1} people are on one list only: the bound is the number listed itself"
            )
        if f_2 == 0 and not self.bias_corrected:
            raise NotEstimable(
                "nobody is on exactly two lists", hint="The bias-corrected bound exists."
            )
        unlisted = _corrected(f_1, f_2) if self.bias_corrected else _published(f_1, f_2)
        draws = unlisted.draws(histories, self.draws, rng)
        if progress is not None:
            progress(1.0)
        return Estimate.of(
            self.name,
            asdict(self),
            histories,
            rng=rng,
            point=histories.observed + unlisted.n_0,
            interval=unlisted.interval(histories, self.level),
            level=self.level,
            draws=draws,
            diagnostics={
                "is_lower_bound": True,
                "f_1": f_1,
                "f_2": f_2,
                "point_for_few_lists": histories.observed
                + unlisted.n_0 * (1 - 1 / len(histories.lists)),
            },
        )


def _published(f_1: int, f_2: int) -> Unlisted:
    """The bound of Chao (1987) with its asymptotic variance."""
    ratio = f_1 / f_2
    return Unlisted(f_1**2 / (2 * f_2), f_2 * (ratio**4 / 4 + ratio**3 + ratio**2 / 2))


def _corrected(f_1: int, f_2: int) -> Unlisted:
    """The bias-corrected bound with its asymptotic variance."""
    above = f_2 + 1
    return Unlisted(
        f_1 * (f_1 - 1) / (2 * above),
        f_1 * (f_1 - 1) / (2 * above)
        + f_1 * (2 * f_1 - 1) ** 2 / (4 * above**2)
        + f_1**2 * f_2 * (f_1 - 1) ** 2 / (4 * above**4),
    )
