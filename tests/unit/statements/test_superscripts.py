import pytest

from stelae.statements.superscripts import find_superscripts


def cited(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [
        (text[start:end], tuple(citation.number for citation in citations))
        for start, end, citations in find_superscripts(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("were killed¹ and", [("¹", (1,))]),
        ("were killed.¹² ", [("¹²", (12,))]),
        ("were killed¹,³ ", [("¹,³", (1, 3))]),
        ("were killed³⁻⁵", [("³⁻⁵", (3, 4, 5))]),
        ("“words”⁴", [("⁴", (4,))]),
        ("in 1990² and", [("²", (2,))]),
        ("սպանվել են³", [("³", (3,))]),
        (
            "убиты<sup>2</sup>, <SUP>4, 5</SUP>",
            [("<sup>2</sup>", (2,)), ("<SUP>4, 5</SUP>", (4, 5))],
        ),
    ],
)
def test_a_raised_number_after_words_cites(text: str, found: list[tuple[str, tuple[int]]]) -> None:
    assert cited(text) == found


@pytest.mark.parametrize(
    "text", ["5 km²", "20 км³", "x²", "10⁶", "¹ at the start", "a ² alone", "30<sup>th</sup>"]
)
def test_powers_and_ordinals_cite_nothing(text: str) -> None:
    assert cited(text) == []
