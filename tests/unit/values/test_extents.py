import pytest

from stelae.errors import BadValue
from stelae.values.dates import PartialDate
from stelae.values.days import Calendar, Day, DaySpan
from stelae.values.edtf import read
from stelae.values.extents import MOST_SPANS, days_of

CENTURIES = DaySpan(Day.from_gregorian(-3000, 1, 1), Day.from_gregorian(3000, 12, 31))


def spans(
    text: str, calendar: Calendar = Calendar.GREGORIAN, within: DaySpan = CENTURIES
) -> list[tuple[str, str]]:
    return [
        (span.first.iso(calendar), span.last.iso(calendar))
        for span in days_of(read(text), calendar, within)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1990", [("1990-01-01", "1990-12-31")]),
        ("1990-02", [("1990-02-01", "1990-02-28")]),
        ("1988-02", [("1988-02-01", "1988-02-29")]),
        ("1988-02-2X", [("1988-02-20", "1988-02-29")]),
        ("1987-02-2X", [("1987-02-20", "1987-02-28")]),
        ("1984-1X", [("1984-10-01", "1984-12-31")]),
        ("198X", [("1980-01-01", "1989-12-31")]),
        ("[1990-01-12,1990-01-13]", [("1990-01-12", "1990-01-13")]),
        ("[1667,1669]", [("1667-01-01", "1667-12-31"), ("1669-01-01", "1669-12-31")]),
        ("[1669,1667]", [("1667-01-01", "1667-12-31"), ("1669-01-01", "1669-12-31")]),
        ("1990-01-13/1990-01-19", [("1990-01-13", "1990-01-19")]),
        ("-000X", [("-0009-01-01", "-0001-12-31")]),
        ("2001-34", [("2001-04-01", "2001-06-30")]),
        ("2001-37", [("2001-01-01", "2001-04-30")]),
        ("2001-41", [("2001-07-01", "2001-12-31")]),
        ("2001-25", [("2001-03-01", "2001-06-21")]),
        ("2001-29", [("2001-09-01", "2001-12-22")]),
        ("2001-21", [("2001-03-01", "2001-06-21"), ("2001-09-01", "2001-12-22")]),
        ("2001-28", [("2000-12-01", "2001-03-21"), ("2001-12-01", "2002-03-21")]),
        ("1950S2", [("1900-01-01", "1999-12-31")]),
        ("1950S3", [("1950-01-01", "1959-12-31")]),
        ("1950S4", [("1950-01-01", "1950-12-31")]),
    ],
)
def test_a_date_means_these_days(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


def test_unspecified_years_give_one_span_for_each_year() -> None:
    christmases = spans("15XX-12-25")
    assert len(christmases) == 100
    assert christmases[44] == ("1544-12-25", "1544-12-25")
    assert all(first == last for first, last in christmases)


def test_a_30th_of_an_unspecified_month_falls_in_the_months_that_have_one() -> None:
    assert len(spans("1990-0X-30")) == 8  # January and March to September


def test_a_29_february_of_an_unspecified_year_falls_in_leap_years_only() -> None:
    assert [first for first, _ in spans("190X-02-29")] == ["1904-02-29", "1908-02-29"]
    julian = spans("190X-02-29", Calendar.JULIAN)
    assert [first for first, _ in julian] == ["1900-02-29", "1904-02-29", "1908-02-29"]


def test_large_years_with_exponent_and_significant_digits_have_bounds() -> None:
    around = DaySpan(Day.from_gregorian(-(10**9), 1, 1), Day.from_gregorian(10**9, 1, 1))
    assert spans("Y-17E7", within=around) == [("-170000000-01-01", "-170000000-12-31")]
    assert spans("Y171010000S3", within=around) == [("171000000-01-01", "171999999-12-31")]
    assert spans("Y-17E7S1", within=around) == [("-199999999-01-01", "-100000000-12-31")]


def test_only_the_days_inside_the_window_come_out() -> None:
    window = DaySpan(Day.from_gregorian(1990, 1, 15), Day.from_gregorian(1990, 1, 16))
    assert spans("1990", within=window) == [("1990-01-15", "1990-01-16")]
    assert spans("1989", within=window) == []
    assert spans("1989/..", within=window) == [("1990-01-15", "1990-01-16")]


@pytest.mark.parametrize(
    "text", ["1990-06-31", "1987-02-3X", "XXXX-02-30", "1990-02-29", "190X-04-31"]
)
def test_days_that_no_year_has_are_refused(text: str) -> None:
    with pytest.raises(BadValue, match="no day"):
        PartialDate.parse(text)


def test_a_comparison_too_long_to_finish_rules_nothing_out_and_proves_nothing() -> None:
    ones, twos = PartialDate("XXXX-XX-X1"), PartialDate("XXXX-XX-X2")
    assert ones.may_equal(twos)
    assert not PartialDate("[XXXX-XX-X1,XXXX-XX-X2]").contains(twos)
    assert twos.contains(twos)


def test_one_day_of_every_year_is_still_compared_to_the_end() -> None:
    christmas, eve = PartialDate("XXXX-12-25"), PartialDate("XXXX-12-24")
    assert MOST_SPANS > 10_000
    assert not PartialDate("199X-12-25").may_equal(eve)
    assert PartialDate("XXXX-12").contains(christmas)


def test_a_winter_is_found_in_the_years_into_which_it_reaches() -> None:
    for year, month in ((2000, 12), (2002, 1)):
        window = DaySpan(Day.from_gregorian(year, month, 15), Day.from_gregorian(year, month, 16))
        name = f"{year}-{month:02}"
        assert spans("2001-28", within=window) == [(f"{name}-15", f"{name}-16")]
