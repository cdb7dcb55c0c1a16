"""Text folded for finding quoted words, with the way back to the original places.

What counts as the same: compatibility forms (ligatures, full-width and Arabic presentation
forms), composed and decomposed letters, all quotation marks and apostrophes, all dashes, all
white space (also none, beside a dash), the Armenian full stop and a colon. What counts as absent:
soft hyphens, zero-width and direction marks, variation selectors, the Arabic tatweel, the
Armenian marks of stress and exclamation, which stand inside words. What stays different: capital
and small letters, dotted and dotless i, superscripts, fractions, harakat and other accents, and
the Armenian question mark, without which a question would be quoted as an assertion.

A hyphen at a line end may or may not belong to its word: it is folded to HYPHENATION.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass

HYPHENATION = "\u00ad"
"""In folded text: a hyphen, a line break and no knowing whether the word has a hyphen."""

_KEPT_FORMS = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>", "<vertical>")
_MARKS = 30
"""Marks on one letter; more are no writing (the Stream-Safe Text Format of UAX 15 says 30)."""
_QUOTES = "\"'`´«»‘’‚‛“”„‟‹›〝〞〟＂＇′″ʹʺʻʼ՚׳״"
_DASHES = "-‐‑‒–—―⁃−⸺⸻﹘﹣－֊־"
_ABSENT = (
    "\u00ad\u034f\u061c\u0640\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\u055b\u055c"
)
# Text extraction leaves U+0002 or U+FFFE where PDFium joined, scanning software "¬".
_LINE_END_HYPHEN = re.compile(
    r"(?<=[^\W\d_])[-\u2010\u058a\u00ad\u0002\ufffe¬][^\S\n\r\f]*(?:\r\n|[\n\r\f\x85\u2028\u2029])"
    r"\s*(?=[^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded `text`; its character i stands for the original from `starts[i]` to `ends[i]`."""

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original that folded characters [start, end) stand for."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"no characters from {start} to {end} in {len(self.text)}")
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold text; no white space stands at its start or end, nor beside a dash."""
    folding = _Folding()
    position = 0
    for match in _LINE_END_HYPHEN.finditer(text):
        folding.add_all(text, position, match.start())
        folding.add(HYPHENATION, match.start(), match.end())
        position = match.end()
    folding.add_all(text, position, len(text))
    return folding.result()


def _table(character: str) -> str:
    if character in _ABSENT or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character in _QUOTES:
        return '"'
    if character in _DASHES:
        return "-"
    if character.isspace() or character == "\u2800":
        return " "
    if character == "\u0589":
        return ":"
    form = unicodedata.decomposition(character)
    if not form.startswith("<") or form.startswith(_KEPT_FORMS):
        return unicodedata.normalize("NFC", character)
    plain = unicodedata.normalize("NFKC", character)
    # Some forms, such as U+00A8, decompose to a space with a mark, others to marks folded above.
    return "".join(_table(part) if part != character else part for part in plain)


class _Table(dict[str, str]):
    """The folding of each character met so far."""

    def __missing__(self, character: str) -> str:
        folded = self[character] = _table(character)
        return folded


class _Singles(dict[str, str]):
    """The same where it is one character that joins with none before it, else nothing."""

    def __missing__(self, character: str) -> str:
        folded = _FOLDED[character]
        lone = len(folded) == 1 and folded not in " -" and not continues_letter(folded)
        single = self[character] = folded if lone else ""
        return single


_FOLDED = _Table()
_SINGLE = _Singles()


def continues_letter(character: str) -> bool:
    """Whether a character belongs to the letter before it: marks, and Hangul vowels and finals."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


class _Folding:
    """Folded characters as they come, with where each came from."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._starts = array("q")
        self._ends = array("q")

    def add_all(self, text: str, first: int, last: int) -> None:
        """Fold the characters from `first` to `last`; most are one for one and join nothing."""
        append, start, end = self._out.append, self._starts.append, self._ends.append
        for position in range(first, last):
            single = _SINGLE[text[position]]
            if single:
                append(single)
                start(position)
                end(position + 1)
            else:
                for character in _FOLDED[text[position]]:
                    self.add(character, position, position + 1)

    def add(self, character: str, start: int, end: int) -> None:
        """Add one folded character, joined with those before it as folding demands."""
        out = self._out
        if character == " ":
            if not out or out[-1] == "-":
                return
            if out[-1] == " ":
                self._ends[-1] = end
                return
        elif character == "-" and out and out[-1] == " ":
            self._pop()
        elif (
            out
            and out[-1] not in ' -"'
            and continues_letter(character)
            and self._combine(character, end)
        ):
            return
        out.append(character)
        self._starts.append(start)
        self._ends.append(end)

    def _combine(self, character: str, end: int) -> bool:
        """Compose a mark with its letter; letter and marks that stay apart share one place."""
        first = len(self._out) - 1
        least = max(0, first - _MARKS)
        while first > least and continues_letter(self._out[first]):
            first -= 1
        if continues_letter(self._out[first]):
            return False
        origin = self._starts[first]
        cluster = unicodedata.normalize("NFC", "".join(self._out[first:]) + character)
        while len(self._out) > first:
            self._pop()
        for part in cluster:
            self._out.append(part)
            self._starts.append(origin)
            self._ends.append(end)
        return True

    def _pop(self) -> None:
        self._out.pop()
        self._starts.pop()
        self._ends.pop()

    def result(self) -> Folded:
        """What was folded, without white space at its end."""
        while self._out and self._out[-1] == " ":
            self._pop()
        return Folded("".join(self._out), self._starts, self._ends)
