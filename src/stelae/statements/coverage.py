"""What of a text was taken into no part of the statement: nothing is dropped without a word.

A letter or digit lies in the block at the head, a clause, a heading, a reference, a signatory, the
mark before one of these (`1. `, `– `, `[3] `), or a note.
"""

import re
from collections.abc import Iterator

from stelae.statements.inline import merge
from stelae.statements.model import Statement
from stelae.statements.text import Span

__all__ = ["left_out", "taken"]

_WORD = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_LABEL = re.compile(r"\[\^?[^\[\]\n]{1,40}\]:?\s{0,9}\Z")
_PIECE = re.compile(
    r"[\W_]*+|\(?\d{1,9}[.)\u0589\u2024\u0640\u2013-]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}[.)]?"
    r"|\(?[a-zа-яա-ֆ]\)|(?:\d{1,2}\.){2,4}"
)
_BEFORE_DASH = re.compile(r"(?<=\d)\s(?=[-\u2013\u0640])")
_LONGEST_MARK = 120


def taken(statement: Statement) -> tuple[Span, ...]:
    """The stretches of the text that the statement holds, in order; notes are not among them."""
    spans = [clause.span for clause in statement.clauses]
    spans.extend(reference.span for reference in statement.references)
    spans.extend(signatory.span for signatory in statement.signatories)
    spans.extend(part.heading_span for part in statement.parts if part.heading_span is not None)
    return merge(spans)


def left_out(statement: Statement, start: int = 0) -> Iterator[Span]:
    """Every stretch with letters or digits, from an offset on, that lies in none of them."""
    content = statement.source.content
    at = start
    ends = ((span.start, span.end) for span in taken(statement))
    for begin, after in (*ends, (len(content), len(content))):
        if begin > at:
            gap = content[at:begin]
            if begin < len(content):
                # The mark stands on the line of what it begins.
                line = gap.rfind("\n") + 1
                if _is_mark(gap[line:]):
                    gap = gap[:line]
            if found := _WORD.search(gap):
                yield Span(at + found.start(), at + found.end())
        at = max(at, after)


def _is_mark(text: str) -> bool:
    """Whether this is what stands before an item, a heading or a quotation: `> 1. `, `## `."""
    if len(text) > _LONGEST_MARK:
        return False
    if label := _LABEL.search(text):
        text = text[: label.start()]
    text = _BEFORE_DASH.sub("", text)
    return all(_PIECE.fullmatch(piece) for piece in text.split())
