"""The native form: CommonMark blocks, found by markdown-it, with exact places in the source.

The library says which lines a block covers; the words' offsets are then found in those lines.
Inline mark-up is not its work here: `inline` reads it from the source itself.
"""

import functools
from collections.abc import Callable
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from stelae.statements.blocks import Block, BlockKind
from stelae.statements.plain import defined_item, numbered_item
from stelae.statements.superscripts import DIGITS
from stelae.statements.text import SourceText, Span

__all__ = ["markdown_blocks"]

_BEGINS = frozenset(f"[{DIGITS}")


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 20})
    # Pasted text is often indented, and `[1]: ...` at a line's start is a reference here.
    parser.disable(["code", "reference"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def markdown_blocks(source: SourceText, start_line: int = 1) -> list[Block]:
    """Every block from a line on, in order."""
    start = (
        source.starts[start_line - 1] if start_line <= len(source.starts) else len(source.content)
    )
    tokens = _parser().parse(source.content[start:])
    blocks: list[Block] = []
    numbers: list[int | None] = []
    groups: list[int] = []
    lists = 0
    level = 0
    pending = False
    for token in tokens:
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                lists += 1
                groups.append(lists)
            case "ordered_list_close" | "bullet_list_close":
                groups.pop()
            case "list_item_open":
                numbers.append(int(token.info) if token.info.isdigit() else None)
                pending = True
            case "list_item_close":
                numbers.pop()
            case "heading_open":
                level = int(token.tag[1:])
            case "heading_close":
                level = 0
            case "inline" if token.map and token.content.strip():
                span, hidden = _place(source, token, start_line - 1)
                if level:
                    block = Block(BlockKind.HEADING, span, level=level, hidden=hidden)
                elif numbers and pending:
                    block = Block(
                        BlockKind.ITEM,
                        span,
                        number=numbers[-1],
                        group=groups[-1] if groups else 0,
                        hidden=hidden,
                    )
                else:
                    block = Block(BlockKind.PARAGRAPH, span, hidden=hidden)
                pending = False
                blocks.extend(_definitions(source, block, blocks[-1] if blocks else None))
            case "fence" | "code_block" | "html_block" if token.map:
                lines = (token.map[0] + start_line, token.map[1] + start_line - 1)
                begin = source.line_span(lines[0]).start
                blocks.append(
                    Block(BlockKind.HIDDEN, Span(begin, source.line_span(max(lines)).end))
                )
    return blocks


def _definitions(source: SourceText, block: Block, before: Block | None) -> list[Block]:
    """A paragraph of lines that begin `[3] `, `³ ` as that many items; any other as it is.

    So are lines with numbers that CommonMark does not know (`١. …`, `1- …`), from 0 or 1 on.
    """
    text = source.content
    if block.kind is not BlockKind.PARAGRAPH:
        return [block]
    find: Callable[[str, Span, int], Block | None] = defined_item
    if text[block.span.start] not in _BEGINS:
        find = functools.partial(numbered_item, goes_on=True)
        first_item = find(text, block.span, -1)
        follows = before is not None and before.number is not None
        if first_item is None or ((first_item.number or 0) > 1 and not follows):
            return [block]
    first = source.line_number(block.span.start)
    last = source.line_number(block.span.end - 1)
    items: list[Block] = []
    for number in range(first, last + 1):
        line = source.line_span(number)
        begin = max(line.start, block.span.start)
        while begin < line.end and text[begin] in " \t>":
            begin += 1
        item = find(text, Span(begin, min(line.end, block.span.end)), -1)
        if item is not None:
            items.append(item)
        elif items:
            items[-1] = replace(items[-1], span=Span(items[-1].span.start, line.end))
        else:
            return [block]
    return items


def _place(source: SourceText, token: Token, lines_before: int) -> tuple[Span, tuple[Span, ...]]:
    """Where the words of a block stand, and the indents and `>` before its later lines."""
    assert token.map is not None
    first, hidden = None, []
    end = 0
    for index, content in enumerate(token.content.split("\n")):
        line = source.line_span(lines_before + token.map[0] + index + 1)
        words = content.replace("\ufffd", "").strip()
        at = source.content.find(words, line.start, line.end) if words else line.start
        if at < 0:
            at = line.start
        if first is None:
            first = at
        elif at > line.start:
            hidden.append(Span(line.start, at))
        end = max(end, at + len(words), line.start)
    start = first or 0
    return Span(start, max(start, end)), tuple(hidden)
