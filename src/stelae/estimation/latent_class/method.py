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
from stelae.estimation.convergence import (
    LOOSE_R_HAT,
    MOST_R_HAT,
    Convergence,
    agreement_of,
    convergence_of,
)
from stelae.estimation.estimate import Estimate, Progress, Status, interval_of
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.latent_class.chains import Chain, Schedule, begin
from stelae.estimation.latent_class.expansion import expansion_of
from stelae.estimation.latent_class.pilot import SCHEDULES, TRIED, Trial, try_schedules
from stelae.estimation.latent_class.posterior import Floats, Model, model_of
from stelae.estimation.latent_class.tempering import Ladder, Tempering, ladder_of
from stelae.estimation.priors import INVERSE, SizePrior
from stelae.values.canonical import Json

__all__ = ["LatentClass"]

FARTHEST = 30.0
"""Chains begin with N between a tenth above the observed and this many times it."""

PATIENCE = 10
"""Draws are taken up to so many times those asked for, before the chains count as apart."""

FEWEST = 200
"""Draws of a chain that are taken from each of several replicates, at least: R-hat above 1.05
then says something of the chains, and not only that draws are few."""


@dataclass(frozen=True, slots=True, eq=False)
class Tuning:
    """How chains came to work on a table: for other replicates of it, which are much alike.

    `metrics` has the inverse metric of each chain.
    """

    lists: tuple[str, ...]
    schedule: Schedule
    log_step: float
    metrics: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class LatentClass:
    """Truncated stick-breaking mixture of classes within which lists are independent.

    lambda_jk ~ Beta(`captures`); V_k ~ Beta(1, alpha), alpha ~ Gamma(`alpha`, shape and rate);
    N by `size`. `draws` are those kept over all chains, at least; `effective` is the least
    effective sample size, bulk and tail. `kernel` is `auto` (a pilot chooses), `gradients`,
    `mixed` or `gibbs`. `most_r_hat` is the R-hat up to which chains count as one.
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
    most_r_hat: float = MOST_R_HAT

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
        if not 1.0 < self.most_r_hat <= LOOSE_R_HAT:
            raise BadValue(f"R-hat above {LOOSE_R_HAT} is no agreement: {self.most_r_hat}")
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

    def for_replicates(self, count: int) -> "LatentClass":
        """The same for each of so many replicates, which are judged together (`pooling`).

        Each has its share of the draws and of the effective ones, but no fewer than tell whether
        its chains are far apart.
        """
        draws = max(-(-self.draws // count), FEWEST * self.chains)
        effective = max(self.effective / count, FEWEST / 2)
        return replace(
            self,
            draws=min(draws, self.draws),
            effective=min(effective, self.effective),
            most_r_hat=LOOSE_R_HAT,
        )

    def fit(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Estimate:
        """Posterior draws of N; NotEstimable for fewer than three lists that overlap others."""
        return self.fit_tuned(histories, rng=rng, progress=progress)[0]

    def fit_tuned(
        self,
        histories: CaptureHistories,
        *,
        rng: np.random.Generator,
        progress: Progress | None = None,
        tuning: Tuning | None = None,
    ) -> tuple[Estimate, Tuning | None]:
        """The same, by chains that work as those of another replicate did; and how these worked.

        Where chains so tuned do not agree, or the lists are others, they learn for themselves.
        """
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
            if tuning is not None and tuning.lists == table.lists and self.tempering is None:
                crew = _Crew(self, model, table, rng, pool)
                crew.settle_as(tuning)
                told(0.2)
                found = self._sample(crew, tuning.schedule, lambda s: told(0.2 + 0.8 * s))
                if found.agrees:
                    return self._answer(found, crew, histories, rng, tuning.schedule), tuning
            crew = _Crew(self, model, table, rng, pool)
            crew.settle(lambda share: told(0.3 * share))
            schedule, trials = crew.choose(self.kernel)
            told(0.4)
            found = self._sample(crew, schedule, lambda s: told(0.4 + 0.6 * s))
        answer = self._answer(found, crew, histories, rng, schedule, trials)
        return answer, crew.tuning(schedule) if found.agrees else None

    def _sample(self, crew: "_Crew", schedule: Schedule, told: Progress) -> "_Sampled":
        """Draws of N until the chains agree, or so many times those asked for."""
        batch = -(-self.draws // self.chains)
        parts: list[NDArray[np.int64]] = []
        for round_ in range(PATIENCE):
            for step in range(4):
                parts.append(crew.run(schedule, -(-batch // 4)))
                told((round_ + (step + 1) / 4) / PATIENCE)
            draws = np.concatenate(parts, axis=1) + crew.observed
            agrees = agreement_of(draws).agrees(self.effective, self.most_r_hat) and crew.has_mixed
            if agrees:
                break
        told(1.0)
        return _Sampled(draws, convergence_of(draws, crew.observed), agrees)

    def _answer(
        self,
        sampled: "_Sampled",
        crew: "_Crew",
        histories: CaptureHistories,
        rng: np.random.Generator,
        schedule: Schedule,
        trials: Sequence[Trial] | None = None,
    ) -> Estimate:
        draws, found = sampled.draws, sampled.convergence
        tried: Json = (
            "on another replicate"
            if trials is None
            else [{"name": t.name, "effective_a_second": round(t.rate, 1)} for t in trials]
        )
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
                    "tried": tried,
                },
                **crew.diagnostics(),
            },
        )
        if sampled.agrees:
            return answer
        return answer.refused(Status.NOT_CONVERGED, self._why(found, crew))

    def _why(self, found: Convergence, crew: "_Crew") -> str:
        if len(found.modes) > 1 and found.r_hat > self.most_r_hat:
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
            f" {found.tail:.0f} in the tails; wanted at most {self.most_r_hat:g}, and"
            f" {self.effective:.0f})."
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
            "most_r_hat": self.most_r_hat,
            "kernel": self.kernel,
            "tempering": None
            if self.tempering is None
            else {"rungs": self.tempering.rungs, "hottest": self.tempering.hottest},
        }


@dataclass(frozen=True, slots=True, eq=False)
class _Sampled:
    """Draws of N, shape (chains, draws), and whether their chains agree."""

    draws: NDArray[np.int64]
    convergence: Convergence
    agrees: bool


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
        self.observed = table.observed
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

    def settle_as(self, tuning: Tuning) -> None:
        """Let every chain settle with what chains learned on another replicate."""
        plain = [chain for chain in self._chains if isinstance(chain, Chain)]
        pairs = zip(plain, tuning.metrics, strict=True)
        list(self._pool.map(lambda pair: pair[0].settle_as(pair[1], tuning.log_step), pairs))

    def tuning(self, schedule: Schedule) -> Tuning | None:
        """How the chains work, for other replicates; None of tempered ones."""
        plain = [chain for chain in self._chains if isinstance(chain, Chain)]
        if not plain:
            return None
        metrics = tuple(chain.metric for chain in plain)
        return Tuning(self.lists, schedule, plain[0].log_step, metrics)

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
