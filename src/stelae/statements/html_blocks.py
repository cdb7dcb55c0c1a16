"""The blocks of an HTML page: headings, paragraphs, items with their numbers, links, superscripts.

Scripts, styles, frames, menus and what says that it is hidden are left out; style sheets are not
applied. The page is walked without recursion: pages may nest without bound.
"""

import codecs
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from stelae.errors import BadInput
from stelae.evidence.encodings import Undecided, decode_as, decode_marked, decode_unlabelled
from stelae.evidence.html_shape import why_not_parsed
from stelae.statements.blocks import BlockKind
from stelae.statements.sheet import Line, Sheet, leads_back, raised

__all__ = ["html_sheet"]

_PRESCAN = 4096
_META = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.+-]{1,40})", re.IGNORECASE
)
# Labels that the WHATWG encoding standard reads as another encoding.
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# fmt: off
_DROPPED = frozenset((
    "audio", "button", "canvas", "head", "iframe", "math", "nav", "noscript", "object", "script",
    "select", "style", "svg", "template", "video",
))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_DIGITS = re.compile(r"\s*\d{1,3}\s*")


def html_sheet(content: bytes, name: str) -> Sheet:
    """The blocks of a page; BadInput where it cannot be decoded or holds nothing to read."""
    text = _decoded(content, name)
    if reason := why_not_parsed(text):
        raise BadInput(
            f"{name}: {reason}: a page made to do harm",
            hint="Save its text in a file of its own and check that.",
        )
    try:
        root = LexborHTMLParser(text.replace("\0", "\ufffd")).root
    except (SelectolaxError, MemoryError, ValueError) as error:
        raise BadInput(
            f"{name}: the HTML page could not be read: {error}",
            hint="Save the page again from a browser, or save its text.",
        ) from error
    walker = _Walker()
    if root is not None:
        walker.walk(root)
    return walker.sheet


def _decoded(content: bytes, name: str) -> str:
    marked = decode_marked(content)
    if marked is None and (found := _META.search(content[:_PRESCAN])):
        label = found[1].decode("ascii")
        try:
            codec = codecs.lookup(label).name
            marked = decode_as(content, _READ_AS.get(codec, codec), f"{label}, as declared")
        except (LookupError, UnicodeError):
            marked = None
    decoded = marked or decode_unlabelled(content)
    if isinstance(decoded, Undecided):
        raise BadInput(
            f"{name}: the letters of the page cannot be told: {decoded.reason}",
            hint="Save the page as UTF-8 and repeat.",
        )
    return decoded.text


class _Walker:
    """One pass over the tree; `lists` are the open lists: next number, step, group."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.line = Line()
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.number: int | None = None
        self.group = 0
        self.lists: list[list[int | None]] = []
        self.groups = 0
        self.preserved = 0

    def walk(self, root: LexborNode) -> None:
        """Every node in the order of the page."""
        node: LexborNode | None = root
        while node is not None:
            entered = False
            if node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node and not _is_dropped(node):
                entered = self._enter(node)
            child = node.first_child if entered else None
            if child is not None:
                node = child
                continue
            while node is not None:
                if entered and node.is_element_node:
                    self._leave(node)
                if node.mem_id == root.mem_id:
                    self._end()
                    return
                if node.next is not None:
                    node = node.next
                    break
                node, entered = node.parent, True
        self._end()

    def _text(self, text: str) -> None:
        if not self.preserved:
            text = _SPACES.sub(" ", text)
            last = self.line.parts[-1] if self.line.parts else " "
            if isinstance(last, str) and last.endswith((" ", "\n")):
                text = text.removeprefix(" ")
        self.line.write(text)

    def _enter(self, node: LexborNode) -> bool:
        """Whether what is inside is to be read as well."""
        tag = node.tag or ""
        if tag == "sup":
            self.line.write(raised(node.text(deep=True)))
            return False
        if tag == "br":
            self.line.write("\n")
        elif tag == "a":
            address = node.attributes.get("href") or ""
            words = node.text(deep=True) if address.startswith("#") else ""
            if address.startswith("#") and leads_back(words):
                return False
            if address.startswith("#") and _DIGITS.fullmatch(words):
                self.line.write(raised(words))
                return False
            self.line.open_link()
        elif tag in {"td", "th"} and self.kind is not BlockKind.ITEM:
            self.line.write("\t")
        elif tag in _BLOCKS:
            self._end()
            self._begin(node, tag)
        return True

    def _begin(self, node: LexborNode, tag: str) -> None:
        if tag in {"ol", "ul", "menu", "dir"}:
            self.groups += 1
            first = _whole(node.attributes.get("start"), 1) if tag == "ol" else None
            self.lists.append([first, self.groups])
        elif tag == "li":
            self.kind = BlockKind.ITEM
            self.number, self.group = None, 0
            if self.lists:
                number, group = self.lists[-1]
                self.group = group or 0
                if number is not None:
                    self.number = _whole(node.attributes.get("value"), number)
                    self.lists[-1][0] = self.number + 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.kind, self.level = BlockKind.HEADING, int(tag[1])
        elif tag == "pre":
            self.preserved += 1

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "a":
            self.line.close_link(node.attributes.get("href") or "")
        elif tag in _BLOCKS and tag not in {"td", "th"}:
            self._end()
            if tag in {"ol", "ul", "menu", "dir"} and self.lists:
                self.lists.pop()
            elif tag == "pre":
                self.preserved -= 1
            if tag == "li" or self.kind is BlockKind.HEADING:
                self._reset()

    def _end(self) -> None:
        """Close the block; words before the first of a list's item keep the item's number."""
        if any(isinstance(part, str) and part.strip() for part in self.line.parts):
            self.sheet.add(
                self.line, self.kind, level=self.level, number=self.number, group=self.group
            )
            self._reset()
        self.line = Line()

    def _reset(self) -> None:
        self.kind, self.level, self.number, self.group = BlockKind.PARAGRAPH, 0, None, 0


def _whole(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise


def _is_dropped(node: LexborNode) -> bool:
    if node.tag in _DROPPED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))
