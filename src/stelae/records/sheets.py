"""A CSV or Parquet file as a lazy frame of text cells, each with its row in the file.

Polars reads it, so that a million rows take a second and little memory. It says little of what is
wrong with a file: one that looks wrong is read again, row by row, to name the places.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.records.csv_form import (
    broken_off,
    delimiter,
    foreign_form,
    has_nul,
    not_utf8,
    ragged,
)

__all__ = [
    "MOST_PROBLEMS",
    "ROW",
    "Form",
    "Sheet",
    "collect",
    "header_problems",
    "open_sheet",
    "tidy",
    "unreadable",
]

ROW = "\x00row"
"""The column of row numbers, as a spreadsheet counts them; no file has a column of this name."""
MOST_PROBLEMS = 200
"""So many faults of one kind in one file are listed; of the others, the number is said."""
_PARQUET = b"PAR1"
_BLOCK = 1 << 20
_LONGEST_HEADER = 1 << 18
_MOST_CHECKED = 100_000
"""In a file with faults of form, the cells of so many rows are checked too."""
_UNREADABLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
_NESTED = (pl.List, pl.Array, pl.Struct, pl.Object, pl.Binary)


@dataclass(frozen=True, slots=True)
class Form:
    """What a CSV file does not say of itself; what is not said is found out, or the usual.

    `header` is the row that names the columns, counted from 1; `unnamed` lets columns go without
    a name, which are then called `column 3` by their place.
    """

    encoding: str = "utf-8"
    separator: str | None = None
    header: int = 1
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its columns, its rows as stripped text (an empty cell is empty text), its digest.

    Rows in which every cell is empty are left out; `faults` names the rows that are not of the
    header's length, which are left out too.
    """

    name: str
    digest: str
    columns: tuple[str, ...]
    rows: pl.LazyFrame
    faults: tuple[Problem, ...] = ()

    def problem(
        self, what: str, row: int | None = None, column: str | None = None, hint: str | None = None
    ) -> Problem:
        """A problem at a place of this file."""
        return Problem(what, self.name, row, column, hint)


def open_sheet(path: Path, name: str, form: Form = Form()) -> Sheet:
    """The file as a sheet, or ImportRefused with what is wrong with its form."""
    with path.open("rb") as file:
        head = file.read(_LONGEST_HEADER)
    if head.startswith(_PARQUET):
        return _parquet(path, name)
    if not head.strip():
        raise ImportRefused([Problem("is empty", name, 1, hint="The first row names the columns.")])
    if form.encoding != "utf-8":
        text = _Text.decoded(path, name, form.encoding)
        return _csv(text, name, text.head(), _digest(path), form)
    foreign = foreign_form(name, head)
    if foreign is not None:
        raise ImportRefused([foreign])
    return _csv(_Text(path), name, head, _digest_of_text(path, name), form)


@dataclass(frozen=True, slots=True)
class _Text:
    """UTF-8 text that can be read again: a file, or what was made of one in another encoding."""

    source: Path | bytes

    @classmethod
    def decoded(cls, path: Path, name: str, encoding: str) -> "_Text":
        content = path.read_bytes()
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            row = content[: error.start].decode(encoding, "replace").count("\n") + 1
            raise ImportRefused(
                [
                    Problem(
                        f"is not {encoding}: byte {error.start} cannot be read",
                        name,
                        row,
                        hint="Name its encoding in the mapping, or save it as UTF-8.",
                    )
                ]
            ) from error
        if "\x00" in text:
            raise ImportRefused([has_nul(name, text[: text.index("\x00")].count("\n") + 1)])
        return cls(text.removeprefix("\ufeff").encode())

    def head(self) -> bytes:
        """The first bytes."""
        with self.binary() as file:
            return file.read(_LONGEST_HEADER)

    def binary(self) -> BinaryIO:
        """The bytes as a file."""
        return self.source.open("rb") if isinstance(self.source, Path) else io.BytesIO(self.source)

    def opened(self, skipped: int) -> TextIO:
        """The text as a file, after so many lines."""
        file = io.TextIOWrapper(self.binary(), encoding="utf-8-sig", newline="")
        for _ in islice(file, skipped):
            pass
        return file


def collect(sheet: Sheet, frame: pl.LazyFrame) -> pl.DataFrame:
    """The rows of a frame made of a sheet's; ImportRefused where its file cannot be read on."""
    try:
        return frame.collect(engine="streaming")
    except _UNREADABLE as error:
        raise ImportRefused([unreadable(sheet.name, error)]) from error


def unreadable(name: str, error: BaseException) -> Problem:
    """A file that a library refuses, in the library's words."""
    first = (str(error).strip().splitlines() or ["unknown reason"])[0]
    return Problem(
        f"cannot be read: {first}", name, hint="Save it again as CSV UTF-8, or as Parquet."
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


# --- CSV ---------------------------------------------------------------------------------------


def _digest_of_text(path: Path, name: str) -> str:
    """The digest of a file that is UTF-8 throughout; ImportRefused where it is not."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    position = rows = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            held = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as error:
                rows += error.object[: error.start].count(b"\n")
                raise ImportRefused(
                    [not_utf8(name, position - held + error.start, rows + 1)]
                ) from error
            if "\x00" in text:
                rows += text[: text.index("\x00")].count("\n")
                raise ImportRefused([has_nul(name, rows + 1)])
            digest.update(block)
            position += len(block)
            rows += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ImportRefused([not_utf8(name, position, rows + 1)]) from error
    return f"sha256:{digest.hexdigest()}"


def _csv(content: _Text, name: str, head: bytes, digest: str, form: Form) -> Sheet:
    text = head.decode("utf-8-sig", errors="ignore")
    for _ in range(form.header - 1):
        text = text.partition("\n")[2]
    first = text.partition("\n")[0]
    if "\r" in first.removesuffix("\r"):
        raise ImportRefused(
            [
                Problem(
                    "ends its rows as old Macintosh files do, by carriage returns alone",
                    name,
                    1,
                    hint="Save it as: CSV UTF-8.",
                )
            ]
        )
    separator = form.separator or delimiter(text)
    try:
        header = next(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), []
        )
    except csv.Error as error:
        raise ImportRefused([broken_off(name, 1, error)]) from error
    columns = [cell.strip() for cell in header]
    if form.unnamed and any(columns):
        columns = [each or f"column {place}" for place, each in enumerate(columns, start=1)]
    problems = list(header_problems(name, columns, form.header))
    if problems:
        raise ImportRefused(problems)
    try:
        frame = pl.scan_csv(
            content.source,
            separator=separator,
            infer_schema=False,
            with_column_names=lambda _: columns,
            row_index_name=ROW,
            row_index_offset=form.header + 1,
            skip_lines=form.header - 1,
            glob=False,
        )
        # Polars fills up a short row, and stops at a long one; either is a row to be named.
        doubtful = frame.select(pl.col(columns[-1]).is_null().any()).collect(engine="streaming")
        is_sound = not doubtful.item()
        stopped = None
    except _UNREADABLE as error:
        is_sound, stopped = False, error
    if is_sound:
        return Sheet(name, digest, tuple(columns), tidy(frame, columns))
    rows, faults = _row_by_row(content, name, separator, columns, form.header)
    if faults:
        return Sheet(name, digest, tuple(columns), tidy(rows.lazy(), columns), tuple(faults))
    if stopped is not None:
        raise ImportRefused([unreadable(name, stopped)]) from stopped
    return Sheet(name, digest, tuple(columns), tidy(frame, columns))


def _row_by_row(
    content: _Text, name: str, separator: str, columns: Sequence[str], header: int
) -> tuple[pl.DataFrame, list[Problem]]:
    """The faults of form, and the first rows without any, so that their cells can be checked."""
    width, row, odd = len(columns), header, 0
    faults: list[Problem] = []
    sound: list[list[str | int]] = []
    with content.opened(header - 1) as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            for row, cells in enumerate(reader, start=header):
                if len(cells) == width:
                    if row > header and len(sound) < _MOST_CHECKED:
                        sound.append([row, *cells])
                elif any(map(str.strip, cells)):
                    odd += 1
                    if odd <= MOST_PROBLEMS:
                        faults.append(ragged(name, row, len(cells), width))
        except csv.Error as error:
            faults.append(broken_off(name, row + 1, error))
    if odd > MOST_PROBLEMS:
        faults.append(Problem(f"has {odd - MOST_PROBLEMS:,} more rows of another length", name))
    schema = {ROW: pl.UInt32, **dict.fromkeys(columns, pl.String)}
    return pl.DataFrame(sound, schema=schema, orient="row"), faults


def header_problems(name: str, columns: Sequence[str], row: int = 1) -> Iterator[Problem]:
    """Columns without a name or with one that another has."""
    if not any(columns):
        yield Problem("is empty", name, row, hint="The first row names the columns.")
        return
    for position, column in enumerate(columns, start=1):
        if not column:
            yield Problem(f"column {position} has no name", name, row)
        elif columns.index(column) < position - 1:
            yield Problem(f"column {column!r} is there twice", name, row, column)
        elif column == "*" or (column.startswith("^") and column.endswith("$")):
            # Polars reads these as patterns that stand for other columns.
            yield Problem("cannot be the name of a column", name, row, column, "Call it otherwise.")


def tidy(frame: pl.LazyFrame, columns: Sequence[str]) -> pl.LazyFrame:
    """Cells without space around them; rows without any cell left out."""
    cells = [pl.col(column).str.strip_chars().fill_null("") for column in columns]
    return frame.with_columns(cells).filter(
        pl.any_horizontal([pl.col(column) != "" for column in columns])
    )


# --- Parquet -----------------------------------------------------------------------------------


def _parquet(path: Path, name: str) -> Sheet:
    try:
        frame = pl.scan_parquet(path, row_index_name=ROW, row_index_offset=2, glob=False)
        schema = frame.collect_schema()
    except _UNREADABLE as error:
        raise ImportRefused([unreadable(name, error)]) from error
    columns = [
        column for column, kind in schema.items() if column != ROW and not isinstance(kind, _NESTED)
    ]
    problems = list(header_problems(name, columns))
    if problems:
        raise ImportRefused(problems)
    cells = [
        (pl.col(column).cast(pl.Int8) if schema[column] == pl.Boolean else pl.col(column)).cast(
            pl.String
        )
        for column in columns
    ]
    return Sheet(name, _digest(path), tuple(columns), tidy(frame.select(ROW, *cells), columns))
