import io
import zipfile
from pathlib import Path

import pytest

from stelae.evidence.media import DOCX, HTML, ODT, PDF, PLAIN, UNKNOWN, XHTML, ZIP, media_of


def archive(*members: tuple[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for name, content in members:
            opened.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n%...", PDF),
        (b"\n\n junk before %PDF-1.4", PDF),
        (b"<!DOCTYPE html><p>x", HTML),
        (b"\xef\xbb\xbf  <!-- a -- b --><!-- c --><HTML lang=en>", HTML),
        ("<!doctype html>".encode("utf-16"), HTML),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', XHTML),
        (b'<?xml version="1.0"?><rss>', "application/xml"),
        (b"a plain line\n", PLAIN),
        ("слова".encode("cp1251"), PLAIN),
        ("слова".encode("utf-16"), PLAIN),
        ("some words".encode("utf-16-le"), PLAIN),
        (b"", UNKNOWN),
        (bytes(range(256)) * 4, UNKNOWN),
        (b"\x89PNG\r\n\x1a\nxxxx", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\0aaaa", "image/tiff"),
        (b"MM\0*aaaa", "image/tiff"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"text.. .WEBP is a format", PLAIN),
        (b"WARC/1.1\r\nWARC-Type: warcinfo", "application/warc"),
        (archive(("a.txt", "a")), ZIP),
        (archive(), ZIP),
        (archive(("[Content_Types].xml", ""), ("word/document.xml", "<w/>")), DOCX),
        (archive(("mimetype", ODT), ("content.xml", "<o/>")), ODT),
    ],
)
def test_the_type_is_what_the_bytes_show(content: bytes, expected: str, tmp_path: Path) -> None:
    assert media_of(content).type == expected
    file = tmp_path / "file"
    file.write_bytes(content)
    assert media_of(file).type == expected


def test_a_directory_of_members_at_the_end_of_a_long_file_is_seen() -> None:
    content = archive(("[Content_Types].xml", "x" * 200_000), ("word/document.xml", "<w/>"))
    assert media_of(content).type == DOCX


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.PDF", b"%PDF-1.7"),
        ("table.csv", b"a,b\n1,2\n"),
        ("page.htm", b"<html>"),
        ("unheard.of", b"%PDF-1.7"),
        ("no extension", b"%PDF-1.7"),
    ],
)
def test_a_name_that_fits_or_says_nothing_is_no_disagreement(name: str, content: bytes) -> None:
    assert media_of(content, name).disagreement is None


def test_a_name_that_says_otherwise_is_told_and_not_believed() -> None:
    media = media_of(b"<!doctype html><p>Not found", "report.pdf")
    assert media.type == HTML
    assert media.disagreement == "the name ends in .pdf but the content is text/html"
    assert media_of(b"\0\1\2\3", "photo.jpg").disagreement == (
        "the name ends in .jpg but the content is no known type"
    )


def test_many_comments_before_nothing_are_soon_done_with() -> None:
    assert media_of(b"<!-- a -->" * 400 + b"x").type == PLAIN
