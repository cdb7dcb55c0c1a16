import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.evidence.extracted import (
    ExtractedText,
    Limits,
    NoText,
    decode_pages,
    encode_pages,
    finish,
)
from stelae.evidence.media import DOCX, HTML, ODT, PDF, PLAIN, XHTML, media_of
from stelae.evidence.pdf_text import pdf_text, read_pdf
from stelae.evidence.text import extract_text

QUICK = [DOCX, HTML, ODT, PLAIN, XHTML, "image/png"]
# Without a table of places: PDFium finds the objects by itself, also once they are changed.
SMALL_PDF = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>
endobj
4 0 obj
<< /Length 62 >>
stream
BT /F1 12 Tf 14 TL 50 780 Td (A first line) Tj T* (two) Tj ET
endstream
endobj
5 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>
endobj
trailer
<< /Root 1 0 R >>
%%EOF
"""


def docx(xml: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("word/document.xml", xml)
    return file.getvalue()


SMALL_DOCX = docx(
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:p><w:r><w:t>text</w:t></w:r></w:p></w:document>"
)
SMALL_HTML = b"<!doctype html><meta charset=koi8-r><title>t</title><p>a<b>c</b><table><td>d<pre>e"


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with some stretches replaced, and perhaps cut off."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(changed) - 1)))
        gone = draw(st.integers(0, 12))
        changed[at : at + gone] = draw(st.binary(max_size=12))
    return bytes(changed[: draw(st.integers(0, len(changed)))] if draw(st.booleans()) else changed)


def check(result: ExtractedText | NoText) -> None:
    if isinstance(result, NoText):
        assert result.reason
    else:
        assert decode_pages(encode_pages(result.pages)) == result.pages
        assert result.method


@settings(deadline=None, max_examples=300)
@given(content=st.binary(max_size=400), media_type=st.sampled_from(QUICK))
def test_any_bytes_give_text_or_a_reason(content: bytes, media_type: str) -> None:
    check(extract_text(content, media_type))
    assert media_of(content, "name.pdf").type


@settings(deadline=None, max_examples=200)
@given(
    sample=st.one_of(
        st.tuples(mutated(SMALL_DOCX), st.just(DOCX)),
        st.tuples(mutated(SMALL_DOCX), st.just(ODT)),
        st.tuples(mutated(SMALL_HTML), st.just(HTML)),
    )
)
def test_changed_files_give_text_or_a_reason(sample: tuple[bytes, str]) -> None:
    check(extract_text(*sample))


@settings(deadline=None, max_examples=300)
@given(content=st.one_of(st.binary(max_size=200), mutated(SMALL_PDF)))
def test_any_pdf_gives_text_or_a_reason(content: bytes) -> None:
    check(read_pdf(content, Limits()))


@settings(deadline=None, max_examples=10)
@given(content=mutated(SMALL_PDF))
def test_a_process_of_its_own_reads_the_same(content: bytes) -> None:
    assert pdf_text(content, Limits()) == read_pdf(content, Limits())
    assert extract_text(content, PDF) == read_pdf(content, Limits())


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\f")), min_size=1)
)
def test_pages_come_back_from_their_derived_object(pages: list[str]) -> None:
    assert list(decode_pages(encode_pages(pages))) == pages


@given(
    st.lists(st.text(st.characters()), min_size=1),
    st.integers(1, 20),
    st.integers(1, 50),
)
def test_limits_hold_for_any_pages(pages: list[str], most_pages: int, most: int) -> None:
    result = finish(pages, [], "test", Limits(pages=most_pages, characters=most))
    assert len(result.pages) <= most_pages
    assert sum(map(len, result.pages)) <= most
    if not result.notes:
        assert len(result.pages) == len(pages)
    check(result)
