from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import RecordContext
from stelae.statements.model import Signatory
from stelae.statements.rules.sources import OwnSource, handles
from stelae.statements.text import Span

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check


def signed(
    entry: str, *names: str, headings: tuple[str, str] = ("Signatories", "References")
) -> str:
    below = "".join(f"- {name}\n" for name in names)
    return f"It froze [1].\n\n## {headings[0]}\n\n{below}\n## {headings[1]}\n\n1. {entry}\n"


@pytest.mark.parametrize(
    ("entry", "signatory", "how"),
    [
        ("Report by the HOC on the winter, 2014", "Harbour Observers Committee (HOC)", "HOC"),
        ("Letter of the HOC council, 2014", "North-West Harbour Observers (NW HOC)", "HOC"),
        ("HOWU yearly survey, 2014", "Harbour Observers World Union", "HOWU"),
        (
            "Survey of “Lighthouse Keepers”, 2014",
            "Public union “Lighthouse Keepers”",
            "Lighthouse Keepers",
        ),
        ("Portwatchers: yearly survey, 2014", "Information centre “Portwatchers”", "Portwatchers"),
        ("Rudolf Hentzau, Winter Letters, 2014", "Rudolf Hentzau, pilot", "Rudolf Hentzau"),
        (
            "Доклад организации «Портовый дозор», 2014",
            "Общество «Портовый дозор»",
            "Портовый дозор",
        ),
        (
            "«Նավահանգստի պահակներ», տարեկան զեկույց",
            "«Նավահանգստի պահակներ» միություն",
            "Նավահանգստի պահակներ",
        ),
        ("LMB hesabatı, 2014", "Liman Müşahidəçiləri Birliyi (LMB)", "LMB"),
        ("R. Hentzau, Winter Letters, 2014", "Rudolf Hentzau, pilot", "R. Hentzau"),
        ("Генцау Р. И. Зимние письма, 2014", "Рудольф Иванович Генцау", "Р. Генцау"),
        ("Foundation “Dawn”, survey, 2014", "Historical Foundation “Dawn”", "Dawn"),
        ("Фонд «Заря». Обзор, 2014", "Исторический фонд «Заря»", "Заря"),
    ],
)
def test_an_entry_that_names_a_signatory_is_found(
    check: "Check", entry: str, signatory: str, how: str
) -> None:
    (one,) = check(OwnSource(), signed(entry, signatory, "Another Union of Pilots"))
    assert f"names “{how}”" in one.message
    assert one.related[0].span is not None


@pytest.mark.parametrize(
    ("entry", "signatory"),
    [
        ("Letter to the Harbour Observers Committee", "Harbour Observers Committee"),
        ("Council v. Harbour Observers Committee", "Harbour Observers Committee"),
        ("Newspaper “Dawn”, 3 May 1990", "Historical Foundation “Dawn”"),
        ("The dawn of the Foundation", "Historical Foundation “Dawn”"),
        ("A. Hentzau, Winter Letters, 2014", "Rudolf Hentzau, pilot"),
        ("Report by the HRB on the winter, 2014", "Harbour Observers Committee (HOC)"),
        ("The hoc method of counting, 2014", "Harbour Observers Committee (HOC)"),
        (
            "Report of the Ministry (Parliament), 2014",
            "Standing Committee of the Assembly (Parliament) of Elbonia",
        ),
        ("Winter in the harbour, 2014", "Harbour Observers Committee"),
        ("Address of the AKP, 2014", "Anna Karen Petrova"),
        ("Письмо собрания жителей, 2014", "Общество «Портовый дозор»"),
        ("Քաղաքի տարեկան զեկույց", "«Նավահանգստի պահակներ» միություն"),
        ("Bakı şəhərinin hesabatı, 2014", "Liman Müşahidəçiləri Birliyi (LMB)"),
    ],
)
def test_an_entry_of_somebody_else_is_not(check: "Check", entry: str, signatory: str) -> None:
    assert check(OwnSource(), signed(entry, signatory, "Another Union of Pilots")) == []


def test_the_record_s_authors_decide_where_it_has_the_source(
    check: "Check", record: RecordContext
) -> None:
    (one,) = check(OwnSource(), signed("report-1992", "Harbour Observers"), record=record)
    assert "is by Harbour Observers" in one.message
    assert check(OwnSource(), signed("grey-2001", "Harbour Observers"), record=record) == []
    (one,) = check(
        OwnSource(), signed("grey-2001", "Harbour Observers"), record=record, own=("grey",)
    )
    assert "is by Ada Grey" in one.message


def test_own_parties_count_without_a_record_by_their_names(check: "Check") -> None:
    text = signed("Portwatchers: yearly survey", "Somebody Else Entirely")
    assert len(check(OwnSource(), text, own=("Portwatchers",))) == 1
    assert check(OwnSource(), text) == []


def test_without_references_there_is_nothing_to_cite(check: "Check") -> None:
    assert check(OwnSource(), "It froze.\n\n## Signatories\n\n- Harbour Observers (HOC)\n") == []


def test_a_name_without_anything_distinct_has_no_handle() -> None:
    assert handles(Signatory("Keepers", Span(0, 7))) == ()
    shown = [handle.shown for handle in handles(Signatory("Union “Far Light” (UFL)", Span(0, 23)))]
    assert "Far Light" in shown
    assert "UFL" in shown
