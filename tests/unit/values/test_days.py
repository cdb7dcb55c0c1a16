import datetime

import pytest

from stelae.errors import BadValue
from stelae.values.days import LARGEST_YEAR, Calendar, Day, DaySpan


def test_the_count_agrees_with_published_julian_day_numbers() -> None:
    # Meeus, Astronomical Algorithms, chapter 7, and the definition of the count.
    assert Day.from_gregorian(2000, 1, 1).number == 2_451_545
    assert Day.from_gregorian(1957, 10, 4).number == 2_436_116
    assert Day.from_julian(333, 1, 27).number == 1_842_713
    assert Day.from_julian(-4712, 1, 1).number == 0
    assert Day.from_gregorian(-4713, 11, 24).number == 0


def test_one_day_has_two_names() -> None:
    day = Day.from_julian(1918, 1, 9)
    assert day.gregorian == (1918, 1, 22)
    assert day.julian == (1918, 1, 9)
    assert day == Day.from_gregorian(1918, 1, 22)


def test_the_reform_of_1582_left_no_gap() -> None:
    assert Day.from_julian(1582, 10, 4).plus(1) == Day.from_gregorian(1582, 10, 15)


@pytest.mark.parametrize(
    "name", [(1990, 6, 31), (1990, 13, 1), (1990, 0, 1), (1990, 1, 0), (1900, 2, 29)]
)
def test_a_day_that_the_calendar_lacks_is_refused(name: tuple[int, int, int]) -> None:
    with pytest.raises(BadValue):
        Day.from_gregorian(*name)


def test_29_february_1900_exists_in_the_julian_calendar_only() -> None:
    assert Day.from_julian(1900, 2, 29).gregorian == (1900, 3, 13)
    with pytest.raises(BadValue, match="no day 29") as refusal:
        Day.from_gregorian(1900, 2, 29)
    assert "old style" in str(refusal.value.hint)


def test_a_year_beyond_the_arithmetic_is_refused() -> None:
    Day.from_gregorian(LARGEST_YEAR, 12, 31)
    with pytest.raises(BadValue, match="too far away"):
        Day.from_gregorian(LARGEST_YEAR + 1, 1, 1)


def test_a_day_outside_python_dates_is_not_forced_into_one() -> None:
    assert Day.from_gregorian(1990, 1, 13).to_date() == datetime.date(1990, 1, 13)
    with pytest.raises(BadValue, match="outside"):
        Day.from_gregorian(0, 12, 31).to_date()
    with pytest.raises(BadValue, match="outside"):
        Day.from_gregorian(10_000, 1, 1).to_date()


def test_weekdays_are_those_of_datetime() -> None:
    assert Day.from_gregorian(1990, 1, 13).weekday == datetime.date(1990, 1, 13).weekday() == 5
    assert Day.from_julian(1582, 10, 4).weekday == 3  # a Thursday


def test_days_are_ordered_in_time_and_print_as_iso() -> None:
    assert Day.from_julian(1918, 1, 9) > Day.from_gregorian(1918, 1, 21)
    assert str(Day.from_gregorian(-43, 3, 15)) == "-0043-03-15"
    assert Day.from_gregorian(1918, 1, 22).iso(Calendar.JULIAN) == "1918-01-09"


def test_a_span_cannot_end_before_it_starts() -> None:
    day = Day.from_gregorian(1990, 1, 13)
    with pytest.raises(BadValue, match="before it starts"):
        DaySpan(day, day.plus(-1))


def test_a_span_includes_both_ends() -> None:
    span = DaySpan(Day.from_gregorian(1990, 1, 13), Day.from_gregorian(1990, 1, 19))
    assert len(span) == 7
    assert span.first in span
    assert span.last in span
    assert span.last.plus(1) not in span


def test_spans_have_a_smallest_span_around_them() -> None:
    one, ten = Day(1), Day(10)
    assert DaySpan.around([DaySpan(ten, ten), DaySpan(one, one)]) == DaySpan(one, ten)
    with pytest.raises(BadValue, match="no days"):
        DaySpan.around([])


def test_another_calendar_is_refused() -> None:
    with pytest.raises(BadValue, match="hebrew") as refusal:
        Calendar("hebrew")
    assert "julian" in str(refusal.value.hint)
