import contextlib
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked_samples import ODD, hand_made

from stelae.errors import ImportRefused
from stelae.linkage.reviewed_records import COLUMNS, ReviewedRecords, read_sheet, sheet_of

LISTS = hand_made().as_read
HEAD = "question,same,list,record,given\n"


def read(content: bytes) -> ReviewedRecords:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.csv"
        path.write_bytes(content)
        return read_sheet(path, LISTS)


def found(text: str) -> tuple[list[list[int]], int]:
    made = read((HEAD + text).encode())
    return [rows.tolist() for rows in made.people], made.unanswered


def refused(content: str | bytes) -> list[str]:
    packed = content.encode() if isinstance(content, str) else content
    with pytest.raises(ImportRefused) as caught:
        read(packed)
    return [f"{p.row}/{p.column}: {p.what}" for p in caught.value.problems]


def test_a_sheet_has_each_record_with_its_cluster_and_its_likeliest_others() -> None:
    sheet = sheet_of(hand_made(), 8, np.random.default_rng(1))
    assert sheet.columns[:4] == list(COLUMNS)
    assert sheet.columns[4:] == ["given", "family", "birth", "occupation"]
    groups = sheet.partition_by("question", maintain_order=True)
    assert len(groups) == 8
    by_drawn = {group.select("list", "record").row(0): group for group in groups}
    last = by_drawn["c", "2"].select("list", "record").rows()  # row 6
    assert set(last[1:4]) == {(ODD, "2"), ("b", "2"), ("b", "3")}  # its cluster, first
    assert set(last[4:]) == {("c", "1"), ("c", "3")}
    for group in groups:
        assert group["same"].to_list() == ["drawn"] + [""] * (group.height - 1)


def test_records_are_drawn_evenly_whatever_their_cluster() -> None:
    drawn = [
        sheet_of(hand_made(), 2, np.random.default_rng(seed)).filter(pl.col("same") == "drawn")
        for seed in range(400)
    ]
    counts = pl.concat(drawn).group_by("list", "record").len()["len"]
    assert counts.len() == 8
    assert counts.min() > 60  # type: ignore[operator]
    assert counts.max() < 145  # type: ignore[operator]


def test_a_sheet_as_it_was_drawn_says_nothing_yet() -> None:
    sheet = sheet_of(hand_made(), 8, np.random.default_rng(1)).write_csv().encode()
    made = read(b"\xef\xbb\xbf" + sheet)
    assert made.people == ()
    assert made.unanswered == 8


def test_the_person_is_the_drawn_record_with_all_that_are_said_to_be_it() -> None:
    people, left = found("1,drawn,b,1,\n1,y,c,1,\n1,N,b,2,\n1,Yes,c,3,added by hand\n")
    assert people == [[2, 5, 7]]
    assert left == 0


def test_questions_after_the_last_answer_are_left_out_also_if_they_ask_nothing() -> None:
    text = "1,drawn,c,3,\n2,drawn,b,1,\n2,n,c,1,\n3,drawn,c,2,\n4,drawn,b,2,\n4,,c,2,\n"
    assert found(text) == ([[7], [2]], 2)
    whole = text.replace("4,,c,2", "4,n,c,2")
    assert found(whole) == ([[7], [2], [6], [3]], 0)


def test_semicolons_of_other_countries_are_read() -> None:
    made = read(b"question;same;list;record\n1;drawn;b;1\n1;y;c;1\n")
    assert [rows.tolist() for rows in made.people] == [[2, 5]]


def test_everything_wrong_is_named_at_once_by_row_and_column() -> None:
    text = (
        "1,drawn,b,1,\n1,maybe,c,1,\n1,y,d,1,\n1,n,c,99,\n"
        "2,y,b,2,\n3,drawn,c,2,\n3,drawn,c,3,\n4,drawn,b,3,\n4,,c,2,\n4,y,c,1,\n5,short\n"
    )
    assert refused(HEAD + text) == [
        "3/same: 'maybe' is no answer",
        "4/list: no list is called 'd'",
        "5/record: c has no record '99'",
        "10/same: has no answer, though later rows have",
        "12/None: has 2 cells where the header has 5",
        "None/same: question 2 has no row marked as drawn",
        "None/same: question 3 has 2 rows marked as drawn",
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04", "is a spreadsheet file, not CSV"),
        (b"question,same\n1,drawn\n", "has no column list"),
        (b"", "is empty"),
        (b"question,same,list,record\n1,drawn,\xff,1\n", "is not UTF-8"),
        (b'question,same,list,record\n1,drawn,"b,1\n', "cannot be read as CSV"),
        (b"question,same,list,record\n1,drawn,b\x00,1\n", "contains a NUL"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_to_do(content: bytes, what: str) -> None:
    assert any(what in each for each in refused(content))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for each in (content, HEAD.encode() + content):
        with contextlib.suppress(ImportRefused):
            read(each)
