import pytest

from stelae.errors import BadValue
from stelae.values.figures import Count, CountForm, FigureKind


@pytest.mark.parametrize(
    ("text", "low", "high", "form", "written"),
    [
        ("48", 48, 48, CountForm.EXACT, "48"),
        ("0", 0, 0, CountForm.EXACT, "0"),
        (" 007 ", 7, 7, CountForm.EXACT, "7"),
        ("48..300", 48, 300, CountForm.RANGE, "48..300"),
        ("48..48", 48, 48, CountForm.RANGE, "48..48"),
        ("400..", 400, None, CountForm.AT_LEAST, "400.."),
        ("..1000", None, 1000, CountForm.AT_MOST, "..1000"),
        ("~90", 90, 90, CountForm.ABOUT, "~90"),
        ("90~", 90, 90, CountForm.ABOUT, "~90"),
        ('" several hundred "', None, None, CountForm.WORDS, '"several hundred"'),
    ],
)
def test_each_form_is_read_and_written(
    text: str, low: int | None, high: int | None, form: CountForm, written: str
) -> None:
    count = Count.parse(text)
    assert (count.low, count.high, count.form) == (low, high, form)
    assert str(count) == written
    assert count.is_point == (form in {CountForm.EXACT, CountForm.ABOUT})


@pytest.mark.parametrize(
    "text",
    [
        "", "..", "-5", "1,000", "1 000", "1.5", "48-300", "48...300", "300..48", "~", "~~9",
        "many",
        '""', '" "', '"a" "b"', "٤٨", "1" * 16, "4e2", "x" * 10_000,
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_the_notation(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        Count.parse(text)
    assert len(caught.value.what) < 200


@pytest.mark.parametrize(
    ("low", "high", "form", "words"),
    [
        (-1, -1, CountForm.EXACT, ""),
        (1, 2, CountForm.EXACT, ""),
        (1, 2, CountForm.ABOUT, ""),
        (2, 1, CountForm.RANGE, ""),
        (1, None, CountForm.RANGE, ""),
        (None, 1, CountForm.AT_LEAST, ""),
        (1, None, CountForm.AT_MOST, ""),
        (None, None, CountForm.WORDS, ""),
        (None, None, CountForm.WORDS, 'a"b'),
        (None, None, CountForm.WORDS, " a"),
        (1, 1, CountForm.EXACT, "one"),
        (10**15, 10**15, CountForm.EXACT, ""),
    ],
)
def test_a_count_that_says_two_things_cannot_be(
    low: int | None, high: int | None, form: CountForm, words: str
) -> None:
    with pytest.raises(BadValue):
        Count(low, high, form, words)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("48", "48", True),
        ("48", "49", False),
        ("48", "~48", True),
        ("48..300", "300..400", True),
        ("48..300", "301..400", False),
        ("400..", "..400", True),
        ("401..", "..400", False),
        ("400..", "500..", True),
        ("..4", "0", True),
        ('"several"', "48", True),
    ],
)
def test_counts_contradict_each_other_where_no_number_satisfies_both(
    one: str, other: str, may: bool
) -> None:
    assert Count.parse(one).may_equal(Count.parse(other)) is may
    assert Count.parse(other).may_equal(Count.parse(one)) is may


def test_the_kinds_of_figure_are_the_four_of_rule_5() -> None:
    assert set(FigureKind) == {"reported", "enumerated", "documented-minimum", "estimate"}
