"""A block with what stands in it, and the role that it plays in a statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from stelae.statements.blocks import Block
from stelae.statements.inline import Inline, merge, read_inline
from stelae.statements.languages import Language
from stelae.statements.model import PartKind
from stelae.statements.passage import Passage
from stelae.statements.text import SourceText

__all__ = ["Piece", "Role", "read_piece"]


class Role(Enum):
    """What a block does in a statement."""

    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    REFERENCE = "reference"
    NAME = "name"
    DATE = "date"
    JOINING = "joining"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with what stands in it; `passage` is its prose without mark-up and citations."""

    block: Block
    inline: Inline
    passage: Passage
    role: Role = Role.PROSE
    part: PartKind | None = None
    """The part that a heading begins, None for a heading that the table does not know."""

    @property
    def words(self) -> str:
        """The prose of the block in one line."""
        return " ".join(self.passage.text.split())


def read_piece(
    source: SourceText, block: Block, language: Language, labels: Mapping[str, int] | None = None
) -> Piece:
    """Read the inside of a block; `labels` are the references that the list names by a word."""
    inline = read_inline(
        source.at(block.span),
        block.span.start,
        language=language.code,
        hidden=block.hidden,
        labels=labels,
    )
    gaps = merge([*inline.hidden, *(marker.span for marker in inline.markers)])
    return Piece(block, inline, Passage.of(source.content, block.span, gaps, language))
