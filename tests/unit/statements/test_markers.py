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
        ("see 2, p. 5", [(2, ["p. 5"])]),
        ("cf. 2; see also 3", [(2, []), (3, [])]),
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


@pytest.mark.parametrize(
    ("inside", "language", "expected"),
    [
        ("տե՛ս 2, էջ 5", "hy", [(2, ["p. 5"])]),
        ("2\u0589 45", "hy", [(2, ["45"])]),
        ("2\u055d գլուխ 5", "hy", [(2, ["ch. 5"])]),
        ("1, էջ 2\u2024 3, էջ 5", "hy", [(1, ["p. 2"]), (3, ["p. 5"])]),
        ("1, գլ\u2024 2", "hy", [(1, ["ch. 2"])]),
        ("см. также 2, с. 5", "ru", [(2, ["p. 5"])]),
        ("bax: 2, s. 5", "az", [(2, ["p. 5"])]),
        ("bkz. 2, s. 5", "tr", [(2, ["p. 5"])]),
        ("voir 2, p. 5", "fr", [(2, ["p. 5"])]),
        ("vgl. 2, S. 5", "de", [(2, ["p. 5"])]),
        ("انظر ٢، ص ٥؛ ٣", "ar", [(2, ["p. ٥"]), (3, [])]),
    ],
)
def test_each_language_has_its_own_marks_and_words_before(
    inside: str, language: str, expected: list[tuple[int, list[str]]]
) -> None:
    assert read(inside, language) == expected


@pytest.mark.parametrize("inside", ["seen 2", "see", "see the map", "s2", "cf. page 3"])
def test_a_word_like_see_alone_cites_nothing(inside: str) -> None:
    assert read(inside) is None


@pytest.mark.parametrize(
    ("inside", "perhaps"),
    [
        ("2, ch. 5, 3", (3,)),
        ("2, ch. 5, 3–5", (3, 4, 5)),
        ("2، ص ٥، ٣", (3,)),
        ("2, pp. 5, 3", ()),
        ("2, §§ 5, 3", ()),
        ("2, pp. 5, ch. 4, 3", (3,)),
        ("2, p. 5, 3rd ed.", ()),
        ("2, p. 5, 3 May", ()),
    ],
)
def test_a_number_after_a_comma_may_be_a_reference_unless_several_places_are_announced(
    inside: str, perhaps: tuple[int, ...]
) -> None:
    found = read_marker(inside, "ar" if "ص" in inside else "en")
    assert found is not None
    assert found[0].perhaps == perhaps


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
