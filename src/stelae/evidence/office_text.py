"""The text of word-processor files, DOCX (ISO/IEC 29500) and ODT (ISO/IEC 26300): one page.

Their pages exist only once a program has set them, so none are made up here. Two attacks are
shut out: an archive that unpacks without bound (bytes are counted while they are unpacked), and
entities that expand (a document type declaration ends the reading; neither format has one).
Deleted text of tracked changes and comments are left out, foot- and endnotes stand at the end.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from stelae.evidence.extracted import ExtractedText, Limits, NoText, finish

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_T = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_BLOCK = 1 << 16
_MEMBERS = 10_000


class _Refused(Exception):
    """Why the file is not read on; becomes NoText before it leaves this module."""


def docx_text(content: BinaryIO | Path, limits: Limits) -> ExtractedText | NoText:
    """The text of a DOCX file."""
    parts = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
    return _office_text(content, parts, _docx_reader, "DOCX", limits)


def odt_text(content: BinaryIO | Path, limits: Limits) -> ExtractedText | NoText:
    """The text of an ODT file."""
    return _office_text(content, ("content.xml",), _odt_reader, "ODT", limits)


class _Reader:
    """Collects text between elements; `depth_dropped` counts open elements that are left out."""

    def __init__(
        self,
        dropped: frozenset[str],
        ending: frozenset[str],
        standing_for: dict[str, str],
        within: str | None,
    ) -> None:
        self.parts: list[str] = []
        self.dropped, self.ending, self.standing_for = dropped, ending, standing_for
        self.within = within
        self.depth_dropped = 0
        self.depth_within = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.dropped:
            self.depth_dropped += 1
        elif name == self.within:
            self.depth_within += 1
        elif not self.depth_dropped and name in self.standing_for:
            times = attributes.get(f"{_T}c", "1")
            count = int(times) if times.isascii() and times.isdigit() and len(times) < 4 else 1
            self.parts.append(self.standing_for[name] * count)

    def end(self, name: str) -> None:
        if name in self.dropped:
            self.depth_dropped -= 1
        elif name == self.within:
            self.depth_within -= 1
        elif not self.depth_dropped and name in self.ending:
            self.parts.append("\n")

    def text(self, text: str) -> None:
        if not self.depth_dropped and (self.within is None or self.depth_within):
            self.parts.append(text)


def _docx_reader() -> _Reader:
    return _Reader(
        dropped=frozenset((f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback")),
        ending=frozenset((f"{_W}p",)),
        standing_for={f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"},
        within=f"{_W}t",
    )


def _odt_reader() -> _Reader:
    return _Reader(
        dropped=frozenset((f"{_T}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}scripts")),
        ending=frozenset((f"{_T}p", f"{_T}h")),
        standing_for={f"{_T}tab": "\t", f"{_T}line-break": "\n", f"{_T}s": " "},
        within=None,
    )


def _office_text(
    content: BinaryIO | Path,
    parts: tuple[str, ...],
    make: Callable[[], _Reader],
    kind: str,
    limits: Limits,
) -> ExtractedText | NoText:
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
            if len(names) > _MEMBERS:
                raise _Refused(f"its archive holds more than {_MEMBERS} files")
            if parts[0] not in names:
                raise _Refused(f"{parts[0]} is missing")
            reader = make()
            left = limits.unpacked
            for part in parts:
                if part in names:
                    left = _read_part(archive, part, reader, left)
    except _Refused as error:
        return NoText(f"the {kind} file could not be read: {error}")
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        return NoText(f"the {kind} file is truncated or damaged: {error}")
    text = "".join(reader.parts).strip("\n")
    if not text.strip():
        return NoText(f"the {kind} file holds no text (perhaps pictures of text)")
    note = f"{kind} has no pages of its own: the text is one page"
    return finish([text], [note], f"expat {expat.EXPAT_VERSION.removeprefix('expat_')}", limits)


def _read_part(archive: zipfile.ZipFile, part: str, reader: _Reader, left: int) -> int:
    """Parse one part; gives back how many bytes may still be unpacked."""
    information = archive.getinfo(part)
    if information.flag_bits & 1:
        raise _Refused("it is encrypted: save it without a password and deposit that too")
    if information.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _Refused("it is packed in a way that the format does not allow")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    with archive.open(information) as member:
        for block in _blocks(member.read):
            left -= len(block)
            if left < 0:
                raise _Refused("it unpacks to more than it may: an archive made to do harm")
            parser.Parse(block, False)
    parser.Parse(b"", True)
    return left


def _blocks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while block := read(_BLOCK):
        yield block


def _refuse_doctype(*_: object) -> None:
    raise _Refused("it holds a document type declaration, which could expand without bound")
