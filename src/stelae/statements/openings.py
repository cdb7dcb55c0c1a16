"""Opening words, headings, joining phrases and addressees: what a clause says that it does."""

from stelae.statements.languages import Language
from stelae.statements.model import Addressee, Opening, PartKind
from stelae.statements.passage import Passage
from stelae.statements.words import TokenKind, fold

__all__ = ["addressee_before", "find_addressee", "find_opening", "heading_kind", "is_joining"]

_LONGEST_ADDRESSEE = 40
_LONGEST_BEFORE = 12
_LONGEST_HEADING = 120
_LONGEST_JOINING = 300
_ENDS = frozenset(".;:!?…\u0589")
_SKIPPED = frozenset("-–—•*“„«\"'([…")
_QUOTES = frozenset('“„«"')


def find_opening(passage: Passage, language: Language) -> Opening | None:
    """The opening words at the start of a clause, after dashes and brackets.

    A quotation opens nothing: words of others declare nothing here.
    """
    index = 0
    while index < len(passage.tokens) and passage.tokens[index].kind is TokenKind.MARK:
        mark = passage.tokens[index].text[0]
        if mark not in _SKIPPED or mark in _QUOTES:
            return None
        index += 1
    found = language.openings.at(passage.tokens, index)
    if found is None:
        return _closing_demand(passage, language)
    after, kind = found
    return Opening(kind, passage.place(index, after), passage.words(index, after))


def _closing_demand(passage: Passage, language: Language) -> Opening | None:
    """The words of a demand at the end of a clause, in a language that puts the verb there."""
    if not language.addressee_endings:
        return None
    after = len(passage.tokens)
    while after and passage.tokens[after - 1].kind is TokenKind.MARK:
        after -= 1
    found = language.openings.before(passage.tokens, after)
    if found is None or found[1] is not PartKind.DEMANDS:
        return None
    first = found[0]
    return Opening(PartKind.DEMANDS, passage.place(first, after), passage.words(first, after))


def heading_kind(passage: Passage, language: Language) -> PartKind | None:
    """The part that a heading names, where its words and no others are known."""
    if len(passage.text) > _LONGEST_HEADING:
        return None
    stream = [
        token
        for token in passage.tokens
        if token.kind is not TokenKind.MARK or token.text in {",", "-", "'", "՝", "`"}
    ]
    while stream and stream[-1].kind is TokenKind.MARK:
        stream.pop()
    found = language.headings.at(stream, 0)
    return found[1] if found and found[0] == len(stream) else None


def is_joining(passage: Passage, language: Language) -> bool:
    """Whether a short paragraph says that names may still be put to the text."""
    if len(passage.text) > _LONGEST_JOINING or not language.joining:
        return False
    return bool(language.joining.everywhere(passage.tokens))


def find_addressee(passage: Passage, first: int, language: Language) -> Addressee | None:
    """Whom a demand is made of, from a token to the word that parts it from what is demanded.

    Only languages whose table names such a word or its endings are read; elsewhere nothing is
    guessed.
    """
    begin = after = -1
    for index in range(first, min(len(passage.tokens), first + _LONGEST_ADDRESSEE)):
        token = passage.tokens[index]
        if begin >= 0 and (token.folded in language.addressee_end or token.text == "՝"):
            return Addressee(passage.words(begin, after), passage.place(begin, after))
        if token.text[0] in _ENDS:
            return None
        if token.kind is not TokenKind.MARK:
            if language.addressee_after and token.folded.endswith(language.addressee_after):
                if begin < 0:
                    return None
                return Addressee(passage.words(begin, after), passage.place(begin, after))
            begin, after = (index if begin < 0 else begin), index + 1
        elif begin >= 0 and token.text in {")", "”", "»"}:
            after = index + 1
    return None


def addressee_before(passage: Passage, verb: Opening, language: Language) -> Addressee | None:
    """Whom a demand is made of where its verb comes last.

    The name runs from the first word of the clause to the first with an ending that the verb asks
    for.
    """
    words = [fold(word) for word in verb.words.split()]
    endings = next(
        (
            endings
            for begins, endings in language.addressee_endings
            if any(word.startswith(begins) for word in words)
        ),
        (),
    )
    if not endings:
        return None
    begin = -1
    for index, token in enumerate(passage.tokens[:_LONGEST_BEFORE]):
        if passage.offset + token.start >= verb.span.start:
            return None
        if token.kind is TokenKind.MARK:
            if begin >= 0 and token.text not in {"-", "’", "'", "«", "“", "»", "”", "(", ")"}:
                return None
            continue
        if begin < 0:
            # `We`, which opens the phrase whose verb comes last.
            if token.folded in language.function_words or language.openings.may_begin(token.folded):
                continue
            begin = index
        if token.folded.endswith(endings):
            return Addressee(passage.words(begin, index + 1), passage.place(begin, index + 1))
    return None
