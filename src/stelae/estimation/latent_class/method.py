"""`LatentClass`: the Bayesian latent class model of Manrique-Vallier (2016), to convergence.

Nothing is said of N until at least four chains, begun far apart, agree: rank-normalised split
R-hat at most 1.01 and enough effective draws in the middle and the tails. Where they do not, the
answer is that they do not, with the modes in which they stay.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from stelae.errors import BadValue, NotEstimable
from stelae.estimation.convergence import MOST_R_HAT, Convergence, convergence_of
from stelae.estimation.estimate import Estimate, Progress, Status, interval_of
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class.chains import Chain, Schedule, begin
from stelae.estimation.latent_class.expansion import expansion_of
from stelae.estimation.latent_class.pilot import SCHEDULES, TRIED, Trial, try_schedules
from stelae.estimation.latent_class.posterior import Model, model_of
from stelae.estimation.latent_class.tempering import Ladder, Tempering, ladder_of
from stelae.estimation.priors import INVERSE, SizePrior
from stelae.values.canonical import Json

__all__ = ["LatentClass"]

FARTHEST = 30.0
"""Chains begin with N between a tenth above the observed and this many times it."""

PATIENCE = 10
"""Draws are taken up to so many times those asked for, before the chains count as apart."""


@dataclass(frozen=True, slots=True)
class LatentClass:
    """Truncated stick-breaking mixture of classes within which lists are independent.

    lambda_jk ~ Beta(`captures`); V_k ~ Beta(1, alpha), alpha ~ Gamma(`alpha`, shape and rate);
    N by `size`. `draws` are those kept over all chains, at least; `effective` is the least
    effective sample size, bulk and tail. `kernel` is `auto` (a pilot chooses), `gradients`,
    `mixed` or `gibbs`.
    """

    classes: int = 10
    size: SizePrior = INVERSE
    captures: tuple[float, float] = (1.0, 1.0)
    alpha: tuple[float, float] = (0.25, 0.25)
    chains: int = 4
    draws: int = 4000
    effective: float = 400.0
    kernel: str = "auto"
    tempering: Tempering | None = None
    level: float = 0.95

    name = "latent-class"

    def __post_init__(self) -> None:
        if not 2 <= self.classes <= 50:
            raise BadValue(f"2 to 50 classes, not {self.classes}")
        if min(*self.captures, *self.alpha) <= 0:
            raise BadValue("parameters of Beta and Gamma priors are above zero")
        if self.chains < 4:
            raise BadValue(f"whether chains agree takes four of them, not {self.chains}")
        if self.draws < 100 * self.chains:
            raise BadValue(f"at least 100 draws for each of {self.chains} chains: {self.draws}")
        if self.kernel not in {"auto", *SCHEDULES}:
            raise BadValue(f"kernel is auto, {', '.join(SCHEDULES)}, not {self.kernel}")
        if self.tempering is not None and self.size.cap is not None:
            raise BadValue("tempering and a cap on N do not go together")

    def variants(self) -> Mapping[str, "LatentClass"]:
        """The same model under other priors, to see what the answer owes to them."""
        return {
            "flat prior on N": replace(self, size=SizePrior.flat(self.size.cap)),
            "captures Beta(1, 2)": replace(self, captures=(1.0, 2.0)),
            "captures Beta(2, 2)": replace(self, captures=(2.0, 2.0)),
            "alpha Gamma(1, 1)": replace(self, alpha=(1.0, 1.0)),
        }

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """Posterior draws of N; NotEstimable for fewer than three lists that overlap others."""
        table = histories.usable
        if len(table.lists) < 3:
            raise NotEstimable(
                f"latent classes need three lists, there are {len(table.lists)} that hold"
                f" somebody but not everybody: {', '.join(table.lists)}",
                hint="With two lists only Chapman's estimate is possible.",
            )
        if not any(count for on, count in table.captured.items() if on > 1):
            raise NotEstimable(
                "nobody is on two lists: what is unlisted would be the prior's word alone",
                hint="Look whether the lists were joined, and whether they cover the same people.",
            )
        model = model_of(
            table,
            self.classes,
            captures=self.captures,
            alpha=self.alpha,
            size=(self.size.s, self.size.q),
        )
        told = progress or (lambda _share: None)
        with ThreadPoolExecutor(min(self.chains, os.cpu_count() or 1)) as pool:
            return self._sample(_Crew(self, model, table, rng, pool), histories, rng, told)

    def _sample(
        self,
        crew: "_Crew",
        histories: CaptureHistories,
        rng: np.random.Generator,
        told: Progress,
    ) -> Estimate:
        crew.settle(lambda share: told(0.3 * share))
        schedule, trials = crew.choose(self.kernel)
        told(0.4)
        batch = -(-self.draws // self.chains)
        parts: list[NDArray[np.int64]] = []
        for round_ in range(PATIENCE):
            for step in range(4):
                parts.append(crew.run(schedule, -(-batch // 4)))
                told(0.4 + 0.6 * (round_ + (step + 1) / 4) / PATIENCE)
            draws = np.concatenate(parts, axis=1) + histories.observed
            found = convergence_of(draws, histories.observed)
            if found.agrees(self.effective) and crew.has_mixed:
                break
        told(1.0)
        answer = Estimate.of(
            self.name,
            self._parameters(),
            histories,
            rng=rng,
            point=float(np.median(draws)),
            interval=interval_of(draws, self.level),
            level=self.level,
            draws=draws,
            diagnostics={
                **found.to_json(),
                "mean": float(draws.mean()),
                "lists_used": list(crew.lists),
                "prior_expansion": [
                    round(each, 4) for each in expansion_of(len(crew.lists), self.captures)
                ],
                "schedule": {
                    "sweeps": schedule.sweeps,
                    "trajectories": schedule.trajectories,
                    "tried": [
                        {"name": t.name, "effective_a_second": round(t.rate, 1)} for t in trials
                    ],
                },
                **crew.diagnostics(),
            },
        )
        if found.agrees(self.effective) and crew.has_mixed:
            return answer
        return answer.refused(Status.NOT_CONVERGED, self._why(found, crew))

    def _why(self, found: Convergence, crew: "_Crew") -> str:
        if len(found.modes) > 1 and found.r_hat > MOST_R_HAT:
            what = "there are several modes, and the chains cannot weigh them: " + ", ".join(
                f"N near {mode.median:,.0f} ({mode.share:.0%} of the draws)" for mode in found.modes
            )
        elif not crew.has_mixed:
            what = "no state of the tempered chains has travelled from the hottest rung and back"
        else:
            what = "the chains move too slowly to be trusted"
        advice = (
            "more lists, strata within which people are alike, or fewer classes"
            if self.tempering is not None
            else "tempering, more lists, or strata within which people are alike"
        )
        return (
            f"{what} (R-hat {found.r_hat:.3f}, effective draws {found.bulk:.0f} in the middle and"
            f" {found.tail:.0f} in the tails; wanted at most 1.01, and {self.effective:.0f})."
            f" What may help: {advice}."
        )

    def _parameters(self) -> dict[str, Json]:
        return {
            "classes": self.classes,
            "size": self.size.to_json(),
            "captures": list(self.captures),
            "alpha": list(self.alpha),
            "chains": self.chains,
            "draws": self.draws,
            "effective": self.effective,
            "kernel": self.kernel,
            "tempering": None
            if self.tempering is None
            else {"rungs": self.tempering.rungs, "hottest": self.tempering.hottest},
        }


class _Crew:
    """The chains of one fit, run at once: compiled code holds no lock on the interpreter."""

    def __init__(
        self,
        method: LatentClass,
        model: Model,
        table: CaptureHistories,
        rng: np.random.Generator,
        pool: ThreadPoolExecutor,
    ) -> None:
        self._model = model
        self._pool = pool
        self.lists = table.lists
        most = method.size.most_unlisted(table.observed)
        generators = rng.spawn(method.chains)
        ratios = np.geomspace(1.1, FARTHEST, method.chains)
        self._chains: Sequence[Chain | Ladder] = [
            begin(model, table, generator, ratio, most)
            if method.tempering is None
            else ladder_of(model, table, generator, ratio, method.tempering)
            for generator, ratio in zip(generators, ratios, strict=True)
        ]

    @property
    def has_mixed(self) -> bool:
        """Whether every tempered chain has made a round trip; true of chains without rungs."""
        return all(not isinstance(chain, Ladder) or chain.round_trips > 0 for chain in self._chains)

    def settle(self, told: Progress) -> None:
        """Let every chain settle; the first one's progress stands for all."""
        first = self._chains[0]
        list(
            self._pool.map(
                lambda chain: chain.settle(told if chain is first else None), self._chains
            )
        )
        # With one class occupied, steps may be long; a chain that learned there would stay stuck
        # where several are. All take those of the chain that learned the shortest but one.
        plain = [chain for chain in self._chains if isinstance(chain, Chain)]
        steps = sorted(chain.log_step for chain in plain)
        for chain in plain:
            chain.take_steps(steps[1])

    def choose(self, kernel: str) -> tuple[Schedule, Sequence[Trial]]:
        """The schedule asked for, or the one that a trial shows to pay best."""
        plain = [chain for chain in self._chains if isinstance(chain, Chain)]
        if kernel == "gibbs" or (kernel == "auto" and plain):
            names = TRIED if kernel == "auto" else tuple(SCHEDULES)
            trials = try_schedules(self._model, plain, self._each, names) if plain else ()
            best = next((t for t in trials if kernel in {"auto", t.name}), None)
            return (best.schedule if best else SCHEDULES["gradients"]), trials
        return SCHEDULES["gradients" if kernel == "auto" else kernel], ()

    def run(self, schedule: Schedule, draws: int) -> NDArray[np.int64]:
        """So many draws of n_0 of every chain: shape (chains, draws)."""
        return self._each(lambda chain: chain.run(schedule, draws))

    def diagnostics(self) -> dict[str, Json]:
        """Work done, and what tempering did."""
        gradients, sweeps, divergent = np.sum([c.work_done for c in self._chains], axis=0)
        found: dict[str, Json] = {
            "gradients": int(gradients),
            "sweeps": int(sweeps),
            "divergent": int(divergent),
        }
        ladders = [chain for chain in self._chains if isinstance(chain, Ladder)]
        if ladders:
            found["round_trips"] = [ladder.round_trips for ladder in ladders]
            found["exchanged"] = [
                round(float((ladder.exchanges * 2 / max(ladder.rounds, 1)).min()), 3)
                for ladder in ladders
            ]
        return found

    def _each(self, action: Callable[[Chain], NDArray[np.int64]]) -> NDArray[np.int64]:
        return np.array(list(self._pool.map(action, self._chains)))
