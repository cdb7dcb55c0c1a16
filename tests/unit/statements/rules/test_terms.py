from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import RecordContext
from stelae.statements.rules.terms import Undetermined

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("The genocide in Zenda was never tried.", "en", ["genocide"]),
        (
            "The war crimes and the ethnic cleansing in Zenda.",
            "en",
            ["war crimes", "ethnic cleansing"],
        ),
        ("Zenda lived under occupation by terrorists.", "en", ["occupation", "terrorists"]),
        ("Геноцид в Зенде остался без суда.", "ru", ["Геноцид"]),
        ("Военные преступления в Зенде остались без суда.", "ru", ["Военные преступления"]),
        ("Զենդայի ցեղասպանությունը մնաց անպատիժ։", "hy", ["ցեղասպանությունը"]),
        ("Zenda soyqırımı məhkəməsiz qaldı.", "az", ["soyqırımı"]),
        ("Le génocide de Zenda est resté impuni.", "fr", ["génocide"]),
    ],
)
def test_a_word_of_law_that_is_nobody_s_is_asked_whose(
    check: "Check", text: str, language: str, words: list[str]
) -> None:
    found = check(Undetermined(), text, language)
    assert [text[one.span.start : one.span.end] for one in found] == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("According to the Council, it was genocide.", "en"),
        ("The log calls it “a genocide of the harbour people”.", "en"),
        ("The [genocide](recognition:council-1995) in Zenda was never tried.", "en"),
        ("The genocide in Zenda was [determined](determination:council-1995).", "en"),
        (
            "Having regard to the Genocide Convention and the Statute on the Crime of Genocide.",
            "en",
        ),
        ("States must prevent any acts of genocide.", "en"),
        ("The massacre in Zenda was never tried.", "en"),
        ("Государства обязаны предотвращать геноцид.", "ru"),
        ("По данным суда, это был геноцид.", "ru"),
        ("Դա, ըստ դատարանի, ցեղասպանություն էր։", "hy"),
        ("Məhkəməyə görə, bu, soyqırımı idi.", "az"),
        ("La convention contre le génocide oblige.", "fr"),
    ],
)
def test_a_word_that_is_somebody_s_or_general_is_not(
    check: "Check", text: str, language: str
) -> None:
    assert check(Undetermined(), text, language) == []


def test_a_word_said_twice_in_a_clause_is_one_finding(check: "Check") -> None:
    (one,) = check(Undetermined(), "The genocide of January and the genocide of May.")
    assert "2 times in this clause" in one.message
    assert len(check(Undetermined(), "The genocide of January.\n\nThe genocide of May.")) == 2


def test_a_citation_of_the_source_of_a_recognition_is_a_link(
    check: "Check", record: RecordContext
) -> None:
    text = "The genocide in Zenda [{}].\n\n## References\n\n1. law-1995\n2. grey-2001\n"
    assert check(Undetermined(), text.format(1), record=record) == []
    assert len(check(Undetermined(), text.format(2), record=record)) == 1


def test_recognitions_of_the_event_that_the_clause_links_are_shown(
    check: "Check", record: RecordContext
) -> None:
    (one,) = check(
        Undetermined(), "The genocide in [Zenda](event:zenda-1990) was never tried.", record=record
    )
    assert [related.what for related in one.related] == [
        "recognition:council-1995: Council of Elbonia, Decree 12"
    ]
