"""One stretch of prose while its facts are read: its tokens, and which of them are taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from stelae.statements.facts import DateFact
from stelae.statements.languages import Language
from stelae.statements.text import Span
from stelae.statements.words import Token, TokenKind, fold, tokens

__all__ = ["MOST", "Amount", "Live", "Passage", "rejoined"]

MOST = 10_000
"""A clause is read until it has given this many facts of one kind: beyond that it is no prose."""

_WIDE = 8
_SOFT = "\u00ad"
_SPLIT = re.compile(
    r"(?P<before>[^\W\d_]{2,40})(?P<break>[-\u2010\u00ac\u00ad][ \t]{0,8}(?:\r\n|\n|\r)[ \t]{0,8})"
    r"(?P<after>[^\W\d_]{2,40})"
)
_SENTENCE_ENDS = frozenset(".!?;…\u0589\u061f\u061b\u203c")


def rejoined(text: str, language: Language | None = None) -> str:
    """The text with words that a line's end splits (`geno-` `cide`) made whole; of equal length.

    Soft hyphens, which no reader of words sees, take the place of the hyphen and the line's end.
    A compound stays one: where a capital follows, or both halves have a meaning of their own here
    (`twenty-` `five`).
    """
    if "\n" not in text and "\r" not in text:
        return text

    def join(match: re.Match[str]) -> str:
        before, after = match["before"], match["after"]
        if not after[0].islower():
            return match[0]
        if language is not None and all(language.begins[fold(word)] for word in (before, after)):
            return match[0]
        return f"{before}{_SOFT * len(match['break'])}{after}"

    return _SPLIT.sub(join, text)


class Live(NamedTuple):
    """The tokens that facts of each kind may begin with; digits begin all but terms."""

    dates: list[int]
    anniversaries: list[int]
    numbers: list[int]
    terms: list[int]


class Amount(NamedTuple):
    """A number as written: `readings` has two values where the digits are ambiguous."""

    after: int
    readings: tuple[Decimal, ...]
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[i]` stands at `offset + i` of the source; `taken` are tokens that a fact has used.

    `dates` are those found, where they have been looked for. `amounts` are those read so far, each
    with how many tokens were taken by then: a number is read anew only where more have been since.
    """

    text: str
    offset: int
    tokens: list[Token]
    taken: set[int] = field(default_factory=set)
    dates: list[list[DateFact]] = field(default_factory=list)
    amounts: dict[int, tuple[int, Amount | None]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        content: str,
        span: Span,
        hidden: Iterable[Span] = (),
        language: Language | None = None,
    ) -> "Passage":
        """The passage that a span covers, hidden stretches blanked so that offsets stay.

        Words that the end of a line splits are one word; see `rejoined`.
        """
        pieces: list[str] = []
        at = span.start
        for gap in hidden:
            if gap.start >= span.end or gap.end <= at:
                continue
            pieces.extend(
                (content[at : gap.start], " " * (min(gap.end, span.end) - max(gap.start, at)))
            )
            at = max(at, gap.end)
        pieces.append(content[at : span.end])
        text = rejoined("".join(pieces), language)
        return cls(text, span.start, tokens(text))

    def beginnings(self, language: Language) -> Live:
        """The tokens that a date, anniversary, number or term may begin with."""
        live = Live([], [], [], [])
        dates, anniversaries, numbers, terms = live
        known = language.begins
        for index, token in enumerate(self.tokens):
            if token.kind is TokenKind.DIGITS:
                dates.append(index)
                anniversaries.append(index)
                numbers.append(index)
            elif token.kind is TokenKind.WORD and (begins := known[token.folded]):
                if begins.date:
                    dates.append(index)
                if begins.anniversary:
                    anniversaries.append(index)
                if begins.number:
                    numbers.append(index)
                if begins.term:
                    terms.append(index)
        return live

    def place(self, first: int, after: int) -> Span:
        """Where the tokens from `first` up to, not including, `after` stand in the source."""
        return Span(
            self.offset + self.tokens[first].start, self.offset + self.tokens[after - 1].end
        )

    def words(self, first: int, after: int) -> str:
        """The words of these tokens as written, white space run together."""
        text = self.text[self.tokens[first].start : self.tokens[after - 1].end]
        return " ".join(text.replace(_SOFT, "").split())

    def glued(self, index: int) -> bool:
        """Whether a token stands against the one before it, with no space between."""
        return (
            0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end
        )

    def apart(self, index: int) -> bool:
        """Whether hidden mark-up, such as the address of a link, stands before a token."""
        if not 0 < index < len(self.tokens):
            return False
        gap = self.text[self.tokens[index - 1].end : self.tokens[index].start]
        return len(gap) > _WIDE and "\n" not in gap

    def is_digits(self, index: int, longest: int = 15) -> bool:
        """Whether there is a run of at most `longest` digits at an index."""
        if not 0 <= index < len(self.tokens):
            return False
        token = self.tokens[index]
        return token.kind is TokenKind.DIGITS and len(token.text) <= longest

    def is_mark(self, index: int, marks: str) -> bool:
        """Whether there is one of these marks at an index, once."""
        if not 0 <= index < len(self.tokens):
            return False
        token = self.tokens[index]
        return token.kind is TokenKind.MARK and token.folded in marks and len(token.text) == 1

    def is_word(self, index: int) -> bool:
        """Whether there is a word at an index."""
        return 0 <= index < len(self.tokens) and self.tokens[index].kind is TokenKind.WORD

    def ends_sentence(self, index: int) -> bool:
        """Whether a sentence ends at a token; a full stop after one letter ends none."""
        token = self.tokens[index]
        if token.kind is not TokenKind.MARK or token.text[0] not in _SENTENCE_ENDS:
            return False
        if token.text[0] != ".":
            return True
        return not (index and len(self.tokens[index - 1].text) == 1)

    def closing(self, index: int, longest: int) -> int:
        """The index after the bracket that closes the one at an index, or after that one."""
        for at in range(index + 1, min(len(self.tokens), index + longest + 2)):
            if self.is_mark(at, ")"):
                return at + 1
        return index + 1

    def sentence_end(self, index: int, longest: int) -> int:
        """The index after which the sentence of a token ends, at most `longest` tokens on."""
        stop = min(len(self.tokens), index + longest)
        for at in range(index, stop):
            if self.ends_sentence(at):
                return at
        return stop

    def sentence_start(self, index: int, longest: int) -> int:
        """The first index of the sentence that a token stands in, at most `longest` tokens back."""
        for at in range(index - 1, max(-1, index - longest - 1), -1):
            if self.ends_sentence(at):
                return at + 1
        return max(0, index - longest)
