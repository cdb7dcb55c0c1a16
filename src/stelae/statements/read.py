"""Reading a statement from a file, bytes or text.

Bytes may be text or a document (HTML, DOCX, ODT, PDF). What cannot be read is refused
(`BadInput`): undecodable bytes, NUL, a tenth or more of control characters, a damaged or encrypted
document, more than 10 MB of text. Anything else is read, however strange, and what was not
understood is left as plain clauses with notes.
"""

import codecs
import os
import re
from dataclasses import replace
from pathlib import Path

from stelae.errors import BadInput
from stelae.statements.blocks import Block, bounded
from stelae.statements.documents import read_document
from stelae.statements.frontmatter import FrontMatter, read_front_matter
from stelae.statements.languages import detect_language, is_language_code, language
from stelae.statements.markdown import markdown_blocks
from stelae.statements.model import Note, Statement
from stelae.statements.plain import plain_blocks
from stelae.statements.structure import build
from stelae.statements.text import SourceText, Span

__all__ = [
    "LARGEST",
    "LARGEST_FILE",
    "decode_statement",
    "encode_like",
    "read_bytes",
    "read_statement",
]

LARGEST = 10_000_000
"""No statement has more bytes of text than this; a larger one is another thing."""
LARGEST_FILE = 64 << 20
"""A document with pictures may have more bytes, but no more than these."""

_MOST_LINES = 20_000
"""A text with more lines is read as plain text, whose marks are nearly the same: it is faster."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = "".join(map(chr, (*range(9), 11, *range(14, 32), 127)))
_MARKDOWN_NAME = (".md", ".markdown")
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)


def read_statement(
    text: str | bytes | Path, name: str | None = None, language_code: str | None = None
) -> Statement:
    """Read a statement. A `Path` is a file to open; a `str` is the text itself.

    `name` is what messages call it, else the file's name. `language_code` (BCP 47) wins over the
    front matter, which wins over detection. A text with front matter or `#` headings, or whose
    name ends in `.md`, is read as Markdown; anything else as plain text.
    """
    if isinstance(text, Path):
        name = name or text.name
        text = read_bytes(text)
    name = name or "statement"
    notes: list[Note] = []
    blocks: tuple[Block, ...] | None = None
    document = None
    if isinstance(text, bytes):
        _refuse_large(len(text), name, LARGEST_FILE)
        document = read_document(text, name)
    if document is not None:
        content, blocks = document.text, document.blocks
        notes.extend(Note(what, Span(0, 0)) for what in document.notes)
    else:
        content = decode_statement(text, name) if isinstance(text, bytes) else text
    _refuse_binary(content, name)
    source = SourceText(content, name)
    front = read_front_matter(source) if document is None else FrontMatter()
    code = language_code
    if code is None and (written := front.get("language")):
        if is_language_code(written):
            code = written
        else:
            what = f"{written!r} is no language code: write hy, ru or en"
            notes.append(Note(what, front.span("language") or Span(0, 0)))
    if code is None:
        last = len(source.starts)
        start = source.starts[front.body_line - 1] if front.body_line <= last else 0
        code = detect_language(content[start:])
    native = (
        front.present or name.lower().endswith(_MARKDOWN_NAME) or _MARKDOWN_HEADING.search(content)
    )
    if blocks is None:
        marked = native and document is None and len(source.starts) <= _MOST_LINES
        find = markdown_blocks if marked else plain_blocks
        blocks = tuple(find(source, front.body_line))
    taken = bounded(list(blocks))
    if len(taken) < len(blocks):
        what = f"more than {len(taken):,} paragraphs: what follows was read as one"
        notes.append(Note(what, taken[-1].span))
    statement = build(source, taken, front, language(code))
    return replace(statement, notes=(*notes, *statement.notes)) if notes else statement


def decode_statement(content: bytes, name: str) -> str:
    """The text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one."""
    _refuse_large(len(content), name, LARGEST)
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} is no text in UTF-8: byte {error.start} cannot be read",
            hint="Save the text as UTF-8 and repeat.",
        ) from error


def encode_like(text: str, original: bytes) -> bytes:
    """The bytes of a text in the encoding, and with the byte order mark, of what it was read from.

    >>> encode_like("\u0561", codecs.BOM_UTF16_BE + b"\x00x")
    b'\xfe\xff\x05a'
    """
    for mark, codec in _MARKS:
        if original.startswith(mark):
            return mark + text.encode(codec)
    return text.encode()


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or the first of more than may be: a device, a pipe and a file that grows
    tell no size. BadInput where it cannot be read, or says that it is too large."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            _refuse_large(os.fstat(file.fileno()).st_size, str(path), LARGEST_FILE)
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput(
            f"cannot read {path}: {error.strerror or error}",
            hint="Check the name of the file and that you may read it.",
        ) from error


def _without_waiting(path: str, flags: int) -> int:
    """Open a named pipe that nobody writes to as an empty file; else as usual."""
    number = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)
    os.set_blocking(number, True)
    return number


def _refuse_large(size: int, name: str, most: int) -> None:
    if size > most:
        raise BadInput(
            f"{name} has more than {most:,} bytes: no statement is that long",
            hint="Check that this is the file you meant.",
        )


def _refuse_binary(content: str, name: str) -> None:
    if len(content) > LARGEST:
        raise BadInput(
            f"{name} has {len(content):,} characters: no statement is that long",
            hint="Check that this is the file you meant.",
        )
    controls = sum(map(content.count, _CONTROLS))
    if "\x00" in content or controls * 10 > len(content):
        raise BadInput(
            f"{name} is no text: it holds {controls} control characters",
            hint="Check that this is the file you meant.",
        )
