"""The styles of a statement in Word: black on white, one serif, built-in names where there are."""

from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from stelae.publication.exports.document import Document

__all__ = ["prepare"]

_FONT = "Cambria"
_FONT_OF_RIGHT_TO_LEFT = "Times New Roman"
_INK = RGBColor(0, 0, 0)
_SOFT = RGBColor(0x44, 0x44, 0x44)
_SIZES = {"Title": 20, "Subtitle": 13, "Heading 1": 13}
_SMALL = 9


def prepare(word: Word, document: Document) -> None:
    """Page, fonts and styles; what the document says of its language holds for all of it."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin, section.bottom_margin = Mm(24), Mm(26)
    styles = word.styles
    for name in ("Date", "Addressees", "Signatory", "Joining", "Reference", "Annex"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name in ("Normal", "Title", "Subtitle", "Heading 1"):
        _font(styles[name], size=_SIZES.get(name, 11))
    for name in ("Title", "Subtitle", "Heading 1"):
        _plain(styles[name])
    styles["Heading 1"].font.bold = True
    styles["Heading 1"].paragraph_format.space_before = Pt(16)
    styles["Heading 1"].paragraph_format.space_after = Pt(5)
    for name in ("Normal", "Body Text", "List Paragraph"):
        styles[name].paragraph_format.space_after = Pt(7)
        styles[name].paragraph_format.line_spacing = 1.15
    styles["Signatory"].paragraph_format.space_after = Pt(2)
    for name in ("Date", "Addressees"):
        styles[name].font.color.rgb = _SOFT
    for name in ("Reference", "Annex"):
        styles[name].font.size = Pt(_SMALL)
        styles[name].paragraph_format.space_after = Pt(3)
    styles.add_style("Citation marker", WD_STYLE_TYPE.CHARACTER).font.color.rgb = _SOFT
    styles.add_style("Bound words", WD_STYLE_TYPE.CHARACTER).font.underline = WD_UNDERLINE.DOTTED
    styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER).font.underline = True
    styles.add_style("Cited title", WD_STYLE_TYPE.CHARACTER).font.italic = True
    _language(word, document)


def _font(style: Any, *, size: int) -> None:
    """One font for every script: a theme's would win over it, so that goes."""
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    fonts.set(qn("w:eastAsia"), _FONT)
    fonts.set(qn("w:cs"), _FONT_OF_RIGHT_TO_LEFT)
    half_points = OxmlElement("w:szCs")
    half_points.set(qn("w:val"), str(size * 2))
    properties = style.element.rPr
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(half_points)


def _plain(style: Any) -> None:
    """No rule below a title, no letters set apart, no italics."""
    style.font.bold = style.font.italic = False
    for properties, name in (
        (style.element.get_or_add_pPr(), "w:pBdr"),
        (style.element.rPr, "w:spacing"),
    ):
        for found in properties.findall(qn(name)):
            properties.remove(found)


def _language(word: Word, document: Document) -> None:
    """The language of every word that does not say another."""
    found = next(word.styles.element.iter(qn("w:lang")), None)
    if found is not None:
        found.set(qn("w:val"), document.language)
        found.set(qn("w:eastAsia"), document.language)
        if document.direction == "rtl":
            found.set(qn("w:bidi"), document.language)
