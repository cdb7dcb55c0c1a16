"""What was found, in words: a number with its interval, or as large, why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass

from stelae.estimation.estimate import Estimate, Status
from stelae.estimation.estimates import Estimates, StratumEstimate
from stelae.estimation.report.words import meaning_of, words_of
from stelae.estimation.wording import (
    interval_words,
    is_lower_bound,
    label,
    people,
    per_cent,
)

__all__ = ["Answer", "answer_of", "gaps_of"]

_STATUS = {
    Status.NOT_CONVERGED: "Not converged: there is no number",
    Status.REFUSED: "Refused: there is no number",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`headline` in large letters; `interval` beside it; `facts` by name below."""

    status: str
    headline: str
    interval: str
    reason: str
    meaning: str
    facts: Mapping[str, str]


def answer_of(estimates: Estimates) -> Answer:
    """The answer for the whole: the total, or the only stratum there is."""
    estimate = estimates.total.estimate
    reason = estimate.reason or ""
    if estimate.point is None:
        return Answer(
            str(estimate.status), _STATUS[estimate.status], "", reason, "", _facts(estimates)
        )
    return Answer(
        str(estimate.status),
        _headline(estimate),
        _interval(estimate),
        reason,
        meaning_of(estimate.method, estimate.level) if estimate.interval else "",
        _facts(estimates),
    )


def gaps_of(estimates: Estimates) -> tuple[str, ...]:
    """What a total does not cover, and why, a sentence for each stratum."""
    if not estimates.is_stratified:
        return ()
    total = estimates.total
    gaps = [
        f"{label(each.stratum)}, {people(each.observed)} people listed: {each.reason}"
        for each in total.uncovered
    ]
    if gaps and total.estimate.status is Status.OK:
        gaps.insert(
            0,
            f"The total does not cover {len(total.uncovered)} of {len(estimates.strata)} parts, in"
            f" which {people(total.uncovered_observed)} people are listed.",
        )
    return tuple(gaps)


def _headline(estimate: Estimate) -> str:
    number = people(estimate.point or 0)
    return f"At least {number} people" if is_lower_bound(estimate.method) else f"{number} people"


def _interval(estimate: Estimate) -> str:
    if estimate.interval is None:
        return f"no interval, by {estimate.method}"
    return (
        f"{per_cent(estimate.level)} interval {interval_words(estimate)} people, by"
        f" {estimate.method}"
    )


def _facts(estimates: Estimates) -> Mapping[str, str]:
    estimate = estimates.total.estimate
    facts = {"Method": f"{words_of(estimate.method).title} ({estimate.method})"}
    if estimate.point is None:
        facts["Listed"] = f"{_range(estimates.strata)} people"
        return facts
    unlisted = estimate.unlisted or 0
    facts["Listed"] = f"{people(estimate.observed)} people"
    if len(estimates.strata) == 1:
        facts["Listed"] = f"{_range(estimates.strata)} people"
    facts["On no list, by this estimate"] = (
        f"{'at least ' if is_lower_bound(estimate.method) else ''}{people(unlisted)} people"
    )
    return facts


def _range(strata: tuple[StratumEstimate, ...]) -> str:
    """How many people all strata list; two numbers where linkages differ."""
    low = sum(each.observed[0] for each in strata)
    high = sum(each.observed[1] for each in strata)
    return people(low) if low == high else f"{people(low)}–{people(high)}"
