"""The shape of a text before its meaning: headings, paragraphs, items, in order."""

from dataclasses import dataclass
from enum import Enum

from stelae.statements.text import Span

__all__ = ["MOST_BLOCKS", "Block", "BlockKind", "bounded"]

MOST_BLOCKS = 10_000
"""A text with more paragraphs is no statement; what follows is read as one paragraph."""


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


def bounded(blocks: list[Block], most: int = MOST_BLOCKS) -> list[Block]:
    """At most so many blocks: what is left over is one paragraph, so that nothing is lost."""
    if len(blocks) <= most:
        return blocks
    rest = [block for block in blocks[most - 1 :] if block.kind is not BlockKind.HIDDEN]
    if not rest:
        return blocks[: most - 1]
    start = rest[0].start if rest[0].start >= 0 else rest[0].span.start
    whole = Span(start, max(block.span.end for block in rest))
    return [*blocks[: most - 1], Block(BlockKind.PARAGRAPH, whole)]
