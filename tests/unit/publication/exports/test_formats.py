import pytest
from export_texts import document

from stelae.publication.exports.formats import FORMATS, format_of


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.HTML", "html"),
        ("a.pdf", "pdf"),
        ("a.docx", "docx"),
        ("a.akn", "akoma-ntoso"),
        ("a.xml", "akoma-ntoso"),
        ("a.en.md", "markdown"),
        ("a.json", "json"),
        ("a.odt", None),
        ("html", None),
    ],
)
def test_the_ending_of_a_name_says_the_format(name: str, form: str | None) -> None:
    assert format_of(name) == form


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_gives_the_same_bytes_twice(form: str) -> None:
    make = FORMATS[form].make
    first = make(document(recorded=True), "0")
    assert first
    assert make(document(recorded=True), "0") == first
