"""Prose cut into words, numbers and marks, and phrases looked up in it.

One pass, linear in the text whatever it holds: no repetition of the pattern gives back what it
took, a run of one mark is one token, and a word longer than 40 code points is never looked up.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from stelae.statements.text import Span

__all__ = ["Phrases", "Token", "TokenKind", "fold", "tokens", "words_of"]

T = TypeVar("T")

# Marks that stand inside words: combining accents, Arabic vowel signs, tatweel, soft hyphen,
# joiners, and the Armenian stress, exclamation, question and abbreviation marks.
_INSIDE = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u0640\u00ad\u200c\u200d\u055a-\u055c\u055e\u055f"
)
_A_WORD = rf"[^\W\d_]++(?:[{_INSIDE}]++[^\W\d_]*+)*+"
_WORD = re.compile(_A_WORD)
_TOKEN = re.compile(rf"({_A_WORD}|\d++|(\S)\2*+)")
_DROPPED = re.compile(rf"[{_INSIDE}]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN_LOOKALIKES = str.maketrans("aceopxyikmthb", "асеорхуікмтнв")
_FOLDS = str.maketrans(
    {
        "ё": "е",
        "ı": "i",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "٪": "%",
        "،": ",",
        "؛": ";",
    }
)
_LONGEST_WORD = 40
_REMEMBERED = 50_000
_MOST_TOKENS = 400_000
"""About as many as a text of 2 MB has."""


@functools.lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word as the tables hold it: case, vowel signs, dotless i and look-alike letters aside.

    >>> fold("ГОДОВЩИНЫ"), fold("İldönümü") == fold("ildönümü")
    ('годовщины', True)
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    word = _DROPPED.sub("", unicodedata.normalize("NFKC", word).casefold())
    word = word.translate(_FOLDS)
    if _CYRILLIC.search(word):
        word = word.translate(_LATIN_LOOKALIKES)
    return word


class TokenKind(Enum):
    """What a token is made of."""

    DIGITS = "digits"
    WORD = "word"
    MARK = "mark"


class Token(NamedTuple):
    """One word, one run of digits or one run of the same mark; offsets are within the prose."""

    kind: TokenKind
    start: int
    end: int
    text: str
    folded: str

    @property
    def span(self) -> Span:
        """Where it stands in the prose."""
        return Span(self.start, self.end)


class _Known(dict[str, tuple[TokenKind, str]]):
    """What each word, number or mark is made of, and how it is folded; bounded by their number."""

    def __missing__(self, text: str) -> tuple[TokenKind, str]:
        short = len(text) <= _LONGEST_WORD
        if text[0].isdecimal():
            found = (TokenKind.DIGITS, text)
        elif text[0].isalnum():
            found = (TokenKind.WORD, fold(text) if short else "")
        else:
            found = (TokenKind.MARK, fold(text) if short else text[:1])
        if short:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = found
        return found


_KNOWN = _Known()


@dataclass(slots=True)
class _Memory:
    """The tokens of what was cut last, since several rules look at the same clauses; bounded by
    their number, since one clause may have as many as a whole text."""

    known: dict[str, tuple[Token, ...]] = field(default_factory=dict)
    size: int = 0

    def tokens(self, prose: str) -> tuple[Token, ...]:
        found = self.known.get(prose)
        if found is None:
            found = _cut(prose)
            if self.size > _MOST_TOKENS:
                self.known, self.size = {}, 0
            self.known[prose] = found
            self.size += len(found) + 1
        return found


_MEMORY = _Memory()


def tokens(prose: str) -> list[Token]:
    """Every token in order; white space separates and is in none of them."""
    return list(_MEMORY.tokens(prose))


def words_of(prose: str) -> set[str]:
    """The words of a prose as the tables hold them, without order or place.

    Much cheaper than its tokens, and enough to say that none of them can be of any interest.
    """
    return {_KNOWN[word][1] for word in set(_WORD.findall(prose))}


def _cut(prose: str) -> tuple[Token, ...]:
    pieces = _TOKEN.split(prose)
    del pieces[2::3]  # the group of a mark that is repeated; what is left is gap, token, gap…
    texts = pieces[1::2]
    edges = list(itertools.accumulate(map(len, pieces)))
    make = tuple.__new__  # what Token() calls, in half the time: there are very many
    return tuple(
        [
            make(Token, (kind, start, end, text, folded))
            for text, start, end, (kind, folded) in zip(
                texts, edges[::2], edges[1::2], [_KNOWN[text] for text in texts], strict=False
            )
        ]
    )


@dataclass(slots=True)
class _Node(Generic[T]):
    words: dict[str, "_Node[T]"] = field(default_factory=dict)
    prefixes: dict[str, "_Node[T]"] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    value: T | None = None

    def under(self, folded: str) -> list["_Node[T]"]:
        """The nodes that a token leads to, the whole word before its beginnings."""
        found: list[_Node[T]] = []
        if (node := self.words.get(folded)) is not None:
            found.append(node)
        if self.lengths:
            longest = len(folded)
            found.extend(
                node
                for length in self.lengths
                if length <= longest and (node := self.prefixes.get(folded[:length]))
            )
        return found


class _First(dict[str, list[_Node[T]]]):
    """What a first word leads to; most words lead nowhere, and this says so in one look."""

    def __init__(self, root: _Node[T]) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, folded: str) -> list[_Node[T]]:
        if len(self) > _REMEMBERED:
            self.clear()
        nodes = self[folded] = self._root.under(folded)
        return nodes


class Phrases(Generic[T]):
    """Phrases of a table and what each means; `word*` stands for every word that begins so.

    The longest phrase wins; of two entries with the same words, the first.
    """

    __slots__ = ("_ends", "_first", "_last_lengths", "_last_prefixes", "_last_words", "_root")

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        self._first = _First(self._root)
        self._ends: dict[str, bool] = {}
        self._last_words: set[str] = set()
        self._last_prefixes: set[str] = set()
        for phrase, value in entries:
            node = self._root
            parts = [
                (token.folded, piece.endswith("*") and token.end == len(piece) - 1)
                for piece in phrase.split()
                for token in tokens(piece.removesuffix("*"))
            ]
            if not parts:
                continue
            for folded, prefix in parts:
                children = node.prefixes if prefix else node.words
                if prefix:
                    node.lengths = tuple(sorted({*node.lengths, len(folded)}, reverse=True))
                node = children.setdefault(folded, _Node())
            (self._last_prefixes if parts[-1][1] else self._last_words).add(parts[-1][0])
            if node.value is None:
                node.value = value
        self._last_lengths = tuple(sorted({len(word) for word in self._last_prefixes}))

    def __bool__(self) -> bool:
        return bool(self._root.words or self._root.prefixes)

    def may_begin(self, folded: str) -> bool:
        """Whether some phrase begins with this word."""
        return bool(self._first[folded])

    def at(self, stream: list[Token], index: int) -> tuple[int, T] | None:
        """The longest phrase that starts at a token: the index after it, and its value."""
        if index >= len(stream):
            return None
        nodes = self._first[stream[index].folded]
        if not nodes:
            return None
        best: tuple[int, T] | None = None
        position = index + 1
        while nodes:
            for node in nodes:
                if node.value is not None:
                    best = (position, node.value)
                    break
            if position >= len(stream):
                break
            folded = stream[position].folded
            nodes = [child for node in nodes for child in node.under(folded)]
            position += 1
        return best

    def everywhere(self, stream: list[Token]) -> dict[int, tuple[int, T]]:
        """What `at` gives for every token that a phrase starts at."""
        first = self._first
        return {
            index: found
            for index, token in enumerate(stream)
            if first[token.folded] and (found := self.at(stream, index))
        }

    def before(self, stream: list[Token], index: int, longest: int = 4) -> tuple[int, T] | None:
        """The longest phrase that ends just before a token: the index where it starts."""
        if index <= 0 or not self._may_end(stream[index - 1].folded):
            return None
        for start in range(max(0, index - longest), index):
            nodes = self._first[stream[start].folded]
            for position in range(start + 1, index):
                if not nodes:
                    break
                folded = stream[position].folded
                nodes = [child for node in nodes for child in node.under(folded)]
            for node in nodes:
                if node.value is not None:
                    return start, node.value
        return None

    def _may_end(self, folded: str) -> bool:
        known = self._ends.get(folded)
        if known is None:
            if len(self._ends) > _REMEMBERED:
                self._ends.clear()
            known = self._ends[folded] = folded in self._last_words or any(
                folded[:length] in self._last_prefixes for length in self._last_lengths
            )
        return known
