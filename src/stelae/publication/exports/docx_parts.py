"""What python-docx has no words for: bookmarks, links, lists, languages, a file without a clock."""

import io
import zipfile
from typing import Any

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

__all__ = ["Bookmarks", "Lists", "flag", "link", "set_language", "without_clock"]

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP archive can say; it stands for no time at all."""
_LONGEST = 40
_DIGIT_FORM = "decimal"


def _element(tag: str, /, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


class Bookmarks:
    """Names that Word allows for fragments: at most 40 letters, digits and underscores, no two
    alike whatever their case."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._count = 0

    def name(self, anchor: str) -> str:
        """The name of a fragment, the same each time."""
        if anchor not in self._names:
            safe = "".join(
                letter if letter.isascii() and letter.isalnum() else "_" for letter in anchor
            )
            stem = f"{'s' if anchor.startswith('~') else 'c'}_{safe.strip('_')}"[:_LONGEST]
            name, number = stem, 1
            while name.lower() in self._taken:
                number += 1
                name = f"{stem[: _LONGEST - 6]}_{number}"
            self._taken.add(name.lower())
            self._names[anchor] = name
        return self._names[anchor]

    def mark(self, paragraph: Paragraph, anchor: str) -> None:
        """Put a bookmark where the paragraph has come to."""
        self._count += 1
        number = str(self._count)
        start = _element("w:bookmarkStart", id=number, name=self.name(anchor))
        paragraph._p.append(start)
        paragraph._p.append(_element("w:bookmarkEnd", id=number))


def link(paragraph: Paragraph, run: Run, *, to: str = "", bookmark: str = "") -> None:
    """Make a run, the last of its paragraph, lead to an address or to a bookmark."""
    made = OxmlElement("w:hyperlink")
    if to:
        made.set(
            qn("r:id"), paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
    else:
        made.set(qn("w:anchor"), bookmark)
    made.set(qn("w:history"), "1")
    run._r.addprevious(made)
    made.append(run._r)


def set_language(run: Run, tag: str, *, right_to_left: bool) -> None:
    """Say of a run which language it is in, and which way it runs."""
    properties = run._r.get_or_add_rPr()
    if right_to_left:
        properties.append(_element("w:rtl"))
    language = _element("w:lang", val=tag, eastAsia=tag)
    if right_to_left:
        language.set(qn("w:bidi"), tag)
    properties.append(language)


class Lists:
    """Numbered and marked lists, each a numbering of its own so that it begins where it should."""

    def __init__(self, word: Word) -> None:
        self._numbering = word.part.numbering_part.element
        self._next = 1 + max(
            (
                int(one.get(qn("w:abstractNumId")))
                for one in self._numbering.iter(qn("w:abstractNum"))
            ),
            default=0,
        )

    def new(self, form: str, *, start: int | None = None) -> int:
        """The id of a new list; `form` is what stands before an item, `%1` for its number."""
        number = self._next
        self._next += 1
        abstract = _element("w:abstractNum", abstractNumId=str(number))
        abstract.append(_element("w:multiLevelType", val="singleLevel"))
        level = _element("w:lvl", ilvl="0")
        level.append(_element("w:start", val=str(1 if start is None else start)))
        level.append(_element("w:numFmt", val="bullet" if start is None else _DIGIT_FORM))
        level.append(_element("w:lvlText", val=form))
        level.append(_element("w:lvlJc", val="start"))
        properties = OxmlElement("w:pPr")
        properties.append(_element("w:ind", start="425", hanging="425"))
        level.append(properties)
        abstract.append(level)
        # The schema wants every abstractNum before the first num.
        first = self._numbering.find(qn("w:num"))
        if first is None:
            self._numbering.append(abstract)
        else:
            first.addprevious(abstract)
        ids = [int(one.get(qn("w:numId"))) for one in self._numbering.iter(qn("w:num"))]
        identifier = 1 + max(ids, default=0)
        num = _element("w:num", numId=str(identifier))
        num.append(_element("w:abstractNumId", val=str(number)))
        self._numbering.append(num)
        return identifier

    @staticmethod
    def put(paragraph: Paragraph, identifier: int) -> None:
        """Make a paragraph an item of a list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = identifier


def without_clock(package: bytes) -> bytes:
    """The same package with no time in its archive, so that equal contents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(out, "w") as write:
        for name in read.namelist():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            write.writestr(info, read.read(name), compresslevel=9)
    return out.getvalue()


def flag(name: str) -> Any:
    """A property that is on by being there."""
    return _element(name)
