import io
import zipfile

import pytest

from stelae.evidence.extracted import ExtractedText, Limits, NoText
from stelae.evidence.office_text import docx_text, odt_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
T = (
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
)


def archive(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    file.seek(0)
    return file


DOCUMENT = "word/document.xml"


def docx(body: str, **more: str) -> io.BytesIO:
    parts: dict[str, str | bytes] = {DOCUMENT: f"<w:document {W} {MC}>{body}</w:document>"}
    return archive(parts | {f"word/{name}.xml": content for name, content in more.items()})


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def text_of(result: ExtractedText | NoText) -> str:
    assert isinstance(result, ExtractedText)
    (page,) = result.pages
    return page


def reason_of(result: ExtractedText | NoText) -> str:
    assert isinstance(result, NoText)
    return result.reason


def test_paragraphs_of_a_docx_are_lines() -> None:
    body = paragraph("un", "broken") + "\n " + paragraph("Комиссия &amp; co")
    assert text_of(docx_text(docx(body), Limits())) == "unbroken\nКомиссия & co"


def test_tabs_breaks_deletions_and_fallbacks_of_a_docx() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
        "<w:del><w:r><w:t>no</w:t><w:delText>no</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>no</w:t></w:r></w:moveFrom>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>d</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>no</w:t></w:r></mc:Fallback></mc:AlternateContent>"
        "<w:r><w:instrText>no</w:instrText></w:r></w:p>"
    )
    assert text_of(docx_text(docx(body), Limits())) == "a\tb\ncd"


def test_notes_of_a_docx_stand_at_the_end() -> None:
    notes = f"<w:footnotes {W}>{paragraph('a note')}</w:footnotes>"
    assert text_of(docx_text(docx(paragraph("text"), footnotes=notes), Limits())) == (
        "text\na note"
    )


def test_an_odt_is_read_without_comments_and_deletions() -> None:
    content = (
        f"<office:document-content {T}><office:body><text:tracked-changes><text:p>no</text:p>"
        '</text:tracked-changes><text:h>Head</text:h><text:p>a<text:s text:c="2"/>b<text:tab/>c'
        "<office:annotation><text:p>no</text:p></office:annotation><text:line-break/>d</text:p>"
        "</office:body></office:document-content>"
    )
    assert text_of(odt_text(archive({"content.xml": content}), Limits())) == "Head\na  b\tc\nd"


def test_an_archive_that_unpacks_without_bound_is_refused() -> None:
    bomb = docx(paragraph("x" * 5_000_000))
    assert len(bomb.getvalue()) < 50_000
    assert "unpacks to more" in reason_of(docx_text(bomb, Limits(unpacked=1_000_000)))


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(codec: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{codec}"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
        f"<w:document {W}><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>"
    )
    file = archive({DOCUMENT: xml.encode(codec)})
    assert "document type declaration" in reason_of(docx_text(file, Limits()))


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (io.BytesIO(b"not an archive"), "truncated or damaged"),
        (io.BytesIO(docx(paragraph("text")).getvalue()[:-40]), "truncated or damaged"),
        (archive({"other.xml": "<x/>"}), "word/document.xml is missing"),
        (archive({DOCUMENT: "<x><y></x>"}), "truncated or damaged"),
        (archive({DOCUMENT: "<x>"}), "truncated or damaged"),
        (archive({DOCUMENT: "<x/>"}, zipfile.ZIP_LZMA), "packed in a way"),
        (docx("<w:p/>"), "holds no text"),
    ],
)
def test_a_file_that_cannot_be_read_gives_its_reason(file: io.BytesIO, reason: str) -> None:
    assert reason in reason_of(docx_text(file, Limits()))


def test_deep_nesting_is_read() -> None:
    body = "<w:p>" * 20_000 + "<w:r><w:t>x</w:t></w:r>" + "</w:p>" * 20_000
    assert text_of(docx_text(docx(body), Limits())) == "x"
