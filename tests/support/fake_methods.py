"""Small methods with the real interface, so that the axes can be tried apart from any model."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

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


@dataclass(frozen=True)
class Learning(Doubling):
    """It says in its diagnostics whose replicate taught it; shared, chains may be set apart."""

    apart: int = 0
    """How far the first chain of every replicate is above the others, where replicates share."""
    shared: int = 1

    def for_replicates(self, count: int) -> "Learning":
        return replace(self, shared=count, draws=self.draws // count)

    def fit_tuned(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
        tuning: str | None = None,
    ) -> tuple[Estimate, str | None]:
        found = self.fit(histories, rng=rng, progress=progress)
        assert found.draws is not None
        draws = found.draws.copy()
        if self.shared > 1:
            draws[0] += self.apart
        told = {"taught_by": tuning, "r_hat": 1.0, "ess_bulk": 100.0, "ess_tail": 50.0}
        if found.status is not Status.OK:
            return replace(found, diagnostics=told), None
        own = f"{histories.stratum['region']}/{histories.replicate.linkage}"
        return replace(found, draws=draws, diagnostics=told), tuning or own
