"""What reviewers' answers say of a linkage, as the report shows it; every part may be missing."""

from dataclasses import dataclass

from stelae.errors import BadValue

__all__ = ["NOTHING_REVIEWED", "Measure", "Reliable", "Reviewed"]


@dataclass(frozen=True, slots=True)
class Reliable:
    """Reviewed pairs of about one probability: what was said (their mean), what was seen.

    `seen` is the share that match, `low` and `high` its interval; all are between 0 and 1.
    """

    said: float
    seen: float
    low: float
    high: float
    pairs: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.seen <= self.high <= 1 or not 0 <= self.said <= 1:
            raise BadValue("shares lie between 0 and 1, and a share in its interval")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of error in words: `precision`, `.97 (.94 to .99)`, `from 200 reviews`."""

    what: str
    value: str
    rests_on: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`decisions` on pairs, the reliability curve, measures of error, and the number of people.

    `people` is an interval from the answers, `verdict` the sentence on whether the drawn numbers
    of people may be trusted.
    """

    decisions: int = 0
    reliability: tuple[Reliable, ...] = ()
    measures: tuple[Measure, ...] = ()
    people: tuple[int, int] | None = None
    verdict: str = ""


NOTHING_REVIEWED = Reviewed()
