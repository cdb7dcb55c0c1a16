"""Taking the text of kept bytes, by their media type; pure given the bytes.

Nothing is raised for what a file holds: either text with notes, or the reason why there is none.
"""

import io
import sys
from pathlib import Path

from stelae.evidence.encodings import Undecided, decode_unlabelled
from stelae.evidence.extracted import (
    PAGE_BREAK,
    ExtractedText,
    Limits,
    NoText,
    decode_pages,
    encode_pages,
    finish,
)
from stelae.evidence.html_text import html_text
from stelae.evidence.media import DOCX, HTML, ODT, PDF, XHTML
from stelae.evidence.office_text import docx_text, odt_text

__all__ = [
    "ExtractedText",
    "Limits",
    "NoText",
    "decode_pages",
    "encode_pages",
    "extract_text",
]

LIMITS = Limits()


def extract_text(
    content: bytes | Path, media_type: str, limits: Limits = LIMITS
) -> ExtractedText | NoText:
    """The text of bytes, or of the file at a path, read as what `media_type` says.

    Parameters of the media type are ignored: an encoding named from outside is less sure than
    what the bytes show. Raises OSError only when a path cannot be read.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind == PDF:
        # Late, because a program that reads no PDF need not load PDFium.
        from stelae.evidence.pdf_text import pdf_text

        return pdf_text(content, limits)
    if kind in {DOCX, ODT}:
        archive = content if isinstance(content, Path) else io.BytesIO(content)
        return docx_text(archive, limits) if kind == DOCX else odt_text(archive, limits)
    if kind not in {HTML, XHTML} and not kind.startswith("text/"):
        return NoText(f"text is not taken from files of type {kind}")
    source = _bounded(content, limits.source)
    if source is None:
        return NoText(f"the file has more than {limits.source} bytes: split it")
    return html_text(source, limits) if kind in {HTML, XHTML} else plain_text(source, limits)


def plain_text(content: bytes, limits: Limits = LIMITS) -> ExtractedText | NoText:
    """The text of a plain file; a form feed in it starts a new page."""
    decoded = decode_unlabelled(content)
    if isinstance(decoded, Undecided):
        return NoText(f"no text was taken: {decoded.reason}")
    if not decoded.text.strip():
        return NoText("the file holds nothing but white space")
    pages = decoded.text.split(PAGE_BREAK)
    notes = decoded.doubts
    if len(pages) > 1:
        notes.append(f"form feeds were taken as page breaks: {len(pages)} pages")
    version = ".".join(map(str, sys.version_info[:3]))
    return finish(pages, notes, f"Python {version}; {decoded.note}", limits)


def _bounded(content: bytes | Path, most: int) -> bytes | None:
    if isinstance(content, Path):
        with content.open("rb") as file:
            content = file.read(most + 1)
    return content if len(content) <= most else None
