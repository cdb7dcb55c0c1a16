"""What reviewers' answers say of a linkage, as the report shows it; every part may be missing."""

from dataclasses import dataclass

from stelae.linkage.evaluation import Estimated
from stelae.linkage.posterior import People
from stelae.linkage.reliability import Reliability

__all__ = ["NOTHING_REVIEWED", "Reviewed"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Decisions that stand, whether probabilities fit them, how often the linkage errs, and people.

    `people` is the number of people with its verdict; it needs no answers, and is better with them.
    """

    decisions: int = 0
    reliability: Reliability | None = None
    errors: tuple[Estimated, ...] = ()
    people: People | None = None


NOTHING_REVIEWED = Reviewed()
