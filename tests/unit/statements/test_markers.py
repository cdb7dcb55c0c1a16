import pytest

from stelae.statements.markers import read_marker, resembles_marker


def read(inside: str, language: str = "en") -> list[tuple[int, list[str]]] | None:
    found = read_marker(inside, language)
    if found is None:
        return None
    return [(each.number, [str(place) for place in each.locators]) for each in found]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("2", [(2, [])]),
        ("0", [(0, [])]),
        (" 2 ", [(2, [])]),
        ("٢", [(2, [])]),
        ("^3", [(3, [])]),
        ("2, ch. 5", [(2, ["ch. 5"])]),
        ("2, ch. 5; 3", [(2, ["ch. 5"]), (3, [])]),
        ("4–7", [(4, []), (5, []), (6, []), (7, [])]),
        ("1, 3, 5-6", [(1, []), (3, []), (5, []), (6, [])]),
        ("2 – chapter 5, 3", [(2, ["ch. 5, 3"])]),
        ("2 - chapter 4, 4", [(2, ["ch. 4, 4"])]),
        ("2, pp. 12-15; 3, p. 1", [(2, ["p. 12-15"]), (3, ["p. 1"])]),
        ("5 p. 3", [(5, ["p. 3"])]),
        ("12: 45", [(12, ["45"])]),
        ("2, preface", [(2, ["preface"])]),
    ],
)
def test_the_forms_of_a_citation(inside: str, expected: list[tuple[int, list[str]]]) -> None:
    assert read(inside) == expected


@pytest.mark.parametrize(
    "inside",
    [
        "increasing",
        "…",
        "sic",
        "1918",
        "3 March 1918",
        "10 000",
        "2 children",
        "7–4",
        "2–",
        "",
        ";",
    ],
)
def test_other_brackets_are_no_citation(inside: str) -> None:
    assert read(inside) is None


def test_a_number_after_a_place_belongs_to_the_place() -> None:
    found = read_marker("2 – chapter 5, 3", "en")
    assert found is not None
    assert [each.number for each in found] == [2]
    assert found[0].perhaps == (3,)
    assert read_marker("2, ch. 5; 3", "en")[0].perhaps == ()  # type: ignore[index]  # it is read


def test_a_range_too_wide_is_no_citation() -> None:
    assert read("1-999") is None
    assert resembles_marker("1-999")


def test_what_resembles_a_citation_is_told_from_other_brackets() -> None:
    assert resembles_marker("7–4")
    assert not resembles_marker("increasing")
    assert not resembles_marker("1918")
