from stelae.statements.blocks import Block, BlockKind, bounded
from stelae.statements.read import read_statement
from stelae.statements.text import Span


def paragraphs(count: int) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, Span(3 * n, 3 * n + 1)) for n in range(count)]


def test_few_blocks_stay_as_they_are() -> None:
    assert bounded(paragraphs(3), 3) == paragraphs(3)


def test_what_is_too_many_becomes_one_paragraph_that_ends_where_they_did() -> None:
    assert bounded(paragraphs(5), 3) == [
        *paragraphs(2),
        Block(BlockKind.PARAGRAPH, Span(6, 13)),
    ]


def test_a_text_of_too_many_paragraphs_is_read_to_its_end_with_a_note() -> None:
    statement = read_statement("a\n\n" * 20_001 + "About 90 people were killed.", "a.txt", "en")
    clauses = list(statement.clauses)
    assert len(clauses) == 10_000
    assert [str(number.count) for number in clauses[-1].numbers] == ["~90"]
    assert any("read as one" in note.what for note in statement.notes)


def test_a_paragraph_of_too_many_citations_says_so() -> None:
    statement = read_statement("a [1] " * 5_001, "a.txt", "en")
    assert sum(1 for _ in statement.markers) == 5_000
    assert any("too many citations" in note.what for note in statement.notes)
