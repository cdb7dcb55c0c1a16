"""The shape of a text before its meaning: headings, paragraphs, items, in order."""

from dataclasses import dataclass
from enum import Enum

from stelae.statements.text import Span

__all__ = ["Block", "BlockKind"]


class BlockKind(Enum):
    """What a block is by its shape alone."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """One item of a list, with or without a number."""
    HIDDEN = "hidden"
    """Code or raw HTML: kept in the source, never read as prose."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the source. `span` leaves out the marks before it; `number` is an item's.

    `hidden` are the marks inside it that are no words: the indent or `>` of its later lines.
    `group` tells items of one list from those of the next. `bracketed` is a number written `[3]`.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    number: int | None = None
    group: int = 0
    bracketed: bool = False
    hidden: tuple[Span, ...] = ()
    start: int = -1
    """Where the mark before it begins; -1 where there is none."""
    label: str = ""
    """The word in the brackets before it, where that is no number: `[Hope 1894] …`."""
