"""What fixing changes in a text, as a unified diff."""

import difflib
from collections.abc import Iterator

from stelae.statements.model import Statement
from stelae.statements.report import glyph
from stelae.statements.text import SourceText

__all__ = ["unified_diff"]

_COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}


def unified_diff(
    before: Statement, after: Statement, *, terminal: bool = False, colour: bool = False
) -> str:
    """The lines that differ with three around them, empty where none does.

    Lines are those of the text, however they end. For a terminal, characters that are not seen
    are shown as in reports.
    """
    lines = difflib.unified_diff(
        list(_lines(before.source)),
        list(_lines(after.source)),
        before.name,
        after.name,
        lineterm="",
    )
    shown = (_seen(line) if terminal else line for line in lines)
    return "".join(f"{_coloured(line) if colour else line}\n" for line in shown)


def _lines(source: SourceText) -> Iterator[str]:
    for number in range(1, len(source.starts) + 1):
        if source.starts[number - 1] < len(source.content) or number < len(source.starts):
            yield source.line(number)


def _seen(line: str) -> str:
    return "".join(shown for shown, _ in map(glyph, line))


def _coloured(line: str) -> str:
    for start, code in _COLOURS.items():
        if line.startswith(start):
            return f"\x1b[{code}m{line}\x1b[0m"
    return line
