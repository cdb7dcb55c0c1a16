"""A text as it was given, and places in it.

Invariant: an offset counts code points of the text as given, before any folding; a line ends at
LF, CR or CR LF; lines and columns count from 1.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

__all__ = ["Position", "SourceText", "Span"]

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where a reader finds an offset: both count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """The whole text of a statement; `name` is what messages call it, usually the file's name."""

    content: str
    name: str
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ends = (match.end() for match in _LINE_END.finditer(self.content))
        object.__setattr__(self, "starts", (0, *ends))

    def at(self, span: Span) -> str:
        """The words that a span covers."""
        return self.content[span.start : span.end]

    def position(self, offset: int) -> Position:
        """Line and column of an offset, in time logarithmic in the number of lines."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def line_number(self, offset: int) -> int:
        """The line that holds an offset."""
        return bisect_right(self.starts, offset)

    def line_span(self, number: int) -> Span:
        """Where a line stands, without the characters that end it."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.content)
        while end > start and self.content[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line(self, number: int) -> str:
        """The words of one line, without the characters that end it."""
        return self.at(self.line_span(number))
