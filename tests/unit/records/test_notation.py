import pytest

from stelae.errors import BadValue
from stelae.records.notation import format_date, parse_date
from stelae.values.dates import Calendar


@pytest.mark.parametrize(
    ("text", "edtf", "calendar", "written"),
    [
        ("1990-01-13", "1990-01-13", Calendar.GREGORIAN, ""),
        (" gregorian:1990 ", "1990", Calendar.GREGORIAN, ""),
        ("julian:1918-01-09/1918-01-12", "1918-01-09/1918-01-12", Calendar.JULIAN, ""),
        ('1918-05~ "end of May"', "1918-05~", Calendar.GREGORIAN, "end of May"),
        ('julian:1918-05"Май"', "1918-05", Calendar.JULIAN, "Май"),
    ],
)
def test_a_cell_holds_edtf_calendar_and_words(
    text: str, edtf: str, calendar: Calendar, written: str
) -> None:
    date = parse_date(text)
    assert (date.edtf, date.calendar, date.as_written) == (edtf, calendar, written)
    assert parse_date(format_date(date)) == date


@pytest.mark.parametrize(
    "text",
    [
        "", '"May"', "hebrew:5750", '1990 "a" "b"', '1990 "open', "13.01.1990", "1990-02-30",
        "julian:", "1990" + " " * 100_000 + "x", '1990 "' + "x" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_advice(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_date(text)
    assert len(caught.value.what) < 400
