"""Small methods with the real interface, so that the axes can be tried apart from any model."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from stelae.errors import NotEstimable
from stelae.estimation.estimate import Estimate, Method, Progress, Status, interval_of
from stelae.estimation.histories import CaptureHistories


@dataclass(frozen=True)
class Doubling:
    """A posterior round twice the observed number; strange tables can be made to fail."""

    draws: int = 400
    level: float = 0.95
    chains: int = 2
    factor: int = 2
    stuck: int = -1
    """The observed number of people at which it does not converge."""

    @property
    def name(self) -> str:
        return "doubling"

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        if len(histories.lists) < 3:
            raise NotEstimable(f"needs three lists, has {len(histories.lists)}")
        if progress is not None:
            progress(0.5)
        n = histories.observed
        draws = n + rng.poisson((self.factor - 1) * n, size=(self.chains, self.draws))
        found = Estimate.of(
            self.name,
            asdict(self),
            histories,
            rng=rng,
            point=float(np.median(draws)),
            interval=interval_of(draws, self.level),
            level=self.level,
            draws=draws.astype(np.int64),
        )
        if n == self.stuck:
            return found.refused(Status.NOT_CONVERGED, "the chains do not agree")
        return found

    def variants(self) -> Mapping[str, Method]:
        return {"factor=3": Doubling(self.draws, self.level, self.chains, 3)}
