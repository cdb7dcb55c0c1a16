"""The words that stand in and beside the dates of lists, in all languages at once.

A list mixes languages, so that no language is asked for; a name that means two months in two
languages is left out. Month names are those of CLDR, through Babel, and of data/dates.toml.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import get_month_names

__all__ = ["Words", "ages_table", "fold", "month_of", "words"]

_LOCALES = (
    *("en", "ru", "hy", "az", "az_Cyrl", "tr", "fr", "es", "ar", "ar_LB", "ar_DZ", "ar_MA"),
    *("ka", "de", "fa", "he", "uk", "be", "el", "it", "ro", "bg", "pt"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_DIGITS = {
    code: str(unicodedata.digit(chr(code)))
    for first in (0x0660, 0x06F0, 0x0966, 0xFF10)
    for code in range(first, first + 10)
}
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_SPACES = dict.fromkeys([0x00A0, 0x2007, 0x202F, 0x09, 0x0A, 0x0D], " ")
_TABLE = {**_DIGITS, **_INVISIBLE, **_SPACES, 0x2012: "-", 0x2013: "-", 0x2014: "-", 0x2212: "-"}
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_ENDING = 4


def fold(text: str) -> str:
    """Small letters, plain digits, dashes and spaces, no invisible marks: for reading only."""
    plain = unicodedata.normalize("NFKC", text.translate(_TABLE)).replace("İ", "i")
    return " ".join(plain.casefold().split())


class Words:
    """Phrases of up to four words, looked up by the words of a text."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._known = frozenset(" ".join(_LETTERS.findall(fold(phrase))) for phrase in phrases)
        self._longest = max((len(phrase.split()) for phrase in self._known), default=1)

    def at(self, tokens: list[str], index: int) -> int:
        """How many tokens from here are a phrase of these; 0 where none is."""
        for length in range(self._longest, 0, -1):
            # A slice at the end is shorter, and then the phrase that it was looked up for before.
            phrase = " ".join(tokens[index : index + length])
            if index + length <= len(tokens) and phrase in self._known:
                return length
        return 0

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._known


@cache
def _data() -> dict[str, Any]:
    file = resources.files("stelae.linkage").joinpath("data/dates.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def words(key: str) -> Words:
    """The words of one row of the table, such as `about`."""
    return Words(_data()[key])


@cache
def listed(key: str) -> tuple[str, ...]:
    """The words of one row, folded, the longest first."""
    return tuple(sorted({fold(word) for word in _data()[key]}, key=len, reverse=True))


@cache
def ages_table() -> Mapping[str, Words]:
    """The words beside ages, by what they say."""
    return {key: Words(row) for key, row in _data()["ages"].items()}


@cache
def _months() -> Mapping[str, int]:
    found: dict[str, set[int]] = {}

    def add(name: str, month: int) -> None:
        key = " ".join(_LETTERS.findall(fold(name)))
        if key:
            found.setdefault(key, set()).add(month)

    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, "format", locale)
            for month in range(1, 13):
                add(names[month], month)
    # Babel gives other languages the stand-alone form of whichever was loaded before.
    for locale in ("ru", "hy", "uk", "be", "el"):
        names = get_month_names("wide", "stand-alone", locale)
        for month in range(1, 13):
            add(names[month], month)
    for month, row in enumerate(_data()["months"], start=1):
        for name in row:
            add(name, month)
    for month, name in enumerate(_ROMAN, start=1):
        add(name, month)
    return {name: months.pop() for name, months in found.items() if len(months) == 1}


@cache
def _inflected(word: str) -> int | None:
    """The month of a word that has an ending more than a name of four letters or more."""
    for length in range(len(word) - 1, max(3, len(word) - _LONGEST_ENDING - 1), -1):
        month = _months().get(word[:length])
        if month is not None:
            return month
    return None


def month_of(tokens: list[str], index: int) -> tuple[int, int] | None:
    """The month named from this token on, and of how many tokens its name is."""
    for length in (2, 1):
        if index + length <= len(tokens):
            month = _months().get(" ".join(tokens[index : index + length]))
            if month is not None:
                return month, length
    word = tokens[index]
    # Hebrew writes "in" against the month.
    month = _inflected(word) or (_months().get(word[1:]) if word[0] == "ב" else None)
    return (month, 1) if month else None
