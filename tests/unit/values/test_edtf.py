"""How dates are written. The accepted forms are those of ISO 8601-2:2019, levels 0 to 2."""

import pytest

from stelae.errors import BadValue
from stelae.values.edtf import LONGEST, Choice, Gap, Interval, Moment, Run, SetKind, read

ACCEPTED = [
    # level 0
    "1985-04-12", "1985-04", "1985", "0000", "1985-04-12T23:20:30", "1985-04-12T23:20:30Z",
    "1985-04-12T23:20:30-04", "1985-04-12T23:20:30+04:30", "1964/2008", "2004-06/2006-08",
    "2004-02-01/2005-02-08", "2004-02-01/2005-02", "2005/2006-02",
    # level 1
    "Y170000002", "Y-170000002", "2001-21", "2001-24", "1984?", "2004-06~", "2004-06-11%",
    "201X", "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX", "1985-04-12/..", "1985-04/..",
    "1985/..", "../1985-04-12", "../1985-04", "../1985", "1985-04-12/", "1985/", "/1985-04-12",
    "/1985", "-1985", "-0044-03-15", "1984~/2004-06", "1984/2004-06~", "1984?/2004%",
    # level 2
    "Y-17E7", "Y171010000S3", "1950S2", "Y3388E2S3", "2001-25", "2001-32", "2001-34", "2001-39",
    "2001-41", "[1667,1668,1670..1672]", "[..1760-12-03]", "[1760-12..]", "[1760-01,1760-02..]",
    "{1667,1668,1670..1672}", "{1960,1961-12}", "{..1984}", "2004-06~-11", "2004?", "?2004-06-~11",
    "2004-%06-11", "2004-06-11~", "2004?-06-11", "156X-12-25", "15XX-12-25", "XXXX-12-XX",
    "1XXX-XX", "1XXX-12", "1984-1X", "-1XXX", "2004-06-~01/2004-06-~20", "2004-06-XX/2004-07-03",
    "1988-02-2X", "[1918-09-15..1918-09-17]", "[1918-03-18?,1918-03-29?]",
]  # fmt: skip

REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("31 June 1990", "cannot stand here"),
    ("199", "four digits"),
    ("19900", "four digits"),
    ("1990-1", "month has two digits"),
    ("1990-01-1", "day has two digits"),
    ("1990-01-", "day has two digits"),
    ("1990-", "month has two digits"),
    ("1990-13", "no month or season 13|no month 13"),
    ("1990-00", "no month 00"),
    ("1990-42", "no month or season 42"),
    ("1990-2X", "no month 2X"),
    ("1990-01-32", "no day 32"),
    ("1990-01-00", "no day 00"),
    ("1990-01-4X", "no day 4X"),
    ("1990-21-01", "season"),
    ("199u", "capital X"),
    ("199x", "capital X"),
    ("1990?~", "left over"),
    ("?1990?", "marked twice"),
    ("1990-01-13-14", "left over"),
    ("-0000", "no year -0000"),
    ("Y1990", "more than four digits"),
    ("Y01990", "after Y"),
    ("Y", "after Y"),
    ("Y17E", "after E"),
    ("Y17E123", "after E"),
    ("1950S0", "after S"),
    ("1950S5", "after S"),
    ("1950S", "after S"),
    ("195XS2", "after S"),
    ("1950S2-05", "stands alone"),
    ("Y17000-05", "stands alone"),
    ("1990T10:00:00", "whole day"),
    ("1990-01-13T25:00:00", "no time of day"),
    ("1990-01-13T24:00:00", "no time of day"),
    ("1990-01-13T10:00", "no time of day"),
    ("1990-01-13T10:00:00+15:00", "no time of day"),
    ("1990-01-13T10:00:00Zulu", "no time of day"),
    ("1990-01-1XT10:00:00", "known exactly"),
    ("1990-01-13T10:00:00/1990", "whole day"),
    ("..", "cannot stand here"),
    ("/", "neither end"),
    ("../..", "neither end"),
    ("1990/1991/1992", "more than one"),
    ("1990/open", "cannot stand here"),
    ("[1990", "must end"),
    ("[1990}", "must end"),
    ("[]", "empty"),
    ("[1990,]", "empty"),
    ("[..]", "neither end"),
    ("[[1990]]", "cannot stand here|four digits"),
    ("١٩٩٠", "cannot stand here"),
    ("１９９０", "cannot stand here"),
    ("1990\u201301", "left over|cannot stand here"),
    ("1990\x00", "left over|cannot stand here"),
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_read_is_printed_back(text: str) -> None:
    assert str(read(text)) == text


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_edtf_is_refused_with_a_reason_and_an_example(text: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason) as refusal:
        read(text)
    assert refusal.value.hint


def test_a_text_longer_than_any_date_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadValue, match=str(LONGEST + 1)) as refusal:
        read("1" * (LONGEST + 1))
    assert len(str(refusal.value)) < 2 * LONGEST


def test_blanks_around_and_after_the_commas_of_a_set_are_dropped() -> None:
    assert str(read(" [1667, 1668] ")) == "[1667,1668]"


def test_open_and_unknown_ends_are_told_apart() -> None:
    for text, start, end in (
        ("../1918", Gap.OPEN, None),
        ("/1918", Gap.UNKNOWN, None),
        ("1918/..", None, Gap.OPEN),
        ("1918/", None, Gap.UNKNOWN),
    ):
        interval = read(text)
        assert isinstance(interval, Interval)
        assert start is None or interval.start is start
        assert end is None or interval.end is end


def test_a_set_keeps_its_kind_and_its_runs() -> None:
    one, every = read("[1667,1670..1672]"), read("{1667}")
    assert isinstance(one, Choice)
    assert isinstance(every, Choice)
    assert (one.kind, every.kind) == (SetKind.ONE_OF, SetKind.ALL_OF)
    assert isinstance(one.members[1], Run)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("2004-06-11", ["", "", ""]),
        ("2004-06-11?", ["?", "?", "?"]),
        ("2004-06~-11", ["~", "~", ""]),
        ("2004?-06-11", ["?", "", ""]),
        ("2004-?06-11", ["", "?", ""]),
        ("?2004-06-~11", ["?", "", "~"]),
        ("2004?-06-11~", ["?~", "~", "~"]),
        ("2004-06%-11", ["?~", "?~", ""]),
    ],
)
def test_a_mark_before_touches_one_component_and_a_mark_after_all_to_its_left(
    text: str, marks: list[str]
) -> None:
    moment = read(text)
    assert isinstance(moment, Moment)
    assert [moment.marks_on(index) for index in range(3)] == [frozenset(mark) for mark in marks]
