import hashlib
import io
import os
import re
from pathlib import Path

import pytest

from stelae.errors import BadInput, BadValue, ImportRefused, IntegrityError, StorageFailed
from stelae.evidence import store as store_module
from stelae.evidence.inspection import Trouble
from stelae.evidence.store import Kept, Store

ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "objects")


def write(folder: Path, **contents: bytes) -> list[Path]:
    paths = []
    for name, content in contents.items():
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths


def files_in(store: Store) -> list[str]:
    return sorted(
        path.relative_to(store.folder).as_posix()
        for path in store.folder.rglob("*")
        if path.is_file()
    )


def test_an_object_lies_under_its_digest_and_is_read_only(store: Store) -> None:
    kept = store.put_stream(io.BytesIO(b"abc"))
    assert kept == Kept(ABC, 3, new=True)
    name = ABC.removeprefix("sha256:")
    assert files_in(store) == [f"ba/{name}"]
    assert store.path(ABC).stat().st_mode & 0o222 == 0


def test_bytes_kept_already_are_not_written_again(store: Store) -> None:
    store.put_stream(io.BytesIO(b"abc"))
    before = store.path(ABC).stat()
    assert store.put_stream(io.BytesIO(b"abc")) == Kept(ABC, 3, new=False)
    after = store.path(ABC).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(files_in(store)) == 1


def test_the_same_bytes_twice_in_one_call_are_one_object(store: Store, tmp_path: Path) -> None:
    paths = write(tmp_path, one=b"abc", two=b"xyz", three=b"abc")
    kept = store.put_many(paths)
    assert [one.digest == ABC for one in kept] == [True, False, True]
    assert [one.new for one in kept] == [True, True, False]
    assert len(files_in(store)) == 2


@pytest.mark.parametrize("count", [3, 40])
def test_many_files_come_back_in_order_with_progress(
    store: Store, tmp_path: Path, count: int
) -> None:
    paths = write(tmp_path, **{f"f{n:02}": b"content %d" % n for n in range(count)})
    told: list[int] = []
    kept = store.put_many(paths, progress=told.append)
    assert [store.read(one.digest, 100) for one in kept] == [path.read_bytes() for path in paths]
    assert told == sorted(told)
    assert told[-1] == sum(path.stat().st_size for path in paths)
    assert list(store.verify()) == []
    assert list(store.digests()) == sorted({one.digest for one in kept})


def test_a_big_stream_passes_in_blocks(store: Store) -> None:
    class Blocks(io.RawIOBase):
        left = 5 << 20
        largest = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.largest = max(self.largest, size)
            taken = min(size, self.left)
            self.left -= taken
            return b"x" * taken

    blocks = Blocks()
    kept = store.put_stream(blocks)  # type: ignore[arg-type]  # only read() is called
    assert kept.size == 5 << 20
    assert kept.digest == f"sha256:{hashlib.sha256(b'x' * (5 << 20)).hexdigest()}"
    assert blocks.largest <= 1 << 20


def test_every_problem_of_a_call_is_told_and_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    (good, empty) = write(tmp_path, good=b"good", empty=b"")
    link = tmp_path / "link"
    link.symlink_to(good)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    missing = tmp_path / "missing"
    beyond = good / "beyond"
    nul = Path("a\0b")
    with pytest.raises(ImportRefused) as caught:
        store.put_many([good, empty, link, pipe, missing, tmp_path, Path("/dev/null"), beyond, nul])
    whats = {problem.file: problem.what for problem in caught.value.problems}
    assert whats == {
        str(empty): "it is empty",
        str(link): "it is a symbolic link",
        str(pipe): "it is a pipe, not a file",
        str(missing): "there is no such file",
        str(tmp_path): "it is a folder",
        "/dev/null": "it is a device, not a file",
        str(beyond): "it cannot be opened: Not a directory",
        "a\0b": whats["a\0b"],
    }
    assert not store.folder.exists() or files_in(store) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_refused(store: Store, tmp_path: Path) -> None:
    (secret,) = write(tmp_path, secret=b"secret")
    secret.chmod(0)
    with pytest.raises(ImportRefused, match="may not be read"):
        store.put_many([secret])


def test_a_path_that_leaves_its_folder_is_refused(store: Store, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (outside,) = write(tmp_path, outside=b"outside")
    (good,) = write(inside, good=b"good")
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "elsewhere", hidden=b"hidden")
    (inside / "way").symlink_to(tmp_path / "elsewhere")
    escaping = [inside / ".." / "outside", outside, inside / "way" / "hidden"]
    with pytest.raises(ImportRefused) as caught:
        store.put_many([good, *escaping], within=inside)
    assert [problem.file for problem in caught.value.problems] == [str(path) for path in escaping]
    assert store.put_many([good], within=inside)[0].new


def test_a_file_that_grows_while_it_is_read_is_refused(store: Store, tmp_path: Path) -> None:
    good, growing = write(tmp_path, good=b"good", growing=b"x" * 100)

    def grow(_: int) -> None:
        with growing.open("ab") as file:
            file.write(b"more")

    with pytest.raises(ImportRefused, match="changed while it was read") as caught:
        store.put_many([good, growing], progress=grow)
    assert [problem.file for problem in caught.value.problems] == [str(growing)]
    assert files_in(store) == []


def test_an_empty_stream_is_refused_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(BadInput, match="empty"):
        store.put_stream(io.BytesIO())
    assert files_in(store) == []


def test_a_stream_that_fails_leaves_nothing(store: Store) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(3)

    with pytest.raises(BadInput, match="Input/output error"):
        store.put_stream(Failing(b"abcdef"))
    assert files_in(store) == []


def test_an_interrupted_call_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put_many(write(tmp_path, one=b"one"), progress=interrupt)
    assert files_in(store) == []


def test_a_folder_that_cannot_be_made_is_a_storage_failure(tmp_path: Path) -> None:
    (blocked,) = write(tmp_path, blocked=b"a file where the folder should be")
    with pytest.raises(StorageFailed):
        Store(blocked / "objects").put_stream(io.BytesIO(b"abc"))


def damage(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


@pytest.mark.parametrize("content", [b"abd", b"abcd", b""])
def test_changed_bytes_are_not_given_out_nor_taken_for_kept(store: Store, content: bytes) -> None:
    store.put_stream(io.BytesIO(b"abc"))
    damage(store.path(ABC), content)
    with pytest.raises(IntegrityError, match="bytes changed"):
        store.read(ABC, 100)
    with pytest.raises(IntegrityError, match="bytes changed"):
        store.put_stream(io.BytesIO(b"abc"))
    assert len(files_in(store)) == 1


def test_a_read_is_bounded_and_a_missing_object_named(store: Store) -> None:
    store.put_stream(io.BytesIO(b"abc"))
    assert store.read(ABC, 3) == b"abc"
    with pytest.raises(BadInput, match="more than 2 bytes"):
        store.read(ABC, 2)
    missing = f"sha256:{'0' * 64}"
    assert store.has(ABC)
    assert not store.has(missing)
    with pytest.raises(IntegrityError, match=missing):
        store.open(missing)
    with pytest.raises(BadValue):
        store.has("sha256:../../etc/passwd")


def test_a_link_in_place_of_an_object_is_not_followed(store: Store, tmp_path: Path) -> None:
    (outside,) = write(tmp_path, outside=b"abc")
    store.path(ABC).parent.mkdir(parents=True)
    store.path(ABC).symlink_to(outside)
    assert not store.has(ABC)
    with pytest.raises(IntegrityError):
        store.read(ABC, 100)
    assert [failure.trouble for failure in store.verify()] == [Trouble.LINK]


def test_a_sample_is_read_back_after_the_commit(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def corrupt(folder: Path, files: list[Path]) -> None:
        for file in files:
            damage(file, b"bad")

    monkeypatch.setattr(store_module, "flush_files", corrupt)
    with pytest.raises(IntegrityError, match=re.escape("bytes changed")):
        store.put_many(write(tmp_path, one=b"one"))
    assert files_in(store) == []
