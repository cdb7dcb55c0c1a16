"""The blocks of a DOCX file (ISO/IEC 29500): headings, lists, links, foot- and endnotes.

Deleted text of tracked changes and comments are left out. Headings and lists are known by their
styles as well as by what a paragraph says itself.
"""

from collections import Counter
from dataclasses import dataclass, field

from stelae.statements.archives import Archive
from stelae.statements.blocks import BlockKind
from stelae.statements.sheet import Line, NoteMark, Sheet, raised

__all__ = ["docx_sheet"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships "
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_VAL = f"{_W}val"
_DROPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"))
_NOTES = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}
_CHARACTERS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_NOTE_PARTS = (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml"))
_DEEPEST_STYLE = 12


def docx_sheet(content: bytes, name: str) -> Sheet:
    """The blocks of a DOCX file; BadInput where it is damaged, encrypted or made to do harm."""
    archive = Archive(content, name, "DOCX")
    styles, numbering, links = _Styles(), _Numbering(), _Links()
    archive.parse("word/styles.xml", styles)
    archive.parse("word/numbering.xml", numbering)
    archive.parse("word/_rels/document.xml.rels", links)
    body = _Body(styles, numbering, links.targets)
    archive.require("word/document.xml", body)
    for kind, part in _NOTE_PARTS:
        notes = _NoteTexts(kind)
        archive.parse(part, notes)
        for identifier, words in notes.words.items():
            if (mark := body.marks.get((kind, identifier))) is not None:
                body.sheet.add_note(mark, Line([words]))
    return body.sheet


@dataclass(slots=True)
class _Style:
    """What a style says of its paragraphs; `level` counts from 1, 0 where it is no heading."""

    based_on: str = ""
    level: int = 0
    list_id: str = ""


class _Styles:
    """Which styles are headings or belong to a list."""

    def __init__(self) -> None:
        self.styles: dict[str, _Style] = {}
        self._open = _Style()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get(_VAL, "")
        if name == f"{_W}style":
            self._open = self.styles[attributes.get(f"{_W}styleId", "")] = _Style()
        elif name == f"{_W}name":
            # Built-in styles keep their English names in every language.
            words = value.casefold().split()
            if words == ["title"]:
                self._open.level = 1
            elif len(words) == 2 and words[0] == "heading" and words[1].isdigit():
                self._open.level = int(words[1][:1])
        elif name == f"{_W}basedOn":
            self._open.based_on = value
        elif name == f"{_W}outlineLvl":
            self._open.level = _outline(value) or self._open.level
        elif name == f"{_W}numId":
            self._open.list_id = value

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, text: str) -> None:
        """Styles hold no words."""

    def of(self, identifier: str) -> _Style:
        """What a style and those that it is based on say together."""
        level, list_id = 0, ""
        for _ in range(_DEEPEST_STYLE):
            style = self.styles.get(identifier)
            if style is None:
                break
            level, list_id = level or style.level, list_id or style.list_id
            identifier = style.based_on
        return _Style("", level, list_id)


def _outline(value: str) -> int:
    return int(value) + 1 if value.isascii() and value.isdigit() and int(value[:2]) < 6 else 0


class _Numbering:
    """Which levels of which lists are numbered, and where they begin."""

    def __init__(self) -> None:
        self._abstract: dict[str, dict[str, list[str]]] = {}
        self._lists: dict[str, str] = {}
        self._open: dict[str, list[str]] = {}
        self._level: list[str] = ["", "1"]
        self._list = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get(_VAL, "")
        if name == f"{_W}abstractNum":
            self._open = self._abstract[attributes.get(f"{_W}abstractNumId", "")] = {}
        elif name == f"{_W}lvl":
            self._level = self._open[attributes.get(f"{_W}ilvl", "0")] = ["", "1"]
        elif name == f"{_W}numFmt":
            self._level[0] = value
        elif name == f"{_W}start":
            self._level[1] = value
        elif name == f"{_W}num":
            self._list = attributes.get(f"{_W}numId", "")
        elif name == f"{_W}abstractNumId":
            self._lists[self._list] = value

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, text: str) -> None:
        """Numbering holds no words."""

    def first(self, list_id: str, level: str) -> int | None:
        """The number of a list's first item at a level; None where its items have a bullet."""
        form, start = self._abstract.get(self._lists.get(list_id, ""), {}).get(level, ("", "1"))
        if not form.startswith("decimal"):
            return None
        return int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1


class _Links:
    """The addresses of links by the ids that the text uses."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" Relationship") and attributes.get("TargetMode") == "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def end(self, name: str) -> None:
        """Nothing ends here."""

    def text(self, text: str) -> None:
        """Relationships hold no words."""


@dataclass(slots=True)
class _Paragraph:
    line: Line = field(default_factory=Line)
    style: str = ""
    list_id: str = ""
    list_level: str = "0"
    level: int = 0


class _Body:
    """The paragraphs of the document; text boxes nest them."""

    def __init__(self, styles: _Styles, numbering: _Numbering, links: dict[str, str]) -> None:
        self.sheet = Sheet()
        self.marks: dict[tuple[str, str], NoteMark] = {}
        self._styles, self._numbering, self._links = styles, numbering, links
        self._open: list[_Paragraph] = []
        self._addresses: list[str] = []
        self._dropped = 0
        self._in_text = 0
        self._in_run = 0
        self._raised = False
        self._counts: Counter[tuple[str, str]] = Counter()
        self._groups: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _DROPPED:
            self._dropped += 1
        elif self._dropped:
            return
        elif name == f"{_W}p":
            self._open.append(_Paragraph())
        elif not self._open:
            return
        elif name == f"{_W}t":
            self._in_text += 1
        elif name == f"{_W}r":
            self._in_run, self._raised = self._in_run + 1, False
        elif name == f"{_W}hyperlink":
            self._addresses.append(self._links.get(attributes.get(f"{_R}id", ""), ""))
            self._open[-1].line.open_link()
        elif name in _NOTES:
            key = (_NOTES[name], attributes.get(f"{_W}id", ""))
            mark = self.marks.setdefault(key, NoteMark(len(self.marks) + 1))
            self._open[-1].line.parts.append(mark)
        else:
            self._property(name, attributes.get(_VAL, ""))

    def _property(self, name: str, value: str) -> None:
        paragraph = self._open[-1]
        local = name.removeprefix(_W)
        if self._in_run:
            if local == "vertAlign":
                self._raised = value == "superscript"
            elif local in _CHARACTERS:
                paragraph.line.write(_CHARACTERS[local])
        elif local == "pStyle":
            paragraph.style = value
        elif local == "numId":
            paragraph.list_id = value
        elif local == "ilvl":
            paragraph.list_level = value
        elif local == "outlineLvl":
            paragraph.level = _outline(value)

    def end(self, name: str) -> None:
        if name in _DROPPED:
            self._dropped -= 1
        elif self._dropped or not self._open:
            return
        elif name == f"{_W}p":
            self._end(self._open.pop())
        elif name == f"{_W}t":
            self._in_text -= 1
        elif name == f"{_W}r":
            self._in_run -= 1
        elif name == f"{_W}hyperlink" and self._addresses:
            address = self._addresses.pop()
            if address:
                self._open[-1].line.close_link(address)
            else:
                self._open[-1].line.close_inner_link()

    def text(self, text: str) -> None:
        if self._in_text and self._open and not self._dropped:
            self._open[-1].line.write(raised(text) if self._raised else text)

    def _end(self, paragraph: _Paragraph) -> None:
        style = self._styles.of(paragraph.style)
        level = paragraph.level or style.level
        if level:
            self.sheet.add(paragraph.line, BlockKind.HEADING, level=level)
            return
        list_id = paragraph.list_id or style.list_id
        if list_id in {"", "0"}:
            self.sheet.add(paragraph.line)
            return
        group = self._groups.setdefault(list_id, len(self._groups) + 1)
        number = self._numbering.first(list_id, paragraph.list_level)
        if number is not None and any(
            isinstance(part, NoteMark) or part.strip() for part in paragraph.line.parts
        ):
            key = (list_id, paragraph.list_level)
            number += self._counts[key]
            self._counts[key] += 1
        self.sheet.add(paragraph.line, BlockKind.ITEM, number=number, group=group)


class _NoteTexts:
    """The words of each note by its id."""

    def __init__(self, kind: str) -> None:
        self.words: dict[str, str] = {}
        self._name = f"{_W}{kind}"
        self._parts: list[str] = []
        self._id = ""
        self._in_text = 0
        self._dropped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _DROPPED:
            self._dropped += 1
        elif name == self._name:
            self._id, self._parts = attributes.get(f"{_W}id", ""), []
        elif name == f"{_W}t":
            self._in_text += 1
        elif name in {f"{_W}tab", f"{_W}br"} and self._parts:
            self._parts.append(" ")

    def end(self, name: str) -> None:
        if name in _DROPPED:
            self._dropped -= 1
        elif name == self._name:
            self.words[self._id] = " ".join("".join(self._parts).split())
        elif name == f"{_W}t":
            self._in_text -= 1
        elif name == f"{_W}p" and self._parts:
            self._parts.append(" ")

    def text(self, text: str) -> None:
        if self._in_text and not self._dropped:
            self._parts.append(text)
