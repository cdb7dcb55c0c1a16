import pytest

from stelae.errors import BadValue
from stelae.values.date_display import format_date, format_day, format_month_day
from stelae.values.date_words import date_languages
from stelae.values.dates import Calendar, PartialDate
from stelae.values.days import Day


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("1990-01-13", "13 January 1990"),
        ("1990-01-13/1990-01-19", "13–19 January 1990"),
        ("1988-02-26/1988-03-01", "26 February – 1 March 1988"),
        ("1919-12-24/1920-03-22", "24 December 1919 – 22 March 1920"),
        ("1918-03/1918-04", "March–April 1918"),
        ("1918-12/1919-01", "December 1918 – January 1919"),
        ("1918/1920", "1918–1920"),
        ("1918/1920-02", "1918 – February 1920"),
        ("1990-01-13/1990-01-13", "13 January 1990"),
        ("[1988-02-26,1988-02-27]", "26 or 27 February 1988"),
        ("[1988-02-29,1988-03-01]", "29 February or 1 March 1988"),
        ("[1990-12-31,1991-01-01]", "31 December 1990 or 1 January 1991"),
        ("[1918-03,1918-04,1918-06]", "March, April or June 1918"),
        ("[1918-09-01,1918-09-15..1918-09-17]", "1 or 15–17 September 1918"),
        ("[1918-09-15..1918-09-17]", "15–17 September 1918 (one of these)"),
        ("[1916,1917,1918,1922]", "1916, 1917, 1918 or 1922"),
        ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672"),
        ("{1667,1668}", "1667 and 1668"),
        ("[..1760-12-03]", "until 3 December 1760"),
        ("[1760,1762..]", "1760 or from 1762 on"),
        ("1918-05~", "about May 1918"),
        ("1992-02-17?", "17 February 1992 (uncertain)"),
        ("1918-05%", "about May 1918 (uncertain)"),
        ("2004-?06-11", "11 June 2004 (uncertain: month)"),
        ("2004-06~-11", "11 June 2004 (approximate: year and month)"),
        ("1918-03-18?/1918-04", "18 March 1918 (uncertain) – April 1918"),
        ("1918-03~/1918-04~", "about March–April 1918"),
        ("1988-02-2X", "20–29 February 1988 (one of these)"),
        ("1984-1X", "October–December 1984 (one of these)"),
        ("198X", "1980–1989 (one of these)"),
        ("1990-01-XX", "January 1990 (day unknown)"),
        ("1990-XX", "1990 (month unknown)"),
        ("1990-XX-XX", "1990 (day and month unknown)"),
        ("15XX-12-25", "25 December 15XX"),
        ("XXXX-12-XX", "December XXXX (day unknown)"),
        ("1X90-12", "December 1X90"),
        ("1X90", "1X90"),
        ("1990-XX-13", "1990-XX-13"),
        ("199X-21", "spring 199X"),
        ("1918/..", "from 1918 on"),
        ("../1918", "until 1918"),
        ("1918/", "from 1918, end unknown"),
        ("/1918", "until 1918, beginning unknown"),
        ("2001-23", "autumn 2001"),
        ("2001-28", "winter 2001 (northern hemisphere)"),
        ("2001-29", "spring 2001 (southern hemisphere)"),
        ("2001-34", "quarter II of 2001"),
        ("2001-39", "four-month period III of 2001"),
        ("2001-41", "half-year II of 2001"),
        ("0622", "622"),
        ("0000", "1 BC"),
        ("-0043-03-15", "15 March 44 BC"),
        ("Y-17E7", "170000001 BC"),
        ("1950S2", "about 1950 (1900–1999)"),
        ("1985-04-12T23:20:30Z", "12 April 1985, 23:20:30Z"),
    ],
)
def test_a_date_in_english(text: str, english: str) -> None:
    assert format_date(PartialDate(text), "en") == english


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1990-01-13/1990-01-19", "hy", "13–19 հունվարի, 1990 թ."),
        ("1990-01-13/1990-01-19", "ru", "13–19 января 1990 г."),
        ("1990-01-13/1990-01-19", "az", "13–19 yanvar 1990"),
        ("1990-01-01/1990-01-19", "fr", "1er–19 janvier 1990"),
        ("1990-01-13", "tr", "13 Ocak 1990"),
        ("1918-05~", "hy", "մոտավորապես մայիս, 1918 թ."),
        ("1918-05~", "ru", "приблизительно май 1918 г."),
        ("1918-05~", "az", "təxminən may 1918"),
        ("[1988-02-26,1988-02-27]", "hy", "26 կամ 27 փետրվարի, 1988 թ."),
        ("[1988-02-26,1988-02-27]", "ru", "26 или 27 февраля 1988 г."),
        ("[1988-02-26,1988-02-27]", "az", "26 və ya 27 fevral 1988"),
        ("1918/1920", "ru", "1918–1920 гг."),
        ("1918/1920", "hy", "1918–1920 թթ."),
        ("-0043", "ru", "44 г. до н. э."),
    ],
)
def test_a_date_in_other_languages(text: str, language: str, expected: str) -> None:
    assert format_date(PartialDate(text), language) == expected


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("1918-01-09/1918-01-12", "9–12 January 1918 (old style; 22–25 January new style)"),
        ("1917-12-25", "25 December 1917 (old style; 7 January 1918 new style)"),
        ("1918-02", "February 1918 (old style; 14 February – 13 March new style)"),
        ("1917", "1917 (old style; 14 January 1917 – 13 January 1918 new style)"),
        ("1918-03-18?", "18 March 1918 (uncertain; old style; 31 March new style)"),
        (
            "[1918-09-01,1918-09-02]",
            "1 or 2 September 1918 (old style; 14 or 15 September new style)",
        ),
        ("1918-01-09/..", "from 9 January 1918 on (old style; from 22 January on new style)"),
        ("15XX-12-25", "25 December 15XX (old style)"),
    ],
)
def test_a_julian_date_always_shows_both_styles(text: str, english: str) -> None:
    assert format_date(PartialDate(text, Calendar.JULIAN), "en") == english


def test_both_styles_in_four_languages() -> None:
    date = PartialDate("1918-01-09/1918-01-12", Calendar.JULIAN)
    assert [format_date(date, language) for language in ("hy", "ru", "az")] == [
        "9–12 հունվարի, 1918 թ. (հին տոմար, նոր տոմարով՝ 22–25 հունվարի)",
        "9–12 января 1918 г. (ст. ст.; 22–25 января н. ст.)",
        "9–12 yanvar 1918 (köhnə üslub; yeni üslubla 22–25 yanvar)",
    ]


def test_a_gregorian_date_shows_both_styles_where_asked() -> None:
    date = PartialDate("1918-01-22/1918-01-25")
    assert format_date(date, "en") == "22–25 January 1918"
    both = "22–25 January 1918 (new style; 9–12 January old style)"
    assert format_date(date, "en", both_styles=True) == both


def test_a_day_in_either_calendar() -> None:
    day = Day.from_gregorian(1918, 1, 22)
    assert format_day(day, "en") == "22 January 1918"
    assert format_day(day, "en", calendar=Calendar.JULIAN) == "9 January 1918"


def test_days_of_the_year() -> None:
    assert format_month_day((4, 24), "hy") == "24 ապրիլի"
    assert format_month_day((1, 13), "en", end=(1, 19)) == "13–19 January"
    assert format_month_day((2, 26), "en", end=(3, 1)) == "26 February – 1 March"
    assert format_month_day((2, 29), "ru") == "29 февраля"


@pytest.mark.parametrize("language", date_languages())
def test_no_language_leaves_a_place_unfilled(language: str) -> None:
    for text in ("1918/..", "/1918", "[1918-09-15..1918-09-17]", "2001-34", "2001-28", "-0043",
                 "1918-05%", "2004-?06-11", "1990-XX-XX", "{1918,1919}"):  # fmt: skip
        for calendar in Calendar:
            words = format_date(PartialDate(text, calendar), language, both_styles=True)
            assert "{" not in words
            assert "  " not in words


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(BadValue, match="no words"):
        format_date(PartialDate("1918"), "tlh")
