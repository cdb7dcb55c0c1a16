"""How a date is written in one cell: EDTF, its calendar if not Gregorian, the source's own words.

`1990-01-13/1990-01-19`, `julian:1918-01-09/1918-01-12`, `1918-05~ "late May"`.
"""

import re

from stelae.errors import BadValue
from stelae.values.dates import Calendar, PartialDate

_CELL = re.compile(r'(?:(gregorian|julian):)?([^"\s][^"]*?)(?:\s+"([^"]*)")?')
_DAY_OF_YEAR = re.compile(r"--(\d\d)-(\d\d)", re.ASCII)
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_date(text: str) -> PartialDate:
    """Read one cell; BadValue says what cannot be and shows an example."""
    match = _CELL.fullmatch(text.strip())
    if not match:
        raise BadValue(
            f"{text!r} is no date",
            hint='Write EDTF, such as 1990-01-13, 1988-02-2X, julian:1918-01-09 or 1918-05~ "May".',
        )
    calendar = Calendar(match[1] or "gregorian")
    return PartialDate.parse(match[2].strip(), calendar=calendar, as_written=match[3] or "")


def format_date(date: PartialDate) -> str:
    """The inverse of `parse_date`."""
    prefix = "" if date.calendar is Calendar.GREGORIAN else f"{date.calendar}:"
    suffix = f' "{date.as_written}"' if date.as_written else ""
    return f"{prefix}{date.edtf}{suffix}"


def parse_days_of_year(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last (month, day) of `--01-20` or `--01-13/--01-19` (ISO 8601 truncated form)."""
    parts = text.split("/")
    days: list[tuple[int, int]] = []
    for part in parts:
        match = _DAY_OF_YEAR.fullmatch(part)
        month, day = (int(match[1]), int(match[2])) if match else (0, 0)
        if not (1 <= month <= 12 and 1 <= day <= _LONGEST_MONTHS[month - 1]):
            raise BadValue(
                f"{text!r} is no day of the year",
                hint="Write --01-20, or --01-13/--01-19 for a run.",
            )
        days.append((month, day))
    if len(days) > 2:
        raise BadValue(f"{text!r} has more than a first and a last day")
    return days[0], days[-1]
