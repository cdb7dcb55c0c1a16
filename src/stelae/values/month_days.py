"""Days of every year: a month and a day, without a year."""

import re
from dataclasses import dataclass
from typing import Self

from stelae.errors import BadValue
from stelae.values.days import Calendar, month_length

__all__ = ["MonthDay", "parse_month_days"]

_LEAP_YEAR = 2000
_MONTH_DAY = re.compile(r"(?:--)?([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of every year, such as 24 April; 29 February is one."""

    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise BadValue(f"there is no month {self.month}", hint="Months go from 1 to 12.")
        length = month_length(_LEAP_YEAR, self.month, Calendar.GREGORIAN)
        if not 1 <= self.day <= length:
            raise BadValue(
                f"the month {self.month:02} has no day {self.day}",
                hint=f"Its days go from 1 to {length}.",
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `04-24` (or `--04-24`)."""
        found = _MONTH_DAY.fullmatch(text.strip())
        if found is None:
            raise BadValue(
                f"{text[:40]!r} is no day of the year",
                hint="Write month and day, as in 04-24; or a range, as in 01-13/01-19.",
            )
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


def parse_month_days(text: str) -> tuple[MonthDay, MonthDay]:
    """Read `04-24`, or a range such as `01-09/01-12`, as first and last day."""
    first, slash, last = text.partition("/")
    start = MonthDay.parse(first)
    return start, MonthDay.parse(last) if slash else start
