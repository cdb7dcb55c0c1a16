from dataclasses import replace
from decimal import Decimal

import pytest

from stelae.statements.facts import NumberFact
from stelae.statements.rules.bounds import Fit, fit
from stelae.statements.text import Span
from stelae.values.figures import Count


def number(count: str | None, *readings: int, scale: int | None = None) -> NumberFact:
    return NumberFact(
        Span(0, 2),
        Span(0, 2),
        Count.parse(count) if count else None,
        tuple(Decimal(reading) for reading in readings),
        scale=scale,
    )


@pytest.mark.parametrize(
    ("text", "record", "expected"),
    [
        ("90", "90", Fit.FOLLOWS),
        ("~90", "90", Fit.FOLLOWS),
        ("~90", "95", Fit.FOLLOWS),
        ("50..", "~90", Fit.FOLLOWS),
        ("50..", "90", Fit.FOLLOWS),
        ("..100", "90", Fit.FOLLOWS),
        ("40..400", "48..300", Fit.FOLLOWS),
        ("400..", "400..", Fit.FOLLOWS),
        ("90", "~90", Fit.SHARPER),
        ("90", "48..300", Fit.SHARPER),
        ("400", "400..", Fit.SHARPER),
        ("90", '"dozens"', Fit.SHARPER),
        ("90..", "~90", Fit.BEYOND),
        ("~400", "400..", Fit.BEYOND),
        ("60..90", "48..300", Fit.BEYOND),
        ("..48", "48..300", Fit.BEYOND),
        ("500..", "400..", Fit.BEYOND),
        ("91", "90", Fit.CANNOT),
        ("~90", "132", Fit.CANNOT),
        ("200..", "132", Fit.CANNOT),
        ("..40", "48..300", Fit.CANNOT),
        ("390", "400..", Fit.CANNOT),
    ],
)
def test_a_text_says_the_same_or_less_or_more_than_the_record(
    text: str, record: str, expected: Fit
) -> None:
    assert fit(number(text), Count.parse(record)) is expected


@pytest.mark.parametrize(
    ("text", "record", "expected"),
    [
        ("48..", "48", Fit.CANNOT),
        ("48..", "49", Fit.FOLLOWS),
        ("..48", "48", Fit.CANNOT),
        ("..48", "47", Fit.FOLLOWS),
        ("300..", "300..", Fit.FOLLOWS),
        ("1000..", "1000..2000", Fit.FOLLOWS),
        ("90..", "~90", Fit.BEYOND),
    ],
)
def test_more_than_a_number_is_not_that_number(text: str, record: str, expected: Fit) -> None:
    assert fit(replace(number(text), strict=True), Count.parse(record)) is expected


def test_words_of_size_cannot_stand_for_fewer() -> None:
    assert fit(number('"hundreds"', scale=100), Count.parse("48")) is Fit.CANNOT
    assert fit(number('"hundreds"', scale=100), Count.parse("300")) is Fit.FOLLOWS
    assert fit(number('"hundreds"', scale=100), Count.parse("60..")) is Fit.FOLLOWS


def test_a_number_that_can_be_read_in_two_ways_contradicts_only_if_neither_fits() -> None:
    assert fit(number(None, 1500, 1), Count.parse("1500")) is Fit.FOLLOWS
    assert fit(number(None, 1500, 1), Count.parse("90")) is Fit.CANNOT
    assert fit(number(None), Count.parse("90")) is Fit.FOLLOWS


def test_counts_are_put_in_words() -> None:
    shown = [
        Count.parse(text).in_words() for text in ("1200", "~90", "400..", "..40", "4..8", '"some"')
    ]
    assert shown == ["1,200", "about 90", "at least 400", "at most 40", "4–8", "“some”"]
