"""The visible text of an HTML page: one page, each block on its own line, the title first.

Left out: scripts, styles, templates, frames, and elements that say that they are hidden. Style
sheets are not applied, so that text hidden by them is taken as well.
"""

import codecs
import importlib.metadata
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from stelae.evidence.encodings import (
    Decoded,
    Undecided,
    decode_as,
    decode_marked,
    decode_unlabelled,
)
from stelae.evidence.extracted import ExtractedText, Limits, NoText, finish
from stelae.evidence.html_shape import why_not_parsed

_PRESCAN = 4096
_META = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.+-]{1,40})", re.IGNORECASE
)
_DROPPED = frozenset(
    [
        "audio",
        "canvas",
        "head",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "style",
        "svg",
        "template",
        "video",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "textarea",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset(("td", "th"))
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
# Labels that the WHATWG encoding standard reads as another encoding.
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}


def html_text(content: bytes, limits: Limits) -> ExtractedText | NoText:
    """The text of a page, its encoding by mark, by what it declares, or guessed, in this order."""
    decoded = _decode(content)
    if isinstance(decoded, Undecided):
        return NoText(f"no text was taken from the HTML page: {decoded.reason}")
    if reason := why_not_parsed(decoded.text):
        return NoText(f"no text was taken from the HTML page: {reason}, as if made to do harm")
    try:
        parser = LexborHTMLParser(decoded.text.replace("\0", "\ufffd"))
        root = parser.root
        if root is None:
            return NoText("the HTML page is empty")
        title = _SPACES.sub(" ", _title(parser)).strip()
        text = _visible(root, limits.characters)
    except (SelectolaxError, RecursionError, MemoryError, ValueError) as error:
        return NoText(f"the HTML page could not be read: {error}")
    if not text and not title:
        return NoText("the HTML page holds no visible text (its text may be made by scripts)")
    page = f"{title}\n\n{text}" if title else text
    version = importlib.metadata.version("selectolax")
    return finish([page], decoded.doubts, f"selectolax {version}; {decoded.note}", limits)


def _decode(content: bytes) -> Decoded | Undecided:
    marked = decode_marked(content)
    if marked is not None:
        return marked
    found = _META.search(content[:_PRESCAN])
    if found is None:
        return decode_unlabelled(content)
    label = found[1].decode("ascii")
    try:
        declared = codecs.lookup(label)
    except LookupError:
        return decode_unlabelled(content)
    name = _READ_AS.get(declared.name, declared.name)
    try:
        note = f"encoding: {name.upper()}, as the page declares"
        return Decoded(content.decode(name), note, is_sure=True)
    except UnicodeError:
        guessed = decode_unlabelled(content)
        if isinstance(guessed, Decoded):
            return Decoded(guessed.text, f"{guessed.note}; it declares {label}, wrongly")
        return decode_as(content, name, f"{name.upper()}, as the page declares")
    except LookupError:  # a codec that is not one of text, such as "hex"
        return decode_unlabelled(content)


def _title(parser: LexborHTMLParser) -> str:
    node = parser.css_first("head > title")
    return "" if node is None else node.text(deep=True)


def _visible(root: LexborNode, most: int) -> str:
    """The text in document order, walked without recursion: pages may nest without bound."""
    out = _Lines(most)
    node: LexborNode | None = root
    while node is not None and not out.full:
        if node.is_text_node:
            raw = node.text_content or ""
            out.add(raw, kept_as_is=_in_pre(node))
        entered = node.is_element_node and not _is_dropped(node)
        if entered:
            out.edge(node.tag or "")
        child = node.first_child if entered else None
        if child is not None:
            node = child
            continue
        while node is not None:
            if node.is_element_node:
                out.edge(node.tag or "", leaving=True)
            if node.mem_id == root.mem_id:
                return out.text()
            if node.next is not None:
                node = node.next
                break
            node = node.parent
    return out.text()


def _is_dropped(node: LexborNode) -> bool:
    if node.tag in _DROPPED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))


def _in_pre(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and parent.tag in {"pre", "textarea"}


class _Lines:
    """Text that grows line by line, with runs of white space as one space."""

    def __init__(self, most: int) -> None:
        self._parts: list[str] = []
        self._line: list[str] = []
        self._left = most
        self.full = False

    def add(self, text: str, *, kept_as_is: bool) -> None:
        if not kept_as_is:
            text = _SPACES.sub(" ", text)
            if not self._line or self._line[-1].endswith((" ", "\t", "\n")):
                text = text.removeprefix(" ")
        if text:
            self._line.append(text)
        self._left -= len(text)
        self.full = self._left < 0

    def edge(self, tag: str, *, leaving: bool = False) -> None:
        if tag in _BLOCKS or (tag == "br" and not leaving):
            self._end_line()
        elif tag in _CELLS and leaving:
            self._line.append("\t")

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._parts)

    def _end_line(self) -> None:
        line = "".join(self._line).strip("\n").rstrip(" \t\n")
        if line:
            self._parts.append(line)
        self._line.clear()
