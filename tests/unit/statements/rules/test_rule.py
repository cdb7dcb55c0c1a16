from stelae.statements.rules.rule import quoted, series


def test_words_are_quoted_in_one_line_and_cut() -> None:
    assert quoted("so\n  it was") == "“so it was”"
    assert quoted("a" * 80, 10) == "“" + "a" * 9 + "…”"


def test_a_series_ends_with_and() -> None:
    assert series([]) == ""
    assert series([1]) == "1"
    assert series([1, 2]) == "1 and 2"
    assert series([1, 2, 3]) == "1, 2 and 3"
