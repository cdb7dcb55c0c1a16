import re

from edition_views import EVIL
from export_texts import ARABIC, document, hostile
from selectolax.lexbor import LexborHTMLParser

from stelae.publication.exports.document import Document
from stelae.publication.exports.page import html_page
from stelae.statements.read import read_statement


def page(made: Document) -> LexborHTMLParser:
    return LexborHTMLParser(html_page(made, version="0"))


def test_the_page_says_its_language_and_direction() -> None:
    root = page(document(ARABIC)).css_first("html")
    assert root is not None
    assert (root.attributes["lang"], root.attributes["dir"]) == ("ar", "rtl")


def test_every_link_inside_the_page_leads_somewhere_and_no_place_comes_twice() -> None:
    for made in (document(), document(recorded=True), hostile()):
        found = page(made)
        ids = [node.attributes["id"] for node in found.css("[id]")]
        assert len(ids) == len(set(ids))
        inner = [str(node.attributes["href"]) for node in found.css('a[href^="#"]')]
        assert inner
        assert {link[1:] for link in inner} <= set(ids)


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    text = html_page(hostile(), version="0")
    assert not re.search(r"<(script|link|img|iframe|object|embed)\b|url\(|@import|\ssrc=", text)
    assert EVIL not in text
    assert "javascript:" not in text


def test_clauses_stand_under_the_ids_of_their_authors() -> None:
    found = page(document())
    assert found.css_first("#killed") is not None
    assert found.css_first("li#correct") is not None


def test_numbered_clauses_are_a_list_with_the_numbers_of_the_text() -> None:
    items = page(document()).css("section.declarations ol > li")
    assert [item.attributes["value"] for item in items] == ["1", "2"]


def test_bound_words_say_to_what_with_and_without_a_record() -> None:
    for recorded, tag in ((False, "span"), (True, "a")):
        node = page(document(recorded=recorded)).css_first('[data-binding="figure:f-a"]')
        assert node is not None
        assert node.tag == tag


def test_waived_findings_are_printed_with_who_and_why() -> None:
    waived = page(document()).css_first("#\\~waived")
    assert waived is not None
    assert "FIG-uncited (error)" in waived.text()
    assert "Waived by A. Author, until 2027: so" in waived.text()


def test_a_page_for_paper_asks_nothing_of_a_screen() -> None:
    assert "@media screen" in html_page(document(), version="0")
    assert "@media screen" not in html_page(document(), version="0", on_paper=True)


def test_reading_the_page_again_gives_the_same_references_and_signatories() -> None:
    made = document()
    again = read_statement(html_page(made, version="0").encode(), "ferry.html")
    before = made.statement
    assert again.signatories
    assert [(one.name, one.role) for one in again.signatories] == [
        (one.name, one.role) for one in before.signatories
    ]
    assert [(one.number, one.text) for one in again.references] == [
        (one.number, one.text) for one in before.references
    ]
    assert [m.numbers for _, m in again.markers] == [m.numbers for _, m in before.markers]
