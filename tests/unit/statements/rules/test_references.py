from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import RecordContext
from stelae.statements.read import read_statement
from stelae.statements.rules.references import Ambiguous, Dangling, Order, Unused

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

LIST = "\n\n## References\n\n1. First book.\n2. Second book.\n3. Third book.\n"
RU = "\n\n## Источники\n\n1. Первая книга.\n2. Вторая книга.\n"
HY = "\n\n## Հղումներ\n\n1. Առաջին գիրք։\n2. Երկրորդ գիրք։\n"
AZ = "\n\n## Mənbələr\n\n1. Birinci kitab.\n2. İkinci kitab.\n"


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (
            "The ferry sank [7]." + LIST,
            "en",
            ["marker [7] has no entry: the list of references ends at 3"],
        ),
        (
            "The ferry sank [0]." + LIST,
            "en",
            ["marker [0] has no entry: the list of references begins at 1"],
        ),
        (
            "Паром затонул [5]." + RU,
            "ru",
            ["marker [5] has no entry: the list of references ends at 2"],
        ),
        (
            "Լաստանավը խորտակվեց [3]։" + HY,
            "hy",
            ["marker [3] has no entry: the list of references ends at 2"],
        ),
        (
            "Bərə batdı [2–4]." + AZ,
            "az",
            [
                "marker [3] has no entry: the list of references ends at 2",
                "marker [4] has no entry: the list of references ends at 2",
            ],
        ),
        (
            "The ferry sank [1].",
            "en",
            ["marker [1] has no entry: the text has no list of references"],
        ),
        (
            "The ferry sank [3] [1] [2].\n\n## References\n\n[1] One.\n\n[2] Two.\n\n[4] Four.\n",
            "en",
            ["marker [3] has no entry: the list of references has 1, 2 and 4"],
        ),
    ],
)
def test_a_marker_without_an_entry_dangles(
    check: "Check", text: str, language: str, said: list[str]
) -> None:
    found = check(Dangling(), text, language, name="text.txt" if "[4] Four" in text else "text.md")
    assert [one.message for one in found] == said
    assert all(one.fix for one in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry sank [1; 3]." + LIST, "en"),
        ("The ferry [sic] sank in [1918]." + LIST, "en"),
        ("The numbers were [increasing] that year." + LIST, "en"),
        ("Паром затонул [1, гл. 9; 2]." + RU, "ru"),
        ("Լաստանավը խորտակվեց [2, էջ 40]։" + HY, "hy"),
        ("Bərə batdı [1–2]." + AZ, "az"),
    ],
)
def test_a_marker_with_its_entry_does_not(check: "Check", text: str, language: str) -> None:
    assert check(Dangling(), text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "unused"),
    [
        ("The ferry sank [1; 3]." + LIST, "en", [2]),
        ("The ferry sank [2]." + LIST, "en", [1, 3]),
        ("Паром затонул [2]." + RU, "ru", [1]),
        ("Լաստանավը խորտակվեց [1]։" + HY, "hy", [2]),
        ("Bərə batdı [1]." + AZ, "az", [2]),
    ],
)
def test_an_entry_that_nothing_cites_is_unused(
    check: "Check", text: str, language: str, unused: list[int]
) -> None:
    found = check(Unused(), text, language)
    assert [one.message for one in found] == [f"entry {number} is never cited" for number in unused]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry sank [1–3]." + LIST, "en"),
        ("The ferry sank [1, ch. 2, 3] and [2]." + LIST, "en"),
        ("The ferry sank.", "en"),
        ("Паром затонул [1], не всплыл [2]." + RU, "ru"),
        ("Bərə batdı [2; 1]." + AZ, "az"),
        ("The ferry [sank](source:grey-2001).\n\n## References\n\n1. grey-2001\n", "en"),
    ],
)
def test_an_entry_that_something_cites_is_used(check: "Check", text: str, language: str) -> None:
    assert check(Unused(), text, language) == []


def test_an_entry_cited_by_another_entry_or_by_a_bound_record_is_used(
    check: "Check", record: RecordContext
) -> None:
    quoted = (
        "So [1].\n\nReferences\n\n[1] Grey, as quoted in [2], p. 4.\n[2] Report.\n[3] See [3].\n"
    )
    assert [one.message for one in check(Unused(), quoted, name="text.txt")] == [
        "entry 3 is never cited"
    ]
    bound = "There [132](figure:strelsau-1918/killed/grey) died.\n\n## References\n\n1. grey-2001\n"
    assert check(Unused(), bound, record=record) == []
    assert len(check(Unused(), bound)) == 1


def test_an_entry_cited_in_another_language_is_used(check: "Check") -> None:
    other = read_statement("Паром затонул [2]." + RU, "text.ru.md", "ru")
    text = "The ferry sank [1].\n\n## References\n\n1. First.\n2. Second.\n"
    assert check(Unused(), text, siblings=(other,)) == []
    assert len(check(Unused(), text)) == 1


def test_a_source_cited_under_another_number_in_another_language_is_used(check: "Check") -> None:
    other = read_statement(
        "Паром затонул [1].\n\n## Источники\n\n1. grey-2001\n", "text.ru.md", "ru"
    )
    text = "The ferry sank [1].\n\n## References\n\n1. report-1992\n2. grey-2001\n"
    assert check(Unused(), text, siblings=(other,)) == []


def test_a_list_that_is_never_cited_is_one_finding(check: "Check") -> None:
    (one,) = check(Unused(), "The ferry sank." + LIST)
    assert one.message == "none of the 3 entries of the list is cited in the text"


@pytest.mark.parametrize(
    ("text", "language", "message"),
    [
        ("One [1], three [3], two [2]." + LIST, "en", "entry 2 is first cited here, after entry 3"),
        ("Сначала [2], потом [1]." + RU, "ru", "entry 1 is first cited here, after entry 2"),
        ("Նախ [2], ապա [1]։" + HY, "hy", "entry 1 is first cited here, after entry 2"),
        ("Əvvəl [2], sonra [1]." + AZ, "az", "entry 1 is first cited here, after entry 2"),
    ],
)
def test_citations_out_of_order_are_noted_once(
    check: "Check", text: str, language: str, message: str
) -> None:
    assert [one.message for one in check(Order(), text, language)] == [message]


def test_numbers_that_repeat_or_run_backwards_in_the_list_are_noted(check: "Check") -> None:
    text = "A [1] b [3].\n\nReferences\n\n[1] One.\n\n[3] Three.\n\n[2] Two.\n\n[3] Again.\n"
    found = check(Order(), text, name="text.txt")
    assert [one.message for one in found] == [
        "entry 2 stands after entry 3 in the list",
        "a second entry 3: a marker [3] may mean either",
    ]
    assert found[1].related[0].span is not None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("One [1], two [2], one [1], three [3]." + LIST, "en"),
        ("All [1–3]." + LIST, "en"),
        ("Паром [1], снова [2], снова [1]." + RU, "ru"),
        ("Bərə [1]." + AZ, "az"),
        (
            "B [2], a [1], c [3–5].\n\n## References\n\n"
            "1. Ames.\n2. Brown.\n3. Clay.\n4. Drew.\n5. Eyre.\n",
            "en",
        ),
        (
            "B [2], a [1], c [3–5].\n\n## References\n\n"
            "1. “Ames”.\n2. Élan.\n3. Eyre.\n4. Айвс.\n5. Ёлкин.\n",
            "en",
        ),
        ("B [Zapt], a [Grey].\n\n[Grey] One.\n\n[Zapt] Two.\n", "en"),
    ],
)
def test_a_list_in_order_or_sorted_by_its_words_is_not_noted(
    check: "Check", text: str, language: str
) -> None:
    assert check(Order(), text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "hits"),
    [
        ("So [1, chapter 5, 3]." + LIST, "en", 1),
        ("So [1 – chapter 4, 2]." + LIST, "en", 1),
        ("Так [1, гл. 5, 2]." + RU, "ru", 1),
        ("Այսպես [1, գլ. 5, 2]։" + HY, "hy", 1),
        ("So [1, chapter 5, 9]." + LIST, "en", 0),
        ("So [1, chapter 5; 3]." + LIST, "en", 0),
        ("So [1, chapter 5]." + LIST, "en", 0),
        ("Так [1, гл. 5; 2]." + RU, "ru", 0),
        ("So [1, pp. 5, 3]." + LIST, "en", 0),
        ("So [1, p. 5, 3rd ed.]." + LIST, "en", 0),
        ("So [1, ch. 5, 2–3]." + LIST, "en", 1),
    ],
)
def test_a_place_that_may_be_an_entry_is_noted(
    check: "Check", text: str, language: str, hits: int
) -> None:
    assert len(check(Ambiguous(), text, language)) == hits


def test_a_finding_covers_the_marker_and_nothing_else(check: "Check") -> None:
    text = dedent("The ferry\nsank [1, p. 3; 7] twice.") + LIST
    (one,) = check(Dangling(), text)
    assert text[one.span.start : one.span.end] == "[1, p. 3; 7]"
