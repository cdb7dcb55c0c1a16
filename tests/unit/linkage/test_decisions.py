from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from stelae.errors import ImportRefused
from stelae.linkage.decisions import (
    Answer,
    Decision,
    applied,
    printed_digests,
    read,
    standing,
    write,
)

FRAME = pl.DataFrame(
    {
        "row": [0, 1, 2, 3],
        "list": ["church", "church", "press", "press"],
        "record": ["1", "2", "1", "2"],
        "name": ["Անի", "Արամ", "Ani", "Aram"],
        "birth": ["1901", None, "1901", "1900"],
    }
)
FIELDS = ("name", "birth")


def decision(
    a: int, b: int, answer: Answer = Answer.MATCH, by: str = "ana", frame: pl.DataFrame = FRAME
) -> Decision:
    digests = printed_digests(frame, FIELDS)
    (list_a, one), (list_b, two) = (frame.select("list", "record").rows()[at] for at in (a, b))
    return Decision(
        list_a, one, digests[a], list_b, two, digests[b], answer, by, "2026-01-01T00:00:00Z",
        fields=FIELDS,
    )  # fmt: skip


def test_a_file_of_decisions_is_read_as_it_was_written() -> None:
    made = (
        decision(0, 2),
        replace(decision(1, 3, Answer.NON_MATCH), note="other village", chance=0.25),
        replace(decision(1, 3, Answer.UNDECIDED), withdraws=True),
        replace(decision(0, 3), fields=()),
    )
    assert read(write(made), "decisions.jsonl") == made


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'{"schema":"stelae-decision/2"}',
        write([decision(0, 2)]).replace(b'"match"', b'"maybe"'),
        write([decision(0, 2)]).replace(b'"fields":["name","birth"]', b'"fields":"name"'),
        write([decision(0, 2)]).replace(b'"schema"', b'"withdraws":true,"schema"'),
    ],
)
def test_every_line_that_is_no_decision_is_refused_with_its_number(line: bytes) -> None:
    content = write([decision(1, 3)]) + line.strip() + b"\n\n" + b"nothing\n"
    with pytest.raises(ImportRefused) as caught:
        read(content, "decisions.jsonl")
    assert [problem.row for problem in caught.value.problems] == [2, 4]


def test_the_last_decision_on_a_pair_holds_whichever_way_round_it_was_made() -> None:
    later = decision(2, 0, Answer.NON_MATCH)
    assert list(standing([decision(0, 2), later]).values()) == [later]


def test_an_answer_that_was_taken_back_leaves_the_one_before() -> None:
    first, second = decision(0, 2, by="ben"), decision(0, 2, Answer.NON_MATCH)
    back = replace(decision(0, 2, Answer.UNDECIDED), withdraws=True)
    assert list(standing([first, second, back]).values()) == [first]
    assert standing([second, back]) == {}
    # Nobody takes back what somebody else said.
    assert list(standing([first, back]).values()) == [first]


def test_decisions_are_applied_to_the_rows_of_their_records() -> None:
    found = applied(
        [decision(0, 2), decision(1, 3, Answer.NON_MATCH), decision(0, 3, Answer.UNDECIDED)], FRAME
    )
    assert sorted(zip(found.a.tolist(), found.b.tolist(), found.same.tolist(), strict=True)) == [
        (0, 2, True),
        (1, 3, False),
    ]
    assert found.notes == ()


def test_decisions_on_records_that_are_elsewhere_are_counted_and_kept() -> None:
    fewer = FRAME.filter(pl.col("record") == "1").with_columns(row=pl.int_range(pl.len()))
    found = applied([decision(0, 2), decision(0, 3)], fewer)
    assert found.a.tolist() == [0]
    assert "1 decision is on records that are not in these lists" in found.notes[0]


def test_a_record_that_is_printed_otherwise_now_unbinds_its_decision_and_it_is_said() -> None:
    mended = FRAME.with_columns(birth=pl.Series(["1901", "1899", "1901", "1900"]))
    found = applied([decision(0, 2), decision(1, 3)], mended)
    assert found.a.tolist() == [0]
    assert found.changed == (decision(1, 3),)
    assert "church:2 and press:2 (match)" in found.notes[0]
    assert "no longer printed" in found.notes[0]


def test_a_field_that_the_mapping_adds_unbinds_nothing() -> None:
    more = FRAME.with_columns(village=pl.lit("Hin Gyugh"))
    assert applied([decision(0, 2)], more).a.tolist() == [0]
    less = FRAME.drop("birth")
    assert applied([decision(0, 2)], less).changed == (decision(0, 2),)


def test_decisions_without_digests_of_fields_bind_as_they_are() -> None:
    bare = replace(decision(0, 2), fields=(), digest_a="", digest_b="")
    assert applied([bare], FRAME).a.tolist() == [0]


def test_contradicting_decisions_bind_nothing_and_are_all_named() -> None:
    frame = FRAME.with_columns(list=pl.Series(["church", "tax", "press", "police"]))
    chain = [
        decision(0, 1, frame=frame),
        decision(1, 2, by="ben", frame=frame),
        decision(0, 2, Answer.NON_MATCH, by="eva", frame=frame),
    ]
    other = decision(2, 3, Answer.NON_MATCH, frame=frame)
    found = applied([*chain, other], frame)
    assert [set(group) for group in found.contradicting] == [set(chain)]
    assert found.a.tolist() == [3] or found.b.tolist() == [3]
    note = found.notes[0]
    for said in ("church:1 and tax:2 (match), by ana", "by ben", "(non-match), by eva"):
        assert said in note


def test_a_match_within_a_list_of_single_people_contradicts_its_mapping() -> None:
    chain = [decision(0, 2), decision(1, 2)]
    found = applied(chain, FRAME, once=["church"])
    assert len(found.a) == 0
    assert [set(group) for group in found.contradicting] == [set(chain)]
    assert "two records of church, which the mapping says holds each person once" in found.notes[0]
    assert len(applied(chain, FRAME, once=["press"]).a) == 2


def test_no_decisions_bind_nothing() -> None:
    found = applied([], FRAME)
    assert found.a.dtype == np.int64
    assert len(found.a) == len(found.notes) == 0
