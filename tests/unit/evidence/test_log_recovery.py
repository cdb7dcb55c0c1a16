import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from stelae.errors import IntegrityError, NotADossier, StaleDossier
from stelae.evidence.log import Log, check_log, recover
from stelae.evidence.signing import LastSigned, Signer

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
KEY = SIGNER.verifier_key


@dataclass
class States:
    """A log of 3 entries, then of 5; `old` and `new` are copies of each."""

    base: Path

    def __post_init__(self) -> None:
        log = Log.create(self.folder, SIGNER, self.memory)
        log.append([b"one", b"two", b"three"], SIGNER, self.memory)
        shutil.copytree(self.base, self.base.with_name("old"))
        log.append([b"four", b"five"], SIGNER, self.memory)
        shutil.copytree(self.base, self.base.with_name("new"))

    @property
    def folder(self) -> Path:
        return self.base / "log"

    @property
    def memory(self) -> LastSigned:
        return LastSigned(self.base / "last-signed")

    def take(self, state: str, name: str) -> None:
        """Put one file, or the whole log, back to a state."""
        source, target = self.base.with_name(state) / name, self.base / name
        if source.is_dir():
            shutil.rmtree(target)
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy(source, target)
        else:
            target.unlink()

    def recovered(self) -> Log:
        recover(self.folder, KEY, self.memory)
        log = Log.open(self.folder, KEY)
        assert list(check_log(self.folder, KEY)) == []
        assert self.memory.checkpoint(KEY) == log.checkpoint
        return log


@pytest.fixture
def states(tmp_path: Path) -> States:
    return States(tmp_path / "base")


def test_a_sound_log_is_left_as_it_is(states: States) -> None:
    found = recover(states.folder, KEY, states.memory)
    assert (found.checkpoint.size, found.rolled_forward, found.removed) == (5, False, 0)


def test_killed_before_the_checkpoint_is_finished(states: States) -> None:
    states.take("old", "log/checkpoint")
    assert states.recovered().size == 5


def test_killed_before_signing_is_cleared_away(states: States) -> None:
    states.take("old", "log/checkpoint")
    states.take("old", "last-signed")
    (states.folder / "tile/0/.tmp-1").write_bytes(b"x")
    found = recover(states.folder, KEY, states.memory)
    assert (found.checkpoint.size, found.removed) == (3, 3)
    assert not (states.folder / "tile/0/000.p/5").exists()
    log = states.recovered()
    log.append([b"other"], SIGNER, states.memory)
    assert list(states.recovered().entries()) == [b"one", b"two", b"three", b"other"]


def test_killed_between_the_two_signatures_of_a_new_log(tmp_path: Path) -> None:
    memory = LastSigned(tmp_path / "last-signed")
    Log.create(tmp_path / "log", SIGNER, memory)
    shutil.rmtree(tmp_path / "log")
    assert recover(tmp_path / "log", KEY, memory).rolled_forward
    assert Log.open(tmp_path / "log", KEY).size == 0


def test_a_log_restored_from_an_old_backup_is_refused_for_writing_only(states: States) -> None:
    states.take("old", "log")
    with pytest.raises(
        StaleDossier, match=r"5 entries of .* were signed, but here are 3"
    ) as caught:
        Log.open_for_append(states.folder, SIGNER, states.memory)
    assert "restore the newest one" in str(caught.value)
    assert Log.open(states.folder, KEY).size == 3


@pytest.mark.parametrize("name", ["log/tile/entries/000.p/5", "log/tile/0/000.p/5"])
@pytest.mark.parametrize("change", ["missing", "flipped"])
def test_it_rolls_forward_only_if_every_byte_is_there(
    states: States, name: str, change: str
) -> None:
    states.take("old", "log/checkpoint")
    path = states.base / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    if change == "missing":
        path.unlink()
    before = (states.folder / "checkpoint").read_bytes()
    with pytest.raises(StaleDossier, match=path.name):
        recover(states.folder, KEY, states.memory)
    assert (states.folder / "checkpoint").read_bytes() == before


def test_a_log_that_grew_on_another_computer_is_followed(states: States) -> None:
    states.take("old", "last-signed")
    assert states.recovered().size == 5


def test_a_log_of_another_history_is_not_followed(states: States, tmp_path: Path) -> None:
    memory = LastSigned(tmp_path / "forgotten")
    other = Log.create(tmp_path / "other", SIGNER, memory)
    other.append([b"rewritten"], SIGNER, memory)
    for entries, message in ((4, "two histories"), (1, "does not extend")):
        other.append([b"x"] * entries, SIGNER, memory)
        with pytest.raises(IntegrityError, match=message):
            recover(tmp_path / "other", KEY, states.memory)


def test_a_shorter_log_of_another_history_is_stale(states: States, tmp_path: Path) -> None:
    memory = LastSigned(tmp_path / "forgotten")
    Log.create(tmp_path / "other", SIGNER, memory).append([b"rewritten"], SIGNER, memory)
    with pytest.raises(StaleDossier):
        recover(tmp_path / "other", KEY, states.memory)


def test_it_does_not_roll_forward_to_the_tiles_of_another_history(
    states: States, tmp_path: Path
) -> None:
    memory = LastSigned(tmp_path / "forgotten")
    other = Log.create(tmp_path / "other", SIGNER, memory)
    begun = other.checkpoint_text
    other.append([b"1", b"2", b"3", b"4", b"5"], SIGNER, memory)
    (tmp_path / "other" / "checkpoint").write_text(begun)
    with pytest.raises(StaleDossier, match="another root"):
        recover(tmp_path / "other", KEY, states.memory)


def test_it_does_not_roll_forward_from_the_checkpoint_of_another_history(
    states: States, tmp_path: Path
) -> None:
    memory = LastSigned(tmp_path / "forgotten")
    other = Log.create(tmp_path / "other", SIGNER, memory)
    other.append([b"rewritten"], SIGNER, memory)
    (states.folder / "checkpoint").write_text(other.checkpoint_text)
    with pytest.raises(StaleDossier, match="does not extend"):
        recover(states.folder, KEY, states.memory)


def test_without_memory_nothing_is_signed(states: States) -> None:
    states.memory.path.unlink()
    with pytest.raises(StaleDossier, match="nothing is remembered") as caught:
        recover(states.folder, KEY, states.memory)
    assert str(states.memory.path) in str(caught.value)
    shutil.copy(states.folder / "checkpoint", states.memory.path)
    assert states.recovered().size == 5


def test_a_damaged_checkpoint_is_not_taken_for_none(states: States) -> None:
    (states.folder / "checkpoint").write_bytes(b"\xff")
    with pytest.raises(IntegrityError, match="checkpoint"):
        recover(states.folder, KEY, states.memory)


def test_no_log_and_no_memory_is_no_dossier(tmp_path: Path) -> None:
    with pytest.raises(NotADossier):
        recover(tmp_path, KEY, LastSigned(tmp_path / "last-signed"))


def test_partial_tiles_that_a_killed_writer_did_not_remove_are_removed(states: States) -> None:
    log = states.recovered()
    log.append([b"x"] * 251, SIGNER, states.memory)
    for name in ("tile/entries/000.p/5", "tile/0/000.p/5"):
        (states.folder / name).parent.mkdir()
        shutil.copy(states.base.with_name("new") / "log" / name, states.folder / name)
    assert list(check_log(states.folder, KEY)) == []
    assert recover(states.folder, KEY, states.memory).removed == 2
    assert states.recovered().size == 256
