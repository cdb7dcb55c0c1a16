"""A sheet of an XLSX, XLS or ODS file as a sheet of text cells, each with its row in the file.

Numbers that are whole are written without a fraction, days as ISO writes them; text stays.
"""

import datetime
import hashlib
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from stelae.errors import ImportRefused, Problem
from stelae.records.sheets import ROW, Sheet, header_problems, tidy, unreadable

__all__ = ["is_spreadsheet", "open_spreadsheet", "sheet_names"]

_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MOST_UNPACKED = 2_000_000_000
"""Bytes that the parts of a file may have when they are unpacked."""


def is_spreadsheet(head: bytes) -> bool:
    """Whether a file that begins so is a spreadsheet's (or another office file's)."""
    return head.startswith(_STARTS)


def sheet_names(path: Path, name: str) -> tuple[str, ...]:
    """The sheets that hold cells, in the file's order; ImportRefused where it cannot be read."""
    book = _book(path.read_bytes(), name)
    return tuple(each for each in book.sheet_names if book.get_sheet_by_name(each).total_height > 0)


def open_spreadsheet(path: Path, name: str, chosen: str | None = None, header: int = 1) -> Sheet:
    """The cells of one sheet, or ImportRefused where it is not said which, or cannot be read."""
    content = path.read_bytes()
    book = _book(content, name)
    try:
        title = _title(book, name, chosen)
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise ImportRefused([unreadable(name, error)]) from error
    cells = [[_text(cell) for cell in row] for row in rows[header - 1 :]]
    if not cells:
        raise ImportRefused([Problem("is empty", name, header, hint=_FIRST)])
    columns = [cell.strip() for cell in cells[0]]
    used = [
        at
        for at, column in enumerate(columns)
        if column or any(at < len(row) and row[at] for row in cells[1:])
    ]
    names = [columns[at] or f"column {at + 1}" for at in used]
    if not any(columns):
        raise ImportRefused([Problem("names no columns", name, header, hint=_FIRST)])
    problems = list(header_problems(name, names, header))
    if problems:
        raise ImportRefused(problems)
    frame = pl.DataFrame(
        {
            ROW: range(header + 1, header + len(cells)),
            **{each: _column(cells, at) for each, at in zip(names, used, strict=True)},
        },
        schema={ROW: pl.UInt32, **dict.fromkeys(names, pl.String)},
    )
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return Sheet(name, digest, tuple(names), tidy(frame.lazy(), names))


_FIRST = "The first row names the columns; if another does, write header in the mapping."


def _column(cells: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] if at < len(row) else "" for row in cells[1:]]


def _book(content: bytes, name: str) -> CalamineWorkbook:
    if content.startswith(_STARTS[0]):
        try:
            with zipfile.ZipFile(BytesIO(content)) as packed:
                unpacked = sum(part.file_size for part in packed.infolist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise ImportRefused([unreadable(name, error)]) from error
        if unpacked > _MOST_UNPACKED:
            raise ImportRefused(
                [Problem("is too large when unpacked", name, hint="Save it as CSV UTF-8.")]
            )
    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise ImportRefused([unreadable(name, error)]) from error


def _title(book: CalamineWorkbook, name: str, chosen: str | None) -> str:
    if chosen is not None:
        if chosen in book.sheet_names:
            return chosen
        hint = f"There are: {', '.join(book.sheet_names)}"
        raise ImportRefused([Problem(f"there is no sheet {chosen!r}", name, hint=hint)])
    filled = [each for each in book.sheet_names if book.get_sheet_by_name(each).total_height > 0]
    if not filled:
        raise ImportRefused([Problem("is empty", name, 1, hint=_FIRST)])
    if len(filled) > 1:
        raise ImportRefused(
            [
                Problem(
                    f"has several sheets: {', '.join(filled)}",
                    name,
                    hint="Say in the mapping which is the list: sheet = …",
                )
            ]
        )
    return filled[0]


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        is_day = cell.time() == datetime.time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)
