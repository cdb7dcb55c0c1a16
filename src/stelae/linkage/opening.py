"""The file of one list as a sheet of text: which encoding, which sheet, which row of names.

An encoding is taken where the bytes prove it or the mapping names it; one that could only be
guessed is refused, with the guess in the hint.
"""

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from stelae.errors import ImportRefused, Problem
from stelae.evidence.encodings import Decoded, decode_unlabelled
from stelae.linkage.mapping import Section
from stelae.linkage.separators import separator_of
from stelae.records.sheets import Form, Sheet, open_sheet
from stelae.records.spreadsheets import is_spreadsheet, open_spreadsheet

__all__ = ["Opened", "likely_encoding", "open_list"]

_BLOCK = 1 << 20
_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class Opened:
    """A list's sheet, and what is to be said of how it was read."""

    sheet: Sheet
    notes: tuple[str, ...] = ()
    is_parquet: bool = False


def open_list(path: Path, name: str, section: Section) -> Opened:
    """The list as a sheet, or ImportRefused with what is wrong with its form."""
    try:
        with path.open("rb") as file:
            head = file.read(_BLOCK)
        if head.startswith(_PARQUET):
            return Opened(open_sheet(path, name), is_parquet=True)
        if is_spreadsheet(head):
            return Opened(open_spreadsheet(path, name, section.sheet, section.header or 1))
        if section.encoding is not None:
            text = head.decode(section.encoding, "ignore")
            return Opened(open_sheet(path, name, _form(section, section.encoding, text)))
        if not head.strip() or (not head.startswith(_MARKS) and _is_utf8(path)):
            text = head.decode("utf-8-sig", "ignore")
            return Opened(open_sheet(path, name, _form(section, "utf-8", text)))
        found = likely_encoding(path, name)
        if not found.codec.startswith("utf"):
            raise ImportRefused([_guessed(name, found)])
        form = _form(section, found.codec, found.text[:_BLOCK])
        return Opened(open_sheet(path, name, form), (found.note,))
    except OSError as error:
        problem = Problem(f"cannot be read: {error.strerror or error}", name)
        raise ImportRefused([problem]) from error


def _form(section: Section, encoding: str, text: str) -> Form:
    """How a file is read that begins with this text."""
    header = section.header or 1
    return Form(encoding, section.delimiter or separator_of(text, header), header, unnamed=True)


_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def likely_encoding(path: Path, name: str) -> Decoded:
    """The encoding that the bytes suggest; ImportRefused where they suggest none."""
    found = decode_unlabelled(path.read_bytes())
    if not isinstance(found, Decoded):
        hint = "Save it as CSV UTF-8, or write its encoding in the mapping."
        raise ImportRefused([Problem(found.reason.partition(":")[0], name, hint=hint)])
    return found


def _is_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8 without a NUL, which UTF-16 without a mark is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if "\x00" in decoder.decode(block):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(name: str, found: Decoded) -> Problem:
    line = next((each for each in found.text.splitlines() if not each.isascii()), "")
    shown = "".join(each for each in line[:60] if unicodedata.category(each)[0] != "C")
    return Problem(
        f"is not UTF-8, and its bytes do not prove which encoding it is in ({found.note})",
        name,
        hint=f'If this reads well, "{shown}", write encoding = "{found.codec}" in the mapping.',
    )
