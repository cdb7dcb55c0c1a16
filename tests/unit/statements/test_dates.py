import pytest

from stelae.statements.facts import DateFact, StatedDate, Style
from stelae.statements.languages import language
from stelae.statements.prose import facts_in
from stelae.statements.text import Span


def dates(code: str, text: str) -> list[DateFact]:
    facts = facts_in(text, Span(0, len(text)), language(code))
    return [fact for fact in facts if isinstance(fact, DateFact)]


@pytest.mark.parametrize(
    ("code", "text", "edtf"),
    [
        ("en", "13 January 1990", "1990-01-13"),
        ("en", "January 13, 1990", "1990-01-13"),
        ("en", "the 13th of January 1990", "1990-01-13"),
        ("en", "January 9-12", "XXXX-01-09/XXXX-01-12"),
        ("en", "13-20 January 1990", "1990-01-13/1990-01-20"),
        ("en", "13 to 20 January 1990", "1990-01-13/1990-01-20"),
        ("en", "30 January – 2 February 1990", "1990-01-30/1990-02-02"),
        ("en", "28 December – 3 January 1990", "1989-12-28/1990-01-03"),
        ("hy", "1918 թ. մարտի 30 – ապրիլի 2-ին", "1918-03-30/1918-04-02"),
        ("hy", "1920 թ. մարտի 22–26-ին սպանված", "1920-03-22/1920-03-26"),
        ("en", "in September 1918", "1918-09"),
        ("en", "in 1990", "1990"),
        ("en", "(1990)", "1990"),
        ("en", "1915-1923", "1915/1923"),
        ("en", "1918 to 1920", "1918/1920"),
        ("en", "1990-01-13", "1990-01-13"),
        ("en", "18/06/2024", "2024-06-18"),
        ("en", "31 June 1990", "1990-06-31"),
        ("ru", "13 января 1990 года", "1990-01-13"),
        ("ru", "с 13 по 20 января 1990 г.", "1990-01-13/1990-01-20"),
        ("ru", "13.01.1990", "1990-01-13"),
        ("ru", "в 1988–1990 годах", "1988/1990"),
        ("hy", "1990 թ. հունվարի 13-ին", "1990-01-13"),
        ("hy", "1990թ. հունվարի 13-20-ը", "1990-01-13/1990-01-20"),
        ("hy", "2020 թվականի հունվարի 12", "2020-01-12"),
        ("hy", "1988-1990 թթ.", "1988/1990"),
        ("az", "1990-cı il yanvarın 13-də", "1990-01-13"),
        ("az", "13 yanvar 1990-cı il", "1990-01-13"),
        ("az", "1990-cı ildə", "1990"),
        ("tr", "13 Ocak 1990", "1990-01-13"),
        ("tr", "Ocak 1990'da", "1990-01"),
        ("fr", "le 1er janvier 1990", "1990-01-01"),
        ("es", "13 de enero de 1990", "1990-01-13"),
        ("de", "vom 13. bis 20. Januar 1990", "1990-01-13/1990-01-20"),
        ("ar", "13 كانون الثاني/يناير 1990", "1990-01-13"),
        ("ar", "٣٠ يناير ١٩٩٠", "1990-01-30"),
        ("ar", ")1990(", "1990"),
        ("ka", "1990 წლის 13 იანვარი", "1990-01-13"),
        ("uk", "13 січня 1990 року", "1990-01-13"),
        ("en", "the twenty-first of January 1990", "1990-01-21"),
        ("ru", "двадцать первого января 1990 года", "1990-01-21"),
        ("ru", "в ночь с 19 на 20 января 1990 года", "1990-01-19/1990-01-20"),
        ("hy", "1990 թ. հունվարի 13-ից 20-ը", "1990-01-13/1990-01-20"),
        ("hy", "1990 թ. հունվարի 19-ի լույս 20-ի գիշերը", "1990-01-19/1990-01-20"),
        ("az", "1990-cı il yanvarın 19-dan 20-nə keçən gecə", "1990-01-19/1990-01-20"),
        ("tr", "13 ile 20 Ocak 1990 arasında", "1990-01-13/1990-01-20"),
        ("fr", "entre le 13 et le 20 janvier 1990", "1990-01-13/1990-01-20"),
        ("fr", "le premier mai 1918", "1918-05-01"),
        ("es", "entre el 13 y el 20 de enero de 1990", "1990-01-13/1990-01-20"),
        ("de", "in der Nacht vom 19. auf den 20. Januar 1990", "1990-01-19/1990-01-20"),
        ("ar", "بين 13 و20 يناير 1990", "1990-01-13/1990-01-20"),
        ("ar", "الواحد والعشرين من آب 2013", "2013-08-21"),
    ],
)
def test_dates_as_each_language_writes_them(code: str, text: str, edtf: str) -> None:
    (found,) = dates(code, text)
    assert found.edtf == edtf


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "they may march in May"),
        ("en", "in May 300 people left"),
        ("en", "1300 people"),
        ("en", "05/06/2024"),  # May or June
        ("en", "Resolution 2118"),
        ("und", "13 January"),
        ("ru", "статья 1990"),
        ("hy", "1990-ական թվականներին"),
        ("az", "1990-cı illərdə"),
    ],
)
def test_what_only_resembles_a_date_is_none(code: str, text: str) -> None:
    assert dates(code, text) == []


def test_years_after_a_listed_year_are_years() -> None:
    assert [d.edtf for d in dates("en", "held in 2015, 2016 and 2018")] == ["2015", "2016", "2018"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "on 13, 14 and 15 January 1990"),
        ("ru", "13, 14 и 15 января 1990 года"),
        ("hy", "1990 թ. հունվարի 13-ին, 14-ին և 15-ին"),
        ("az", "1990-cı il yanvarın 13, 14 və 15-də"),
        ("de", "am 13., 14. und 15. Januar 1990"),
        ("ar", "في 13 و14 و15 يناير 1990"),
    ],
)
def test_days_listed_before_or_after_their_month_are_dates(code: str, text: str) -> None:
    assert [one.edtf for one in dates(code, text)] == ["1990-01-13", "1990-01-14", "1990-01-15"]


def test_what_is_counted_after_a_day_is_no_day() -> None:
    assert [one.edtf for one in dates("en", "On January 13, 14 people died")] == ["XXXX-01-13"]
    assert [one.edtf for one in dates("en", "20 died, 13 January 1990")] == ["1990-01-13"]


def test_years_joined_by_and_are_years_in_arabic() -> None:
    assert [one.edtf for one in dates("ar", "بين عامي 1915 و1923")] == ["1915", "1923"]


def test_a_day_that_cannot_be_is_kept_and_says_so() -> None:
    assert not dates("en", "31 June 1990")[0].possible
    assert dates("en", "31 May 1990")[0].possible
    assert dates("en", "29 February 1900")[0].possible  # in the Julian calendar


def test_a_range_that_runs_backwards_cannot_be() -> None:
    assert not dates("en", "20-13 January 1990")[0].possible


def test_the_weekday_beside_a_date_is_kept() -> None:
    (found,) = dates("en", "On Friday, 13 January 1990 it began")
    assert found.weekday == 4
    assert found.weekday_span == Span(3, 9)
    assert dates("ru", "в пятницу, 12 января 1990 года")[0].weekday == 4


def test_the_calendar_named_after_a_date_is_kept() -> None:
    assert dates("en", "15 March 1918 (old style)")[0].style is Style.OLD
    assert dates("ru", "15 марта 1918 г. по новому стилю")[0].style is Style.NEW
    assert dates("hy", "հին տոմարի հունվարի 9–12-ը")[0].style is Style.OLD


def test_a_day_in_both_calendars_is_one_date() -> None:
    (found,) = dates("en", "31 March (13 April) 1918")
    assert found.start == StatedDate(1918, 3, 31)
    assert found.other == StatedDate(1918, 4, 13)


def test_only_one_possible_day_is_a_day() -> None:
    day = dates("en", "13 January 1990")[0].day
    assert day is not None
    assert day.isoformat() == "1990-01-13"
    assert dates("en", "January 1990")[0].day is None
    assert dates("en", "31 June 1990")[0].day is None
