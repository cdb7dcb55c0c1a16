"""The blocks of an ODT file (ISO/IEC 26300): headings, lists, links, foot- and endnotes.

Tracked deletions and remarks in the margin are left out.
"""

from dataclasses import dataclass, field

from stelae.statements.archives import Archive
from stelae.statements.blocks import BlockKind
from stelae.statements.sheet import Line, NoteMark, Sheet, raised

__all__ = ["odt_sheet"]

_T = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_LINK = "http://www.w3.org/1999/xlink href"
_DROPPED = frozenset(
    (
        f"{_T}tracked-changes",
        f"{_T}note-citation",
        f"{_OFFICE}annotation",
        f"{_OFFICE}scripts",
    )
)


def odt_sheet(content: bytes, name: str) -> Sheet:
    """The blocks of an ODT file; BadInput where it is damaged, encrypted or made to do harm."""
    archive = Archive(content, name, "ODT")
    body = _Body()
    # Styles first: they say which lists have numbers.
    archive.parse("styles.xml", body.styles)
    archive.require("content.xml", body)
    return body.sheet


class _Styles:
    """Which lists have numbers at which level, and which words are raised."""

    def __init__(self) -> None:
        self.numbered: dict[tuple[str, str], int] = {}
        self.raised: set[str] = set()
        self._list = ""
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_T}list-style":
            self._list = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_T}list-level-style-number":
            if attributes.get(f"{_STYLE}num-format") == "1":
                level = attributes.get(f"{_T}level", "1")
                self.numbered[self._list, level] = _whole(attributes.get(f"{_T}start-value"), 1)
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}text-properties":
            position = attributes.get(f"{_STYLE}text-position", "")
            if position.startswith("super") or (position[:1].isdigit() and position[0] != "0"):
                self.raised.add(self._style)

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, text: str) -> None:
        """Styles hold no words."""


@dataclass(slots=True)
class _List:
    style: str
    group: int
    next: int = -1
    level: int = 1


@dataclass(slots=True)
class _Paragraph:
    line: Line = field(default_factory=Line)
    level: int = 0
    spans: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


class _Body:
    """The paragraphs of the document; notes and text boxes nest them."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.styles = _Styles()
        self._open: list[_Paragraph] = []
        self._lists: list[_List] = []
        self._fresh = False
        self._notes: list[tuple[NoteMark, list[str]]] = []
        self._groups = 0
        self._marks = 0
        self._dropped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.styles.start(name, attributes)
        if name in _DROPPED:
            self._dropped += 1
        elif self._dropped or not name.startswith(_T):
            return
        elif name in {f"{_T}p", f"{_T}h"}:
            level = _whole(attributes.get(f"{_T}outline-level"), 1) if name == f"{_T}h" else 0
            self._open.append(_Paragraph(level=level))
        elif name == f"{_T}list":
            self._begin_list(attributes.get(f"{_T}style-name", ""))
        elif name == f"{_T}list-item":
            self._fresh = True
        elif name == f"{_T}note":
            self._marks += 1
            mark = NoteMark(self._marks)
            if self._open:
                self._open[-1].line.parts.append(mark)
            self._notes.append((mark, []))
        elif self._open:
            self._inside(name.removeprefix(_T), attributes)

    def _begin_list(self, style: str) -> None:
        self._groups += 1
        outer = self._lists[-1] if self._lists else None
        style = style or (outer.style if outer else "")
        self._lists.append(_List(style, self._groups, level=len(self._lists) + 1))

    def _inside(self, local: str, attributes: dict[str, str]) -> None:
        paragraph = self._open[-1]
        if local == "span":
            paragraph.spans.append(attributes.get(f"{_T}style-name", ""))
        elif local == "a":
            paragraph.addresses.append(attributes.get(_LINK, ""))
            paragraph.line.open_link()
        elif local == "tab":
            paragraph.line.write("\t")
        elif local == "line-break":
            paragraph.line.write("\n")
        elif local == "s":
            paragraph.line.write(" " * _whole(attributes.get(f"{_T}c"), 1))

    def end(self, name: str) -> None:
        if name in _DROPPED:
            self._dropped -= 1
        elif self._dropped or not name.startswith(_T):
            return
        elif name in {f"{_T}p", f"{_T}h"} and self._open:
            self._end(self._open.pop())
        elif name == f"{_T}list" and self._lists:
            self._lists.pop()
        elif name == f"{_T}note" and self._notes:
            mark, words = self._notes.pop()
            self.sheet.add_note(mark, Line([" ".join(words)]))
        elif name == f"{_T}span" and self._open and self._open[-1].spans:
            self._open[-1].spans.pop()
        elif name == f"{_T}a" and self._open and self._open[-1].addresses:
            self._open[-1].line.close_link(self._open[-1].addresses.pop())

    def text(self, text: str) -> None:
        if self._dropped or not self._open:
            return
        paragraph = self._open[-1]
        is_raised = any(style in self.styles.raised for style in paragraph.spans)
        paragraph.line.write(raised(text) if is_raised else text)

    def _end(self, paragraph: _Paragraph) -> None:
        if self._notes:
            words = "".join(part for part in paragraph.line.parts if isinstance(part, str))
            self._notes[-1][1].append(" ".join(words.split()))
        elif paragraph.level:
            self.sheet.add(paragraph.line, BlockKind.HEADING, level=paragraph.level)
        elif self._lists and self._fresh:
            self._fresh = False
            here = self._lists[-1]
            first = self.styles.numbered.get((here.style, str(here.level)))
            if first is not None:
                here.next = first if here.next < 0 else here.next + 1
            number = here.next if first is not None else None
            self.sheet.add(paragraph.line, BlockKind.ITEM, number=number, group=here.group)
        else:
            self.sheet.add(paragraph.line)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else otherwise
