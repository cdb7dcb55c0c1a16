"""Opening words, headings, joining phrases and addressees: what a clause says that it does."""

import re

from stelae.statements.languages import Language
from stelae.statements.model import Addressee, Opening, PartKind
from stelae.statements.text import Span
from stelae.statements.words import Token, TokenKind, tokens

__all__ = ["find_addressee", "find_opening", "heading_kind", "is_joining"]

_HEAD = 400
_LONGEST_ADDRESSEE = 300
_ENDS = frozenset(".;:!?…\u0589")
_SKIPPED = frozenset("-–—•*“„«\"'([…")
_LISTED = re.compile(r"\s*,\s*$")


def find_opening(prose: str, offset: int, language: Language) -> Opening | None:
    """The opening words at the start of a clause, after dashes and quotation marks."""
    stream = tokens(prose[:_HEAD])
    index = 0
    while index < len(stream) and stream[index].kind is TokenKind.MARK:
        if stream[index].text[0] not in _SKIPPED:
            return None
        index += 1
    if index < len(stream) and stream[index - 1 if index else 0].text[:1] in '“„«"':
        # Words of others: a quotation that begins with "we" declares nothing here.
        return None
    found = language.openings.at(stream, index)
    if found is None:
        return None
    after, kind = found
    span = Span(offset + stream[index].start, offset + stream[after - 1].end)
    return Opening(kind, span, prose[stream[index].start : stream[after - 1].end])


def heading_kind(prose: str, language: Language) -> PartKind | None:
    """The part that a heading names, where its words and no others are known."""
    if len(prose) > 120:
        return None
    stream = [
        token for token in tokens(prose) if token.kind is not TokenKind.MARK or token.text in ",՝`՝"
    ]
    while stream and stream[-1].kind is TokenKind.MARK:
        stream.pop()
    found = language.headings.at(stream, 0)
    return found[1] if found and found[0] == len(stream) else None


def is_joining(prose: str, language: Language) -> bool:
    """Whether a short paragraph says that names may still be put to the text."""
    if len(prose) > 300:
        return False
    stream = tokens(prose)
    return any(language.joining.at(stream, index) for index in range(len(stream)))


def find_addressee(prose: str, start: int, offset: int, language: Language) -> Addressee | None:
    """Whom a demand is made of, from `start` of the prose to the word that ends it.

    Only languages whose table names such a word are read; elsewhere nothing is guessed.
    """
    stream = tokens(prose[start : start + _LONGEST_ADDRESSEE])
    begin: Token | None = None
    last: Token | None = None
    for token in stream:
        if begin is not None and last is not None and token.folded in language.addressee_end:
            name = " ".join(prose[start + begin.start : start + last.end].split())
            span = Span(offset + start + begin.start, offset + start + last.end)
            return Addressee(name, span)
        if token.text[0] in _ENDS:
            return None
        if token.kind is TokenKind.WORD or token.kind is TokenKind.DIGITS:
            begin = begin or token
            last = token
        elif begin is not None and token.text in {")", "”", "»"}:
            last = token
    return None
