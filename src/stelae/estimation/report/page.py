"""Everything that the page shows, put in order; the template only sets it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stelae.estimation import plots
from stelae.estimation.checks import Checks, StratumChecks
from stelae.estimation.estimate import Draws, Estimate
from stelae.estimation.estimates import Estimates, StratumEstimate
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.plots import Plot, Table
from stelae.estimation.report.answers import Answer, answer_of, gaps_of
from stelae.estimation.report.facts import (
    chains_table,
    doubt,
    is_synthetic,
    lists_table,
    models_table,
    parameters,
)
from stelae.estimation.report.words import MethodWords, assumptions, words_of
from stelae.estimation.wording import EQUALLY_WELL, PUBLISHED, label, people, per_cent

__all__ = ["Page", "page_of"]

MOST_DRAWN = 6
"""So many strata have plots of their own, those with the most people listed."""


@dataclass(frozen=True, slots=True)
class Page:
    """The report, section by section; `parts` is 0 where the population is not divided."""

    is_synthetic: bool
    lists: tuple[str, ...]
    listed: str
    parts: int
    answer: Answer
    gaps: tuple[str, ...]
    found: tuple[Plot, ...]
    words: MethodWords
    assumptions: str
    equally_well: str
    left_out: tuple[str, ...]
    doubt: str
    sizes: Table
    models: tuple[tuple[str, Table], ...]
    rests_on: tuple[Plot, ...]
    changes: tuple[Plot, ...]
    covered: str
    unchecked: str
    chains: tuple[Plot, ...]
    chains_table: Table | None
    made: Mapping[str, str]
    inputs: Mapping[str, str]
    command: str

    @property
    def plots(self) -> tuple[Plot, ...]:
        """Every plot on the page."""
        return (*self.found, *self.rests_on, *self.changes, *self.chains)


def page_of(
    estimates: Estimates,
    tables: Sequence[CaptureHistories],
    checks: Checks | None,
    command: str,
) -> Page:
    """The page of these results; `command` makes them again."""
    firsts = _firsts(estimates, tables)
    drawn = _largest(estimates)
    is_several = estimates.is_stratified
    first = estimates.strata[0].pooled
    return Page(
        is_synthetic=is_synthetic(tables),
        lists=tuple(dict.fromkeys(name for table in tables for name in table.lists)),
        listed=people(sum(each.observed[0] for each in estimates.strata)),
        parts=len(estimates.strata) if is_several else 0,
        answer=answer_of(estimates),
        gaps=gaps_of(estimates),
        found=tuple(_found(estimates, drawn)),
        words=words_of(estimates.method),
        assumptions=assumptions(estimates.method),
        equally_well=EQUALLY_WELL,
        left_out=tuple(
            f"{label(each.stratum)}: {name} was left out, since it holds {whom}"
            for each in estimates.strata
            for name, whom in each.unusable.items()
        ),
        doubt=doubt(estimates.total.variance),
        sizes=lists_table(firsts),
        models=tuple(
            (label(estimates.strata[at].stratum) if is_several else "", table)
            for at in drawn
            if (table := models_table(estimates.strata[at].pooled)) is not None
        ),
        rests_on=tuple(
            _of(at, estimates, plots.overlaps(firsts[at])) for at in drawn if firsts[at].observed
        ),
        changes=() if checks is None else tuple(_changes(estimates, checks, drawn)),
        covered=_covered(checks),
        unchecked=_unchecked(estimates, checks, drawn),
        chains=tuple(_chains(estimates, drawn)),
        chains_table=chains_table(fit for each in estimates.strata for fit in each.replicates),
        made={
            "Method": estimates.method,
            **parameters(estimates),
            "Level of intervals": per_cent(first.level),
            "Seed": str(estimates.seed),
            "Stelae": first.version,
        },
        inputs={name: digest for table in tables for name, digest in table.inputs.items()},
        command=command,
    )


def _firsts(estimates: Estimates, tables: Sequence[CaptureHistories]) -> Sequence[CaptureHistories]:
    """For each stratum the first of its tables."""
    by: dict[tuple[tuple[str, str], ...], CaptureHistories] = {}
    for table in tables:
        by.setdefault(tuple(table.stratum.items()), table)
    return [by[tuple(each.stratum.items())] for each in estimates.strata]


def _largest(estimates: Estimates) -> Sequence[int]:
    """The places of the strata that are drawn, in their order."""
    strata = estimates.strata
    ranked = sorted(range(len(strata)), key=lambda at: -strata[at].observed[0])
    return sorted(ranked[:MOST_DRAWN])


def _of(at: int, estimates: Estimates, plot: Plot) -> Plot:
    """A plot of one stratum, named for it where there are several."""
    if not estimates.is_stratified:
        return plot
    return replace(
        plot,
        name=f"{plot.name}-{at + 1}",
        title=f"{label(estimates.strata[at].stratum)}: {plot.title[:1].lower()}{plot.title[1:]}",
    )


def _found(estimates: Estimates, drawn: Sequence[int]) -> Iterator[Plot]:
    if estimates.is_stratified:
        yield plots.strata(estimates)
        whole = plots.likely(estimates.total.estimate, "likely-total")
        if whole is not None and estimates.total.estimate.point is not None:
            yield replace(whole, title="All parts together: where the number may lie")
    for at in drawn:
        for draw in (plots.likely, plots.profile):
            plot = draw(estimates.strata[at].pooled)
            if plot is not None:
                yield _of(at, estimates, plot)


def _changes(estimates: Estimates, checks: Checks, drawn: Sequence[int]) -> Iterator[Plot]:
    if checks.methods:
        yield plots.methods([estimates, *checks.methods])
    by = {tuple(each.stratum.items()): each for each in checks.strata}
    for at in drawn:
        stratum = estimates.strata[at]
        found = by.get(tuple(stratum.stratum.items()), StratumChecks(stratum.stratum))
        for plot in _of_checks(stratum, found):
            yield _of(at, estimates, plot)


def _of_checks(stratum: StratumEstimate, checks: StratumChecks) -> Iterator[Plot]:
    # What a method tries by itself is told by a fit, not by a pool of several.
    whole = stratum.replicates[0]
    if checks.dropped:
        yield plots.without_one_list(whole, checks.dropped)
    if checks.held_out:
        yield plots.held_out(checks.held_out)
    others = plots.sensitivity(whole, checks.variants)
    if others is not None:
        yield others


def _covered(checks: Checks | None) -> str:
    covered, tried = (0, 0) if checks is None else checks.covered
    if not tried:
        return ""
    without = sum(len(each.held_out) for each in checks.strata) - tried if checks else 0
    none = f" For {without} more there was no interval." if without else ""
    return (
        f"In the test on known numbers, {covered} of {tried} intervals hold the known size of their"
        f" list.{none} Published shares for other real data: {PUBLISHED} (Binette & Steorts 2021)."
    )


def _unchecked(estimates: Estimates, checks: Checks | None, drawn: Sequence[int]) -> str:
    if checks is None:
        return "No checks were made: what would change the number is not known."
    left = len(estimates.strata) - len(drawn)
    some = (
        f"Plots are drawn of the {len(drawn)} parts with the most people listed; what was checked"
        f" of the other {left} is in estimates.json. "
        if left > 0
        else ""
    )
    first = (
        " Of several completions of the data, the first was checked."
        if any(len(each.replicates) > 1 for each in estimates.strata)
        else ""
    )
    return (
        f"{some}Checks are made with a quarter of the draws, unless every method was asked for; the"
        " last digits of their numbers mean nothing."
        f"{first}"
    )


def _chains(estimates: Estimates, drawn: Sequence[int]) -> Iterator[Plot]:
    for at in drawn:
        draws = _worst(estimates.strata[at].replicates)
        if draws is not None:
            yield _of(at, estimates, plots.traces(draws))
            yield _of(at, estimates, plots.ranks(draws))


def _worst(replicates: Sequence[Estimate]) -> Draws | None:
    """The chains that agree least among the replicates, where there are chains."""
    with_chains = [each for each in replicates if each.draws is not None and len(each.draws) > 1]
    if not with_chains:
        return None

    def r_hat(estimate: Estimate) -> float:
        found = estimate.diagnostics.get("r_hat", 1.0)
        return float(found) if isinstance(found, int | float) else float("inf")

    return max(with_chains, key=r_hat).draws
