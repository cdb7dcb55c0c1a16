import os
from pathlib import Path

import pytest

from stelae.errors import BadInput, StorageFailed
from stelae.publication.layout import MARK
from stelae.publication.manifest import NAME, format_manifest
from stelae.publication.writing import staged, write_files

FILES = [("index.html", b"one"), ("a/b/c.html", b"two")]


def put(folder: Path, *files: tuple[str, bytes]) -> None:
    """An edition as far as writing one is concerned."""
    with staged(folder) as stage:
        write_files(stage, [*files, (NAME, format_manifest(files)), (MARK, b"{}")])


def without_renameat2(*_: object, **__: object) -> object:
    return object()


def content_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {NAME, MARK}
    }


def test_an_edition_appears_whole(tmp_path: Path) -> None:
    put(tmp_path / "new" / "site", *FILES)
    assert content_of(tmp_path / "new" / "site") == dict(FILES)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["site"]


def test_a_newer_edition_takes_the_place_of_the_older(tmp_path: Path) -> None:
    put(tmp_path / "site", *FILES)
    put(tmp_path / "site", ("index.html", b"newer"))
    assert content_of(tmp_path / "site") == {"index.html": b"newer"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("exchange", [True, False])
def test_an_error_leaves_the_older_edition_as_it_was(
    tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr("ctypes.CDLL", without_renameat2)
        put(tmp_path / "site", ("index.html", b"oldest"))
    put(tmp_path / "site", *FILES)
    with pytest.raises(BadInput), staged(tmp_path / "site") as stage:
        write_files(stage, [("index.html", b"newer"), ("../escaped", b"")])
    assert content_of(tmp_path / "site") == dict(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_where_folders_cannot_be_swapped_a_failed_rename_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "site", *FILES)
    monkeypatch.setattr("ctypes.CDLL", without_renameat2)
    rename = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if target.name == "site" and (self / "newer.html").exists():
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(StorageFailed, match="could not put in place"):
        put(tmp_path / "site", ("newer.html", b""))
    assert content_of(tmp_path / "site") == dict(FILES)


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "", "a/", "a\\b", "a\x00b"])
def test_no_file_is_written_outside(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="is no path inside an edition"):
        write_files(tmp_path, [(name, b"")])
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted() -> None:
        with staged(tmp_path / "site") as stage:
            (stage / "half").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert os.listdir(tmp_path) == []  # noqa: PTH208 (hidden names too)
