from stelae.statements.blocks import Block, BlockKind
from stelae.statements.plain import plain_blocks
from stelae.statements.text import SourceText


def read(text: str) -> list[tuple[str, str, int | None]]:
    source = SourceText(text, "x")
    return [(b.kind.value, source.at(b.span), b.number) for b in plain_blocks(source)]


def blocks(text: str) -> list[Block]:
    return plain_blocks(SourceText(text, "x"))


def test_empty_lines_part_paragraphs_and_wrapped_lines_go_on() -> None:
    assert read("a\nb\n\n \nc") == [("paragraph", "a\nb", None), ("paragraph", "c", None)]


def test_dashes_and_bullets_begin_items() -> None:
    assert [words for _, words, _ in read("– one;\n— two;\n• three;\n* four")] == [
        *("one;", "two;", "three;", "four"),
    ]


def test_a_dash_inside_a_line_begins_nothing() -> None:
    assert len(read("one – two")) == 1


def test_numbers_and_bracketed_numbers_begin_items() -> None:
    assert read("  1. one\n  2. two") == [("item", "one", 1), ("item", "two", 2)]
    assert [(b.number, b.bracketed) for b in blocks("[0] zero\n[1] one")] == [(0, True), (1, True)]


def test_a_wrapped_line_that_begins_with_a_day_goes_on() -> None:
    assert len(read("it began on\n12. Januar and ended\n18. März")) == 1


def test_headings_of_markdown_are_seen_in_plain_text_too() -> None:
    assert read("# Title\ntext") == [("heading", "Title", None), ("paragraph", "text", None)]


def test_lists_apart_have_different_groups() -> None:
    first, second = [b for b in blocks("1. a\n\ntext\n\n1. b") if b.kind is BlockKind.ITEM]
    assert first.group != second.group


def test_reading_starts_at_the_line_asked_for() -> None:
    source = SourceText("---\na: b\n---\ntext", "x")
    assert [source.at(b.span) for b in plain_blocks(source, 4)] == ["text"]


def test_numbers_begin_items_in_the_marks_of_every_language() -> None:
    assert read("1\u2024 one\n2\u2024 two") == [("item", "one", 1), ("item", "two", 2)]
    assert read("١- كتاب\n٢- تقرير") == [("item", "كتاب", 1), ("item", "تقرير", 2)]
    assert read("1 – kitab\n2 – məruzə") == [("item", "kitab", 1), ("item", "məruzə", 2)]
    assert read("(1) one\n(2) two") == [("item", "one", 1), ("item", "two", 2)]


def test_a_dash_after_a_number_in_a_sentence_begins_no_item() -> None:
    assert read("1 - 3 people stayed") == [("paragraph", "1 - 3 people stayed", None)]
    assert read("12 – so many stayed") == [("paragraph", "12 – so many stayed", None)]


def test_letters_and_numbers_within_numbers_begin_items_without_a_number() -> None:
    assert read("(a) one\n(b) two") == [("item", "one", None), ("item", "two", None)]
    assert read("а) раз\nб) два") == [("item", "раз", None), ("item", "два", None)]
    assert read("1.1. one\n1.2. two") == [("item", "one", None), ("item", "two", None)]
    assert read("1.5 million stayed") == [("paragraph", "1.5 million stayed", None)]


def test_numbers_that_begin_again_begin_another_list() -> None:
    groups = [block.group for block in blocks("1. a\n2. b\n\n1. c\n2. d")]
    assert groups[0] == groups[1] != groups[2] == groups[3]
    assert len({block.group for block in blocks("1. a\n1. b\n1. c")}) == 1
