import pytest

from stelae.statements.read import read_statement
from stelae.statements.rules.entries import same_entries


def keys(mine: list[str], theirs: list[str]) -> tuple[dict[int, str], dict[int, str]]:
    texts = [
        "It froze [1].\n\n## References\n\n"
        + "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, 1))
        for entries in (mine, theirs)
    ]
    here, there = (read_statement(text, "a.md", "en") for text in texts)
    return same_entries(here, there)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (["grey-2001", "report-1992"], ["report-1992", "grey-2001"]),
        (
            ["Winter, https://www.example.org/winter/.", "Memorandum, https://example.org/memo"],
            ["Записка, https://example.org/memo", "Зима, https://example.org/winter"],
        ),
        (
            ["A. Grey, The Winter Harbour, Strelsau 2001", "Report on Zenda, council 1992"],
            ["Report on Zenda, council, 1992.", "A. Grey. The Winter Harbour. Strelsau, 2001."],
        ),
        (
            ["A. Grey, The Winter Harbour, 2001", "Report on Zenda, 1992, no. 14"],
            ["Доклад о Зенде, 1992, № 14", "Грей А. Зимняя гавань. 2001"],
        ),
    ],
)
def test_an_entry_is_told_whatever_its_number(mine: list[str], theirs: list[str]) -> None:
    own, others = keys(mine, theirs)
    assert own[1] == others[2]
    assert own[2] == others[1]
    assert own[1] != own[2]


def test_an_entry_is_told_by_its_number_where_nothing_else_tells() -> None:
    own, others = keys(["The Winter Harbour"], ["Зимняя гавань"])
    assert own == others == {1: "[1]"}


def test_two_sources_or_two_addresses_under_one_number_are_two() -> None:
    own, others = keys(["grey-2001"], ["report-1992"])
    assert (own, others) == ({1: "grey-2001"}, {1: "report-1992"})
    own, others = keys(["Memo, https://example.org/a"], ["Memo, https://example.org/b"])
    assert own[1] != others[1]


def test_an_entry_that_only_one_list_has_keeps_a_name_of_its_own() -> None:
    own, others = keys(["grey-2001"], ["grey-2001", "Almanac of the coast"])
    assert own[1] == others[1]
    assert others[2] == "[2] “Almanac of the coast”"
