from pathlib import Path

import pytest

from stelae.errors import StorageFailed
from stelae.evidence import flushing


def test_a_file_that_is_gone_cannot_be_flushed(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="could not flush"):
        flushing.flush_files(tmp_path, [tmp_path / "gone"])


def test_many_files_are_flushed_one_by_one_where_there_is_no_syncfs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flushing, "_syncfs", lambda: None)
    files = [tmp_path / str(number) for number in range(flushing.FEW + 1)]
    for file in files[:-1]:
        file.touch()
    with pytest.raises(StorageFailed, match=str(files[-1])):
        flushing.flush_files(tmp_path, files)
    files[-1].touch()
    flushing.flush_files(tmp_path, files)


def test_many_files_are_flushed_with_their_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    monkeypatch.setattr(flushing, "_syncfs", lambda: calls.append)
    flushing.flush_files(tmp_path, [tmp_path / str(n) for n in range(flushing.FEW + 1)])
    assert len(calls) == 1
