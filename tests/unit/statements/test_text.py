import pytest

from stelae.statements.text import Position, SourceText, Span


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot run"):
        Span(3, 2)


def test_lines_and_columns_count_from_one() -> None:
    source = SourceText("ab\ncd", "x")
    assert source.position(0) == Position(1, 1)
    assert source.position(4) == Position(2, 2)
    assert source.position(5) == Position(2, 3)


def test_each_way_to_end_a_line_ends_one_line() -> None:
    source = SourceText("a\r\nb\rc\nd", "x")
    assert [source.line(number) for number in range(1, 5)] == ["a", "b", "c", "d"]


def test_other_separators_end_no_line() -> None:
    assert SourceText("a\x0bb\u2028c\x85d", "x").starts == (0,)


def test_columns_count_code_points_not_bytes_or_letters() -> None:
    source = SourceText("𝟏é̈x", "x")
    assert source.position(source.content.index("x")).column == 4


def test_a_span_holds_itself_and_overlaps_only_what_it_shares() -> None:
    assert Span(1, 3) in Span(1, 3)
    assert Span(1, 3) not in Span(2, 4)
    assert not Span(1, 3).overlaps(Span(3, 4))
