"""Plain text as people publish it: empty lines part paragraphs, dashes and numbers begin items."""

import re
from dataclasses import replace

from stelae.statements.blocks import Block, BlockKind
from stelae.statements.superscripts import DIGITS, lowered
from stelae.statements.text import SourceText, Span

__all__ = ["defined_item", "numbered_item", "plain_blocks"]

# Also `1)`, `(1)`, Armenian `1\u0589` and `1\u2024`.
_NUMBERED = re.compile(
    r"(?:\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)\u0589\u2024])[ \t\u00a0\u2003]+(?=\S)"
)
# `1- ` and `1 – ` before a letter, as in Arabic.
_DASHED = re.compile(r"(\d{1,3})[ \u00a0]?[-\u2013\u0640][ \t\u00a0\u2003]+(?=[^\W\d_]|[\"“„«(])")
# `(a) `, `а) `, and `1.2. ` of a list within a list: items without a number of their own.
_LETTERED = re.compile(r"(?:\(?[a-zа-яա-ֆ]\)|\d{1,2}(?:\.\d{1,2}){1,3}\.)[ \t\u00a0]+(?=\S)")
_BRACKETED = re.compile(r"\[\^?(\d{1,3})\](?!\():?[ \t\u00a0]*(?=\S)")
_RAISED = re.compile(rf"([{DIGITS}]{{1,3}})[.)]?[ \t\u00a0]*(?=\S)")
_LABELLED = re.compile(r"\[\^?([^\W_][^\[\]\n]{0,39})\](?!\():?[ \t\u00a0]+(?=\S)")
_BULLET = re.compile(r"[-\u2010-\u2015\u2022\u2023\u25cf\u25aa\u2043\u00b7*+][ \t\u00a0]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_SPACE = re.compile(r"\s*")


def plain_blocks(source: SourceText, start_line: int = 1) -> list[Block]:
    """Every block from a line on. A line that begins with a dash or a number begins an item.

    A number begins one only at the start of a paragraph, after another numbered line, or when it
    is 0 or 1: a wrapped line may well begin with a day of the month.
    """
    blocks: list[Block] = []
    group = 0
    fresh = True
    for number in range(start_line, len(source.starts) + 1):
        line = source.line_span(number)
        first = _SPACE.match(source.content, line.start, line.end)
        start = first.end() if first else line.start
        if start >= line.end:
            fresh = True
            continue
        end = line.end
        while source.content[end - 1].isspace():
            end -= 1
        block = _block(source, Span(start, end), blocks[-1] if blocks else None, group, fresh=fresh)
        if block is None:
            blocks[-1] = _longer(blocks[-1], Span(start, end))
        else:
            if not _same_list(block, blocks[-1] if blocks else None):
                group += 1
                block = replace(block, group=group)
            blocks.append(block)
        fresh = False
    return blocks


def defined_item(text: str, line: Span, group: int) -> Block | None:
    """The item that a line begins as a list of notes does: `[3] …`, `³ …`, `[Hope 1894] …`."""
    if match := _BRACKETED.match(text, line.start, line.end):
        number, label = int(match[1]), ""
    elif match := _RAISED.match(text, line.start, line.end):
        number, label = int(lowered(match[1])), ""
    elif match := _LABELLED.match(text, line.start, line.end):
        number, label = None, match[1].strip()
    else:
        return None
    span = Span(match.end(), line.end)
    return Block(
        BlockKind.ITEM,
        span,
        number=number,
        group=group,
        bracketed=True,
        start=line.start,
        label=label,
    )


def numbered_item(text: str, line: Span, group: int, *, goes_on: bool) -> Block | None:
    """The item that a line begins with a number: `3. …`, `(3) …`, `٣- …`.

    `goes_on` says that it may be any item of a list; else only 0 and 1 begin one before a dash,
    which may be a dash of the sentence.
    """
    if match := _NUMBERED.match(text, line.start, line.end):
        number = int(match["round"] or match["plain"])
    elif match := _DASHED.match(text, line.start, line.end):
        number = int(match[1])
        if number > 1 and not goes_on:
            return None
    else:
        return None
    span = Span(match.end(), line.end)
    return Block(BlockKind.ITEM, span, number=number, group=group, start=line.start)


def _block(
    source: SourceText, line: Span, last: Block | None, group: int, *, fresh: bool
) -> Block | None:
    """The block that a line begins, or None where it goes on with the one before."""
    text = source.content
    goes_on = not (fresh or last is None or last.kind is BlockKind.HEADING)
    # Most lines: no mark is a letter, but for that of an item `a)`.
    if text[line.start].isalpha() and text[line.start + 1 : line.start + 2] != ")":
        return None if goes_on else Block(BlockKind.PARAGRAPH, line)
    if match := _HEADING.match(text, line.start, line.end):
        return Block(BlockKind.HEADING, Span(match.end(), line.end), level=len(match[1]))
    after_item = last is not None and (last.number is not None or bool(last.label))
    if (item := numbered_item(text, line, group, goes_on=after_item)) is not None:
        if fresh or after_item or (item.number or 0) <= 1:
            return item
    elif (item := defined_item(text, line, group)) is not None and (
        fresh or after_item or (item.number is not None and item.number <= 1)
    ):
        return item
    match = _BULLET.match(text, line.start, line.end)
    if match is None and (fresh or (last is not None and last.kind is BlockKind.ITEM)):
        match = _LETTERED.match(text, line.start, line.end)
    if match:
        return Block(BlockKind.ITEM, Span(match.end(), line.end), group=group)
    return None if goes_on else Block(BlockKind.PARAGRAPH, line)


def _same_list(block: Block, last: Block | None) -> bool:
    if last is None or not block.kind is last.kind is BlockKind.ITEM:
        return False
    if block.number is not None and last.number is not None:
        # Numbers that begin again begin another list; `1.` before every item is one list.
        if block.number <= 1 < last.number:
            return False
    elif block.number is not last.number:
        return False
    return block.bracketed == last.bracketed


def _longer(block: Block, line: Span) -> Block:
    return replace(block, span=Span(block.span.start, line.end))
