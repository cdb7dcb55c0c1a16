"""Which character stands between the cells of a CSV file, judged by its first rows together.

A row of names alone misleads: `Surname, name;Born` holds as many commas as semicolons.
"""

import csv
import io
from itertools import islice

from stelae.records.csv_form import delimiter

__all__ = ["separator_of"]

_CANDIDATES = (",", ";", "\t", "|")
_ROWS = 50


def separator_of(text: str, header: int = 1) -> str:
    """The separator by which most of the first rows have as many cells as the row of names.

    Of several that do alike, the one that makes most cells; where none makes two, the usual one.
    `text` is the beginning of a file, `header` its row of names.
    """
    lines = text.splitlines(keepends=True)[header - 1 :]
    if not lines:
        return ","
    # The last row of a beginning may be cut off.
    beginning = "".join(lines[:-1] if len(lines) > _ROWS else lines)
    found = {each: _fit(beginning, each) for each in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda each: found[each])
    return best if found[best] > (0.0, 0) else delimiter(lines[0])


def _fit(text: str, separator: str) -> tuple[float, int]:
    """The share of rows with as many cells as the first, and that number; (0, 0) for one cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = [len(row) for row in islice(reader, _ROWS) if row]
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]
