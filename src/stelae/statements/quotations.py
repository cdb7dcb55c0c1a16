"""Quotations in every style of marks, nested or not, and those whose marks do not close."""

import re
from dataclasses import dataclass

from stelae.statements.facts import QuotationFact
from stelae.statements.languages import Language
from stelae.statements.passage import MOST, Passage
from stelae.statements.text import Span

__all__ = ["find_quotations"]

DEEPEST = 6
"""Marks nested more deeply are passed over."""

_CLOSES = {
    "“": "”",
    "„": "“”‟",
    "«": "»",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "‟": "”",
}
_PARTNERS = {**_CLOSES, "»": "«", "›": "‹"}
_CLOSING = frozenset("”»›」』")
_MARK = re.compile('[“”„‟«»‹›‘‚「」『』"]|’(?!\\w)')


@dataclass(slots=True)
class _Open:
    mark: str
    at: int


def find_quotations(content: str, passage: Passage, language: Language) -> list[QuotationFact]:
    """Every quotation of a passage. `words` come from the text as given.

    A single closing mark is an apostrophe unless its partner is open; a straight mark opens where
    a word begins and closes where one ends.
    """
    text = passage.text
    if text.isascii() and '"' not in text:
        return []
    stack: list[_Open] = []
    found: list[QuotationFact] = []
    usual = frozenset(language.quotation_marks)
    reversed_marks = "»«" in usual

    def close(opened: _Open, at: int, closing: str) -> None:
        depth = len(stack)
        mixed = closing not in _PARTNERS.get(opened.mark, '"')
        inner = Span(passage.offset + opened.at + 1, passage.offset + at)
        found.append(
            QuotationFact(
                span=Span(inner.start - 1, inner.end + 1),
                inner=inner,
                words=content[inner.start : inner.end],
                opening=opened.mark,
                closing=closing,
                depth=depth,
                usual=not usual or opened.mark == '"' or opened.mark + closing in usual,
                mixed=mixed,
            )
        )

    for match in _MARK.finditer(text):
        if len(found) >= MOST:
            return found
        mark, at = match[0], match.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        top = stack[-1] if stack else None
        if mark in "»«›‹" and reversed_marks:
            # »German and Danish books« turn the marks around.
            if mark in "»›" and top is None and not before.isalnum() and not after.isspace():
                stack.append(_Open(mark, at))
                continue
            if top is not None and (top.mark + mark) in {"»«", "›‹"}:
                stack.pop()
                close(top, at, mark)
                continue
        opens_here = (before.isspace() or before in "([{-–—/«“„‘") and not after.isspace()
        if (
            top is not None
            and mark in _CLOSES.get(top.mark, '"')
            and not (mark in _CLOSES and opens_here)
        ):
            stack.pop()
            close(top, at, mark)
        elif mark == '"':
            if opens_here or (top is None and not after.isspace()):
                if len(stack) < DEEPEST:
                    stack.append(_Open(mark, at))
            elif top is not None and top.mark in "“„«":
                stack.pop()
                close(top, at, mark)
            else:
                found.append(_alone(passage, at, mark))
        elif mark in _CLOSES:
            if mark in "‘‚" and not opens_here:
                continue
            if len(stack) < DEEPEST:
                stack.append(_Open(mark, at))
        elif mark in _CLOSING:
            if top is None:
                found.append(_alone(passage, at, mark))
                continue
            holder = next(
                (
                    depth
                    for depth in range(len(stack) - 1, -1, -1)
                    if mark in _CLOSES.get(stack[depth].mark, "")
                ),
                None,
            )
            if holder is None:
                stack.pop()
                close(top, at, mark)
                continue
            found.extend(
                _unclosed(content, passage, unclosed, at)
                for unclosed in stack[holder + 1 :]
                if unclosed.mark not in "‘‚"
            )
            opened = stack[holder]
            del stack[holder:]
            close(opened, at, mark)
    found.extend(
        _unclosed(content, passage, opened, len(text))
        for opened in stack
        if opened.mark not in "‘‚"
    )
    return sorted(found, key=lambda fact: (fact.span.start, -fact.span.end))


def _alone(passage: Passage, at: int, mark: str) -> QuotationFact:
    place = passage.offset + at
    empty = Span(place, place)
    return QuotationFact(Span(place, place + 1), empty, "", "", mark, balanced=False)


def _unclosed(content: str, passage: Passage, opened: _Open, end: int) -> QuotationFact:
    start = passage.offset + opened.at
    stop = passage.offset + max(end, opened.at + 1)
    inner = Span(start + 1, stop)
    return QuotationFact(
        Span(start, stop), inner, content[inner.start : inner.end], opened.mark, "", balanced=False
    )
