"""The end of a published text without headings: references, joining line, date, signatories."""

import re
from dataclasses import replace

from stelae.statements.blocks import BlockKind
from stelae.statements.languages import Language
from stelae.statements.model import PartKind
from stelae.statements.openings import find_opening
from stelae.statements.pieces import Piece, Role
from stelae.statements.signatories import may_be_names

__all__ = ["read_tail"]

_CLOSING = {Role.JOINING, Role.DATE}
_NO_NAME = re.compile(r"[:@]|www\.|\d{3}")
"""What an address or a telephone number has, and a name has not."""


def read_tail(pieces: list[Piece], language: Language, *, cited: bool) -> list[Piece]:
    """The pieces with the roles that their place at the end gives them.

    `cited` says that the text cites by numbers.
    """
    roles = [piece.role for piece in pieces]
    signed = any(piece.part is PartKind.SIGNATORIES for piece in pieces)
    start = _list_start(pieces, len(pieces))
    names = roles[start:] == [Role.NAME] * (len(pieces) - start)
    if cited and 0 < start < len(pieces) and names and roles[start - 1] is Role.NAME:
        # Names, then a numbered list of its own in a text that cites: the list is no names.
        roles[start:] = [Role.REFERENCE] * (len(pieces) - start)
    index = len(pieces)
    if Role.REFERENCE not in roles:
        closed = start > 0 and roles[start - 1] in {*_CLOSING, Role.NAME}
        if start == len(pieces) or pieces[start].block.number not in {0, 1}:
            pass
        elif not cited and not signed and start and roles[start - 1] in _CLOSING:
            signers = all(_is_signer(piece) for piece in pieces[start:])
            roles[start:] = [Role.NAME if signers else Role.REFERENCE] * (len(pieces) - start)
            signed, index = signers, start
        elif cited or closed:
            roles[start:] = [Role.REFERENCE] * (len(pieces) - start)
            index = start
    else:
        while index and (
            roles[index - 1] is Role.REFERENCE or pieces[index - 1].part is PartKind.REFERENCES
        ):
            index -= 1
    if not signed and (first := _below_date(pieces, roles, index, language)) < index:
        roles[first:index] = [Role.NAME] * (index - first)
        signed = True
    closed = index < len(pieces)
    while index and roles[index - 1] in _CLOSING:
        index -= 1
        closed = True
    if closed and not signed:
        while (
            index > 1 and roles[index - 1] is Role.PROSE and _is_name(pieces[index - 1], language)
        ):
            index -= 1
            roles[index] = Role.NAME
    return [
        piece if piece.role is role else replace(piece, role=role)
        for piece, role in zip(pieces, roles, strict=True)
    ]


def _list_start(pieces: list[Piece], end: int) -> int:
    """Where the numbered list that ends here begins; numbers that start again begin another."""
    index = end
    while index and _numbered(pieces[index - 1]):
        before = pieces[index - 1].block.number or 0
        if index < end and pieces[index].block.number in {0, 1} and before > 1:
            break
        index -= 1
    return index


def _below_date(pieces: list[Piece], roles: list[Role], end: int, language: Language) -> int:
    """Where the names that stand below the date and last begin; `end` where there are none.

    What comes before the date must be prose: the head of a letter has a date and short lines too.
    """
    index = end
    while (
        index
        and roles[index - 1] is Role.PROSE
        and _is_name(pieces[index - 1], language)
        and not _NO_NAME.search(pieces[index - 1].passage.text)
    ):
        index -= 1
    if not index or roles[index - 1] is not Role.DATE:
        return end
    prose = any(
        roles[at] is Role.PROSE and not _is_name(pieces[at], language) for at in range(index - 1)
    )
    return index if prose else end


def _numbered(piece: Piece) -> bool:
    return piece.block.kind is BlockKind.ITEM and piece.block.number is not None


def _is_signer(piece: Piece) -> bool:
    """Whether an item of a list that nothing cites is a name: a book has a year, marks or both."""
    words = piece.passage.text
    return may_be_names(words) and not any(character.isdigit() for character in words)


def _is_name(piece: Piece, language: Language) -> bool:
    return (
        piece.block.kind is BlockKind.PARAGRAPH
        and not piece.inline.markers
        and may_be_names(piece.passage.text)
        and find_opening(piece.passage, language) is None
    )
