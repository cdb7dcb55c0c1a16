"""The form of CSV files: what is no CSV at all, which separator, and how faults of form are named.

Shared by the readers of records and of big lists, so that one fault has one message.
"""

import csv
import re

from stelae.errors import Problem

_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def foreign_form(name: str, head: bytes) -> Problem | None:
    """Why the first bytes of a file cannot be those of a CSV file in UTF-8, or None."""
    if head.startswith(_SPREADSHEETS):
        return Problem("is a spreadsheet file, not CSV", name, hint="Save it as: CSV UTF-8.")
    if head.startswith(_WIDE):
        return Problem("is UTF-16, not UTF-8", name, hint="Save it as: CSV UTF-8.")
    return None


def not_utf8(name: str, position: int, row: int) -> Problem:
    """A byte that is no UTF-8, counted from 0."""
    return Problem(
        f"is not UTF-8: byte {position} cannot be read",
        name,
        row,
        hint="Save the file as UTF-8 (in a spreadsheet: CSV UTF-8).",
    )


def has_nul(name: str, row: int) -> Problem:
    """A character that no text holds."""
    return Problem("contains a NUL character", name, row, hint="Is it a text file?")


def ragged(name: str, row: int, cells: int, header: int) -> Problem:
    """A row with more or fewer cells than the header."""
    return Problem(
        f"has {cells} cells where the header has {header}",
        name,
        row,
        hint="A comma inside a cell needs the cell in double quotes.",
    )


def broken_off(name: str, row: int, error: csv.Error) -> Problem:
    """A row from which on the rest cannot be told apart into cells."""
    return Problem(
        f"cannot be read as CSV from here on: {error}",
        name,
        row,
        hint="Is a double quote left open? Double quotes inside a cell are doubled.",
    )


def delimiter(text: str) -> str:
    """Comma, or what spreadsheets of other countries write instead, judged by the header."""
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max((",", ";", "\t"), key=header.count)
