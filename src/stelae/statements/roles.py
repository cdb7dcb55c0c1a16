"""Which block of a text is what: title, heading, prose, reference, name, date, joining line.

A heading that the table knows settles what stands under it. Without one, the tail of a published
text is read from its end (see `tail`).
"""

from collections.abc import Mapping
from dataclasses import replace

from stelae.statements.blocks import Block, BlockKind
from stelae.statements.dates import find_dates
from stelae.statements.languages import Language
from stelae.statements.model import PartKind
from stelae.statements.openings import find_opening, heading_kind, is_joining
from stelae.statements.pieces import Piece, Role, read_piece
from stelae.statements.signatories import may_be_names
from stelae.statements.tail import read_tail
from stelae.statements.text import SourceText, Span
from stelae.statements.words import TokenKind

__all__ = ["assign_roles"]

_LONGEST_TITLE = 400
_LONGEST_DATE = 80
_LONGEST_HEADING = 60
_LETTERHEAD = 8
"""A title stands within so many paragraphs; before it the letterhead."""
_SHORTEST_NAMED = 30


def assign_roles(
    source: SourceText, blocks: list[Block], language: Language, *, titled: bool
) -> list[Piece]:
    """Every block that shows any words, in order, with its role.

    `titled` says that the front matter has a title, so that only a first heading may be another.
    """
    blocks, labels = _labels(blocks)
    pieces = [
        read_piece(source, block, language, labels)
        for block in blocks
        if block.kind is not BlockKind.HIDDEN
    ]
    cited = {
        number for piece in pieces for marker in piece.inline.markers for number in marker.numbers
    }
    pieces = _definitions(source, pieces, cited, language, labels)
    pieces = [piece for piece in pieces if piece.passage.tokens or piece.inline.markers]
    pieces = _headed(source, pieces, language, labels)
    pieces = _sections(pieces, language)
    pieces = read_tail(pieces, language, cited=bool(cited))
    return _title(pieces, language, titled=titled)


def _labels(blocks: list[Block]) -> tuple[list[Block], dict[str, int]]:
    """Number the items that a word in brackets begins, after those that have a number."""
    highest = max((block.number or 0 for block in blocks if block.bracketed), default=0)
    labels: dict[str, int] = {}
    for block in blocks:
        if block.label:
            labels.setdefault(block.label, highest + len(labels) + 1)
    if not labels:
        return blocks, labels
    return [
        replace(block, number=labels[block.label]) if block.label else block for block in blocks
    ], labels


def _definitions(
    source: SourceText,
    pieces: list[Piece],
    cited: set[int],
    language: Language,
    labels: Mapping[str, int],
) -> list[Piece]:
    """`[3] ...` at a line's start is a reference if 3 is cited elsewhere or such lines are many."""
    found: list[Piece] = []
    listed = _listed_labels(pieces, cited)
    for index, piece in enumerate(pieces):
        block = piece.block
        if not block.bracketed:
            found.append(piece)
            continue
        beside = (pieces[at].block for at in (index - 1, index + 1) if 0 <= at < len(pieces))
        if (
            block.number in cited
            or index in listed
            or any(
                other.bracketed and other.group == block.group and not (block.label or other.label)
                for other in beside
            )
        ):
            found.append(replace(piece, role=Role.REFERENCE))
        else:
            # It was a citation at the start of a paragraph: give the bracket back to it.
            whole = Span(block.start, block.span.end)
            prose = replace(
                block, kind=BlockKind.PARAGRAPH, span=whole, number=None, bracketed=False, label=""
            )
            found.append(read_piece(source, prose, language, labels))
    return found


def _listed_labels(pieces: list[Piece], cited: set[int]) -> set[int]:
    """The indices of items with a label that stand in a row with one that is cited."""
    listed: set[int] = set()
    row: list[int] = []
    for index, piece in enumerate((*pieces, None)):
        if piece is not None and piece.block.label:
            row.append(index)
            continue
        if any(pieces[at].block.number in cited for at in row):
            listed.update(row)
        row = []
    return listed


def _headed(
    source: SourceText, pieces: list[Piece], language: Language, labels: Mapping[str, int]
) -> list[Piece]:
    """A paragraph whose first line is a heading of signatories, as that line and the rest."""
    found: list[Piece] = []
    for piece in pieces:
        block = piece.block
        first = source.line_span(source.line_number(block.span.start)).end
        rest = source.content[first : block.span.end]
        short = first - block.span.start <= _LONGEST_HEADING
        if block.kind is not BlockKind.PARAGRAPH or not short or not rest.strip():
            found.append(piece)
            continue
        head = _part(block, Span(block.span.start, first))
        heading = read_piece(source, head, language, labels)
        if heading_kind(heading.passage, language) is not PartKind.SIGNATORIES:
            found.append(piece)
            continue
        start = first + len(rest) - len(rest.lstrip())
        names = _part(block, Span(start, block.span.end))
        found += [heading, read_piece(source, names, language, labels)]
    return found


def _part(block: Block, span: Span) -> Block:
    return replace(block, span=span, hidden=tuple(gap for gap in block.hidden if gap in span))


def _sections(pieces: list[Piece], language: Language) -> list[Piece]:
    found: list[Piece] = []
    section: PartKind | None = None
    for piece in pieces:
        block, words = piece.block, piece.passage.text.strip()
        is_heading = block.kind is BlockKind.HEADING
        kind: PartKind | None = None
        if is_heading or len(words) <= _LONGEST_HEADING:
            kind = heading_kind(piece.passage, language)
        if is_heading or (
            kind in {PartKind.SIGNATORIES, PartKind.REFERENCES}
            and block.kind is BlockKind.PARAGRAPH
        ):
            section = kind
            found.append(replace(piece, role=Role.HEADING, part=kind))
            continue
        role = piece.role
        if role is Role.REFERENCE:
            pass
        elif section is PartKind.REFERENCES and block.kind is BlockKind.ITEM:
            role = Role.REFERENCE
        elif is_joining(piece.passage, language):
            role = Role.JOINING
        elif _is_date(piece, language):
            role = Role.DATE
        elif section is PartKind.SIGNATORIES:
            if block.kind is BlockKind.ITEM or may_be_names(piece.passage.text):
                role = Role.NAME
            else:
                section = None
        found.append(replace(piece, role=role) if role is not piece.role else piece)
    return found


def _is_date(piece: Piece, language: Language) -> bool:
    """A line that holds a day and hardly another word: `Yerevan, 12 January 2020`."""
    words = piece.passage.text.strip()
    if not 4 <= len(words) <= _LONGEST_DATE or piece.block.kind is BlockKind.ITEM:
        return False
    passage = piece.passage
    dates = find_dates(passage, language, passage.beginnings(language))
    if len(dates) != 1 or dates[0].start.year is None or dates[0].start.month is None:
        return False
    return len(passage.tokens) - len(passage.taken) <= 3 and len(words) - len(dates[0].span) <= 24


def _named_title(pieces: list[Piece], language: Language) -> int:
    """The index of a heading line such as `Resolution on…` below a letterhead; 0 without one.

    It is the longest of the lines before the first opening words that begin with the name of such
    a document, and holds more than that name and a number.
    """
    best, length = 0, _SHORTEST_NAMED
    for index, piece in enumerate(pieces[:_LETTERHEAD]):
        words = piece.words
        if (
            piece.role is not Role.PROSE
            or piece.block.kind is not BlockKind.PARAGRAPH
            or find_opening(piece.passage, language) is not None
            or (index and words.endswith((".", ";", ":", ",", "։")))
        ):
            break
        if length < len(words) <= _LONGEST_TITLE and language.documents.at(
            piece.passage.tokens, _first_word(piece)
        ):
            best, length = index, len(words)
    return best


def _first_word(piece: Piece) -> int:
    tokens = piece.passage.tokens
    return next((at for at, token in enumerate(tokens) if token.kind is TokenKind.WORD), 0)


def _title(pieces: list[Piece], language: Language, *, titled: bool) -> list[Piece]:
    if not pieces:
        return pieces
    named = 0 if titled else _named_title(pieces, language)
    if named and pieces[0].block.kind is not BlockKind.HEADING:
        title = replace(pieces[named], role=Role.TITLE)
        return [*pieces[:named], title, *pieces[named + 1 :]]
    first = pieces[0]
    if first.block.kind is BlockKind.HEADING:
        is_title = first.block.level == 1 and first.part is None
    else:
        words = first.passage.text.strip()
        is_title = (
            not titled
            and first.role is Role.PROSE
            and first.block.kind is BlockKind.PARAGRAPH
            and len(pieces) > 1
            and len(words) <= _LONGEST_TITLE
            and not words.endswith((".", ";", ":", ",", "։"))
            and find_opening(first.passage, language) is None
        )
    return [replace(first, role=Role.TITLE), *pieces[1:]] if is_title else pieces
