"""Two lists: Chapman's estimator (1951), its variance by Seber (1970)."""

from dataclasses import asdict, dataclass

import numpy as np

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.estimate import Estimate, Progress
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.lognormal import Unlisted

__all__ = ["Chapman"]

_FEW = 7


@dataclass(frozen=True, slots=True)
class Chapman:
    """N from two lists of n_1 and n_2 people, m of them on both.

        N = (n_1 + 1)(n_2 + 1) / (m + 1) - 1,
        var = (n_1 + 1)(n_2 + 1)(n_1 - m)(n_2 - m) / ((m + 1)^2 (m + 2)),

    and a log-normal interval on the unlisted. It assumes that each list reaches everybody with
    the same chance and that being on one says nothing about being on the other. Two lists cannot
    show whether that holds: where the lists share their sources N comes out too low, where they
    avoid each other too high.

    Refused: other than two lists; nobody on both; a list that holds everybody.

    >>> from stelae.estimation.histories import CaptureHistories
    >>> table = CaptureHistories.of(("A", "B"), {1: 40, 2: 30, 3: 20})
    >>> round(Chapman().fit(table, rng=np.random.default_rng(1)).point, 1)
    147.1
    """

    level: float = 0.95
    draws: int = 4000

    def __post_init__(self) -> None:
        if not 0 < self.level < 1 or self.draws < 1:
            raise BadValue("a level lies between 0 and 1, and at least one draw is made")

    @property
    def name(self) -> str:
        """`chapman`."""
        return "chapman"

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """Estimate N, or NotEstimable with the reason."""
        if len(histories.lists) != 2:
            raise NotEstimable(
                f"Chapman's estimator takes two lists, not {len(histories.lists)}:"
                f" {', '.join(histories.lists)}",
                hint="Name two with --lists, or choose a method for three lists or more.",
            )
        both = histories.on_all(3)
        n_1, n_2 = histories.on_list
        if both == 0:
            raise NotEstimable(
                f"nobody is on both {' and '.join(histories.lists)}: any number is possible"
            )
        if both in {n_1, n_2}:
            raise NotEstimable(f"{_whole(histories)} holds nobody that the other list does not")
        unlisted = Unlisted(
            (n_1 - both) * (n_2 - both) / (both + 1),
            (n_1 + 1) * (n_2 + 1) * (n_1 - both) * (n_2 - both) / ((both + 1) ** 2 * (both + 2)),
        )
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
            diagnostics={"on_both": both, "few_on_both": both < _FEW},
        )


def _whole(histories: CaptureHistories) -> str:
    """The list that lies wholly inside the other one."""
    both = histories.on_all(3)
    return next(
        name for name, size in zip(histories.lists, histories.on_list, strict=True) if size == both
    )
