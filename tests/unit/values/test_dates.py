import csv
from pathlib import Path

import pytest

from stelae.errors import BadValue
from stelae.values.dates import Calendar, Certainty, Edge, PartialDate, envelope
from stelae.values.days import LARGEST_YEAR, Day, DaySpan

FACTS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "facts"


def gregorian(text: str) -> PartialDate:
    return PartialDate.parse(text)


def julian(text: str) -> PartialDate:
    return PartialDate.parse(text, calendar=Calendar.JULIAN)


def test_a_date_keeps_what_was_written_and_the_days_it_may_mean() -> None:
    date = PartialDate.parse(
        "1918-01-09/1918-01-12", calendar=Calendar.JULIAN, as_written="9-12 января 1918 г."
    )
    assert str(date) == "1918-01-09/1918-01-12"
    assert date.as_written == "9-12 января 1918 г."
    assert (str(date.earliest), str(date.latest)) == ("1918-01-22", "1918-01-25")
    assert date.is_interval


def test_words_of_the_source_that_add_nothing_are_not_kept() -> None:
    assert PartialDate.parse("1918", as_written="1918") == gregorian("1918")


def test_forms_on_which_other_libraries_fail_are_read() -> None:
    assert str(gregorian("1988-02-2X").latest) == "1988-02-29"
    assert gregorian("../1918").end_edge is Edge.KNOWN
    assert gregorian("1918-05~").certainty is Certainty.APPROXIMATE
    assert str(gregorian("1918-05~")) == "1918-05~"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1918", Edge.KNOWN, Edge.KNOWN),
        ("1918/..", Edge.KNOWN, Edge.OPEN),
        ("1918/", Edge.KNOWN, Edge.UNKNOWN),
        ("../1918", Edge.OPEN, Edge.KNOWN),
        ("/1918", Edge.UNKNOWN, Edge.KNOWN),
        ("[..1918]", Edge.OPEN, Edge.KNOWN),
        ("[1918..]", Edge.KNOWN, Edge.OPEN),
    ],
)
def test_an_open_end_is_not_an_unknown_end(text: str, start: Edge, end: Edge) -> None:
    date = gregorian(text)
    assert (date.start_edge, date.end_edge) == (start, end)
    assert (date.earliest is None) == (start is not Edge.KNOWN)
    assert (date.latest is None) == (end is not Edge.KNOWN)


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("1918", Certainty.CERTAIN),
        ("1918?", Certainty.UNCERTAIN),
        ("1918-05~", Certainty.APPROXIMATE),
        ("1918%", Certainty.BOTH),
        ("?1918-~05", Certainty.BOTH),
        ("1918-05-~12", Certainty.APPROXIMATE),
        ("1918/1919?", Certainty.UNCERTAIN),
        ("[1918~,1919?]", Certainty.BOTH),
        ("{1918..1919?}", Certainty.UNCERTAIN),
    ],
)
def test_one_doubtful_component_makes_the_date_doubtful(text: str, certainty: Certainty) -> None:
    assert gregorian(text).certainty is certainty


@pytest.mark.parametrize(
    "text", ["1990-01-19/1990-01-13", "1991/1990", "[1672..1670]", "1990-02/1990-01-31"]
)
def test_an_interval_cannot_end_before_it_starts(text: str) -> None:
    with pytest.raises(BadValue, match="before it starts"):
        gregorian(text)


def test_an_interval_may_start_and_end_inside_one_another() -> None:
    assert gregorian("1990-01/1990-01-13").latest == Day.from_gregorian(1990, 1, 13)


def test_a_julian_29_february_is_no_gregorian_one() -> None:
    assert julian("1900-02-29").day == Day.from_gregorian(1900, 3, 13)
    with pytest.raises(BadValue, match="gregorian"):
        gregorian("1900-02-29")


def test_a_year_too_far_away_is_refused() -> None:
    assert gregorian(f"Y{LARGEST_YEAR}").earliest is not None
    with pytest.raises(BadValue, match="too far"):
        gregorian("Y99999E9")


def test_two_dates_are_the_same_when_they_are_written_the_same() -> None:
    assert gregorian("[1667, 1668]") == gregorian("[1667,1668]")
    assert hash(gregorian("1918")) == hash(gregorian("1918"))
    assert gregorian("1918-01-22") != julian("1918-01-09")
    assert gregorian("1918-01-22").day == julian("1918-01-09").day


def test_a_date_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        gregorian("1918").edtf = "1919"  # type: ignore[misc]  # the refusal is the point


def test_a_day_is_a_date() -> None:
    day = Day.from_gregorian(1918, 1, 22)
    assert PartialDate.of_day(day) == gregorian("1918-01-22")
    assert PartialDate.of_day(day, calendar=Calendar.JULIAN) == julian("1918-01-09")
    assert PartialDate.of_day(Day.from_gregorian(-43, 3, 15)).edtf == "-0043-03-15"


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("1990-01", "1990-01-13/1990-01-19", True),
        ("1990-01-13", "1990-01-13/1990-01-19", False),
        ("1990-01-12/1990-01-19", "1990-01-13/1990-01-19", False),
        ("1990-01-XX/1990-01-19", "1990-01-13/1990-01-19", True),
        ("15XX-12-25", "1544-12-25", True),
        ("15XX-12-25", "1544-12-26", False),
        ("[1667,1669]", "1668", False),
        ("1918/..", "1918/", True),
        ("1918/..", "1918/..", True),
        ("1918/..", "1918/1920", False),
        ("1918/", "1918/1920", True),
        ("/1918", "../1918", True),
        ("XXXX-02-29", "1990", False),
    ],
)
def test_dates_may_be_equal_when_both_ends_can_agree(one: str, other: str, equal: bool) -> None:
    assert gregorian(one).may_equal(gregorian(other)) is equal
    assert gregorian(other).may_equal(gregorian(one)) is equal


def test_old_and_new_style_of_one_day_may_be_equal() -> None:
    assert julian("1918-01-09/1918-01-12").may_equal(gregorian("1918-01-22/1918-01-25"))
    assert not julian("1918-01-09").may_equal(gregorian("1918-01-09"))


@pytest.mark.parametrize(
    ("whole", "part", "holds"),
    [
        ("1990", "1990-01", True),
        ("1990-01", "1990", False),
        ("1990-01", "1990-01-13/1990-01-19", True),
        ("[1667,1669]", "1669-05", True),
        ("[1667,1669]", "1667/1669", False),
        ("15XX-12-25", "1544-12-25", True),
        ("15XX-12-25", "1544-12", False),
        ("1918/..", "1920", True),
        ("1918/..", "1920/..", True),
        ("1918/1990", "1920/..", False),
        ("1918/..", "../1990", False),
        ("../1918", "/1917", True),
        ("[..1918,1990..]", "[..1917,1991..]", True),
        ("[..1918,1990..]", "[..1919,1991..]", False),
    ],
)
def test_a_date_contains_another_when_it_may_mean_all_its_days(
    whole: str, part: str, holds: bool
) -> None:
    assert gregorian(whole).contains(gregorian(part)) is holds


def test_overlapping_dates_share_a_day() -> None:
    assert gregorian("1990-01-13").overlaps(gregorian("1990-01-13/1990-01-19"))
    assert not gregorian("1990-01-12").overlaps(gregorian("1990-01-13/1990-01-19"))


def test_a_date_is_surely_before_only_when_no_reading_says_otherwise() -> None:
    assert gregorian("1918").surely_before(gregorian("1919"))
    assert not gregorian("1918/1919").surely_before(gregorian("1919"))
    assert not gregorian("1918/..").surely_before(gregorian("1990"))
    assert julian("1917-12-18").surely_before(gregorian("1918-01-01"))
    assert not julian("1917-12-19").surely_before(gregorian("1918-01-01"))


def test_a_date_may_be_the_days_it_covers() -> None:
    date = gregorian("15XX-12-25")
    assert date.may_be(Day.from_gregorian(1544, 12, 25))
    assert not date.may_be(Day.from_gregorian(1544, 12, 24))


def test_the_days_of_an_open_date_fill_the_window() -> None:
    window = DaySpan(Day.from_gregorian(1919, 1, 1), Day.from_gregorian(1919, 1, 3))
    assert list(gregorian("1918/..").days(within=window)) == [window]


def test_an_envelope_is_open_where_one_date_is() -> None:
    dates = [gregorian("1990-01-13"), gregorian("1918"), julian("1900-01-01")]
    assert envelope(dates) == (Day.from_gregorian(1900, 1, 13), Day.from_gregorian(1990, 1, 13))
    assert envelope([*dates, gregorian("1991/..")]) == (Day.from_gregorian(1900, 1, 13), None)
    assert envelope([*dates, gregorian("../1890")]) == (None, Day.from_gregorian(1990, 1, 13))
    with pytest.raises(BadValue, match="no dates"):
        envelope([])


def test_dates_sort_by_their_earliest_day_then_by_their_latest() -> None:
    dates = [
        gregorian(text) for text in ("1918/..", "1918", "1918-01-01", "../1990", "/1917", "1915")
    ]
    assert [str(date) for date in sorted(dates, key=lambda date: date.sort_key)] == [
        "../1990",
        "1915",
        "/1917",
        "1918-01-01",
        "1918",
        "1918/..",
    ]


def test_julian_and_gregorian_dates_sort_together() -> None:
    dates = [gregorian("1918-01-21"), julian("1918-01-09"), gregorian("1918-01-23")]
    in_time = sorted(dates, key=lambda date: date.sort_key)
    assert [date.calendar for date in in_time] == [
        Calendar.GREGORIAN,
        Calendar.JULIAN,
        Calendar.GREGORIAN,
    ]


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("events.csv", ["start_date", "end_date", "start_date_julian", "end_date_julian"]),
        ("instruments.csv", ["date"]),
        ("recognition.csv", ["date"]),
    ],
)
def test_every_date_of_the_shared_facts_is_read_and_printed_back(
    file: str, columns: list[str]
) -> None:
    if not FACTS.is_dir():
        pytest.skip("the shared facts are not beside this repository")
    with (FACTS / file).open(encoding="utf-8", newline="") as rows:
        texts = [row[column] for row in csv.DictReader(rows) for column in columns if row[column]]
    assert texts
    for text in texts:
        assert str(gregorian(text)) == text


@pytest.mark.parametrize(
    "text",
    ["1920-05~", "1987?", "1992-02-17?", "[1918-09-14,1918-09-15]", "[1916,1917,1918,1922,1923]",
     "[1918-09-15..1918-09-17]", "[1989..1991]", "1918-03"],
)  # fmt: skip
def test_shapes_of_dates_met_in_real_chronicles_are_read(text: str) -> None:
    assert str(gregorian(text)) == text
