"""Two records side by side in a terminal: text of any script in columns, differences marked."""

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from stelae.cli.reports import in_colour
from stelae.linkage.explaining import Compared, PairExplanation, RecordAt, Said
from stelae.linkage.explaining_words import field_words, says_different
from stelae.linkage.names import tokenize

__all__ = ["Paper", "bars", "clean", "heading", "isolated", "ordered", "paper", "rows", "wrapped"]

_NARROW, _WIDEST = 60, 110
_LABEL = 16
_ORDER = {"name": 0, "date": 1, "sex": 2, "place": 3}
_FSI, _PDI = "\u2068", "\u2069"
_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_BOLD, _DIM, _YELLOW, _RED = "1", "2", "33", "31"
_NONE: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
_SAME = frozenset({"both female", "both male"})
_COLOUR = {"=": _DIM, "≈": _YELLOW, "≠": _RED}


@dataclass(frozen=True, slots=True)
class Paper:
    """How wide the terminal is, in cells, and whether it shows colour."""

    width: int = 80
    colour: bool = False

    @property
    def narrow(self) -> bool:
        """Whether two columns have no room."""
        return self.width < _NARROW

    def paint(self, text: str, code: str) -> str:
        """The text in a colour, where there is colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def bold(self, text: str) -> str:
        """The text in bold."""
        return self.paint(text, _BOLD)

    def dim(self, text: str) -> str:
        """The text in grey."""
        return self.paint(text, _DIM)


def paper() -> Paper:
    """The terminal of this command; 80 cells where there is none."""
    width = shutil.get_terminal_size((80, 0)).columns
    return Paper(max(20, min(width, _WIDEST)), in_colour(sys.stdout, os.environ))


def clean(text: str) -> str:
    """A cell as it may be shown: no control character reaches the terminal, no mark turns lines."""
    without = _DIRECTIONS.sub("", text)
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(letter) in {"Cc", "Cs"} else letter
        for letter in without.replace("\n", " ").replace("\t", " ")
    )


def isolated(text: str) -> str:
    """Text with right-to-left letters between FSI and PDI, so that it turns nothing beside it."""
    if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text):
        return f"{_FSI}{text}{_PDI}"
    return text


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken between words where that can be."""
    lines, line = [], ""
    for word in text.split(" "):
        rest = word
        while cell_len(rest) > width:
            room = width - (cell_len(line) + 1 if line else 0)
            if room < width // 2:
                lines.append(line)
                line, room = "", width
            cut = _fitting(rest, room)
            lines.append(f"{line} {rest[:cut]}" if line else rest[:cut])
            line, rest = "", rest[cut:]
        longer = f"{line} {rest}" if line else rest
        if cell_len(longer) <= width:
            line = longer
        else:
            lines.append(line)
            line = rest
    return [*lines, line]


def _fitting(word: str, width: int) -> int:
    """How many letters go into so many cells, at least one."""
    cells = 0
    for at, letter in enumerate(word):
        cells += cell_len(letter)
        if cells > width:
            return max(at, 1)
    return len(word)


def heading(paper: Paper, left: RecordAt, right: RecordAt) -> Iterator[str]:
    """Which two records they are, above their columns."""
    names = [clean(f"{side.list}  {side.record}") for side in (left, right)]
    if paper.narrow:
        for letter, name in zip("AB", names, strict=True):
            yield from (paper.bold(line) for line in wrapped(f"{letter}  {name}", paper.width))
        return
    yield from _beside(paper, "", " ", names[0], names[1], bold=True)


def rows(paper: Paper, pair: PairExplanation) -> Iterator[str]:
    """What each says, field by field; `=` the same, `≈` alike, `≠` different."""
    for each in ordered(pair):
        if each.left is not None or each.right is not None:
            label = clean(field_words(each.name))
            left, right = (_shown(side, each.name) for side in (each.left, each.right))
            sign = mark(each)
            marks = sign == "≠" or (sign == "≈" and each.letters is not None)
            differing = _differing(each) if paper.colour and marks else _NONE
            yield from _beside(paper, label, sign, left, right, differing)
    for other in pair.others:
        label = clean(field_words(other.field))
        left, right = (clean(side or "") for side in (other.left, other.right))
        yield from _beside(paper, label, "=" if left == right else " ", left, right)


def ordered(pair: PairExplanation) -> list[Compared]:
    """The comparisons as people look at them: names first, then dates, and so on."""
    return sorted(pair.compared, key=lambda each: _ORDER.get(each.kind, len(_ORDER)))


def mark(compared: Compared) -> str:
    """Whether the two say the same, something alike, or something else."""
    if compared.left is None or compared.right is None:
        return " "
    level = compared.level
    if _plain(compared.left.text) == _plain(compared.right.text) or level in _SAME:
        return "="
    if level is None:
        return " "
    if compared.letters is not None:
        # How rare a name is says nothing of whether the two look alike.
        return "≈" if any(pair.log_odds > 0 for pair in compared.letters.pairs) else "≠"
    return "≠" if says_different(level) else "≈"


def _shown(said: Said | None, name: str) -> str:
    if said is None:
        return ""
    text = clean(said.text)
    return text if said.field == name else f"{text} ({field_words(said.field)})"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _beside(
    paper: Paper,
    label: str,
    sign: str,
    left: str,
    right: str,
    differing: tuple[frozenset[str], frozenset[str]] = _NONE,
    *,
    bold: bool = False,
) -> Iterator[str]:
    if paper.narrow:
        yield f"{paper.paint(sign, _COLOUR.get(sign, _DIM))} {paper.dim(label)}"
        for letter, text, marked in zip("AB", (left, right), differing, strict=True):
            lines = wrapped(text or "-", paper.width - 4)
            for at, line in enumerate(lines):
                yield f"{letter if at == 0 else ' '}   {_painted(paper, line, marked, bold=bold)}"
        return
    column = (paper.width - _LABEL - 3) // 2 - 1
    sides = [wrapped(text, column) for text in (left, right)]
    labels = wrapped(label, _LABEL - 1)
    for at in range(max(len(labels), *map(len, sides))):
        cells = [side[at] if at < len(side) else "" for side in sides]
        name = labels[at] if at < len(labels) else ""
        here = sign if at == 0 else " "
        first, second = (
            _painted(paper, cell, differing[number], bold=bold) for number, cell in enumerate(cells)
        )
        gap = " " * max(column - cell_len(cells[0]), 0)
        head = paper.dim(name) + " " * (_LABEL - cell_len(name))
        yield f"{head}{paper.paint(here, _COLOUR.get(here, _DIM))} {first}{gap}  {second}".rstrip()


def _painted(paper: Paper, text: str, differing: frozenset[str], *, bold: bool) -> str:
    """A cell, with some of its words in yellow."""
    if bold:
        return isolated(paper.bold(text))
    if not differing:
        return isolated(text)
    words = [paper.paint(word, _YELLOW) if word in differing else word for word in text.split(" ")]
    painted = " ".join(words)
    return f"{_FSI}{painted}{_PDI}" if isolated(text) != text else painted


def _differing(compared: Compared) -> tuple[frozenset[str], frozenset[str]]:
    """The printed words that only one side has; of names, those with no like on the other."""
    one, two = (
        clean(side.text).split(" ") if side is not None else []
        for side in (compared.left, compared.right)
    )
    if compared.letters is not None:
        alone = [pair for pair in compared.letters.pairs if pair.log_odds <= 0]
        left = {word for pair in alone for word in pair.left}
        right = {word for pair in alone for word in pair.right}
        return (
            frozenset(word for word in one if left & set(tokenize(word))),
            frozenset(word for word in two if right & set(tokenize(word))),
        )
    shared = {word.casefold() for word in one} & {word.casefold() for word in two}
    return (
        frozenset(word for word in one if word.casefold() not in shared),
        frozenset(word for word in two if word.casefold() not in shared),
    )


def bars(weights: Sequence[float], width: int) -> Iterable[str]:
    """A bar for each weight, for to the right of a line and against to its left."""
    most = max((abs(weight) for weight in weights), default=0.0) or 1.0
    for weight in weights:
        cells = round(abs(weight) / most * width)
        against, pro = ("▒" * cells, "") if weight < 0 else ("", "█" * cells)
        yield f"{against:>{width}}│{pro:<{width}}"
