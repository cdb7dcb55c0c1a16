import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from stelae.errors import IntegrityError
from stelae.evidence.log import Log, check_log, recover, unfinished_files
from stelae.evidence.signing import LastSigned, Signer
from stelae.transparency.merkle import leaf_hash
from stelae.transparency.tiles import encode_bundle

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
KEY = SIGNER.verifier_key


@dataclass
class Place:
    folder: Path
    memory: LastSigned

    def append(self, *entries: bytes) -> Log:
        log = Log.open_for_append(self.folder, SIGNER, self.memory)
        log.append(entries, SIGNER, self.memory)
        return log

    def failures(self) -> list[str]:
        return [f"{found.what} {found.id}" for found in check_log(self.folder, KEY)]

    def backup(self, name: str) -> Path:
        return Path(shutil.copytree(self.folder, self.folder.with_name(name)))

    def restore(self, copy: Path) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(copy, self.folder)


def numbered(start: int, stop: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(start, stop)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "log", LastSigned(tmp_path / "keys" / "last-signed"))
    Log.create(made.folder, SIGNER, made.memory)
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "name", ["tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44"]
)
def test_a_missing_file_is_named(place: Place, name: str) -> None:
    place.append(*numbered(0, 300))
    (place.folder / name).unlink()
    with pytest.raises(IntegrityError, match=name) as caught:
        list(Log.open(place.folder, KEY).entries())
    assert "backup" in str(caught.value)
    assert any(name in failure for failure in place.failures())


def test_links_and_devices_are_not_followed(place: Place, tmp_path: Path) -> None:
    place.append(*numbered(0, 3))
    bundle = place.folder / "tile/entries/000.p/3"
    aside = tmp_path / "aside"
    bundle.rename(aside)
    bundle.symlink_to(aside)
    with pytest.raises(IntegrityError, match="cannot read"):
        list(Log.open(place.folder, KEY).entries())
    bundle.unlink()
    bundle.symlink_to("/dev/zero")
    assert place.failures() == ["entries tile/entries/000.p/3"]


def test_a_file_that_never_ends_is_not_read_to_its_end(place: Place) -> None:
    place.append(*numbered(0, 3))
    with (place.folder / "tile/0/000.p/3").open("r+b") as file:
        file.truncate(1 << 40)
    with pytest.raises(IntegrityError, match="larger than the 8192"):
        list(Log.open(place.folder, KEY).entries())


def test_odd_files_are_named(place: Place) -> None:
    place.append(*numbered(0, 3))
    for name in ("tile/0/odd", "tile/x", "tile/entries/000.p/03", "tile/0/000.p/.tmp-ignored"):
        (place.folder / name).write_bytes(b"x")
    (place.folder / "tile/1").symlink_to(place.folder)
    assert sorted(place.failures()) == [
        "file tile/0/odd",
        "file tile/1",
        "file tile/entries/000.p/03",
        "file tile/x",
    ]


def test_a_folder_that_cannot_be_listed_is_named(place: Place) -> None:
    (place.folder / "tile").write_bytes(b"x")
    assert place.failures() == ["file tile"]


def test_each_flipped_bit_of_each_byte_is_found(place: Place) -> None:
    place.append(*numbered(0, 2))
    place.append(*numbered(2, 5))
    for name, data in files(place.folder).items():
        for position in range(len(data)):
            changed = bytearray(data)
            changed[position] ^= 1 << position % 8
            (place.folder / name).write_bytes(changed)
            assert place.failures(), f"byte {position} of {name}"
        (place.folder / name).write_bytes(data)
    assert place.failures() == []


def test_each_truncation_of_each_file_is_found(place: Place) -> None:
    place.append(*numbered(0, 3))
    for name, data in files(place.folder).items():
        for size in range(len(data)):
            (place.folder / name).write_bytes(data[:size])
            assert place.failures(), f"{name} cut to {size}"
        (place.folder / name).write_bytes(data)


Change = Callable[[list[bytes]], list[bytes]]


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries[:-1],
        lambda entries: entries[1:],
        lambda entries: entries[:2] + entries[3:],
        lambda entries: [*entries, entries[-1]],
        lambda entries: [entries[0], entries[0], *entries[2:]],
        lambda entries: entries[::-1],
        lambda entries: [*entries[:3], entries[4], entries[3]],
        lambda entries: [*entries[:-1], b"forged"],
    ],
    ids=["last", "first", "middle", "repeated", "overwritten", "reversed", "swapped", "forged"],
)
@pytest.mark.parametrize("level", ["entries", "entries and tile"])
def test_entries_removed_repeated_or_reordered_are_found(
    place: Place, change: Change, level: str
) -> None:
    place.append(*numbered(0, 5))
    changed = change(numbered(0, 5))
    bundle, tile = place.folder / "tile/entries/000.p/5", place.folder / "tile/0/000.p/5"
    bundle.write_bytes(encode_bundle(changed))
    if level != "entries":
        tile.write_bytes(b"".join(leaf_hash(entry) for entry in changed))
    assert place.failures()
    with pytest.raises(IntegrityError):
        list(Log.open(place.folder, KEY).entries())


def test_everything_that_is_wrong_is_told_at_once(place: Place) -> None:
    place.append(*numbered(0, 1000))
    (place.folder / "tile/0/001").unlink()
    (place.folder / "tile/entries/002").write_bytes(b"")
    (place.folder / "tile/entries/003.p/232").unlink()
    (place.folder / "checkpoint").write_text(
        (place.folder / "checkpoint").read_text().replace("1000", "1001")
    )
    failures = place.failures()
    for name in ("checkpoint", "tile/0/001", "tile/entries/002", "tile/entries/003.p/233"):
        assert any(name in failure for failure in failures)


def test_a_log_cut_short_under_an_older_signature_is_found_by_whoever_saw_more(
    place: Place,
) -> None:
    place.append(*numbered(0, 3))
    older = place.backup("older")
    seen = place.append(*numbered(3, 5)).checkpoint
    place.restore(older)
    assert list(check_log(place.folder, KEY)) == []
    assert [found.what for found in check_log(place.folder, KEY, [seen])] == ["history"]


def test_only_the_checkpoint_of_an_older_state_shows_in_what_lies_beyond(place: Place) -> None:
    place.append(*numbered(0, 3))
    older = (place.folder / "checkpoint").read_bytes()
    place.append(*numbered(3, 5))
    (place.folder / "checkpoint").write_bytes(older)
    names = [
        path.relative_to(place.folder).as_posix() for path in unfinished_files(place.folder, 3)
    ]
    assert names == ["tile/0/000.p/5", "tile/entries/000.p/5"]
    assert recover(place.folder, KEY, place.memory).rolled_forward
    assert Log.open(place.folder, KEY).size == 5


def test_another_history_with_the_same_key_is_found_by_whoever_saw_the_first(
    place: Place, tmp_path: Path
) -> None:
    seen = place.append(*numbered(0, 5)).checkpoint
    other = Place(tmp_path / "other", LastSigned(tmp_path / "forgotten"))
    Log.create(other.folder, SIGNER, other.memory)
    other.append(b"rewritten", *numbered(1, 9))
    assert [found.what for found in check_log(other.folder, KEY, [seen])] == ["history"]
