"""Statements that are documents; every text here is invented."""

import io
import zipfile

import pytest

from stelae.errors import BadInput
from stelae.statements.archives import MOST_UNPACKED
from stelae.statements.documents import read_document
from stelae.statements.model import PartKind, Statement
from stelae.statements.read import LARGEST_FILE, read_statement
from stelae.values.figures import Count

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
T = (
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
STYLES = f"""<w:styles {W}>
<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="a2"><w:basedOn w:val="a1"/></w:style>
<w:style w:styleId="num"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="9"/></w:num></w:numbering>"""
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r7" Target="https://example.org/report" TargetMode="External"/>'
    "</Relationships>"
)


def archive(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            opened.writestr(name, content, stored)
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(*paragraphs: str, **parts: str) -> bytes:
    document = f"<w:document {W} {R}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    return archive(
        {
            "word/document.xml": document,
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/_rels/document.xml.rels": LINKS,
        }
        | {f"word/{name}.xml": content for name, content in parts.items()}
    )


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{''.join(runs)}</w:p>"


def odt(body: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {T}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def shape(statement: Statement) -> list[tuple[PartKind, list[str]]]:
    return [(part.kind, [clause.shown for clause in part.clauses]) for part in statement.parts]


def test_a_page_keeps_its_headings_items_links_and_raised_citations() -> None:
    page = """<!doctype html><html><head><title>Site</title><script>bad()</script></head><body>
    <nav>Home</nav><h1>On the day of\n remembrance</h1>
    <p>In <i>January</i> 1990 about 90 people were killed<sup><a href="#n1">1</a></sup> on 5
    km<sup>2</sup>, says <a href="https://example.org/r">a report</a>.<br>A new line.</p>
    <p hidden>secret</p>
    <h2>Demands</h2><ul><li><p>We urge the parliament to open the archives.</p></li></ul>
    <h2>Notes</h2><ol start="1"><li id="n1">A. Hope, p. 4 <a href="#b1">↩</a></li>
    <li value="7">B. Zapt</li></ol></body></html>"""
    statement = read_statement(page.encode(), "page.html")
    assert shape(statement) == [
        (PartKind.TITLE, ["On the day of remembrance"]),
        (
            PartKind.PREAMBLE,
            [
                "In January 1990 about 90 people were killed¹ on 5 km², says a report. A new line.",
            ],
        ),
        (PartKind.DEMANDS, ["We urge the parliament to open the archives."]),
        (PartKind.REFERENCES, []),
    ]
    assert [marker.numbers for _, marker in statement.markers] == [(1,)]
    assert [(r.number, r.text) for r in statement.references] == [
        *((1, "A. Hope, p. 4"), (7, "B. Zapt"))
    ]
    (binding,) = (b for clause in statement.clauses for b in clause.bindings)
    assert (binding.target, binding.text) == ("https://example.org/r", "a report")
    assert "read from HTML" in statement.notes[0].what


def test_places_count_in_the_text_that_was_taken() -> None:
    statement = read_statement(b"<html><body><h1>Title</h1><p>About 90 people were killed.", "a")
    (number,) = (number for clause in statement.clauses for number in clause.numbers)
    assert statement.source.content == "# Title\n\nAbout 90 people were killed."
    assert statement.source.at(number.span) == "About 90"
    assert statement.position(number.span.start).line == 3


def test_a_page_declares_its_encoding_or_is_read_as_the_bytes_show() -> None:
    page = '<html><meta charset="windows-1251"><body><p>Мы помним всех погибших.</p>'
    statement = read_statement(page.encode("cp1251"), "a.html")
    assert next(iter(statement.clauses)).text == "Мы помним всех погибших."
    wrong = page.replace("windows-1251", "hex").encode()
    assert "помним" in read_statement(wrong, "a.html").source.content


def test_a_fragment_of_html_is_known_by_its_name_and_plain_text_stays_plain() -> None:
    fragment = b"<p>We remember.</p>"
    assert read_statement(fragment, "a.html").source.content == "We remember."
    assert read_document(fragment, "a.txt") is None
    assert read_document(b"A title\n\nProse.", "a.docx") is None


def test_deep_and_broken_pages_are_read() -> None:
    deep = b"<html><body>" + b"<div>" * 4_000 + b"words"
    assert read_statement(deep, "a.html").source.content == "words"
    assert read_statement(b"<html><p>a<ul><li>b</ol></table><b>c", "a").source.content


def test_a_page_too_deep_to_be_parsed_in_time_is_refused() -> None:
    with pytest.raises(BadInput, match="inside one another"):
        read_statement(b"<html><body>" + b"<div>" * 80_000 + b"words", "a.html")


def test_a_word_file_keeps_headings_lists_links_and_notes() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    statement = read_statement(
        docx(
            paragraph(run("On the day"), style="a2"),
            paragraph(
                run("About "),
                run("90"),
                run(" people were killed"),
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
                run(" and"),
                "<w:del><w:r><w:t>GONE</w:t></w:r></w:del>",
                '<w:hyperlink r:id="r7">' + run("a report") + "</w:hyperlink>",
                run("4", '<w:vertAlign w:val="superscript"/>'),
            ),
            paragraph(run("We urge:"), style="a1"),
            paragraph(run("one"), properties=numbered),
            paragraph(run("two"), style="num"),
            footnotes=f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run(" A. Hope, p. 4")}</w:p>'
            "</w:footnote></w:footnotes>",
        ),
        "a.docx",
    )
    assert statement.source.content == (
        "# On the day\n\nAbout 90 people were killed[1] and[a report](https://example.org/report)⁴"
        "\n\n# We urge:\n\n1. one\n2. two\n\n[1] A. Hope, p. 4"
    )
    assert statement.title == "On the day"
    assert [(r.number, r.text) for r in statement.references] == [(1, "A. Hope, p. 4")]
    assert [marker.numbers for _, marker in statement.markers] == [(1,), (4,)]
    assert "read from DOCX" in statement.notes[0].what


def test_notes_are_numbered_after_the_citations_that_the_text_has() -> None:
    statement = read_statement(
        docx(
            paragraph(run("As others say [3], "), '<w:r><w:endnoteReference w:id="1"/></w:r>'),
            endnotes=f'<w:endnotes {W}><w:endnote w:id="1"><w:p>{run("Zapt")}</w:p></w:endnote>'
            "</w:endnotes>",
        ),
        "a.docx",
    )
    assert [marker.numbers for _, marker in statement.markers] == [(3,), (4,)]
    assert [(r.number, r.text) for r in statement.references] == [(4, "Zapt")]
    assert any("numbered from 4" in note.what for note in statement.notes)


def test_an_odt_file_keeps_headings_lists_links_and_notes() -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        'style:num-format="1"/></text:list-style><style:style style:name="T1">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    body = (
        '<text:h text:outline-level="1">On the day</text:h>'
        "<text:p>About 90 people were killed<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>A. Hope,<text:s/>p. 4</text:p></text:note-body></text:note> as "
        '<text:a xlink:href="https://example.org/r">said</text:a>'
        '<text:span text:style-name="T1">2</text:span><office:annotation><text:p>remark</text:p>'
        "</office:annotation></text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item>'
        "<text:list-item><text:p>two</text:p></text:list-item></text:list>"
        "<text:list><text:list-item><text:p>bullet</text:p></text:list-item></text:list>"
    )
    statement = read_statement(odt(body, styles), "a.odt")
    assert statement.source.content == (
        "# On the day\n\nAbout 90 people were killed[1] as [said](https://example.org/r)²\n\n"
        "1. one\n2. two\n\n– bullet\n\n[1] A. Hope, p. 4"
    )
    assert [(r.number, r.text) for r in statement.references] == [(1, "A. Hope, p. 4")]


def small_pdf(*lines: str) -> bytes:
    drawn = "BT /F1 12 Tf 14 TL 50 780 Td " + " ".join(f"({x}) Tj T*" for x in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 6\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def test_a_pdf_is_read_and_its_paragraphs_are_guessed_from_short_lines() -> None:
    statement = read_statement(
        small_pdf(
            "On the day of remembrance",
            "In the month of January of that year about 90 people were killed in the",
            "town of Strelsau, in so many words.",
            "We urge the parliament of the land to open the archives of those years",
            "for all.",
        ),
        "a.pdf",
    )
    assert statement.title == "On the day of remembrance"
    assert "read from PDF" in statement.notes[0].what
    assert [part.kind for part in statement.parts] == [
        *(PartKind.TITLE, PartKind.PREAMBLE, PartKind.DEMANDS)
    ]
    preamble = statement.parts[1].clauses
    assert [clause.shown.split()[-1] for clause in preamble] == ["words."]
    assert [number.count for number in preamble[0].numbers] == [Count.about(90)]


def bomb() -> bytes:
    words = "a" * (MOST_UNPACKED + 1)
    return archive({"word/document.xml": f"<w:document {W}><w:p><w:t>{words}</w:t></w:p>"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (docx(paragraph(run("a")))[:-100], "truncated or damaged"),
        (docx("<w:p>"), "truncated or damaged"),
        (docx(paragraph()), "holds no text"),
        (bomb(), "made to do harm"),
        (
            archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "document type declaration",
        ),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "is missing"),
        (archive({"a.txt": "words"}), "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        (b"{\\rtf1 words}", "application/rtf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png"),
        (b"%PDF-1.7\nnothing else", "PDF"),
        (b"<html><body><img src=a></body></html>", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=r"a\.file") as caught:
        read_statement(content, "a.file")
    assert said in caught.value.what
    assert caught.value.hint


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray(docx(paragraph(run("a"))))
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    with pytest.raises(BadInput, match="is encrypted") as caught:
        read_statement(bytes(content), "a.docx")
    assert "password" in str(caught.value.hint)


def test_a_file_of_a_hundred_megabytes_is_refused_unread() -> None:
    with pytest.raises(BadInput, match="no statement is that long"):
        read_statement(bytes(LARGEST_FILE + 1), "a.pdf")
