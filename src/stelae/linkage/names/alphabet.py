"""Letters of each script as numbers, and the words of a vocabulary as rows of numbers.

In every script 0 is nothing, 1 the beginning of a word, 2 its end, 3 a letter that is not known;
its own letters follow. Groups of two or three of these (`sch`, `^e`, `e$`) have numbers after
those of the letters: a unit of the channel.
"""

import functools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.tokens import SCRIPTS, romanised, script_of

__all__ = ["BEGIN", "END", "UNKNOWN", "Alphabet", "Encoded", "encode", "script_number"]

BEGIN, END, UNKNOWN = 1, 2, 3
_FIRST = 4
_BASE = 128
"""More than the letters of any alphabet; a group is a number in this base."""

Ints = npt.NDArray[np.int64]


@functools.lru_cache(maxsize=65536)
def script_number(token: str) -> int:
    """The place in `SCRIPTS` of a word's script; Latin for words of digits and other scripts."""
    for letter in token:
        script = script_of(letter)
        if script in SCRIPTS:
            return SCRIPTS.index(script)
    return 0


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters of a script, and its groups of letters (each of two or three numbers)."""

    letters: str
    groups: tuple[tuple[int, ...], ...] = ()

    @property
    def size(self) -> int:
        """Letters with the four that every script has."""
        return _FIRST + len(self.letters)

    @property
    def units(self) -> int:
        """Letters and groups."""
        return self.size + len(self.groups)

    def numbers(self, token: str) -> list[int]:
        """A word's letters between its beginning and its end."""
        table = _table(self.letters)
        out = [BEGIN]
        for letter in token:
            number = table.get(letter)
            if number is not None:
                out.append(number)
            else:
                out.extend(_folded(letter, self.letters))
        out.append(END)
        return out

    def text(self, unit: int) -> str:
        """A unit as it is read: `^` begins a word and `$` ends it; empty for nothing."""
        if unit >= self.size:
            return "".join(self.text(part) for part in self.groups[unit - self.size])
        return ("", "^", "$", "?")[unit] if unit < _FIRST else self.letters[unit - _FIRST]

    def sound(self, unit: int) -> str:
        """A single unit in Latin letters."""
        return self.text(unit) if unit < _FIRST else romanised(self.letters[unit - _FIRST])


@functools.lru_cache(maxsize=64)
def _table(letters: str) -> Mapping[str, int]:
    return {letter: _FIRST + n for n, letter in enumerate(letters)}


@functools.lru_cache(maxsize=8192)
def _folded(letter: str, letters: str) -> tuple[int, ...]:
    """A letter that the alphabet lacks: its base letter, or how it is romanised, or unknown."""
    table = _table(letters)
    bases = [c for c in unicodedata.normalize("NFD", letter) if c in table]
    if not bases:
        bases = [c for c in romanised(letter) if c in table]
    if bases:
        return tuple(table[c] for c in bases)
    return (UNKNOWN,) if letter.isalnum() else ()


@dataclass(frozen=True, slots=True)
class Encoded:
    """Words as rows: `units[start[i] : start[i] + length[i]]`, one row for each letter.

    Columns 0, 1, 2 are the units of one, two and three letters that end there, 0 where none does.
    """

    script: npt.NDArray[np.int8]
    start: npt.NDArray[np.int32]
    length: npt.NDArray[np.int32]
    units: npt.NDArray[np.int16]


def encode(tokens: Sequence[str], alphabets: Sequence[Alphabet]) -> Encoded:
    """The words in the alphabets of their scripts (in the order of `SCRIPTS`)."""
    scripts = np.fromiter(map(script_number, tokens), dtype=np.int8, count=len(tokens))
    flat, length = _numbers(tokens, scripts, alphabets)
    start = (np.cumsum(length) - length).astype(np.int32)
    units = np.zeros((len(flat), 3), dtype=np.int16)
    units[:, 0] = flat
    whose = np.repeat(scripts, length)
    place = np.arange(len(flat)) - np.repeat(start, length)
    for script in np.unique(scripts):
        alphabet = alphabets[script]
        for span in (2, 3):
            known = [
                (group_number(group), alphabet.size + n)
                for n, group in enumerate(alphabet.groups)
                if len(group) == span
            ]
            at = np.flatnonzero((whose == script) & (place >= span - 1))
            if not known or not len(at):
                continue
            known.sort()
            codes = np.array([code for code, _ in known])
            ids = np.array([unit for _, unit in known])
            code = np.zeros(len(at), dtype=np.int64)
            for back in range(span - 1, -1, -1):
                code = code * _BASE + flat[at - back]
            found = np.minimum(np.searchsorted(codes, code), len(codes) - 1)
            units[at, span - 1] = np.where(codes[found] == code, ids[found], 0)
    return Encoded(scripts, start, length, units)


def _numbers(
    tokens: Sequence[str], scripts: npt.NDArray[np.int8], alphabets: Sequence[Alphabet]
) -> tuple[Ints, npt.NDArray[np.int32]]:
    """The letters of all words, one word after another, and how many each has.

    Letters that are in their alphabets are looked up all at once; words with others one by one.
    """
    letters = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
    text = np.frombuffer("".join(tokens).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    whose = np.repeat(np.arange(len(tokens)), letters)
    found = np.zeros(len(text), dtype=np.int64)
    for script in np.unique(scripts):
        codes, numbers = _codes(alphabets[script].letters)
        if not len(codes):
            continue
        at = np.flatnonzero(scripts[whose] == script)
        place = np.minimum(np.searchsorted(codes, text[at]), len(codes) - 1)
        found[at] = np.where(codes[place] == text[at], numbers[place], 0)
    strange = np.unique(whose[found == 0]).tolist()
    odd = [alphabets[scripts[k]].numbers(tokens[k]) for k in strange]
    length = letters + 2
    length[strange] = [len(row) for row in odd]
    start = np.cumsum(length) - length
    flat = np.empty(int(length.sum()), dtype=np.int64)
    flat[start] = BEGIN
    flat[start + length - 1] = END
    usual = np.ones(len(tokens), dtype=bool)
    usual[strange] = False
    at = np.flatnonzero(usual[whose])
    within = np.arange(len(text)) - np.repeat(np.cumsum(letters) - letters, letters)
    flat[start[whose[at]] + 1 + within[at]] = found[at]
    for k, row in zip(strange, odd, strict=True):
        flat[start[k] : start[k] + length[k]] = row
    return flat, length.astype(np.int32)


@functools.lru_cache(maxsize=64)
def _codes(letters: str) -> tuple[Ints, Ints]:
    """The code points of an alphabet, in their order, and the numbers of its letters."""
    codes = np.array([ord(letter) for letter in letters], dtype=np.int64)
    order = np.argsort(codes)
    return codes[order], order + _FIRST


def group_number(group: Iterable[int]) -> int:
    """A group of letters as one number."""
    code = 0
    for part in group:
        code = code * _BASE + part
    return code


def group_of(code: int) -> tuple[int, ...]:
    """The letters of `group_number`."""
    out: list[int] = []
    while code:
        code, part = divmod(code, _BASE)
        out.append(part)
    return tuple(reversed(out))
