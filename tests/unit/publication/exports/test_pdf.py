import contextlib
import ctypes
import re
import zlib

import pytest
from export_texts import ARABIC, HEBREW, NATIVE, document

from stelae.errors import MissingExtra
from stelae.evidence.extracted import Limits, NoText
from stelae.evidence.pdf_text import pdf_text
from stelae.publication.exports.pdf import pdf_file

pytest.importorskip("weasyprint", exc_type=ImportError)
pdfium = pytest.importorskip("pypdfium2")
raw = pytest.importorskip("pypdfium2.raw")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf_file(document(), version="0") == pdf_file(document(), version="0")


def test_it_is_tagged_and_says_what_it_is_in_which_language() -> None:
    made = pdf_file(document(), version="0")
    opened = pdfium.PdfDocument(made)
    assert opened.is_tagged()
    assert opened.get_metadata_dict()["Title"] == "Statement on the ferry (synthetic)"
    inside = inflated(made)
    assert b"/Lang (en)" in inside
    assert re.search(rb"<pdfuaid:part>1<|pdfuaid:part=\"1\"", inside)
    assert b"/DisplayDocTitle true" in inside


def inflated(made: bytes) -> bytes:
    """Every stream of a file, without its compression."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join([made, *found])


def tags(made: bytes) -> list[str]:
    """The types of the structure of the first page, in reading order."""
    page = pdfium.PdfDocument(made)[0]
    tree = raw.FPDF_StructTree_GetForPage(page)
    found: list[str] = []

    def walk(element: object) -> None:
        size = raw.FPDF_StructElement_GetType(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetType(element, buffer, size)
        found.append(buffer.raw[: size - 2].decode("utf-16-le"))
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                walk(child)

    for index in range(raw.FPDF_StructTree_CountChildren(tree)):
        walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
    return found


def test_headings_paragraphs_lists_and_links_are_tagged() -> None:
    found = tags(pdf_file(document(), version="0"))
    assert {"H1", "H2", "P", "L", "LI", "Link"} <= set(found)
    assert found.index("H1") < found.index("H2")


def test_the_parts_are_bookmarks() -> None:
    opened = pdfium.PdfDocument(pdf_file(document(), version="0"))
    titles = [mark.get_title() for mark in opened.get_toc()]
    assert titles[:3] == ["Statement on the ferry (synthetic)", "Preamble", "Whereas"]


def test_every_font_is_inside() -> None:
    made = pdf_file(document(), version="0")
    page = pdfium.PdfDocument(made)[0]
    fonts = [item for item in page.get_objects() if item.type == raw.FPDF_PAGEOBJ_TEXT]
    assert fonts
    for item in fonts:
        font = raw.FPDFTextObj_GetFont(item.raw)
        assert raw.FPDFFont_GetIsEmbedded(font) == 1


@pytest.mark.parametrize("text", [NATIVE, ARABIC, HEBREW])
def test_its_words_can_be_read_out_again(text: str) -> None:
    made = document(text)
    found = pdf_text(pdf_file(made, version="0"), Limits(pages=9, seconds=30.0))
    assert not isinstance(found, NoText)
    words = " ".join(" ".join(found.pages).split())
    for word in ("48",) if made.direction == "rtl" else ("48", "remember", "Example Association"):
        assert word in words


def test_without_weasyprint_the_extra_is_named() -> None:
    def load(name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    with pytest.raises(MissingExtra, match=r"stelae\[pdf\]"):
        pdf_file(document(), version="0", load=load)
