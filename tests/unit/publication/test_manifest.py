import hashlib
import subprocess
from pathlib import Path

import pytest

from stelae.errors import BadInput
from stelae.publication.manifest import NAME, format_manifest, is_safe_path, parse_manifest

FILES = [("b/ü ç.html", b"two"), ("a.html", b"one"), ("b/*x", b"three")]


def test_a_manifest_is_sorted_and_comes_back() -> None:
    content = format_manifest(FILES)
    assert [line[66:] for line in content.decode().splitlines()] == ["a.html", "b/*x", "b/ü ç.html"]
    assert parse_manifest(content) == {
        name: hashlib.sha256(data).hexdigest() for name, data in FILES
    }
    assert parse_manifest(b"") == {}


def test_sha256sum_reads_it(tmp_path: Path) -> None:
    for name, data in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / NAME).write_bytes(format_manifest(FILES))
    check = ["sha256sum", "-c", "--strict", "--quiet", NAME]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "a.html").write_bytes(b"ONE")
    run = subprocess.run(check, cwd=tmp_path, check=False, capture_output=True)
    assert run.returncode != 0


@pytest.mark.parametrize("path", ["a", "a/b.html", "ü/ç", "..a", "a..", ".a", "a b"])
def test_paths_inside_are_safe(path: str) -> None:
    assert is_safe_path(path)


@pytest.mark.parametrize(
    "path",
    ["", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\\b", "a\nb", "\x00", "\udcff"],
)
def test_paths_that_escape_or_cannot_be_written_are_not(path: str) -> None:
    assert not is_safe_path(path)
    with pytest.raises(BadInput):
        format_manifest([(path, b"")])


def test_a_path_twice_is_refused_on_both_ways() -> None:
    with pytest.raises(BadInput, match="is there twice"):
        format_manifest([("a", b""), ("a", b"")])
    with pytest.raises(BadInput, match="line 2 names a again"):
        parse_manifest(format_manifest([("a", b"")]) * 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff", "is not UTF-8"),
        (b"0" * 64 + b"  a", "cut off in line 1"),
        (b"0" * 64 + b" a\n", "line 1 is no entry"),
        (b"0" * 63 + b"  a\n", "line 1 is no entry"),
        (b"A" * 64 + b"  a\n", "line 1 is no entry"),
        (b"0" * 64 + b"  a\r\n", "line 1 is no entry"),
        (b"0" * 64 + b"  ../a\n", "line 1 is no entry"),
        (b"0" * 64 + b"  /etc/passwd\n", "line 1 is no entry"),
        (b"0" * 64 + b"  a\n\n", "line 2 is no entry"),
    ],
)
def test_odd_lines_are_refused_with_their_number(content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=NAME) as caught:
        parse_manifest(content)
    assert says in caught.value.what
