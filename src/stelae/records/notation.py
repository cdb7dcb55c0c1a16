"""How a date is written in one cell: EDTF, its calendar if not Gregorian, the source's own words.

`1990-01-13/1990-01-19`, `julian:1918-01-09/1918-01-12`, `1918-05~ "late May"`.
"""

import re

from stelae.errors import BadValue
from stelae.values.dates import Calendar, PartialDate

_CELL = re.compile(r'(?:(gregorian|julian):)?([^"]+)(?:"([^"]*)")?')
_LONGEST = 1000


def parse_date(text: str) -> PartialDate:
    """Read one cell; BadValue says what cannot be and shows an example."""
    match = _CELL.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if not match:
        raise BadValue(
            f"{text[:80]!r} is no date",
            hint='Write EDTF, such as 1990-01-13, 1988-02-2X, julian:1918-01-09 or 1918-05~ "May".',
        )
    calendar = Calendar(match[1] or "gregorian")
    return PartialDate.parse(match[2].strip(), calendar=calendar, as_written=match[3] or "")


def format_date(date: PartialDate) -> str:
    """The inverse of `parse_date`."""
    prefix = "" if date.calendar is Calendar.GREGORIAN else f"{date.calendar}:"
    suffix = f' "{date.as_written}"' if date.as_written else ""
    return f"{prefix}{date.edtf}{suffix}"
