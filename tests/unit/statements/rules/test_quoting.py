from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import Kept, RecordContext
from stelae.statements.diagnostics import Level
from stelae.statements.rules.quoting import Absent, Altered

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

LIST = "\n\n## References\n\n1. grey-2001\n2. brief-ru\n3. report-1992\n4. A letter.\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Then [“The keepers wept for the lost”](quote:grey-2001#p1).", "en"),
        ("Then [“the 2nd count was lost”](quote:grey-2001).", "en"),
        ("It says “those who fled were never seen again” [1]." + LIST, "en"),
        ("Там [«Все лодки сгорели той же ночью»](quote:brief-ru).", "ru"),
        ("Там сказано: «сторожа давно ушли домой» [2]." + LIST, "ru"),
    ],
)
def test_words_that_the_kept_text_lacks_are_an_error(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    (one,) = check(Absent(), text, language, record=record)
    assert one.level is Level.ERROR
    assert "do not stand in what is kept" in one.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Then [“Nobody was allowed to leave the harbour”](quote:grey-2001#p1).", "en"),
        ("Then [“Nobody was *allowed* to leave”](quote:grey-2001#p1).", "en"),
        ("It says “Those who stayed were counted […] the second count was lost” [1]." + LIST, "en"),
        ("It says “the keepers’ great sorrow and shame” [3]." + LIST, "en"),
        ("It says “the keepers’ great sorrow and shame” [4]." + LIST, "en"),
        ("The “lost harbour” is a name [1]." + LIST, "en"),
        ("Там [«Никому не было позволено покинуть гавань»](quote:brief-ru).", "ru"),
        ("Այնտեղ ասվում է. «ոչ ոք չէր կարող լքել նավահանգիստը» [1]։" + LIST, "hy"),
    ],
)
def test_words_that_it_has_and_words_that_cannot_be_looked_for_are_not(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    assert check(Absent(), text, language, record=record) == []


def test_a_near_match_is_shown_and_does_not_pass(check: "Check", record: RecordContext) -> None:
    text = "[“Nobody was allowed to leave a harbour”](quote:grey-2001)"
    (one,) = check(Absent(), text, record=record)
    assert one.level is Level.ERROR
    assert check(Altered(), text, record=record) == []
    (related,) = one.related
    assert "page 1 of grey-2001" in related.what
    assert "allowed to leave the harbour" in related.what


def test_other_capitals_and_marks_are_a_warning(check: "Check", record: RecordContext) -> None:
    text = "[“Nobody was ALLOWED, to leave the harbour”](quote:grey-2001)"
    (one,) = check(Altered(), text, record=record)
    assert one.level is Level.WARNING
    assert check(Absent(), text, record=record) == []


def test_bound_words_of_a_source_in_another_language_are_a_note(
    check: "Check", record: RecordContext
) -> None:
    (one,) = check(Absent(), "[“Nobody could leave the harbour”](quote:brief-ru)", record=record)
    assert one.level is Level.NOTE
    assert "the source is in ru" in one.message


def test_bound_words_of_a_source_without_text_are_a_note(
    check: "Check", keeping: Callable[[Mapping[str, Kept]], RecordContext]
) -> None:
    text = "[“Nobody could leave the harbour”](quote:law-1995)"
    (one,) = check(Absent(), text, record=keeping({}))
    assert one.level is Level.NOTE
    # What is not kept at all is said by REF-no-capture.
    assert check(Absent(), text, record=keeping({"law-1995": "missing"})) == []
