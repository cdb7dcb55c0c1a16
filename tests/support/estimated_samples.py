"""Results of small methods on synthetic tables, to be drawn and reported: answered and not."""

from dataclasses import dataclass, replace

import numpy as np
from fake_methods import Doubling

from stelae.estimation.axes import estimate_all
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.checks import Checks, check_all
from stelae.estimation.convergence import convergence_of
from stelae.estimation.estimate import Curve, Estimate, Progress, Status
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories, Replicate

COUNTS = {1: 400, 2: 300, 4: 200, 8: 90, 3: 100, 5: 60, 6: 50, 9: 12, 10: 7, 12: 5, 7: 20, 15: 3}
ODD = ("a <b>&amp; list", "$x_1$ \\ 'quoted' \"twice\"", "C", "D")
"""Names that would be mark-up, or mathematics, if they were taken for more than text."""


@dataclass(frozen=True)
class Stuck(Doubling):
    """Chains of which one stays far from the others."""

    @property
    def name(self) -> str:
        return "latent-class"

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        found = super().fit(histories, rng=rng, progress=progress)
        assert found.draws is not None
        draws = found.draws.copy()
        draws[-1] += 9 * histories.observed
        told = convergence_of(draws, histories.observed).to_json()
        apart = replace(found, method=self.name, draws=draws, diagnostics=told)
        return apart.refused(Status.NOT_CONVERGED, "the chains <do not> agree")


def sample_table(
    region: str = "", lists: tuple[str, ...] = ODD, linkage: int | None = None, more: int = 0
) -> CaptureHistories:
    """The synthetic table, for the whole or for a region."""
    return CaptureHistories.of(
        lists,
        {**COUNTS, 1: COUNTS[1] + more},
        stratum={"region": region} if region else {},
        replicate=Replicate(None, linkage),
        inputs={"synthetic <lists>.csv": "sha256:" + "ab" * 32},
    )


def sample_result(
    method: Doubling | None = None,
) -> tuple[Estimates, list[CaptureHistories], Checks]:
    """One population with every check."""
    chosen = method or Doubling(chains=4)
    tables = [sample_table()]
    estimates = estimate_all(tables, chosen, seed=1)
    return estimates, tables, check_all(tables, chosen, [ChaoLowerBound(), Stuck()], seed=1)


def with_curve(estimate: Estimate, kind: str) -> Estimate:
    """The estimate with a curve that is highest at its point."""
    assert estimate.point is not None
    n = np.linspace(estimate.observed, 3 * estimate.observed, 150)
    heights = -(((n - estimate.point) / 200) ** 2)
    return replace(estimate, curve=Curve(kind, tuple(n.tolist()), tuple(heights.tolist())))
