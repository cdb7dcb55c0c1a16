import os
import stat
from pathlib import Path

import pytest

from stelae.errors import StorageFailed
from stelae.evidence.durable import (
    TEMPORARY_PREFIX,
    make_directory,
    remove_leftovers,
    storage_errors,
    temporary_beside,
    write_all,
    write_durably,
    write_many_durably,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"
    write_durably(path, b"old")
    before = path.stat().st_ino
    write_durably(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_ino != before
    assert names(path.parent) == ["b"]


def test_the_mode_is_that_asked_for(tmp_path: Path) -> None:
    write_durably(tmp_path / "key", b"x", mode=0o600)
    make_directory(tmp_path / "one" / "two", 0o700)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "one" / "two").stat().st_mode) == 0o700


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    make_directory(tmp_path, 0o700)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_what_cannot_be_written_is_said_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "full").write_bytes(b"")
    with pytest.raises(StorageFailed, match=r"could not write .*folder"):
        write_durably(tmp_path / "folder", b"x")
    with pytest.raises(StorageFailed, match=r"could not make the folder .*full/x"):
        make_directory(tmp_path / "folder" / "full" / "x")
    assert names(tmp_path) == ["folder"]


def test_an_error_while_files_are_made_leaves_no_temporary_file(tmp_path: Path) -> None:
    def files() -> list[tuple[Path, bytes]]:
        return [(tmp_path / "one", b"1"), (tmp_path / "missing\0", b"2")]

    with pytest.raises(ValueError, match="null"):
        write_many_durably(files())
    assert names(tmp_path) == ["one"]


def test_files_of_many_folders_are_all_written(tmp_path: Path) -> None:
    files = [(tmp_path / str(n % 3) / str(n), str(n).encode()) for n in range(9)]
    write_many_durably(iter(files))
    assert {path: path.read_bytes() for path, _ in files} == dict(files)


def test_a_short_write_is_continued(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, True)
    content = bytes(range(256)) * 16
    write_all(writing, content)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == content


def test_temporary_names_differ_and_lie_beside(tmp_path: Path) -> None:
    first, second = (temporary_beside(tmp_path / "x") for _ in range(2))
    assert first != second
    assert first.parent == tmp_path
    assert first.name.startswith(TEMPORARY_PREFIX)


def test_leftovers_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / ".tmp-folder").mkdir()
    for name in (".tmp-1", "a/.tmp-2", "a/kept", "kept.tmp-"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".tmp-link").symlink_to(tmp_path / "a" / "kept")
    assert remove_leftovers(tmp_path) == 2
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert left == {"a", "a/kept", "kept.tmp-", ".tmp-folder", ".tmp-link"}


def test_only_errors_of_the_disk_are_translated(tmp_path: Path) -> None:
    with pytest.raises(KeyError), storage_errors("read", tmp_path):
        raise KeyError
    with pytest.raises(StorageFailed, match="full") as caught, storage_errors("write", tmp_path):
        raise OSError(28, "the disk is full")
    assert "repeat" in str(caught.value)
