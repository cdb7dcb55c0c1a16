"""Citations set above the line: `killed¹`, `killed¹²,¹⁴`, and `<sup>3</sup>` of pasted pages.

What follows a unit or a single letter (`km²`, `x²`) or a number that is no year is a power.
"""

import re
from collections.abc import Iterator

from stelae.statements.markers import read_marker
from stelae.statements.model import Citation

__all__ = ["DIGITS", "find_superscripts", "lowered"]

DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = re.compile(rf"[{DIGITS}]{{1,3}}(?:[ \u202f]?[,;⁻–-][ \u202f]?[{DIGITS}]{{1,3}}){{0,30}}")
_TAGGED = re.compile(
    r"<sup>\s{0,5}(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,30})\s{0,5}</sup>", re.IGNORECASE
)
_LOWERED = str.maketrans(DIGITS + "⁻", "0123456789–")
_UNITS = frozenset(
    ("cm", "dm", "ha", "km", "mm", "ft", "mi", "см", "дм", "га", "км", "мм", "կմ", "սմ", "մմ")
)
_CLOSES = frozenset(".,;:!?…»”’\"')]։՝՞՜")
_LONGEST = 20


def lowered(digits: str) -> str:
    """Superscript digits as digits on the line."""
    return digits.translate(_LOWERED)


def find_superscripts(text: str) -> Iterator[tuple[int, int, tuple[Citation, ...]]]:
    """Start, end and references of every superscript that cites, in the order of the text."""
    found: list[tuple[int, int, str]] = []
    if not text.isascii():
        found.extend(
            (match.start(), match.end(), lowered(match[0]))
            for match in _RAISED.finditer(text)
            if _cites(text, match.start())
        )
    if "<" in text:
        found.extend((match.start(), match.end(), match[1]) for match in _TAGGED.finditer(text))
    for start, end, digits in sorted(found):
        if citations := read_marker(digits):
            yield start, end, citations


def _cites(text: str, at: int) -> bool:
    """Whether the words before a raised number can be followed by a citation."""
    if not at:
        return False
    begin = at
    while begin and at - begin < _LONGEST and text[begin - 1].isalnum():
        begin -= 1
    word = text[begin:at]
    if not word:
        return text[at - 1] in _CLOSES
    if word.isdecimal():
        return len(word) == 4
    return len(word) > 1 and word.casefold() not in _UNITS
