import pytest

from stelae.linkage.separators import separator_of


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_by_all_rows(separator: str) -> None:
    rows = (("Surname", "Born"), ("A", "1931"), ("B", "1956"))
    assert separator_of("\n".join(separator.join(row) for row in rows)) == separator


def test_a_row_of_names_with_commas_in_it_does_not_mislead() -> None:
    assert separator_of("Surname, name;Born\nByron, Ada;1815\nHope;1863\n") == ";"
    assert separator_of("Surname, name, other\tBorn\nA\t1815\nB\t1863\n") == "\t"


def test_cells_in_quotes_are_no_separators() -> None:
    assert separator_of('name,place\nA,"x; y"\nB,"z; w"\n') == ","


def test_titles_above_the_row_of_names_are_passed_over() -> None:
    assert separator_of("List, of, all\n\nname;born\nA;1\n", header=3) == ";"


@pytest.mark.parametrize("text", ["", "\n", "name", "name\nA\n"])
def test_one_column_has_the_usual_separator(text: str) -> None:
    assert separator_of(text) == ","
