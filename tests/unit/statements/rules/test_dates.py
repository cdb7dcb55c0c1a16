from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import RecordContext
from stelae.statements.diagnostics import Level
from stelae.statements.rules.dates import Anniversary, Impossible, OfRecord

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check


def dated(words: str) -> str:
    return f"---\ndate: 2020-01-12\n---\n\n{words}\n"


@pytest.mark.parametrize(
    ("text", "language", "sums"),
    [
        (
            "On the 31st anniversary of the events in May 1990 we remember.",
            "en",
            "2020 − 1990 = 30",
        ),
        ("On the twenty-ninth anniversary of the flood of January 1990.", "en", "2020 − 1990 = 30"),
        ("The centenary of the flood in 1919 is here.", "en", "2020 − 1919 = 101"),
        ("На 31-ю годовщину событий 1990 года.", "ru", "2020 − 1990 = 30"),
        ("Zum 31. Jahrestag der Ereignisse von 1990.", "de", "2020 − 1990 = 30"),
        ("До 31-ї річниці подій 1990 року.", "uk", "2020 − 1990 = 30"),
        ("Pour le 31e anniversaire des événements de 1990.", "fr", "2020 − 1990 = 30"),
    ],
)
def test_a_wrong_anniversary_is_an_error(
    check: "Check", text: str, language: str, sums: str
) -> None:
    (one,) = check(Anniversary(), dated(text), language)
    assert one.level is Level.ERROR
    assert sums in one.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On the 30th anniversary of the events of 1990 we remember.", "en"),
        ("On the thirtieth anniversary of the flood of January 1990.", "en"),
        ("On the 31st anniversary of the flood we remember.", "en"),
        ("On the 25th anniversary of the flood in 1990, dated 14 January 2015.", "en"),
        ("In 2015, on the 25th anniversary of the flood in 1990, we met.", "en"),
        ("The harbour was closed for 29 years, from 20 January 1990.", "en"),
        ("На 30-ю годовщину событий 1990 года.", "ru"),
        ("1990 թվականի իրադարձությունների 30-րդ տարելիցին։", "hy"),
        ("1990-cı il hadisələrinin 30-cu ildönümündə.", "az"),
        ("Pour le 30e anniversaire des événements de 1990.", "fr"),
    ],
)
def test_a_right_one_and_one_without_its_year_are_not(
    check: "Check", text: str, language: str
) -> None:
    assert check(Anniversary(), dated(text), language) == []


def test_without_the_date_of_the_statement_nothing_is_counted(check: "Check") -> None:
    assert check(Anniversary(), "On the 31st anniversary of the events of 1990.") == []


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("over the past 100 years (from 1918 to this day)", Level.NOTE),
        ("over the past 100 years (from 1890 to this day)", Level.ERROR),
        ("over the past 101 years (from 1918 to this day)", None),
        ("over the past 102 years (from 1918 to this day)", None),
    ],
)
def test_a_round_length_of_time_near_the_right_one_is_a_note(
    check: "Check", words: str, level: Level | None
) -> None:
    found = check(Anniversary(), dated(f"The harbour froze {words}."))
    assert [one.level for one in found] == ([level] if level else [])


@pytest.mark.parametrize(
    ("entry", "hits"),
    [
        ("Address on the 26th anniversary of the flood of 1990, dated January 20, 2015", 1),
        ("Address on the 25th anniversary of the flood of 1990, dated January 20, 2015", 0),
        ("Address on the 25th anniversary of the flood of 1990", 0),
        ("Address on the 31st anniversary of the flood, dated January 20, 2015", 0),
    ],
)
def test_an_anniversary_in_a_title_is_of_the_day_of_that_work(
    check: "Check", entry: str, hits: int
) -> None:
    text = dated(f"It froze [1].\n\n## References\n\n1. {entry}\n")
    found = check(Anniversary(), text)
    assert len(found) == hits


def test_an_anniversary_bound_to_an_event_is_counted_from_the_record(
    check: "Check", record: RecordContext
) -> None:
    (one,) = check(
        Anniversary(), dated("On the [31st anniversary](event:zenda-1990)."), record=record
    )
    assert "2020 − 1990 = 30" in one.message
    assert "Harbour Observers" in one.related[0].what
    text = dated(
        "On the [30th anniversary](event:zenda-1990) and [102nd anniversary](event:strelsau-1918)."
    )
    assert check(Anniversary(), text, record=record) == []


@pytest.mark.parametrize(
    ("text", "language", "message"),
    [
        ("It froze on 31 June 1990.", "en", "“31 June 1990” cannot be: no calendar has that day"),
        (
            "It froze on Monday, 13 January 1990.",
            "en",
            "13 January 1990 was a Saturday, not a Monday",
        ),
        (
            "Это было 30 февраля 1990 года.",
            "ru",
            "“30 февраля 1990 года” cannot be: no calendar has that day",
        ),
        ("Դա 1990 թ. հունիսի 31-ին էր։", "hy", "cannot be: no calendar has that day"),
        (
            "It froze on 19-13 January 1990.",
            "en",
            "“19-13 January 1990” cannot be: it ends before it starts",
        ),
    ],
)
def test_days_that_cannot_be_are_found(
    check: "Check", text: str, language: str, message: str
) -> None:
    (one,) = check(Impossible(), text, language)
    assert message in one.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It froze on Saturday, 13 January 1990.", "en"),
        ("It froze on 29 February 1988.", "en"),
        ("Это было 31 января 1990 года.", "ru"),
        ("1990-cı il yanvarın 13-dən 20-dək.", "az"),
        ("It froze on 29 February 1900 (old style).", "en"),
    ],
)
def test_days_that_can_be_are_not(check: "Check", text: str, language: str) -> None:
    assert check(Impossible(), text, language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On [25 January 1990](date:zenda-1990) it froze.", "en"),
        ("On [13 January 1991](date:zenda-1990) it froze.", "en"),
        ("On [20–25 January 1990](date:zenda-1990) it froze.", "en"),
        ("On [5 February](date:zenda-1990) it froze.", "en"),
        ("Это было [25 января 1990 года](date:zenda-1990).", "ru"),
        ("Դա [1990 թ. հունվարի 25-ին](date:zenda-1990) էր։", "hy"),
        ("[25 yanvar 1990-cı il](date:zenda-1990).", "az"),
    ],
)
def test_a_bound_date_that_no_date_of_the_record_allows_is_found(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    (one,) = check(OfRecord(), text, language, record=record)
    assert "13–19 January 1990 and 12–20 January 1990" in one.message
    assert len(one.related) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On [13 January 1990](date:zenda-1990) it froze.", "en"),
        ("On [13–19 January 1990](date:zenda-1990) it froze.", "en"),
        ("On [12–20 January](date:zenda-1990) it froze.", "en"),
        ("In [January 1990](date:zenda-1990) it froze.", "en"),
        ("In [1990](date:zenda-1990) it froze.", "en"),
        ("On [9–12 January 1918](date:strelsau-1918) it froze.", "en"),
        ("On [22–25 January 1918](date:strelsau-1918) it froze.", "en"),
        ("Это было [13 января 1990 года](date:zenda-1990).", "ru"),
        ("Դա [1990 թ. հունվարի 13-ին](date:zenda-1990) էր։", "hy"),
        ("On [that day](date:zenda-1990) it froze on 4 May 1990.", "en"),
    ],
)
def test_a_bound_date_that_one_allows_is_not(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    assert check(OfRecord(), text, language, record=record) == []


def test_old_style_is_not_new_style_where_the_text_says_which(
    check: "Check", record: RecordContext
) -> None:
    assert (
        check(OfRecord(), "On [9 January 1918 (old style)](date:strelsau-1918).", record=record)
        == []
    )
    assert check(OfRecord(), "On [9 January 1918 (new style)](date:strelsau-1918).", record=record)
