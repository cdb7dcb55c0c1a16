"""Reading histories: no bytes crash it, the order of rows and lists changes nothing else."""

import csv
import io
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import StelaeError
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.reading import Reading, Wanted, read_histories

PIECES = [
    *("A", "B", "C", "count", "n", "list", "record", "cluster", "draw", "imputation", "region"),
    *("0", "1", "1.0", "-1", "2.5", "12", "99999999999999999999", "é", "\ufeff", "x", " ", ""),
    *(",", ",", ",", ";", "\t", "\n", "\n", "\r\n", "\r", '"', '""', "\x00", "\x1c", "\u2028"),
]
HEADERS = ["", "A,B,count\n", "A,B\n", "list,record,cluster\n", "region,A,B,n\n", "A;B;C;Freq\n"]


def read(content: bytes, *, by: tuple[str, ...] = (), lists: tuple[str, ...] = ()) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lists.csv"
        path.write_bytes(content)
        return read_histories([path], Wanted(lists, by))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(HEADERS),
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=60).map(lambda parts: "".join(parts).encode()),
        st.binary(max_size=80),
    ),
    st.booleans(),
)
def test_bytes_are_read_or_refused(header: str, rest: bytes, is_by: bool) -> None:
    try:
        found = read(header.encode() + rest, by=("region",) if is_by else ())
    except StelaeError:
        return
    for table in found.tables:
        assert table.observed >= 0
        assert len(table.lists) >= 2


rows = st.lists(
    st.tuples(st.sampled_from("ns"), st.lists(st.sampled_from("01"), min_size=3, max_size=3)),
    min_size=1,
    max_size=40,
)


def as_csv(header: list[str], lines: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *lines])
    return out.getvalue().encode()


def tables(content: bytes) -> list[CaptureHistories] | None:
    try:
        return list(read(content, by=("region",)).tables)
    except StelaeError:
        return None


def by_names(found: list[CaptureHistories] | None) -> object:
    """What is counted, without the order of lists and without digests."""
    return found and [
        (
            table.stratum["region"],
            {frozenset(table.name_of(mask).split("×")): count for mask, count in table},
        )
        for table in found
    ]


@settings(deadline=None)
@given(rows, st.permutations(range(3)), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_lists_changes_nothing(
    drawn: list[tuple[str, list[str]]], order: list[int], random: object
) -> None:
    lines = [[region, *flags] for region, flags in drawn]
    shuffled = [[region, *(flags[j] for j in order)] for region, flags in drawn]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
    one = tables(as_csv(["region", *"ABC"], lines))
    two = tables(as_csv(["region", *("ABC"[j] for j in order)], shuffled))
    assert by_names(one) == by_names(two)


@settings(deadline=None)
@given(rows)
def test_persons_and_their_counts_are_one_table(drawn: list[tuple[str, list[str]]]) -> None:
    persons = [[region, *flags] for region, flags in drawn]
    counted = Counter(map(tuple, persons))
    one = tables(as_csv(["region", *"ABC"], persons))
    two = tables(
        as_csv(["region", *"ABC", "count"], [[*key, str(n)] for key, n in counted.items()])
    )
    assert by_names(one) == by_names(two)
    if one is not None:
        assert sum(table.observed for table in one) == len(drawn)


@settings(deadline=None)
@given(rows)
def test_one_record_a_list_and_person_counts_as_one_row_a_person(
    drawn: list[tuple[str, list[str]]],
) -> None:
    persons = [[region, *flags] for region, flags in drawn]
    records = [
        ["ABC"[j], f"{person}", f"{person}", region]
        for person, (region, flags) in enumerate(drawn)
        for j in range(3)
        if flags[j] == "1"
    ]
    one = tables(as_csv(["region", *"ABC"], persons))
    two = tables(as_csv(["list", "record", "cluster", "region"], records)) if records else None
    if one is not None:
        assert by_names(one) == by_names(two)
