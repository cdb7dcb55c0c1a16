"""The text of a document that has no lines of its own (HTML, DOCX, ODT), written as it is read.

Every block stands on a line with the mark that plain text would have (`# `, `1. `, `– `), links
and notes as Markdown has them; the blocks then say where the words of each stand in that text.
"""

import re
from dataclasses import dataclass, field

from stelae.statements.blocks import Block, BlockKind
from stelae.statements.text import Span

__all__ = ["Line", "NoteMark", "Sheet", "leads_back", "raised"]

_CITED = re.compile(r"\[\^?(\d{1,3})\s*[\],;–-]")
_ADDRESS = re.compile(r"(?:https?|mailto|ftp):[^\s<>()\[\]]{1,2000}", re.IGNORECASE)
_DIGITS = re.compile(r"\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*")
_BACK = re.compile(r"[\s↩↑^⤴⏎\ufe0e\ufe0f]*|\s*[↩↑^⤴⏎][\ufe0e\ufe0f]?\s?\d{1,3}\s*")
_RAISED = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A pointer to a foot- or endnote, counted from 1 in the order of the text."""

    number: int


@dataclass(slots=True)
class Line:
    """The words of one block while they are gathered."""

    parts: list[str | NoteMark] = field(default_factory=list)
    links: list[int] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add words as they are."""
        if text:
            self.parts.append(text)

    def open_link(self) -> None:
        """What follows is the words of a link."""
        self.links.append(len(self.parts))

    def close_inner_link(self) -> None:
        """End the words of the innermost link, which leads into the document itself."""
        if not self.links:
            return
        start = self.links.pop()
        words = self.parts[start:]
        if leads_back("".join(part if isinstance(part, str) else "0" for part in words)):
            del self.parts[start:]

    def close_link(self, address: str) -> None:
        """End the words of the innermost link; an address that leads to no page is left out."""
        if not self.links:
            return
        start = self.links.pop()
        words = "".join(part for part in self.parts[start:] if isinstance(part, str))
        if words.strip() and "[" not in words and _ADDRESS.fullmatch(address):
            self.parts.insert(start, "[")
            self.parts.append(f"]({address})")


@dataclass(slots=True)
class _Draft:
    kind: BlockKind
    parts: list[str | NoteMark]
    level: int = 0
    number: int | None = None
    group: int = 0
    is_note: bool = False


class Sheet:
    """Gathers blocks; `finish` gives the text and where each block stands in it."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []

    def add(
        self,
        line: Line,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        level: int = 0,
        number: int | None = None,
        group: int = 0,
    ) -> None:
        """One block; nothing if it holds no words."""
        if any(isinstance(part, NoteMark) or part.strip() for part in line.parts):
            self._drafts.append(_Draft(kind, line.parts, level, number, group))

    def add_note(self, mark: NoteMark, line: Line) -> None:
        """The words of a note; they become an item of the references."""
        draft = _Draft(BlockKind.ITEM, line.parts, 0, mark.number, -1, is_note=True)
        self._drafts.append(draft)

    def finish(self) -> tuple[str, list[Block], int]:
        """The text, its blocks, and how far the numbers of notes were moved.

        Notes are numbered after the citations `[1]` that the text has of its own.
        """
        moved = self._highest() if any(draft.is_note for draft in self._drafts) else 0
        pieces: list[str] = []
        blocks: list[Block] = []
        at = 0
        last: _Draft | None = None
        # Notes stand at the end however early they were met.
        for draft in sorted(self._drafts, key=lambda draft: draft.is_note):
            words = "".join(
                part if isinstance(part, str) else f"[{part.number + moved}]"
                for part in draft.parts
            )
            words = "\n".join(line.strip(" \t") for line in words.split("\n")).strip()
            number = draft.number
            if draft.is_note and number is not None:
                number += moved
            if last is not None:
                listed = draft.kind is last.kind is BlockKind.ITEM and draft.group == last.group
                pieces.append("\n" if listed else "\n\n")
                at += len(pieces[-1])
            mark = _mark(draft, number)
            pieces.extend((mark, words))
            start = at + len(mark)
            blocks.append(
                Block(
                    draft.kind,
                    Span(start, start + len(words)),
                    level=draft.level,
                    number=number,
                    group=draft.group,
                    bracketed=draft.is_note,
                    start=at if mark else -1,
                )
            )
            at = start + len(words)
            last = draft
        return "".join(pieces), blocks, moved

    def _highest(self) -> int:
        """The highest number that the text itself cites in brackets."""
        return max(
            (
                int(match[1])
                for draft in self._drafts
                for match in _CITED.finditer(
                    "".join(part for part in draft.parts if isinstance(part, str))
                )
            ),
            default=0,
        )


def leads_back(words: str) -> bool:
    """Whether the words of a link inside a document only lead back from a note: `↑`, `↑2`."""
    return _BACK.fullmatch(words) is not None


def raised(words: str) -> str:
    """Superscript digits as the characters that say so (`¹²`); any other words as they are."""
    return words.translate(_RAISED) if _DIGITS.fullmatch(words) else words


def _mark(draft: _Draft, number: int | None) -> str:
    if draft.kind is BlockKind.HEADING:
        return f"{'#' * max(1, min(6, draft.level))} "
    if draft.kind is not BlockKind.ITEM:
        return ""
    if draft.is_note:
        return f"[{number}] "
    return f"{number}. " if number is not None else "– "
