from pathlib import Path

import pytest

from stelae.errors import IntegrityError
from stelae.records.vault import (
    encode_segment,
    parse_line,
    read_disclosures,
    segment_name,
    write_segment,
)

ENTRIES = (("YQ", "Yg-_"), (), ("Yw",))


def test_segments_are_read_one_after_another(tmp_path: Path) -> None:
    write_segment(tmp_path, 0, ENTRIES)
    write_segment(tmp_path, 3, ENTRIES[:1])
    assert list(read_disclosures(tmp_path, 4)) == [*ENTRIES, ENTRIES[0]]
    assert list(read_disclosures(tmp_path, 0)) == []


def test_only_its_owner_may_read_a_segment(tmp_path: Path) -> None:
    write_segment(tmp_path, 0, ENTRIES)
    assert (tmp_path / segment_name(0)).stat().st_mode & 0o777 == 0o600


def test_a_segment_from_a_killed_commit_is_ignored_and_replaced(tmp_path: Path) -> None:
    write_segment(tmp_path, 0, ENTRIES)
    write_segment(tmp_path, 3, ENTRIES * 5)
    assert list(read_disclosures(tmp_path, 3)) == list(ENTRIES)
    write_segment(tmp_path, 3, ENTRIES[:1])
    assert list(read_disclosures(tmp_path, 4)) == [*ENTRIES, ENTRIES[0]]


def test_a_missing_segment_is_named(tmp_path: Path) -> None:
    write_segment(tmp_path, 0, ENTRIES)
    with pytest.raises(IntegrityError, match="misses the disclosures of entries from 3 on") as no:
        list(read_disclosures(tmp_path, 4))
    assert segment_name(3) in no.value.what
    assert "backup" in str(no.value.hint)


def test_a_segment_that_is_too_long_is_refused(tmp_path: Path) -> None:
    write_segment(tmp_path, 0, ENTRIES)
    with pytest.raises(IntegrityError, match="holds 3 entries, which does not fit a log of 2"):
        list(read_disclosures(tmp_path, 2))


def test_a_segment_that_cannot_be_read_is_an_error_of_the_dossier(tmp_path: Path) -> None:
    (tmp_path / segment_name(0)).mkdir()
    with pytest.raises(IntegrityError, match="cannot be read"):
        list(read_disclosures(tmp_path, 1))


@pytest.mark.parametrize("cut", [1, 2, 5])
def test_a_segment_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    write_segment(tmp_path, 0, ENTRIES)
    path = tmp_path / segment_name(0)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(IntegrityError):
        list(read_disclosures(tmp_path, 3))


def test_no_byte_of_a_segment_can_change_into_another_form_of_the_same(tmp_path: Path) -> None:
    content = encode_segment(ENTRIES)
    path = tmp_path / segment_name(0)
    for place in range(len(content)):
        for byte in {0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x5B, 0x5D} - {content[place]}:
            path.write_bytes(content[:place] + bytes([byte]) + content[place + 1 :])
            with pytest.raises(IntegrityError):
                list(read_disclosures(tmp_path, 3))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[",
        b"[1]",
        b'["a", "b"]',
        b' ["a"]',
        b'["a"]\r',
        b'[""]',
        b'["\\u0061"]',
        b'["a",]',
        b'["\xff"]',
        b'["a="]',
        b"[" * 100_000,
    ],
)
def test_a_line_in_another_form_is_refused(line: bytes) -> None:
    with pytest.raises(IntegrityError, match="the disclosures of entry 9"):
        parse_line(9, line)
