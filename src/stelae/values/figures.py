"""Counts as sources give them: a point, a range, a bound, an approximation, or words alone."""

import re
from dataclasses import dataclass
from enum import StrEnum

from stelae.errors import BadValue


class CountForm(StrEnum):
    """How a source puts a count."""

    EXACT = "exact"
    RANGE = "range"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOUT = "about"
    WORDS = "words"


class FigureKind(StrEnum):
    """What a figure rests on; figures of different kinds are never added up (rule 5)."""

    REPORTED = "reported"
    ENUMERATED = "enumerated"
    DOCUMENTED_MINIMUM = "documented-minimum"
    ESTIMATE = "estimate"


_LARGEST = 10**15 - 1
_NUMBER = r"(\d{1,15})"
_EXACT = re.compile(_NUMBER, re.ASCII)
_ABOUT = re.compile(rf"~{_NUMBER}|{_NUMBER}~", re.ASCII)
_RANGE = re.compile(rf"{_NUMBER}?\.\.{_NUMBER}?", re.ASCII)
_WORDS = re.compile(r'"([^"]+)"')


_BOUNDS = {
    CountForm.EXACT: (True, True),
    CountForm.ABOUT: (True, True),
    CountForm.RANGE: (True, True),
    CountForm.AT_LEAST: (True, False),
    CountForm.AT_MOST: (False, True),
    CountForm.WORDS: (False, False),
}
"""Whether a count of each form has a lower and an upper bound."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things, never more precise than its source.

    `low` and `high` are inclusive bounds; `None` is "not given", never zero and never infinity.
    `words` holds what the source says where it gives no number ("several hundred"), without
    double quotes. Numbers have at most 15 digits.
    """

    low: int | None
    high: int | None
    form: CountForm
    words: str = ""

    def __post_init__(self) -> None:
        for bound in (self.low, self.high):
            if bound is not None and not 0 <= bound <= _LARGEST:
                raise BadValue(f"a count cannot be negative or above {_LARGEST}: {bound}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise BadValue(f"a range cannot end at {self.high} before it starts at {self.low}")
        given = (self.low is not None, self.high is not None)
        if given != _BOUNDS[self.form]:
            raise BadValue(
                f"a count of form {self.form} cannot have bounds {self.low}, {self.high}"
            )
        if self.form in {CountForm.EXACT, CountForm.ABOUT} and self.low != self.high:
            raise BadValue(
                f"a count of form {self.form} is one number, not {self.low}..{self.high}"
            )
        if (self.form is CountForm.WORDS) != bool(self.words):
            raise BadValue("a count has words where it has no number, and only there")
        if '"' in self.words or self.words != self.words.strip():
            raise BadValue(f"the words of a count are in double quotes, no more: {self.words!r}")

    @classmethod
    def parse(cls, text: str) -> "Count":
        """Read the notation of docs/formats/records.md.

        `48` exact, `48..300` a range, `400..` at least, `..1000` at most, `~90` about,
        `"several hundred"` words only.
        """
        text = text.strip()
        if match := _EXACT.fullmatch(text):
            return cls.exact(int(match[1]))
        if match := _ABOUT.fullmatch(text):
            return cls.about(int(match[1] or match[2]))
        if (match := _RANGE.fullmatch(text)) and (match[1] or match[2]):
            low = int(match[1]) if match[1] else None
            high = int(match[2]) if match[2] else None
            if low is None:
                return cls(None, high, CountForm.AT_MOST)
            return cls(low, high, CountForm.AT_LEAST if high is None else CountForm.RANGE)
        if match := _WORDS.fullmatch(text):
            return cls(None, None, CountForm.WORDS, match[1].strip())
        raise BadValue(
            f"{text[:80]!r} is no count",
            hint='Write 48, 48..300, 400.. (at least), ..1000 (at most), ~90 (about) or "several".',
        )

    @classmethod
    def exact(cls, number: int) -> "Count":
        """The one number that a source gives without qualification."""
        return cls(number, number, CountForm.EXACT)

    @classmethod
    def about(cls, number: int) -> "Count":
        """The number that a source calls approximate."""
        return cls(number, number, CountForm.ABOUT)

    def __str__(self) -> str:
        match self.form:
            case CountForm.EXACT:
                return str(self.low)
            case CountForm.ABOUT:
                return f"~{self.low}"
            case CountForm.WORDS:
                return f'"{self.words}"'
            case _:
                low = "" if self.low is None else self.low
                high = "" if self.high is None else self.high
                return f"{low}..{high}"

    def in_words(self) -> str:
        """In English, as messages and pages show it: 48; about 90; 48–300; at least 1,000."""
        match self.form:
            case CountForm.WORDS:
                return f"“{self.words}”"
            case CountForm.EXACT:
                return f"{self.low:,}"
            case CountForm.ABOUT:
                return f"about {self.low:,}"
            case CountForm.AT_LEAST:
                return f"at least {self.low:,}"
            case CountForm.AT_MOST:
                return f"at most {self.high:,}"
            case CountForm.RANGE:
                return f"{self.low:,}\N{EN DASH}{self.high:,}"

    @property
    def is_point(self) -> bool:
        """Whether one number stands for the whole, said to be exact or not."""
        return self.form in {CountForm.EXACT, CountForm.ABOUT}

    def may_equal(self, other: "Count") -> bool:
        """Whether some number satisfies both; words without a number contradict nothing."""
        if self.form is CountForm.WORDS or other.form is CountForm.WORDS:
            return True
        low = max(self.low or 0, other.low or 0)
        highs = [high for high in (self.high, other.high) if high is not None]
        return not highs or low <= min(highs)
