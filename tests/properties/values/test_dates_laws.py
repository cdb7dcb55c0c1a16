"""Laws of days and dates. Every law is checked for both calendars."""

import datetime
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import BadValue
from stelae.values.anniversaries import Anniversary, LeapDayPolicy, anniversary_in
from stelae.values.conversion import converted
from stelae.values.date_display import format_date
from stelae.values.date_words import date_languages
from stelae.values.dates import Calendar, PartialDate, envelope
from stelae.values.days import LARGEST_YEAR, Day, DaySpan, month_length

calendars = st.sampled_from(Calendar)


def counted(year: int, month: int, day: int, calendar: Calendar) -> int:
    """Richards, in Explanatory Supplement to the Astronomical Almanac (3rd ed.), 15.11.

    Whole numbers only, hence an independent check of convertdate's floating point.
    """
    shift = (14 - month) // 12
    years = year + 4800 - shift
    months = month + 12 * shift - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4
    if calendar is Calendar.JULIAN:
        return number - 32083
    return number - years // 100 + years // 400 - 32045


@st.composite
def names_of_days(
    draw: st.DrawFn, least: int = -LARGEST_YEAR, most: int = LARGEST_YEAR
) -> tuple[int, int, int, Calendar]:
    calendar = draw(calendars)
    year = draw(
        st.one_of(st.integers(max(least, -5000), min(most, 5000)), st.integers(least, most))
    )
    month = draw(st.integers(1, 12))
    return year, month, draw(st.integers(1, month_length(year, month, calendar))), calendar


@settings(deadline=None)
@given(names_of_days())
def test_every_day_has_the_number_that_whole_numbers_give_it(
    name: tuple[int, int, int, Calendar],
) -> None:
    assert Day.of(*name).number == counted(*name)


@settings(deadline=None)
@given(names_of_days())
def test_a_day_is_called_by_the_name_that_made_it(name: tuple[int, int, int, Calendar]) -> None:
    assert Day.of(*name).in_calendar(name[3]) == name[:3]


@settings(deadline=None)
@given(st.dates())
def test_days_agree_with_datetime(date: datetime.date) -> None:
    day = Day.from_date(date)
    assert day.to_date() == date
    assert day.gregorian == (date.year, date.month, date.day)
    assert Day.from_gregorian(date.year, date.month, date.day) == day
    assert day.weekday == date.weekday()
    assert str(day) == date.isoformat()


@settings(deadline=None)
@given(st.dates(), st.integers(-100_000, 100_000))
def test_a_day_later_is_a_day_later(date: datetime.date, days: int) -> None:
    later = Day.from_date(date).plus(days)
    assert later.number - Day.from_date(date).number == days
    assert (later > Day.from_date(date)) == (days > 0)


marks = st.sampled_from(["", "", "", "?", "~", "%"])
years = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.integers(1, 9999).map("-{:04}".format),
    st.sampled_from(["198X", "19XX", "1X90", "XXXX", "-1XXX"]),
)
months = st.sampled_from([*(f"{month:02}" for month in range(1, 13)), "XX", "1X", "0X", "X1"])
days = st.sampled_from([*(f"{day:02}" for day in range(1, 32)), "XX", "2X", "3X", "X1"])


@st.composite
def moments(draw: st.DrawFn) -> str:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return draw(
            st.sampled_from(["Y170000", "Y-17E7", "1950S2", "1990-01-13T21:30:00Z", "2001-34"])
        )
    if kind == 1:
        return f"{draw(years)}-{draw(st.integers(21, 41))}{draw(marks)}"
    parts = [draw(years), draw(months), draw(days)][: draw(st.integers(1, 3))]
    written = []
    for part in parts:
        mark, before = draw(marks), draw(st.booleans())
        written.append(mark + part if before else part + mark)
    return "-".join(written)


@st.composite
def expressions(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["moment", "moment", "interval", "half", "set"]))
    if kind == "moment":
        return draw(moments())
    if kind == "interval":
        return f"{draw(moments())}/{draw(moments())}"
    if kind == "half":
        gap, moment = draw(st.sampled_from(["", ".."])), draw(moments())
        return f"{gap}/{moment}" if draw(st.booleans()) else f"{moment}/{gap}"
    member = st.one_of(
        moments(),
        st.tuples(moments(), moments()).map("..".join),
        moments().map("..{}".format),
        moments().map("{}..".format),
    )
    members = ",".join(draw(st.lists(member, min_size=1, max_size=3)))
    return f"[{members}]" if draw(st.booleans()) else f"{{{members}}}"


def read_or_none(text: str, calendar: Calendar) -> PartialDate | None:
    try:
        return PartialDate.parse(text, calendar=calendar)
    except BadValue:
        return None


dates = st.builds(read_or_none, expressions(), calendars).filter(lambda date: date is not None)
some_dates = dates.map(lambda date: date or PartialDate("1990"))


@settings(deadline=None)
@given(some_dates)
def test_a_date_is_printed_as_it_was_read(date: PartialDate) -> None:
    again = PartialDate.parse(str(date), calendar=date.calendar)
    assert again == date
    assert str(again) == str(date)


@settings(deadline=None)
@given(st.text(alphabet="0123456789XYES?~%-/.,[]{}T:Z+ \u0661", max_size=30), calendars)
def test_any_text_is_a_date_or_a_bad_value(text: str, calendar: Calendar) -> None:
    date = read_or_none(text, calendar)
    assert date is None or PartialDate(str(date), calendar) == date


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_characters_are_a_date_or_a_bad_value(text: str) -> None:
    read_or_none(text, Calendar.GREGORIAN)


@settings(deadline=None)
@given(some_dates)
def test_the_days_of_a_date_are_ordered_apart_and_between_its_bounds(date: PartialDate) -> None:
    centre = date.earliest or date.latest or Day(0)
    window = DaySpan(centre.plus(-1000), centre.plus(1000))
    found = list(date.days(within=window))
    for one, other in itertools.pairwise(found):
        assert one.last.number + 1 < other.first.number
    for span in found:
        assert date.earliest is None or date.earliest <= span.first
        assert date.latest is None or span.last <= date.latest
    if date.earliest is not None:
        assert date.may_be(date.earliest)
    if date.latest is not None:
        assert date.may_be(date.latest)


@settings(deadline=None)
@given(years, months, days, calendars, st.integers(0, 364))
def test_a_pattern_means_the_days_that_fit_it(
    year: str, month: str, day: str, calendar: Calendar, offset: int
) -> None:
    date = read_or_none(f"{year}-{month}-{day}", calendar)
    if date is None or date.earliest is None:
        return
    tried = date.earliest.plus(offset)
    text = tried.iso(calendar)
    pattern = f"{year}-{month}-{day}"
    fits = len(text) == len(pattern) and all(
        mine in {"X", its} for mine, its in zip(pattern, text, strict=True)
    )
    assert date.may_be(tried) == fits


@settings(deadline=None)
@given(some_dates, some_dates)
def test_being_equal_and_overlapping_do_not_depend_on_the_order(
    one: PartialDate, other: PartialDate
) -> None:
    assert one.may_equal(other) == other.may_equal(one)
    assert one.overlaps(other) == other.overlaps(one)


@settings(deadline=None)
@given(some_dates)
def test_a_date_agrees_with_itself(date: PartialDate) -> None:
    assert date.may_equal(date)
    assert date.overlaps(date)
    assert date.contains(date)
    assert not date.surely_before(date)


@settings(deadline=None)
@given(some_dates, some_dates)
def test_what_is_surely_before_neither_overlaps_nor_is_equal_and_sorts_first(
    one: PartialDate, other: PartialDate
) -> None:
    if one.surely_before(other):
        assert not one.overlaps(other)
        assert not other.surely_before(one)
        assert one.sort_key < other.sort_key
    if one.contains(other) and other.earliest is not None:
        assert one.overlaps(other)


@settings(deadline=None)
@given(st.lists(some_dates, min_size=1, max_size=4))
def test_an_envelope_holds_every_date(given_dates: list[PartialDate]) -> None:
    first, last = envelope(given_dates)
    for date in given_dates:
        assert first is None or (date.earliest is not None and first <= date.earliest)
        assert last is None or (date.latest is not None and date.latest <= last)


@settings(deadline=None)
@given(some_dates, calendars)
def test_a_date_in_another_calendar_means_the_same_bounds(
    date: PartialDate, calendar: Calendar
) -> None:
    found = converted(date, calendar)
    if found is not None:
        assert found.calendar is calendar
        assert (found.earliest, found.latest) == (date.earliest, date.latest)
        assert (found.start_edge, found.end_edge) == (date.start_edge, date.end_edge)


@settings(deadline=None)
@given(some_dates, st.sampled_from(date_languages()), st.booleans())
def test_every_date_has_words_in_every_language(
    date: PartialDate, language: str, both_styles: bool
) -> None:
    words = format_date(date, language, both_styles=both_styles)
    assert words.strip()
    assert "{" not in words


@settings(deadline=None)
@given(some_dates, st.integers(1900, 2100), st.sampled_from([None, *LeapDayPolicy]))
def test_an_anniversary_begins_in_its_year_or_has_none(
    date: PartialDate, year: int, policy: LeapDayPolicy | None
) -> None:
    found = anniversary_in(date, year, leap_day=policy)
    if isinstance(found, Anniversary):
        assert found.number >= 1
        assert found.days.first.gregorian[0] == year
