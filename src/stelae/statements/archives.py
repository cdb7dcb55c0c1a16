"""The XML parts of a word-processor file, read within bounds.

Shut out are archives that unpack without bound (bytes are counted while they are unpacked),
entities that expand (a document type declaration ends the reading), and passwords.
"""

import io
import zipfile
import zlib
from typing import Protocol
from xml.parsers import expat

from stelae.errors import BadInput

__all__ = ["MOST_UNPACKED", "Archive", "Handler"]

MOST_UNPACKED = 64 << 20
"""All parts together have at most this many bytes once unpacked."""

_MEMBERS = 10_000
_BLOCK = 1 << 16
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Handler(Protocol):
    """What is told of elements; names are `namespace local`."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters between tags."""


class Archive:
    """A ZIP file whose parts are parsed one by one."""

    def __init__(self, content: bytes, name: str, kind: str) -> None:
        self._name, self._kind = name, kind
        self._left = MOST_UNPACKED
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
            self.names = frozenset(self._file.namelist())
        except _DAMAGE as error:
            raise self._refused(f"is truncated or damaged: {error}") from error
        if len(self.names) > _MEMBERS:
            raise self._refused(f"holds more than {_MEMBERS} files: an archive made to do harm")

    def parse(self, part: str, handler: Handler) -> bool:
        """Tell the handler of every element of a part; False where there is no such part."""
        if part not in self.names:
            return False
        information = self._file.getinfo(part)
        if information.flag_bits & 1:
            raise self._refused("is encrypted", "Save it without a password and repeat.")
        if information.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self._refused("is packed in a way that the format does not allow")
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        try:
            with self._file.open(information) as member:
                while block := member.read(_BLOCK):
                    self._left -= len(block)
                    if self._left < 0:
                        what = "unpacks to more than it may: an archive made to do harm"
                        raise self._refused(what)
                    parser.Parse(block, False)
            parser.Parse(b"", True)
        except BadInput:
            raise
        except _DAMAGE as error:
            raise self._refused(f"is truncated or damaged: {error}") from error
        return True

    def require(self, part: str, handler: Handler) -> None:
        """Parse a part without which there is no text."""
        if not self.parse(part, handler):
            raise self._refused(f"is no whole {self._kind} file: {part} is missing")

    def _refuse_doctype(self, *_: object) -> None:
        raise self._refused("holds a document type declaration, which could expand without bound")

    def _refused(self, what: str, hint: str | None = None) -> BadInput:
        return BadInput(
            f"{self._name} {what}",
            hint=hint or f"Open it and save it again as {self._kind}, or save it as text.",
        )
