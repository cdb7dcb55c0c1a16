import io
import os
from pathlib import Path

import pytest

from stelae.evidence.inspection import Failure, Trouble, inspect
from stelae.evidence.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "objects")
    for number in range(20):
        store.put_stream(io.BytesIO(b"object %d" % number))
    return store


def test_a_sound_store_yields_nothing_and_tells_all_bytes(store: Store) -> None:
    told: list[int] = []
    assert list(inspect(store.folder, told.append)) == []
    assert told[-1] == sum(store.path(digest).stat().st_size for digest in store.digests())


def test_each_flipped_byte_of_an_object_is_found(store: Store) -> None:
    digest = next(store.digests())
    path = store.path(digest)
    content = path.read_bytes()
    path.chmod(0o644)
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert [failure.trouble for failure in inspect(store.folder)] == [Trouble.CHANGED]
    path.write_bytes(content)
    assert list(inspect(store.folder)) == []


def test_everything_amiss_is_found_at_once(store: Store) -> None:
    changed, moved, *_ = (store.path(digest) for digest in store.digests())
    changed.chmod(0o644)
    changed.write_bytes(b"changed")
    (store.folder / "zz").mkdir()
    (store.folder / "00").mkdir(exist_ok=True)
    (store.folder / "00" / "notes.txt").write_bytes(b"notes")
    (store.folder / "00" / "folder").mkdir()
    (store.folder / ".tmp-0123456789abcdef").write_bytes(b"half")
    (store.folder / "link").symlink_to(changed)
    os.mkfifo(store.folder / "pipe")
    misplaced = "ff" if moved.parent.name != "ff" else "fe"
    (store.folder / misplaced).mkdir(exist_ok=True)
    moved.rename(store.folder / misplaced / moved.name)
    found = {failure.name: failure.trouble for failure in inspect(store.folder)}
    assert found == {
        changed.relative_to(store.folder).as_posix(): Trouble.CHANGED,
        f"{misplaced}/{moved.name}": Trouble.MISPLACED,
        ".tmp-0123456789abcdef": Trouble.LEFTOVER,
        "zz": Trouble.ODD,
        "00/notes.txt": Trouble.ODD,
        "00/folder": Trouble.ODD,
        "link": Trouble.LINK,
        "pipe": Trouble.ODD,
    }


def test_a_missing_store_is_a_failure(tmp_path: Path) -> None:
    assert list(inspect(tmp_path / "nowhere")) == [
        Failure(".", Trouble.UNREADABLE, "No such file or directory")
    ]
