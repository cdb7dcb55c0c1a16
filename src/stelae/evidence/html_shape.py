"""Whether a page of HTML is shaped to make its parser take hours or all memory.

A parser looks through all open elements at many a tag, and through all attributes of an element at
each; formatting that is left open it opens again in each paragraph that follows (HTML standard,
§13.2.4.3), so that 14 kB make a million elements. It does so in code that no signal stops. The
tags are therefore counted first, in one pass. Comments and scripts count like the rest, since where
they end is itself a matter of parsing.
"""

import re
from collections import Counter

__all__ = ["why_not_parsed"]

DEEPEST = 5_000
"""Elements open inside one another, read in less than a second; browsers stop at about 500."""
MOST_ATTRIBUTES = 1_000
"""Attributes of one element."""
MOST_REOPENED = 1_000_000
"""Elements that the parser may make for formatting that was left open."""

_NAME = r"[^\s/>][^\s/>=]*+"
_VALUE = r"\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)"
_TAG = re.compile(rf"<(/?)([A-Za-z][^\s/>]*+)((?:[\s/]++|{_NAME}(?:{_VALUE})?)*+)")
_ATTRIBUTE = re.compile(rf"{_NAME}(?:{_VALUE})?")
_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link")
).union(("meta", "param", "source", "track", "wbr"))
# The next of their kind closes these, so that leaving them open makes no page deep.
_UNCLOSED = frozenset(
    ("a", "caption", "colgroup", "dd", "dt", "li", "nobr", "optgroup", "option", "p", "rb", "rp")
).union(("rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr"))
_FORMATTING = frozenset(
    ("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u")
)
_CELLS = frozenset(("caption", "td", "th", "tr"))
# An end tag closes nothing beyond these.
_WALLS = frozenset(("applet", "html", "marquee", "object", "table", "template"))
_ALIKE = 3
"""Of formatting with the same attributes the parser keeps so many open."""


def why_not_parsed(page: str) -> str | None:
    """What in the tags would make parsing take hours; None where nothing does."""
    opened = _Opened()
    for tag in _TAG.finditer(page):
        name = tag[2].lower()
        if tag[1]:
            opened.close(name)
            continue
        if len(tag[3]) > MOST_ATTRIBUTES and _attributes(tag[3]) > MOST_ATTRIBUTES:
            return f"an element has more than {MOST_ATTRIBUTES:,} attributes"
        opened.open(name, tag[3])
        if opened.depth > DEEPEST:
            return f"more than {DEEPEST:,} elements stand inside one another"
        if opened.reopened > MOST_REOPENED:
            return f"formatting left open would make more than {MOST_REOPENED:,} elements"
    return None


def _attributes(text: str) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(text))


class _Opened:
    """The elements that are open after each tag, as far as they cost; never fewer, where that can
    be told without parsing."""

    def __init__(self) -> None:
        self.reopened = 0
        self._stack: list[str] = []
        self._tables = 0
        self._formatting: list[tuple[str, str]] = []
        self._alike: Counter[tuple[str, str]] = Counter()
        self._active = 0

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._stack) + len(self._formatting)

    def open(self, name: str, attributes: str) -> None:
        if name in _EMPTY:
            return
        if name in _FORMATTING:
            key = name, attributes
            self._formatting.append(key)
            self._alike[key] += 1
            self._active += self._alike[key] <= _ALIKE
            return
        self._passes(name)
        if name not in _UNCLOSED:
            self._stack.append(name)
            self._tables += name == "table"

    def close(self, name: str) -> None:
        """Close the last open element of a name, and all inside it, where a parser would."""
        if name in _FORMATTING:
            for at in range(len(self._formatting) - 1, -1, -1):
                if self._formatting[at][0] == name:
                    key = self._formatting.pop(at)
                    self._active -= self._alike[key] <= _ALIKE
                    self._alike[key] -= 1
                    return
            return
        self._passes(name)
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at] == name:
                self._tables -= self._stack[at:].count("table")
                del self._stack[at:]
                return
            if self._stack[at] in _WALLS:
                return

    def _passes(self, name: str) -> None:
        """At every other tag what is open may be opened again; a cell's end forgets it."""
        if self._tables and name in _CELLS:
            self._formatting.clear()
            self._alike.clear()
            self._active = 0
        self.reopened += self._active
