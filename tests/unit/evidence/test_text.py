from pathlib import Path

import pytest

from stelae.evidence.extracted import ExtractedText, Limits, NoText
from stelae.evidence.media import DOCX, HTML, ODT, PDF, PLAIN, XHTML
from stelae.evidence.text import extract_text, plain_text


def test_plain_text_is_taken_with_its_encoding_and_pages() -> None:
    result = extract_text(b"page one\r\n\fpage two", PLAIN)
    assert isinstance(result, ExtractedText)
    assert result.pages == ("page one\n", "page two")
    assert result.notes == ("form feeds were taken as page breaks: 2 pages",)
    assert result.method.endswith("; encoding: ASCII, valid throughout")
    assert result.method.startswith("Python 3.")


def test_control_characters_are_noted() -> None:
    result = plain_text(b"one\0two\x1bthree")
    assert isinstance(result, ExtractedText)
    assert result.pages == ("one\ufffdtwo\ufffdthree",)
    assert "2 control characters were replaced by U+FFFD" in result.notes


@pytest.mark.parametrize("media_type", ["text/html", "TEXT/HTML; charset=koi8-r", XHTML])
def test_html_is_read_as_html(media_type: str) -> None:
    result = extract_text("<p>слово<p>x".encode(), media_type)
    assert isinstance(result, ExtractedText)
    assert result.pages == ("слово\nx",)


@pytest.mark.parametrize("media_type", [PDF, DOCX, ODT, HTML, PLAIN])
def test_nothing_gives_a_reason_for_each_type(media_type: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    assert isinstance(extract_text(b"", media_type), NoText)
    assert extract_text(empty, media_type) == extract_text(b"", media_type)


def test_a_picture_has_no_text_yet() -> None:
    assert extract_text(b"\xff\xd8\xff", "image/jpeg") == NoText(
        "text is not taken from files of type image/jpeg"
    )


def test_a_huge_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    file.write_bytes(b"x" * 101)
    result = extract_text(file, PLAIN, Limits(source=100))
    assert isinstance(result, NoText)
    assert "more than 100 bytes" in result.reason
    assert isinstance(extract_text(file, PLAIN, Limits(source=101)), ExtractedText)


def test_a_missing_file_is_no_lack_of_text(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        extract_text(tmp_path / "missing", PLAIN)
