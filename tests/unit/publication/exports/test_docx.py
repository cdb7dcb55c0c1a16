import io
import re
import zipfile

import pytest
from export_texts import ARABIC, NATIVE, PLAIN, document, hostile

from stelae.errors import MissingExtra
from stelae.publication.exports.document import Document
from stelae.publication.exports.docx import docx_file
from stelae.statements.model import Statement
from stelae.statements.read import read_statement

docx = pytest.importorskip("docx")


def body(made: Document) -> str:
    with zipfile.ZipFile(io.BytesIO(docx_file(made))) as archive:
        return archive.read("word/document.xml").decode()


def again(made: Document) -> Statement:
    return read_statement(docx_file(made), "ferry.docx")


def texts(statement: Statement) -> list[str]:
    return [clause.shown for clause in statement.clauses]


@pytest.mark.parametrize(("text", "name"), [(NATIVE, "a.md"), (PLAIN, "a.txt"), (ARABIC, "a.md")])
def test_reading_it_back_gives_the_same_statement(text: str, name: str) -> None:
    made = document(text, name)
    before, after = made.statement, again(made)
    added = {made.date, f"{made.words.addressed} — {' · '.join(made.addressees)}"}
    waived = {made.words.waived, *(found for found in texts(after) if "Waived by" in found)}
    assert [text for text in texts(after) if text not in added | waived] == texts(before)
    assert after.title == before.title
    assert after.language == before.language
    assert after.date is not None
    assert before.date is not None
    assert after.date.edtf == before.date.edtf
    assert [m.numbers for _, m in after.markers] == [m.numbers for _, m in before.markers]
    assert [m.locators for _, m in after.markers] == [m.locators for _, m in before.markers]
    assert [(r.number, r.text) for r in after.references] == [
        (r.number, r.text) for r in before.references
    ]
    assert [(s.name, s.role) for s in after.signatories] == [
        (s.name, s.role) for s in before.signatories
    ]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert docx_file(document(recorded=True)) == docx_file(document(recorded=True))


def test_every_link_inside_leads_to_a_bookmark_and_no_bookmark_comes_twice() -> None:
    for made in (document(), document(recorded=True), hostile()):
        written = body(made)
        marks = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"', written)
        names = [name.lower() for _, name in marks]
        assert len(names) == len(set(names))
        assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)
        assert {name.lower() for name in re.findall(r'w:anchor="([^"]+)"', written)} <= set(names)


def test_what_runs_right_to_left_says_so() -> None:
    written = body(document(ARABIC))
    paragraphs = written.count("<w:p>") + written.count("<w:p ")
    assert written.count("<w:bidi/>") >= paragraphs - 3  # what is ours in English is not
    assert '<w:lang w:val="ar" w:eastAsia="ar" w:bidi="ar"/>' in written
    assert "<w:bidi/>" not in body(document(NATIVE))


def test_styles_and_lists_are_real() -> None:
    word = docx.Document(io.BytesIO(docx_file(document())))
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 7  # six parts, and the waived findings
    assert styles.count("Signatory") == 2
    numbered = [p for p in word.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert len(numbered) == 2 + 2 + 3


def test_the_file_says_title_authors_language_and_day() -> None:
    core = docx.Document(io.BytesIO(docx_file(document()))).core_properties
    assert core.title == "Statement on the ferry (synthetic)"
    assert core.author == "Example Association (synthetic); Anna Example"
    assert core.language == "en"
    assert core.created.date().isoformat() == "2026-01-20"


def test_a_text_without_a_day_has_no_day_made_up_for_it() -> None:
    core = docx.Document(io.BytesIO(docx_file(document("Words.\n", "a.txt")))).core_properties
    assert core._element.created_datetime is None


def test_without_python_docx_the_extra_is_named() -> None:
    def load(name: str) -> None:
        raise ImportError(name)

    with pytest.raises(MissingExtra, match=r"stelae\[docx\]"):
        docx_file(document(), load=load)
