from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from stelae.cli.pair_text import Paper, bars, clean, heading, isolated, mark, rows, wrapped
from stelae.linkage import names
from stelae.linkage.explaining import Compared, Other, PairExplanation, RecordAt, Said

MODEL = names.NameModel.shipped()


def compared(left: str | None, right: str | None, level: str | None, **more: Any) -> Compared:
    one, two = (None if text is None else Said(text, "name") for text in (left, right))
    return Compared("name", "name", one, two, level, 1.0, **more)


def pair(*each: Compared, others: tuple[Other, ...] = ()) -> PairExplanation:
    ends = RecordAt("church", "C1", 2), RecordAt("press", "P1", 2)
    return PairExplanation(*ends, 0.0, each, others, 0.0, 0.5, (1, 2), ())


@given(st.text(), st.integers(10, 60))
def test_no_wrapped_line_is_wider_and_no_letter_is_lost(text: str, width: int) -> None:
    shown = clean(text)
    lines = wrapped(shown, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    shown = clean(text)
    assert all(ord(letter) >= 32 and not 127 <= ord(letter) < 160 for letter in shown)
    assert not set(shown) & set(
        "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def test_escape_sequences_of_a_cell_are_shown_as_letters() -> None:
    assert clean("\x1b[2JAni") == "\N{REPLACEMENT CHARACTER}[2JAni"


def test_right_to_left_text_is_isolated_and_other_text_is_not() -> None:
    assert isolated("محمد") == "\u2068محمد\u2069"
    assert isolated("משה 7") == "\u2068משה 7\u2069"
    assert isolated("Անի") == "Անի"


def test_columns_stand_beneath_one_another_in_all_scripts() -> None:
    said = pair(compared("محمد بن علي", "Мухаммад", "alike"), compared("張", "Chang", "alike"))
    lines = [*heading(Paper(80), said.left, said.right), *rows(Paper(80), said)]
    rights = ("press", "Мухаммад", "Chang")
    bare = [line.replace("\u2068", "").replace("\u2069", "") for line in lines]
    before = [line.split(right)[0] for line, right in zip(bare, rights, strict=True)]
    assert len(set(map(cell_len, before))) == 1


@pytest.mark.parametrize(
    ("each", "sign"),
    [
        (compared("Ani", "ANI ", "the same"), "="),
        (compared("Ani", None, None), " "),
        (compared("1931", "1940", "three to ten years apart"), "≠"),
        (compared("1931", "9.4.1931", "the same year, one gives no day"), "≈"),
        (compared("ж", "f", "both female"), "="),
        (compared("?", "f", None), " "),
        (
            compared(
                "Միրյամ", "Мирям", "different", letters=names.explain(MODEL, "Միրյամ", "Мирям")
            ),
            "≈",
        ),
        (compared("Ani", "Гурген", "alike", letters=names.explain(MODEL, "Ani", "Гурген")), "≠"),
    ],
)
def test_signs_say_whether_two_sides_are_alike(each: Compared, sign: str) -> None:
    assert mark(each) == sign


def test_words_with_no_like_on_the_other_side_are_coloured() -> None:
    each = compared(
        "Eyşe Ferhad Menduli",
        "Гуле Мендули",
        "alike",
        letters=names.explain(MODEL, "Eyşe Ferhad Menduli", "Гуле Мендули"),
    )
    (line,) = rows(Paper(80, colour=True), pair(each))
    assert "\x1b[33mFerhad\x1b[0m" in line
    assert "\x1b[33mГуле\x1b[0m" in line
    assert "\x1b[33mMenduli" not in line
    (plain,) = rows(Paper(80), pair(each))
    assert "\x1b" not in plain


def test_a_narrow_terminal_has_one_side_beneath_the_other() -> None:
    said = pair(compared("Ani", None, None), others=(Other("note", "a very " * 9, None),))
    lines = list(rows(Paper(40), said))
    assert lines[1:3] == ["A   Ani", "B   -"]
    assert max(map(cell_len, lines)) <= 40


def test_bars_go_left_against_and_right_for() -> None:
    assert list(bars([-4.0, 2.0, 0.0], 4)) == ["▒▒▒▒│    ", "    │██  ", "    │    "]
    assert list(bars([], 4)) == []
