from dataclasses import dataclass
from pathlib import Path

import pytest

from stelae.errors import (
    BadProof,
    BadValue,
    IntegrityError,
    NotADossier,
    StaleDossier,
    StorageFailed,
)
from stelae.evidence.log import Log, check_log
from stelae.evidence.signing import LastSigned, Signer
from stelae.transparency.checkpoints import Checkpoint, sign_checkpoint
from stelae.transparency.merkle import leaf_hashes, tree_root, verify_consistency
from stelae.transparency.proofs import verify_proof

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
KEY = SIGNER.verifier_key


@dataclass
class Place:
    folder: Path
    memory: LastSigned

    def opened(self) -> Log:
        return Log.open_for_append(self.folder, SIGNER, self.memory)

    def append(self, *entries: bytes) -> Log:
        log = self.opened()
        log.append(entries, SIGNER, self.memory)
        return log

    def failures(self) -> list[str]:
        return [f"{found.what} {found.id}" for found in check_log(self.folder, KEY)]


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


def test_a_new_log_is_empty_and_signed(place: Place) -> None:
    log = Log.open(place.folder, KEY)
    assert (log.size, log.origin, log.verified) == (0, SIGNER.name, True)
    assert list(log.entries()) == []
    assert place.failures() == []
    assert list(files(place.folder)) == ["checkpoint"]


def test_entries_come_back_in_order(place: Place) -> None:
    entries = [b"", b"one", b"\x00\xff" * 100, bytes(65_535), b"one"]
    assert list(place.append(*entries).entries()) == entries
    assert list(Log.open(place.folder, KEY).entries(1, 4)) == entries[1:4]
    assert place.failures() == []


def test_a_log_grows_through_every_kind_of_edge(place: Place) -> None:
    size = 0
    for count in (1, 1, 253, 1, 1, 255, 1, 600):
        log = place.append(*numbered(size, size + count))
        size += count
        assert log.root == tree_root(leaf_hashes(numbered(0, size)))
        assert place.failures() == []
    assert list(Log.open(place.folder, KEY).entries()) == numbered(0, size)


def test_partial_tiles_stay_until_the_full_one_exists(place: Place) -> None:
    place.append(*numbered(0, 10))
    place.append(*numbered(10, 20))
    assert {"tile/0/000.p/10", "tile/0/000.p/20"} <= files(place.folder).keys()
    place.append(*numbered(20, 256))
    assert [name for name in files(place.folder) if "000.p" in name] == ["tile/1/000.p/1"]


def test_appending_nothing_signs_nothing(place: Place) -> None:
    before = files(place.folder.parent)
    place.append()
    assert files(place.folder.parent) == before


def test_an_entry_that_is_too_long_refuses_them_all(place: Place) -> None:
    log = place.opened()
    with pytest.raises(BadValue, match="new entry 1 has 65536 bytes"):
        log.append([b"x", bytes(65_536)], SIGNER, place.memory)
    assert list(files(place.folder)) == ["checkpoint"]
    log.append([b"x"], SIGNER, place.memory)
    assert log.size == 1


def test_another_key_cannot_append(place: Place) -> None:
    other = Signer.from_private_bytes(SIGNER.name, bytes(32))
    with pytest.raises(BadProof, match="not signed by a known key"):
        place.opened().append([b"x"], other, place.memory)


def test_of_two_writers_that_opened_the_same_state_the_second_is_refused(place: Place) -> None:
    first, second = place.opened(), place.opened()
    first.append([b"x"], SIGNER, place.memory)
    with pytest.raises(StaleDossier, match="shows 0 entries, its key last signed 1"):
        second.append([b"y"], SIGNER, place.memory)
    assert list(place.opened().entries()) == [b"x"]


def test_a_log_is_not_created_twice(place: Place, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="exists already"):
        Log.create(place.folder, SIGNER, place.memory)
    place.append(b"x")
    with pytest.raises(StaleDossier, match="1 entries already"):
        Log.create(tmp_path / "other", SIGNER, place.memory)


def test_after_a_refused_write_the_log_must_be_opened_again(place: Place) -> None:
    place.append(b"one")
    log = place.opened()
    blocker = place.folder / "tile" / "entries" / "000.p" / "2"
    blocker.mkdir()
    with pytest.raises(StorageFailed, match=str(blocker)):
        log.append([b"two"], SIGNER, place.memory)
    with pytest.raises(StaleDossier, match="broke off"):
        log.append([b"two"], SIGNER, place.memory)
    assert list(Log.open(place.folder, KEY).entries()) == [b"one"]
    blocker.rmdir()
    assert list(place.append(b"two").entries()) == [b"one", b"two"]


def test_reading_never_writes(place: Place) -> None:
    place.append(*numbered(0, 300))
    before = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")}
    log = Log.open(place.folder, KEY)
    assert len(list(log.entries())) == 300
    log.inclusion_proof(7)
    log.consistency_proof(7)
    assert place.failures() == []
    assert {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")} == before


def test_a_reader_goes_on_while_a_writer_completes_its_tile(place: Place) -> None:
    place.append(*numbered(0, 200))
    reader = Log.open(place.folder, KEY)
    place.append(*numbered(200, 300))
    assert not (place.folder / "tile/entries/000.p").exists()
    assert list(reader.entries()) == numbered(0, 200)
    assert reader.inclusion_proof(5)


def test_proofs_travel_alone(place: Place) -> None:
    log = place.append(*numbered(0, 300))
    for index in (0, 255, 256, 299):
        proof = log.proof(index)
        entry = numbered(index, index + 1)[0]
        assert verify_proof(proof, entry, KEY) == log.checkpoint
    with pytest.raises(BadProof, match="no entry 300"):
        log.inclusion_proof(300)


def test_it_extends_each_of_its_earlier_states(place: Place) -> None:
    log = place.append(*numbered(0, 300))
    for old in (1, 255, 256, 257, 300):
        root = tree_root(leaf_hashes(numbered(0, old)))
        assert log.root_at(old) == root
        verify_consistency(old, 300, log.consistency_proof(old), root, log.root)
        log.require_extends(Checkpoint(log.origin, old, root))
    with pytest.raises(BadProof, match="does not extend"):
        log.require_extends(Checkpoint(log.origin, 7, bytes(32)))
    with pytest.raises(StaleDossier, match="301 were signed"):
        log.require_extends(Checkpoint(log.origin, 301, bytes(32)))
    with pytest.raises(IntegrityError, match="two logs"):
        log.require_extends(Checkpoint("other", 7, bytes(32)))


@pytest.mark.parametrize(("start", "stop"), [(-1, 0), (2, 1), (0, 4)])
def test_a_range_outside_the_log_is_refused(place: Place, start: int, stop: int) -> None:
    log = place.append(*numbered(0, 3))
    with pytest.raises(BadValue, match="no entries"):
        log.entries(start, stop)


def test_without_a_key_the_signature_is_not_believed(place: Place) -> None:
    log = place.append(b"x")
    forged = Signer.from_private_bytes(SIGNER.name, bytes(32))
    note = sign_checkpoint(log.checkpoint, forged)
    (place.folder / "checkpoint").write_text(note)
    assert Log.open(place.folder).verified is False
    with pytest.raises(BadProof, match="checkpoint: the note is not signed"):
        Log.open(place.folder, KEY)
    assert place.failures() == ["checkpoint checkpoint"]


def test_no_log_is_said_as_such(tmp_path: Path) -> None:
    with pytest.raises(NotADossier, match="checkpoint is missing"):
        Log.open(tmp_path)
    assert [found.what for found in check_log(tmp_path, KEY)] == ["checkpoint"]
