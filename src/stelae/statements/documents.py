"""The text and blocks of a statement that is a document: HTML, DOCX, ODT, PDF.

What a file is, its bytes say and not its name. Offsets, lines and columns then count in the text
that is taken here, and a note says so; nothing of the file is changed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stelae.errors import BadInput
from stelae.evidence.extracted import Limits, NoText
from stelae.evidence.media import DOCX, HTML, ODT, PDF, PLAIN, UNKNOWN, XHTML, ZIP, media_of
from stelae.statements.blocks import Block
from stelae.statements.docx_blocks import docx_sheet
from stelae.statements.html_blocks import html_sheet
from stelae.statements.odt_blocks import odt_sheet
from stelae.statements.sheet import Sheet

__all__ = ["Document", "read_document"]

_HTML_NAMES = (".html", ".htm", ".xhtml")
_SHEETS: dict[str, tuple[str, Callable[[bytes, str], Sheet]]] = {
    HTML: ("HTML", html_sheet),
    XHTML: ("HTML", html_sheet),
    DOCX: ("DOCX", docx_sheet),
    ODT: ("ODT", odt_sheet),
}
_LIMITS = Limits(pages=1000, seconds=60.0)
_ENDS = (".", ";", ":", "!", "?", "…", "։", "؟", "؛", "”", "»")
_SHORT = 0.75


@dataclass(frozen=True, slots=True)
class Document:
    """Text taken from a file. `blocks` is None where only lines are known, as in a PDF."""

    text: str
    blocks: tuple[Block, ...] | None
    notes: tuple[str, ...]


def read_document(content: bytes, name: str) -> Document | None:
    """The text of a document; None where the bytes are plain text or nothing known.

    BadInput where they are a document that holds no text, or one of a kind that is not read.
    """
    kind = media_of(content).type
    if kind in {PLAIN, "application/xml"} and name.lower().endswith(_HTML_NAMES):
        kind = HTML
    if kind == PDF:
        return _pdf(content, name)
    if kind in _SHEETS:
        label, make = _SHEETS[kind]
        text, blocks, moved = make(content, name).finish()
        if not text.strip():
            raise BadInput(
                f"{name} holds no text: a {label} file of pictures, or one made by scripts",
                hint="Save its text in a file of its own and check that.",
            )
        notes = [
            f"read from {label}: lines and columns count in the text taken from it, a line for "
            "each paragraph or item"
        ]
        if moved:
            notes.append(
                f"its notes are numbered from {moved + 1}, since the text cites up to [{moved}]"
            )
        return Document(text, tuple(blocks), tuple(notes))
    if kind in {PLAIN, UNKNOWN, "application/xml"}:
        return None
    raise BadInput(
        f"{name} is no text: {_called(kind)}",
        hint="Save it as DOCX, ODT, PDF, HTML, Markdown or plain text and check that.",
    )


def _called(kind: str) -> str:
    if kind == "application/x-ole-storage":
        return "a Word file of before 2007, or an encrypted one"
    if kind == ZIP:
        return "a ZIP archive"
    return f"a file of type {kind}"


def _pdf(content: bytes, name: str) -> Document:
    # Late, because a program that reads no PDF need not load PDFium.
    from stelae.evidence.pdf_text import pdf_text

    found = pdf_text(content, _LIMITS)
    if isinstance(found, NoText):
        raise BadInput(
            f"{name}: {found.reason}",
            hint="Save it without a password, or save its text, and repeat.",
        )
    if not any(page.strip() for page in found.pages):
        raise BadInput(
            f"{name} holds no text: its pages are pictures",
            hint="Have the letters recognised (OCR), or type the text, and check that.",
        )
    pages = [_paragraphs(page) for page in found.pages]
    text, line, begins = "", 1, []
    for number, page in enumerate(pages, 1):
        if number > 1:
            joint = "\n" if _goes_on(text, page) else "\n\n"
            text += joint
            line += len(joint)
        begins.append(f"page {number} at line {line}")
        text += page
        line += page.count("\n")
    where = ", ".join(begins[1:10]) + (" and so on" if len(begins) > 10 else "")
    notes = [
        "read from PDF: lines and columns count in the text taken from it"
        + (f" ({where})" if where else "")
        + "; where paragraphs end is guessed from the lengths of lines"
    ]
    notes.extend(note for note in found.notes if note)
    return Document(text, None, tuple(notes))


def _paragraphs(page: str) -> str:
    """A page with an empty line after each paragraph, which PDF does not mark.

    A line ends one where it ends as a sentence does, or the next begins with a capital, and it
    is shorter than most.
    """
    lines = [line.strip() for line in page.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return ""
    usual = widths[len(widths) * 3 // 4]
    out: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        out.append(line)
        if not line or not following:
            continue
        ends = line.endswith(_ENDS) or not following[0].islower()
        if ends and len(line) < usual * _SHORT:
            out.append("")
    return "\n".join(out).strip("\n")


def _goes_on(text: str, page: str) -> bool:
    """Whether a sentence runs on over the end of a page."""
    return bool(page) and page[0].islower() and not text.rstrip().endswith(_ENDS)
