"""When territories left the Julian calendar, and what that means for a date.

The rows are in data/calendar_reforms.csv, each with its source. `known_by` says how far the row
was checked: `excerpt` (we read a passage that states it), `part recalled` or `recalled` (not
checked: an edition should not rest on it). Rival days stand in the note.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from stelae.errors import BadValue
from stelae.values.dates import PartialDate
from stelae.values.days import Calendar, Day

__all__ = [
    "BothStyles",
    "Reform",
    "ReformScope",
    "StyleDoubt",
    "ambiguous_style",
    "both_styles",
    "reforms",
    "reforms_of",
]

LINGERING_DAYS = 731
"""Two years: for so long after a reform a paper may still use the old style unmarked.

A cautious choice of ours. The Russian decree of 1918 had both styles written for five months,
and registers and private papers went on beyond that.
"""


class ReformScope(StrEnum):
    """Whose calendar changed."""

    CIVIL = "civil"
    CHURCH = "church"


@dataclass(frozen=True, slots=True)
class Reform:
    """One territory's change: the day after `last_julian_day` was `first_gregorian_day`.

    `countries` are ISO 3166-1 codes of today's states that lie wholly or partly there.
    """

    territory: str
    name: str
    countries: tuple[str, ...]
    scope: ReformScope
    last_julian_day: PartialDate
    first_gregorian_day: PartialDate
    known_by: str
    source: str
    url: str
    note: str

    def __post_init__(self) -> None:
        last, first = self.last_julian_day.day, self.first_gregorian_day.day
        if last is not None and first is not None and last.plus(1) != first:
            raise BadValue(f"{self.territory}: {first} is not the day after {last}")


@dataclass(frozen=True, slots=True)
class BothStyles:
    """One day in both calendars, each as (year, month, day)."""

    old: tuple[int, int, int]
    new: tuple[int, int, int]
    days_apart: int
    """How many days the new style is ahead: 13 from 1 March 1900 to 29 February 2100 (Julian)."""


@dataclass(frozen=True, slots=True)
class StyleDoubt:
    """Why a date of a territory should say which calendar it is in."""

    reform: Reform
    reason: str
    days_apart: int


@cache
def reforms() -> tuple[Reform, ...]:
    """Every reform on record, in the order of the file (by date)."""
    text = (
        resources.files("stelae.values")
        .joinpath("data/calendar_reforms.csv")
        .read_text(encoding="utf-8")
    )
    return tuple(
        Reform(
            territory=row["territory"],
            name=row["name"],
            countries=tuple(row["countries"].split()),
            scope=ReformScope(row["scope"]),
            last_julian_day=PartialDate.parse(row["last_julian_day"], calendar=Calendar.JULIAN),
            first_gregorian_day=PartialDate.parse(row["first_gregorian_day"]),
            known_by=row["known_by"],
            source=row["source"],
            url=row["url"],
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def reforms_of(territory: str) -> tuple[Reform, ...]:
    """The reforms of a territory named by its key or by today's country code (AM, RU...).

    BadValue when there is none: silence would look like "no doubt".
    """
    found = tuple(
        reform for reform in reforms() if territory in {reform.territory, *reform.countries}
    )
    if not found:
        known = ", ".join(reform.territory for reform in reforms())
        raise BadValue(
            f"no calendar reform is on record for {territory!r}",
            hint=f"Use a country code such as RU or one of: {known}.",
        )
    return found


def both_styles(day: Day) -> BothStyles:
    """The day as the old style (Julian) and the new style (Gregorian) call it."""
    old = day.julian
    return BothStyles(old, day.gregorian, Day.from_julian(*old).number - _same_name(old).number)


def ambiguous_style(
    date: PartialDate | Day, territory: str, *, scope: ReformScope = ReformScope.CIVIL
) -> StyleDoubt | None:
    """Why old or new style matters for a date in a territory; None where it does not.

    It matters up to the reform, when papers of the place were Julian while later authors may
    have converted, and for LINGERING_DAYS after it. The doubt is that of the earliest day that
    the date may mean; of several reforms, the last counts.
    """
    earliest = date if isinstance(date, Day) else date.earliest
    candidates = [reform for reform in reforms_of(territory) if reform.scope is scope]
    for reform in reversed(candidates):
        last = reform.last_julian_day.latest
        if last is None:
            continue
        if earliest is None or earliest <= last:
            reason = f"{reform.name} counted days in the old style until {_written(reform)}"
        elif earliest <= last.plus(LINGERING_DAYS):
            reason = f"{reform.name} left the old style only after {_written(reform)}"
        else:
            continue
        return StyleDoubt(reform, reason, both_styles(earliest or last).days_apart)
    return None


def _written(reform: Reform) -> str:
    return f"{reform.last_julian_day} (old style)"


def _same_name(name: tuple[int, int, int]) -> Day:
    """The Gregorian day of that name; for a 29 February that it lacks, 1 March."""
    year, month, day = name
    return Day.from_gregorian(year, month, 1).plus(day - 1)
