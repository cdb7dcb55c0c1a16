"""Documents with bytes changed, added or cut off are read or refused, never a crash."""

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import BadInput
from stelae.statements.read import read_statement

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = "About 90 people were killed (an invented figure)."


def _archive(part: str, content: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as opened:
        if mimetype:
            opened.writestr("mimetype", mimetype)
        opened.writestr(part, content)
    return file.getvalue()


DOCX = _archive(
    "word/document.xml", f"<w:document {W}><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:document>"
)
ODT = _archive(
    "content.xml",
    '<a xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    f"<text:list><text:list-item><text:p>{WORDS}</text:p></text:list-item></text:list></a>",
    "application/vnd.oasis.opendocument.text",
)
HTML = f"<html><body><ol><li>{WORDS}<sup>1</sup></li></ol><a href='#n'>2</a></html>".encode()


@settings(deadline=None, max_examples=200)
@given(
    whole=st.sampled_from([DOCX, ODT, HTML]),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=3)), max_size=6),
    kept=st.integers(0, 3000),
)
def test_a_damaged_document_is_read_or_refused(
    whole: bytes, changes: list[tuple[int, bytes]], kept: int
) -> None:
    content = whole
    for place, put in changes:
        at = place % (len(content) + 1)
        content = content[:at] + put + content[at + 1 :]
    try:
        statement = read_statement(content[:kept], "a.html")
    except BadInput:
        return
    for clause in statement.clauses:
        assert statement.source.at(clause.span) == clause.text
