"""Statements as their authors published them, from ../shared; none of their words are kept here."""

from pathlib import Path

import pytest

from stelae.statements.facts import Counted
from stelae.statements.model import PartKind, Statement
from stelae.statements.read import read_statement

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "statements"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared is not here")


def read(name: str) -> Statement:
    return read_statement(FOLDER / f"{name}.txt")


def test_the_founding_statement_has_the_markers_and_references_that_it_has() -> None:
    statement = read("baku_1990_en")
    found = [marker for _, marker in statement.markers]
    markers = [(marker.numbers, [str(place) for place in marker.locators]) for marker in found]
    assert markers == [
        ((1,), []),
        ((2,), ["ch. 5, 3"]),
        ((2,), ["ch. 2"]),
        ((2,), ["ch. 2"]),
        ((2,), ["ch. 4, 4"]),
        ((5,), []),
        ((5,), []),
        ((6,), []),
        ((7,), []),
        ((8,), []),
        ((9,), []),
        ((10,), []),
    ]
    listed = {reference.number for reference in statement.references}
    assert listed == {1, 2, 3, 4, 5, 6}
    cited = {number for marker in found for number in marker.numbers}
    perhaps = {number for marker in found for number in marker.perhaps}
    assert cited - listed == {7, 8, 9, 10}
    assert perhaps == listed - cited == {3, 4}
    assert [str(place) for place in statement.references[1].locators] == ["p. 120-128"]


def test_the_founding_statement_has_its_parts_date_signatories_and_addressee() -> None:
    statement = read("baku_1990_en")
    assert [part.kind.value for part in statement.parts] == [
        *("title", "preamble", "recitals", "considerations", "recitals", "declarations"),
        *("demands", "signatories", "plain", "joining", "references"),
    ]
    assert len(statement.signatories) == 9
    assert statement.date is not None
    assert statement.date.edtf == "2020-01-12"
    assert statement.joining is not None
    assert [addressee.name for addressee in statement.addressees] == ["the international community"]
    assert statement.notes == ()


def test_the_founding_statement_has_its_figures_and_anniversaries() -> None:
    statement = read("baku_1990_en")
    figures = [
        (str(number.count), number.counted)
        for clause in statement.clauses
        for number in clause.numbers
    ]
    assert figures == [
        ('"thousands"', Counted.LOSSES),
        ("30000", Counted.LOSSES),
        ('"thousands"', Counted.OTHER),
        ('"hundreds of thousands"', Counted.LOSSES),
        ("20000", Counted.LOSSES),
    ]
    years = [a.years for clause in statement.clauses for a in clause.anniversaries]
    assert years == [100, 30, 100, 105]
    cited = [
        fact.years
        for reference in statement.references
        for fact in reference.facts
        if hasattr(fact, "years")
    ]
    assert cited == [25, 100, 30]


def test_every_quotation_of_the_founding_statement_is_balanced() -> None:
    quotations = [q for clause in read("baku_1990_en").clauses for q in clause.quotations]
    assert len(quotations) == 6
    assert all(quotation.balanced for quotation in quotations)


def test_the_french_letter_claims_about_a_hundred_and_lists_122() -> None:
    statement = read("survie_armenie_fr")
    assert statement.language == "fr"
    assert len(statement.signatories) == 122
    claimed = [n for clause in statement.clauses for n in clause.numbers if n.scale == 100]
    assert claimed
    assert statement.date is not None
    assert statement.date.edtf == "2024-06-18"
    (elapsed,) = [a for clause in statement.clauses for a in clause.anniversaries]
    assert elapsed.years == 100
    assert elapsed.event is not None
    assert elapsed.event.edtf == "1915"


def test_one_statement_in_two_languages_keeps_its_rival_figures() -> None:
    english = [
        str(n.count) for clause in read("syrianarchive_ghouta_en").clauses for n in clause.numbers
    ]
    arabic = [
        str(n.count) for clause in read("syrianarchive_ghouta_ar").clauses for n in clause.numbers
    ]
    assert english[:2] == ["1300..", "..1300"]
    assert arabic == ["1300", '"العشرات"', "1300.."]


def test_whereas_clauses_are_recitals_and_the_adoption_dates_the_text() -> None:
    statement = read("bangsamoro_res62_en")
    recitals = [clause for part in statement.part(PartKind.RECITALS) for clause in part.clauses]
    assert len(recitals) == 8
    assert list(statement.markers) == []
    assert statement.date is not None
    assert statement.date.edtf == "2020-02-19"
    deaths = [number for clause in recitals for number in clause.numbers if number.of_people]
    assert str(deaths[0].count) == "23.."
    held = [a for clause in recitals for a in clause.anniversaries if a.held]
    assert [(a.years, a.held.edtf if a.held else "") for a in held] == [(52, "2020-03-18")]


def test_the_resolution_has_its_own_title_and_not_the_letterhead() -> None:
    statement = read("bangsamoro_res62_en")
    assert len(statement.title) > 200
    assert statement.title.isupper()
    assert statement.position(statement.part(PartKind.TITLE)[0].clauses[0].span.start).line == 10


def test_pictures_and_frames_of_the_press_release_are_noted_and_all_else_is_held() -> None:
    for name in ("syrianarchive_ghouta_en", "syrianarchive_ghouta_ar"):
        notes = [note.what for note in read(name).notes]
        assert notes == ["not read as prose: code, raw HTML or marks"] * 2
    for name in ("baku_1990_en", "bangsamoro_res62_en", "survie_armenie_fr"):
        assert not any("not read" in note.what for note in read(name).notes)
