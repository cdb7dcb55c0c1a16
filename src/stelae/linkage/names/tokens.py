"""The words of a name, cleaned, each in one script; and how letters are read.

A name is brought to one form (NFKC, casefold), marks that are not seen are dropped, and what is
left is split on spaces and punctuation. Apostrophes inside a word are dropped ("o'brien" is
`obrien`), except in Hebrew, where a geresh is part of a letter. Words are kept in their script.
"""

import functools
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from anyascii import anyascii

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TOKEN",
    "MOST_TOKENS",
    "SCRIPTS",
    "romanised",
    "script_of",
    "tokenize",
]

SCRIPTS = ("latin", "cyrillic", "armenian", "georgian", "greek", "hebrew", "arabic")
"""The scripts that have an alphabet of their own; others are romanised into Latin letters.

Persian and Kurdish are written in Arabic or Latin letters, and share their alphabets.
"""
LONGEST_TOKEN = 30
"""Letters of a word that are compared; what goes on beyond is left off."""
MOST_TOKENS = 8
"""Words of a name that are compared; the rest of a longer name is left off."""
LONGEST_NAME = 400
"""Characters of a name that are looked at."""

_RANGES = (
    (0x0041, 0x024F, "latin"),
    (0x0250, 0x02AF, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0531, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1C90, 0x1CBF, "georgian"),
    (0x1D00, 0x1DBF, "latin"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "greek"),
    (0x2C60, 0x2C7F, "latin"),
    (0x2DE0, 0x2DFF, "cyrillic"),
    (0xA640, 0xA69F, "cyrillic"),
    (0xA720, 0xA7FF, "latin"),
)
_APOSTROPHES = frozenset("'`´’‘ʼʹʻʾʿˈʽ′՚׳＇ʺˊ")
_HEBREW_GERESH = "׳"


@functools.lru_cache(maxsize=8192)
def script_of(letter: str) -> str | None:
    """The script of a letter; `other` for a letter of a script without alphabet here, else None."""
    code = ord(letter)
    if not letter.isalpha():
        return None
    for first, last, script in _RANGES:
        if first <= code <= last:
            return script
    return "other"


@functools.lru_cache(maxsize=8192)
def romanised(letter: str) -> str:
    """A letter in Latin letters, in lower case; empty for a mark that has none."""
    return "".join(c for c in anyascii(letter).lower() if c.isalnum())


@functools.lru_cache(maxsize=1 << 18)
def tokenize(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared, in their order; none for an empty name."""
    text = unicodedata.normalize("NFKC", name[:LONGEST_NAME]).casefold()
    text = unicodedata.normalize("NFC", text)
    words: list[str] = []
    word: list[str] = []
    for character in text:
        if character in _APOSTROPHES:
            if word and script_of(word[-1]) == "hebrew":
                word.append(_HEBREW_GERESH)
            continue
        kind = unicodedata.category(character)
        if kind[0] == "L" or kind == "Nd":
            word.append(character)
        elif kind[0] in "MC" or character in {"\u05f4", "ـ"}:
            continue
        elif word:
            words.append("".join(word))
            word = []
    if word:
        words.append("".join(word))
    made = (_in_one_script(each) for each in words)
    return tuple(each[:LONGEST_TOKEN] for each in made if each)[:MOST_TOKENS]


def _in_one_script(word: str) -> str:
    """The word in the script of most of its letters; strangers become what they look or sound."""
    scripts = [script_of(letter) or "" for letter in word]
    found = set(scripts) - {""}
    if len(found) <= 1 and "other" not in found:
        return word
    counts = {script: scripts.count(script) for script in SCRIPTS if script in found}
    most = max(counts, key=lambda script: counts[script]) if counts else "latin"
    out = []
    for letter, script in zip(word, scripts, strict=True):
        if letter == _HEBREW_GERESH and most != "hebrew":
            continue
        if script in {most, ""}:
            out.append(letter)
        elif most == "latin":
            out.append(_LOOKS_LATIN.get(letter) or romanised(letter))
        elif most == "cyrillic" and letter in _LOOKS_CYRILLIC:
            out.append(_LOOKS_CYRILLIC[letter])
        elif most == "latin":
            out.append(romanised(letter))
    return "".join(out)


_LOOKS_CYRILLIC: Mapping[str, str] = MappingProxyType(
    dict(zip("aceiopxykmtbhəë", "асеіорхукмтвнәё", strict=True))
)
_LOOKS_LATIN: Mapping[str, str] = MappingProxyType(
    {
        **dict(zip("асеіорхуәёο", "aceiopxyəëo", strict=True)),
    }
)
