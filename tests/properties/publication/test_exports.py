"""Whatever the text, an export is well formed, and read again it says the same."""

import io
import zipfile
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.publication.exports.akoma_ntoso import akoma_ntoso
from stelae.publication.exports.data import json_text
from stelae.publication.exports.document import document_of
from stelae.publication.exports.docx import docx_file
from stelae.publication.exports.native import markdown_text
from stelae.publication.exports.page import html_page
from stelae.publication.exports.runs import text_of
from stelae.statements.read import read_statement

PIECES = st.sampled_from(
    [
        *("[1]", "[2, ch. 5; 3]", "[4–7]", "[x](figure:a/b)", "{#id}", "# ", "- ", "1. ", "> "),
        *("**", "_", "<a>", "&", "“", "”", "48 people", "20 January 1990", "References"),
        *("Signatories", "We urge the council", "\n", "\n\n", " ", "\u00a0", "\x07", "\u202e"),
        *("[p](https://example.org/a)", "https://example.org.", "שלום", "مرحبا", "Anna Example"),
    ]
)
TEXTS = (
    st.lists(PIECES, min_size=1, max_size=40)
    .map("".join)
    .filter(lambda text: bool(text.strip()) and text.count("\x07") * 10 < len(text))
)
NAMES = st.sampled_from(["a.md", "a.txt"])


@settings(deadline=None, max_examples=120)
@given(text=TEXTS, name=NAMES)
def test_every_format_is_written_and_says_the_words_of_each_clause(text: str, name: str) -> None:
    statement = read_statement(text, name)
    document = document_of(statement)
    for section in document.sections:
        for one in section.paragraphs:
            shown = " ".join(text_of(one.runs).replace("\ufffd", "\x07").split())
            assert shown == one.clause.shown
    assert fromstring(akoma_ntoso(document)) is not None
    assert html_page(document, version="0").count("<main>") == 1
    json_text(document)


@settings(deadline=None, max_examples=40)
@given(text=TEXTS, name=NAMES)
def test_every_word_document_can_be_opened(text: str, name: str) -> None:
    made = docx_file(document_of(read_statement(text, name)))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        fromstring(archive.read("word/document.xml"))
        fromstring(archive.read("word/numbering.xml"))


@settings(deadline=None, max_examples=120)
@given(text=TEXTS)
def test_markdown_written_twice_does_not_change(text: str) -> None:
    once = markdown_text(document_of(read_statement(text, "a.txt")))
    assert markdown_text(document_of(read_statement(once, "a.md"))) == once


SENTENCES = st.lists(
    st.sampled_from(
        [
            "We remember the dead of the ferry [1].",
            "Whereas 48 people were killed [1; 2],",
            "– whereas nobody was asked [2];",
            "We declare that it was so.",
            "# was the sign on the wall.",
            "1990 was the year of it.",
            "> so they wrote.",
            "We urge the Parliament of the Land to act.",
            "[48](figure:f-a) names are known.",
        ]
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=120)
@given(lines=SENTENCES)
def test_a_plain_text_keeps_its_clauses_in_markdown(lines: list[str]) -> None:
    text = "\n\n".join(["A statement of ours", *lines, "1. A book", "2. A paper"]) + "\n"
    statement = read_statement(text, "a.txt", "en")
    again = read_statement(markdown_text(document_of(statement)), "a.md")
    assert [clause.shown for clause in again.clauses] == [
        clause.shown for clause in statement.clauses
    ]
    assert [clause.id for clause in again.clauses] == [clause.id for clause in statement.clauses]
