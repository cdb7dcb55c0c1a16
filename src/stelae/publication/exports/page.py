"""HTML: one file that asks for nothing, on a screen of any width and on paper."""

import functools
import importlib.resources
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from jinja2 import Template
from markupsafe import Markup

from stelae.publication.exports.document import Document, target_of
from stelae.publication.exports.runs import clean
from stelae.publication.exports.sections import Paragraph
from stelae.publication.rendering import environment
from stelae.publication.text import Text

__all__ = ["html_page"]

_COUNTED = re.compile(r"\d{1,3}\.")


def html_page(document: Document, *, version: str, on_paper: bool = False) -> str:
    """The page; the same document always gives the same page.

    `on_paper` leaves out what only screens ask for. A binding is a link to what the words rest on
    where that is known, and `data-binding` in any case.
    """
    own = Text("", document.words.language)
    differs = document.words.language != document.language.split("-", 1)[0]
    return _template().render(
        page=document,
        own=_tongue(own.language) if differs else Markup(""),
        style=_style("export.css") + (Markup("") if on_paper else _style("export-screen.css")),
        target_of=target_of,
        version=version,
    )


@functools.cache
def _template() -> Template:
    made = environment().overlay()
    ours = {"clean": clean, "grouped": _grouped, "tongue": _tongue, "value": _value}
    made.filters = {**made.filters, **ours}
    return made.get_template("export.html")


@functools.cache
def _style(name: str) -> Markup:
    sheet = importlib.resources.files("stelae.publication") / "static" / name
    return Markup(sheet.read_text(encoding="utf-8"))  # noqa: S704 (our own file)


def _tongue(language: str) -> Markup:
    """` lang="en" dir="ltr"`; nothing where the language is not known."""
    if not language:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, Text("", language).direction)


def _grouped(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Stretches of items of one list with its element, and of anything else with ""."""
    for tag, group in groupby(paragraphs, key=_list_of):
        yield tag, list(group)


def _list_of(paragraph: Paragraph) -> str:
    """An item whose mark no list of HTML writes, such as `[3]`, is a paragraph with that mark."""
    if paragraph.signatory or not paragraph.mark:
        return ""
    if paragraph.mark == "\N{EN DASH}":
        return "ul"
    return "ol" if _COUNTED.fullmatch(paragraph.mark) else ""


def _value(mark: str) -> int:
    return int(mark.removesuffix("."))
