"""One press release in English and Arabic, from ../shared; none of its words are kept here."""

from datetime import date
from pathlib import Path

import pytest

from stelae.statements.checking import RULES, check_statement
from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.rules.alignment import aligned

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "statements"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared is not here")


def read() -> tuple[Statement, Statement]:
    english, arabic = (
        read_statement(FOLDER / f"syrianarchive_ghouta_{code}.txt") for code in ("en", "ar")
    )
    return english, arabic


def drift(here: Statement, there: Statement) -> list[Diagnostic]:
    rules = [rule for rule in RULES if rule.id.startswith("TRN-")]
    return list(check_statement(here, CheckContext(date(2024, 5, 1), siblings=(there,)), rules))


def test_every_paragraph_answers_to_its_own_and_one_that_is_parted_is_not_missing() -> None:
    english, arabic = read()
    found = aligned(english, arabic)
    assert (found.lacking, found.added) == ((), ())
    shapes = [(len(passage.mine), len(passage.theirs)) for passage in found.passages]
    assert shapes == [*[(1, 1)] * 5, (1, 2), *[(1, 1)] * 5]
    lines = [
        (english.position(p.mine[0].span.start).line, arabic.position(p.theirs[0].span.start).line)
        for p in found.passages
    ]
    assert lines[2:7] == [(11, 12), (13, 14), (15, 16), (17, 18), (19, 22)]


def test_the_figures_and_the_date_that_differ_are_found_and_nothing_else() -> None:
    english, arabic = read()
    found = [
        (one.rule, english.position(one.span.start).line, one.message)
        for one in drift(english, arabic)
    ]
    name = "syrianarchive_ghouta_ar.txt"
    assert [(rule, line) for rule, line, _ in found] == [
        ("TRN-figures", 11),
        ("TRN-figures", 15),
        ("TRN-figures", 17),
        ("TRN-dates", 19),
        ("TRN-figures", 25),
    ]
    messages = [message for *_, message in found]
    assert messages[0].startswith("“more than 1300” here, ")
    assert messages[1].endswith(f"stands in {name} and not here")
    assert messages[2].startswith("“up to 1300” here, ")
    assert messages[2].endswith(f"1300” in {name}")
    assert messages[3].endswith(f"2011” stands in {name} and not here")
    assert messages[4] == f"“hundreds of thousands” stands here; {name} has no such figure"


def test_the_arabic_text_shows_the_same_five() -> None:
    english, arabic = read()
    lines = [arabic.position(one.span.start).line for one in drift(arabic, english)]
    assert lines == [12, 16, 18, 22, 28]
