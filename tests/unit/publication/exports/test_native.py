import pytest
from export_texts import NATIVE, PLAIN, document

from stelae.publication.exports.document import document_of
from stelae.publication.exports.docx import docx_file
from stelae.publication.exports.native import is_native, markdown_text, reading_differs
from stelae.publication.exports.page import html_page
from stelae.statements.read import read_statement


def test_a_native_text_is_not_touched() -> None:
    assert markdown_text(document(NATIVE)) == NATIVE


def test_a_plain_text_read_again_is_the_same_statement() -> None:
    made = document(PLAIN, "ferry.txt")
    again = read_statement(markdown_text(made), "ferry.md")
    assert list(reading_differs(made.statement, again)) == []
    assert [clause.id for clause in again.clauses] == [
        clause.id for clause in made.statement.clauses
    ]
    assert is_native(again)


def test_ids_that_were_derived_are_written_down() -> None:
    text = markdown_text(document(PLAIN, "ferry.txt"))
    assert "We declare that we remember. {#declarations-1}" in text


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_document_read_again_as_markdown_is_the_same_statement(form: str) -> None:
    pytest.importorskip("docx")
    before = document(NATIVE)
    content = docx_file(before) if form == "docx" else html_page(before, version="0").encode()
    read = read_statement(content, f"ferry.{form}")
    again = read_statement(markdown_text(document_of(read)), "ferry.md")
    assert list(reading_differs(read, again)) == []


def test_words_that_look_like_marks_of_markdown_stay_words() -> None:
    lines = ["> so they said.", "--- and that was all.", "~~~ was drawn below it.", "Words follow."]
    text = "\n\n".join(["A plain beginning of it all.", *lines])
    made = document(text, "a.txt")
    again = read_statement(markdown_text(made), "a.md")
    assert list(reading_differs(made.statement, again)) == []


def test_what_is_read_otherwise_is_named() -> None:
    before = read_statement("Words of one text [1].\n\n1. A book\n", "a.txt")
    after = read_statement("Words of another text [1; 2].\n\n1. A book\n", "a.txt")
    assert list(reading_differs(before, after)) == ["the words of clauses", "citations"]
