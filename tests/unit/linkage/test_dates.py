from datetime import date

import pytest

from stelae.errors import BadValue
from stelae.linkage.dates import Conventions, read_date
from stelae.linkage.mapping import Order
from stelae.values.dates import Calendar

USUAL = Conventions()


def days(text: str, conventions: Conventions = USUAL) -> tuple[str | None, str | None]:
    found = read_date(text, conventions)
    return (
        found.first.isoformat() if found.first else None,
        found.last.isoformat() if found.last else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "1956-04-09", "19560409", "09.04.1956", "9.4.1956", "9. 4. 1956", "9-4-1956", "1956/04/09",
        "1956.04.09", "1956-04-09 00:00:00", "1956-04-09T12:30:00Z", "19560409.0",
        "9 апреля 1956 г.",
        "9 апр. 1956", "9 aprel 1956-cı il", "aprelin 9-da 1956", "1956 թ. ապրիլի 9",
        "1956 թ. ապրիլի 9-ին",
        "9 ապրիլ 1956", "9 April 1956", "April 9, 1956", "9th of April 1956", "Apr 9 1956",
        "9 nisan 1956",
        "9 avril 1956", "9 de abril de 1956", "9. April 1956", "9 نيسان 1956", "٩ أبريل ١٩٥٦",
        "9 آوریل 1956",
        "9 აპრილი 1956", "9 באפריל 1956", "9 квітня 1956 року", "9.IV.1956", "9/IV/1956",
        "\u200f9.04.1956\u200e",
        "27 марта (9 апреля) 1956",
    ],
)  # fmt: skip
def test_one_day_is_read_in_every_form(text: str) -> None:
    assert days(text) == ("1956-04-09", "1956-04-09")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1931", "1931-01-01", "1931-12-31"),
        ("1931.0", "1931-01-01", "1931-12-31"),
        ("1931 թ.", "1931-01-01", "1931-12-31"),
        ("1931 г.р.", "1931-01-01", "1931-12-31"),
        ("1990-cı il", "1990-01-01", "1990-12-31"),
        ("04.1956", "1956-04-01", "1956-04-30"),
        ("1956-02", "1956-02-01", "1956-02-29"),
        ("февраль 1956", "1956-02-01", "1956-02-29"),
        ("00.00.1956", "1956-01-01", "1956-12-31"),
        ("1956-04-00", "1956-04-01", "1956-04-30"),
        ("??.04.1956", "1956-04-01", "1956-04-30"),
        ("1930-1935", "1930-01-01", "1935-12-31"),
        ("1930\u20131935 гг.", "1930-01-01", "1935-12-31"),
        ("1930-35", "1930-01-01", "1935-12-31"),
        ("1930/1935", "1930-01-01", "1935-12-31"),
        ("1910/11", "1910-01-01", "1911-12-31"),
        ("between 1930 and 1935", "1930-01-01", "1935-12-31"),
        ("from 1930 to 1935", "1930-01-01", "1935-12-31"),
        ("с 1930 по 1935 г.", "1930-01-01", "1935-12-31"),
        ("1930 или 1931", "1930-01-01", "1931-12-31"),
        ("193X", "1930-01-01", "1939-12-31"),
        ("1930s", "1930-01-01", "1939-12-31"),
        ("1930-е гг.", "1930-01-01", "1939-12-31"),
        ("1930-ականներ", "1930-01-01", "1939-12-31"),
        ("1930-cu illər", "1930-01-01", "1939-12-31"),
        ("13-19 January 1990", "1990-01-13", "1990-01-19"),
        ("13.01.1990-19.01.1990", "1990-01-13", "1990-01-19"),
        ("30 dekabr 1989 - 2 yanvar 1990", "1989-12-30", "1990-01-02"),
        ("30 January to 2 February 1990", "1990-01-30", "1990-02-02"),
        ("January-March 1990", "1990-01-01", "1990-03-31"),
        ("до 1915", None, "1915-12-31"),
        ("1915-ից առաջ", None, "1915-12-31"),
        ("after 1915", "1915-01-01", None),
        ("1990-01-13/..", "1990-01-13", None),
        ("{1990-01-13,1990-01-20}", "1990-01-13", "1990-01-20"),
    ],
)
def test_less_than_a_day_is_a_range_of_days(text: str, first: str | None, last: str | None) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["about 1931", "1931?", "~1931", "ок. 1931", "մոտ 1931", "c. 1931"]
)
def test_doubt_widens_a_year_by_two_to_either_side(text: str) -> None:
    assert days(text) == ("1929-01-01", "1933-12-31")


def test_doubt_widens_by_what_the_list_says_in_the_smallest_part() -> None:
    assert days("about 1931", Conventions(about=0)) == ("1931-01-01", "1931-12-31")
    assert days("about 9 April 1956", Conventions(about=3)) == ("1956-04-06", "1956-04-12")
    assert days("about April 1956", Conventions(about=1)) == ("1956-03-01", "1956-05-31")
    assert days("about 1930-1935", Conventions(about=1)) == ("1929-01-01", "1936-12-31")


def test_the_order_of_day_and_month_is_that_of_the_list() -> None:
    assert days("3/4/1931", Conventions(Order.DMY)) == ("1931-04-03", "1931-04-03")
    assert days("3/4/1931", Conventions(Order.MDY)) == ("1931-03-04", "1931-03-04")
    assert days("03041931", Conventions(Order.MDY)) == ("1931-03-04", "1931-03-04")
    assert days("31.04.03", Conventions(Order.YMD, century_from=1900)) == ("1931-04-03",) * 2
    assert days("1931-04-03", Conventions(Order.MDY)) == ("1931-04-03", "1931-04-03")


def test_without_an_order_a_slashed_date_may_be_either_day() -> None:
    assert days("3/4/1931") == ("1931-03-04", "1931-04-03")
    assert days("20/4/1931") == ("1931-04-20", "1931-04-20")
    assert days("4/20/1931") == ("1931-04-20", "1931-04-20")


def test_an_order_is_never_turned_round_to_make_a_date_possible() -> None:
    with pytest.raises(BadValue, match="month 20"):
        read_date("3/20/1931", Conventions(Order.DMY))


def test_old_style_is_counted_in_gregorian_days() -> None:
    found = read_date("9 января 1918 ст. ст.", USUAL)
    assert (found.first, found.calendar) == (date(1918, 1, 22), Calendar.JULIAN)
    assert days("09.01.1918", Conventions(calendar=Calendar.JULIAN)) == ("1918-01-22",) * 2
    assert days("1918", Conventions(calendar=Calendar.JULIAN)) == ("1918-01-14", "1919-01-13")
    # 29 February 1900 was a day in the old style only.
    assert days("29.02.1900", Conventions(calendar=Calendar.JULIAN)) == ("1900-03-13",) * 2


def test_what_the_date_says_of_its_style_outweighs_what_the_list_does() -> None:
    found = read_date("22.01.1918 н. ст.", Conventions(calendar=Calendar.JULIAN))
    assert (found.first, found.calendar) == (date(1918, 1, 22), Calendar.GREGORIAN)


@pytest.mark.parametrize("text", ["1 (14) января 1918 г.", "1/14 January 1918"])
def test_a_date_in_both_styles_is_one_day(text: str) -> None:
    found = read_date(text, USUAL)
    assert (found.first, found.last) == (date(1918, 1, 14), date(1918, 1, 14))
    assert found.calendar is Calendar.GREGORIAN


def test_the_style_is_unsaid_where_nothing_says_it() -> None:
    assert read_date("09.01.1918", USUAL).calendar is None


def test_years_of_two_digits_need_a_century() -> None:
    with pytest.raises(BadValue, match="two digits"):
        read_date("13.01.90", USUAL)
    later = Conventions(century_from=1905)
    assert days("13.01.90", later) == ("1990-01-13", "1990-01-13")
    assert days("13.01.04", later) == ("2004-01-13", "2004-01-13")
    assert days("13 jan 05", later) == ("1905-01-13", "1905-01-13")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31.02.1990", "day 31"),
        ("1967-20-13", "month 20"),
        ("19560931", "day 31"),
        ("31 հունիսի 1990", "day 31"),
        ("29.02.1900", "day 29"),
        ("0000-00-00", "no year"),
        ("193", "is no date|3 digits"),
        ("20468", "5 digits"),
        ("15 мая", "is no date"),
        ("1935-1930", "ends before it starts"),
        ("1910.13", "month 13|is no date"),
        ("1910 13", "month 13"),
        ("፩ ፪ 1956", "is no date"),
        ("unknown", "no digits"),
        ("9 Foo 1956", "is no date"),
        ("1 2 3 4", "is no date"),
        ("2 D2019" + "/" * 70, "is no date"),
        ("9" * 500, "too long"),
        ("", "no digits"),
    ],
)
def test_what_cannot_be_a_date_is_no_date(text: str, why: str) -> None:
    with pytest.raises(BadValue, match=why):
        read_date(text, USUAL)
