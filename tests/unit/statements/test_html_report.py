import re
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.html_report import html_report
from stelae.statements.read import read_statement
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver

TEXT = """# Ferry (synthetic)

The [ferry](event:ferry) sank [7] at <b>dawn</b> & froze.
It sank.

لم تغرق
"""
WAIVER = Waiver("A", "c", "told below", "Ada Grey", date(2024, 5, 1), Span(0, 0))


def finding(words: str, level: Level = Level.ERROR, **more: Any) -> Diagnostic:
    start = TEXT.index(words)
    return Diagnostic("REF-x", level, Span(start, start + len(words)), "no entry", **more)


def page(*found: Diagnostic, text: str = TEXT, name: str = "a.md") -> HTMLParser:
    read = read_statement(text, name, "en")
    return HTMLParser(html_report([(read, found)], version="1.2.3"))


def one(tree: HTMLParser | Node, selector: str) -> Node:
    (node,) = tree.css(selector)
    return node


def test_a_finding_stands_in_the_row_of_its_words_and_they_point_at_each_other() -> None:
    tree = page(finding("[7]", fix="add it", related=(Related("the title", Span(0, 1)),)))
    row = one(tree, ".row.found")
    assert one(row, ".line").text() == "3"
    assert one(row, "mark").text() == "[7]"
    to, back = one(row, "a.to"), one(row, "aside h3 a")
    assert to.attributes["href"] == f"#{one(row, 'aside').attributes['id']}"
    assert back.attributes["href"] == f"#{to.attributes['id']}"
    words = " ".join(one(row, "aside").text().split())
    assert words == "1 error REF-x 3:31 no entry line 1: the title Do: add it"


def test_the_whole_text_is_there_as_it_was_given() -> None:
    tree = page(finding("[7]"), finding("sank [7] at"), finding("froze.\nIt"))
    for node in tree.css("a.to"):
        node.decompose()
    given = "\n".join(node.text() for node in tree.css(".text"))
    assert given.split() == TEXT.split()


def test_overlapping_words_take_the_look_of_the_gravest() -> None:
    tree = page(finding("sank [7] at", Level.NOTE), finding("[7]"))
    looks = [(node.attributes["class"], node.text()) for node in tree.css("mark")]
    assert looks == [("note", "sank "), ("error", "[7]"), ("note", " at")]


def test_words_over_two_paragraphs_are_marked_in_both_and_told_once() -> None:
    tree = page(finding("It sank.\n\nلم"))
    assert [node.text() for node in tree.css("mark")] == ["It sank.", "لم"]
    assert len(tree.css("aside")) == 1


def test_a_finding_without_words_has_its_place() -> None:
    tree = page(Diagnostic("A", Level.NOTE, Span(len(TEXT), len(TEXT)), "nothing here"))
    assert len(tree.css("aside")) == 1


def test_a_waived_finding_is_marked_so_with_its_reason() -> None:
    tree = page(finding("[7]", waiver=WAIVER))
    assert one(tree, "aside").attributes["class"] == "waived"
    assert "Ada Grey, until 2024-05-01: told below" in one(tree, "aside").text()


def test_nothing_of_the_text_becomes_markup_and_unseen_characters_are_shown() -> None:
    hostile = '# <script>alert(1)</script>\n\nx \u202e y "><img src=x>\n'
    tree = page(text=hostile, name='"><script>.md')
    assert not tree.css("script, img, b")
    assert "&lt;U+202E&gt;" in (tree.html or "")
    assert "\u202e" not in (tree.html or "")


def test_the_page_asks_nothing_of_any_network() -> None:
    html = html_report([(read_statement(TEXT, "a.md", "en"), [finding("[7]")])], version="1")
    assert not re.search(r"https?:|//|@import|url\(|<script|<link|\bsrc=", html)
    assert "default-src 'none'" in html


def test_what_the_reader_did_not_understand_is_listed() -> None:
    assert "template variable" in one(page(text="# A\n\nOn {{day}}.\n"), ".notes").text()
    assert not page().css(".notes")


def test_several_texts_are_listed_at_the_head_and_their_numbers_do_not_clash() -> None:
    read = read_statement(TEXT, "a.md", "en")
    html = html_report([(read, [finding("[7]")]), (read, [finding("[7]")])], version="1")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 6
    assert len(HTMLParser(html).css(".files li")) == 2


def test_an_empty_text_gives_a_page() -> None:
    assert "nothing found" in page(text="", name="a.txt").text()
