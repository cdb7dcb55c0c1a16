from stelae.statements.blocks import Block, BlockKind
from stelae.statements.markdown import markdown_blocks
from stelae.statements.text import SourceText, Span


def read(text: str, start: int = 1) -> list[tuple[str, str]]:
    source = SourceText(text, "x")
    return [(b.kind.value, source.at(b.span)) for b in markdown_blocks(source, start)]


def blocks(text: str) -> list[Block]:
    return markdown_blocks(SourceText(text, "x"))


def test_headings_paragraphs_and_items_have_exact_places() -> None:
    text = "# Title #\n\nSome *prose*\nof two lines.\n\n- one\n  more\n- two\n"
    assert read(text) == [
        ("heading", "Title"),
        ("paragraph", "Some *prose*\nof two lines."),
        ("item", "one\n  more"),
        ("item", "two"),
    ]


def test_the_marks_before_later_lines_are_hidden() -> None:
    text = "> one\n> two"
    (block,) = blocks(text)
    assert block.span == Span(2, 11)
    assert [text[gap.start : gap.end] for gap in block.hidden] == ["> "]


def test_items_keep_the_number_written() -> None:
    assert [b.number for b in blocks("3. a\n4. b\n")] == [3, 4]
    assert [b.number for b in blocks("1. a\n1. b\n")] == [1, 1]


def test_a_second_paragraph_of_an_item_is_a_paragraph() -> None:
    assert [kind for kind, _ in read("1. a\n\n   b\n")] == ["item", "paragraph"]


def test_indented_prose_is_no_code() -> None:
    assert read("    indented prose") == [("paragraph", "indented prose")]


def test_raw_html_and_code_are_hidden() -> None:
    kinds = [b.kind for b in blocks('<iframe src="x"></iframe>\n\n```\ncode\n```\n')]
    assert kinds == [BlockKind.HIDDEN, BlockKind.HIDDEN]


def test_definitions_of_references_are_items_one_to_a_line() -> None:
    found = blocks("[1]: first\n[^2]: second\nand more\n")
    assert [(b.number, b.bracketed) for b in found] == [(1, True), (2, True)]


def test_windows_line_ends_do_not_move_places() -> None:
    assert read("# T\r\n\r\none\r\ntwo\r\n") == [("heading", "T"), ("paragraph", "one\r\ntwo")]


def test_reading_starts_at_the_line_asked_for() -> None:
    assert read("---\na: b\n---\n\ntext", 4) == [("paragraph", "text")]
    assert read("---\na: b\n---", 4) == []


def test_numbers_that_commonmark_does_not_know_begin_items() -> None:
    assert [(b.kind.value, b.number) for b in blocks("١. كتاب\n٢. تقرير\n")] == [
        ("item", 1),
        ("item", 2),
    ]
    assert [b.number for b in blocks("1\u0589 մեկ\n\n2\u0589 երկու\n")] == [1, 2]
    assert [b.kind.value for b in blocks("12 – so many stayed\n")] == ["paragraph"]
