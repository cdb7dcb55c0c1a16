"""What must be found in statements as their authors published them.

The texts and the list of what is in them are `../shared/data/statements/` (README.md there). They
stay outside the project: without them these tests skip.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from stelae.statements.checking import check_statement
from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.report import json_report

TEXTS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "statements"

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="../shared/data/statements is absent")


def read(name: str) -> Statement:
    return read_statement(TEXTS / name)


def findings(name: str, *siblings: str) -> tuple[Statement, tuple[Diagnostic, ...]]:
    statement = read(name)
    context = CheckContext(date(2024, 5, 1), siblings=tuple(read(other) for other in siblings))
    return statement, check_statement(statement, context)


def words_of(name: str, rule: str, *siblings: str) -> list[str]:
    statement, found = findings(name, *siblings)
    return [statement.source.at(one.span) for one in found if one.rule == rule]


FOUNDING = "baku_1990_en.txt"


def test_the_markers_7_to_10_have_no_entry() -> None:
    assert words_of(FOUNDING, "REF-dangling") == ["[7]", "[8]", "[9]", "[10]"]


def test_no_entry_is_unused_since_two_numbers_may_be_citations() -> None:
    assert words_of(FOUNDING, "REF-unused") == []
    assert words_of(FOUNDING, "REF-ambiguous") == [
        "[2 – chapter 5, 3]",
        "[2 – chapter 4, 4]",
    ]


def test_five_figures_have_no_reference() -> None:
    assert words_of(FOUNDING, "FIG-uncited") == [
        "Thousands",
        "30 thousand",
        "Thousands",
        "hundreds of thousands",
        "20,000",
    ]


def test_every_anniversary_is_right_and_a_hundred_years_are_102() -> None:
    statement, found = findings(FOUNDING)
    (one,) = (one for one in found if one.rule.startswith("DAT-"))
    assert (one.rule, one.level) == ("DAT-anniversary", Level.NOTE)
    assert statement.source.at(one.span) == "100 years"
    assert "2020 − 1918 = 102" in one.message


def test_entries_1_4_and_5_are_the_first_signatory_s_own() -> None:
    statement, found = findings(FOUNDING)
    own = [one for one in found if one.rule == "CIR-self"]
    numbers = {reference.span: reference.number for reference in statement.references}
    assert [numbers[one.span] for one in own] == [1, 4, 5]
    first = statement.signatories[0].span
    assert all([related.span for related in one.related] == [first] for one in own)


def test_the_closing_mark_against_a_bracket_is_no_error() -> None:
    assert words_of(FOUNDING, "QUO-unbalanced") == []


def test_the_words_of_qualification_are_asked_whose_they_are() -> None:
    words = words_of(FOUNDING, "TRM-undetermined")
    assert len(words) == 11
    assert {word.casefold() for word in words} == {"genocide", "genocidal"}


def test_nothing_else_is_found_in_it() -> None:
    _, found = findings(FOUNDING)
    assert Counter(one.rule for one in found) == {
        "REF-dangling": 4,
        "REF-ambiguous": 2,
        "FIG-uncited": 5,
        "DAT-anniversary": 1,
        "CIR-self": 3,
        "TRM-undetermined": 11,
    }


def test_the_json_counts_entries_markers_and_nine_signatories() -> None:
    statement, found = findings(FOUNDING)
    report = json_report(statement, found)
    assert report["language"] == "en"
    assert report["signatories"] == 9
    references = report["references"]
    assert isinstance(references, list)
    assert len(references) == 6
    named = {
        number for _, marker in statement.markers for number in (*marker.numbers, *marker.perhaps)
    }
    assert named == set(range(1, 11))


def test_a_wrong_length_of_time_is_found_when_its_year_is_changed() -> None:
    text = (TEXTS / FOUNDING).read_text(encoding="utf-8").replace("from 1918 to", "from 1991 to")
    statement = read_statement(text, FOUNDING)
    found = check_statement(statement, CheckContext(date(2024, 5, 1)))
    (one,) = (one for one in found if one.rule == "DAT-anniversary")
    assert one.level is Level.ERROR


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bangsamoro_res62_en.txt", {"FIG-uncited": 1}),
        ("survie_armenie_fr.txt", {"DAT-anniversary": 1, "TRM-undetermined": 2, "SIG-count": 1}),
        ("syrianarchive_ghouta_en.txt", {"FIG-uncited": 2}),
        ("syrianarchive_ghouta_ar.txt", {"FIG-uncited": 3}),
    ],
)
def test_other_texts_give_little(name: str, expected: dict[str, int]) -> None:
    _, found = findings(name)
    assert Counter(one.rule for one in found) == expected


def test_a_hundred_years_after_1915_are_109() -> None:
    _, found = findings("survie_armenie_fr.txt")
    (one,) = (one for one in found if one.rule == "DAT-anniversary")
    assert "2024 − 1915 = 109" in one.message


def test_about_a_hundred_are_claimed_and_122_are_listed() -> None:
    _, found = findings("survie_armenie_fr.txt")
    (one,) = (one for one in found if one.rule == "SIG-count")
    assert one.message.endswith("the list below it has 122")


def test_the_figure_that_one_language_puts_otherwise_is_found() -> None:
    english, arabic = "syrianarchive_ghouta_en.txt", "syrianarchive_ghouta_ar.txt"
    assert "up to 1300" in words_of(english, "TRN-figures", arabic)
    assert any("1300" not in words for words in words_of(arabic, "TRN-figures", english))
