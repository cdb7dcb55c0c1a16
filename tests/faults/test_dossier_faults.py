"""A writer killed or refused at any moment leaves the old dossier or the new one.

A forked child does the work and is stopped before its k-th change to the disk: an audit hook and
wrappers of flush, write and truncation count them. Then the dossier must verify, be in the old
or the new state, and take the next import as if nothing had happened.
"""

import contextlib
import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from stelae.errors import Busy, StelaeError, StorageFailed
from stelae.evidence.durable import TEMPORARY_PREFIX
from stelae.records.deposits import deposit
from stelae.records.dossier import Dossier, Hand, create_dossier
from stelae.records.importing import plan_import
from stelae.records.settings import Profile
from stelae.records.sources import Item
from stelae.records.tables import read_table
from stelae.records.verification import verify_dossier
from stelae.values.names import Names

pytestmark = [pytest.mark.slow, pytest.mark.faults]

PROFILE = Profile(Names.of({"en": "Town (synthetic)"}), ("en",))
HEAD = "id,name:en,kind\n"
DONE, REFUSED, BROKEN = 0, 3, 70
CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.chmod"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def record(dossier: Dossier, hand: Hand, name: str) -> None:
    table = read_table("parties.csv", f"{HEAD}{name}-1,One,press\n{name}-2,Two,press\n".encode())
    with dossier.writing(hand) as writer:
        plan = plan_import(dossier.state(), [table])
        writer.say((p.kind, p.body, p.previous) for p in plan.proposals)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@dataclass
class Counted:
    """Stops the process, or has the disk refuse, at the k-th change from when it is armed."""

    at: int
    stop: Callable[[], None]
    seen: int = 0
    armed: bool = True

    def tick(self) -> None:
        if not self.armed:
            return
        self.seen += 1
        if self.seen == self.at:
            self.armed = self.stop is kill  # a refused call is refused once
            self.stop()

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if event in CHANGES or opened:
            self.tick()

    def install(self) -> None:
        sys.addaudithook(self.hook)
        for name in ("fsync", "write"):
            setattr(os, name, self._counting(getattr(os, name)))

    def _counting(self, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object) -> object:
            self.tick()
            return call(*arguments)

        return counted


def in_child(act: Callable[[], None], counted: Counted, report: Path) -> tuple[int, int]:
    """The child's exit code (negative for a signal) and how many changes it saw."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = BROKEN
        write = os.write
        try:
            counted.install()
            act()
            code = DONE
        except StelaeError:
            code = REFUSED
        except BaseException:
            counted.armed = False
            report.write_text(traceback.format_exc())
        finally:
            counted.armed = False
            write(writer, str(counted.seen).encode())
            os._exit(code)
    os.close(writer)
    seen = os.read(reader, 20)
    os.close(reader)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), int(seen or b"0")


def outcomes(
    start: Callable[[Path], None],
    act: Callable[[Path], None],
    check: Callable[[Path, int], None],
    stop: Callable[[], None],
    folder: Path,
) -> int:
    """Do it once unharmed to count the changes, then anew for each, stopped there."""
    whole = folder / "whole"
    whole.mkdir()
    start(whole)
    code, changes = in_child(lambda: act(whole), Counted(0, stop), folder / "report")
    assert code == DONE, (folder / "report").read_text()
    check(whole, code)
    for at in range(1, changes + 1):
        place = folder / str(at)
        place.mkdir()
        start(place)
        code, _ = in_child(lambda p=place: act(p), Counted(at, stop), folder / "report")  # type: ignore[misc]  # bound
        if stop is kill:
            assert code == -signal.SIGKILL, at
        else:
            assert code in {DONE, REFUSED}, (at, (folder / "report").read_text())
        check(place, code)
    return changes


@pytest.fixture(params=[kill, refuse], ids=["killed", "refused"])
def stop(request: pytest.FixtureRequest) -> Callable[[], None]:
    found: Callable[[], None] = request.param
    return found


@dataclass(frozen=True)
class Stage:
    """The same hand and dossier below any folder."""

    hand: Hand

    def hand_in(self, place: Path) -> Hand:
        return replace(self.hand, keys=place / "keys", entropy=os.urandom)

    def make(self, place: Path) -> None:
        create_dossier(place / "dossier", hand=self.hand_in(place), profile=PROFILE)

    def make_with_a_record(self, place: Path) -> None:
        self.make(place)
        self.record(place, "old")

    def record(self, place: Path, name: str) -> None:
        record(Dossier.open(place / "dossier"), self.hand_in(place), name)

    def goes_on(self, place: Path) -> None:
        """Nothing half is left, and the next writer writes."""
        dossier = Dossier.open(place / "dossier")
        verdict = verify_dossier(dossier)
        assert verdict.failures == [], place.name
        self.record(place, "next")
        state = dossier.state()
        assert state.has("party", "next-1")
        assert verify_dossier(dossier).ok
        leftovers = list(dossier.folder.rglob(f"{TEMPORARY_PREFIX}*"))
        assert leftovers == [], place.name


@pytest.fixture
def stage(hand: Hand) -> Stage:
    return Stage(hand)


def test_init(stage: Stage, tmp_path: Path, stop: Callable[[], None]) -> None:
    def check(place: Path, code: int) -> None:
        if not (place / "dossier").exists():
            assert code != DONE
            stage.make(place)
        stage.goes_on(place)

    assert outcomes(lambda _: None, stage.make, check, stop, tmp_path) > 10


def test_import(stage: Stage, tmp_path: Path, stop: Callable[[], None]) -> None:
    def check(place: Path, code: int) -> None:
        state = Dossier.open(place / "dossier").state()
        names = set(state.versions["party"])
        assert names in ({"old-1", "old-2"}, {"old-1", "old-2", "new-1", "new-2"})
        assert code != DONE or "new-1" in names
        stage.goes_on(place)
        after = set(Dossier.open(place / "dossier").state().versions["party"])
        assert ("new-1" in after) == ("new-2" in after)
        stage.record(place, "new")
        assert Dossier.open(place / "dossier").state().size == 6

    act = lambda place: stage.record(place, "new")  # noqa: E731 (one of several like it)
    assert outcomes(stage.make_with_a_record, act, check, stop, tmp_path) > 10


def test_deposit(stage: Stage, tmp_path: Path, stop: Callable[[], None]) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<!doctype html><title>T</title><p>Forty-eight.")

    def act(place: Path) -> None:
        dossier = Dossier.open(place / "dossier")
        with dossier.writing(stage.hand_in(place)) as writer:
            deposit(writer, dossier.state(), [page], source="s")

    def check(place: Path, code: int) -> None:
        dossier = Dossier.open(place / "dossier")
        items = list(dossier.state().all(Item))
        assert len(items) in {0, 2}
        assert code != DONE or len(items) == 2
        stage.goes_on(place)
        act(place)
        assert len(list(dossier.state().all(Item))) == 2
        assert verify_dossier(dossier).ok

    assert outcomes(stage.make, act, check, stop, tmp_path) > 15


def test_a_refused_disk_is_said_as_such(stage: Stage, tmp_path: Path) -> None:
    stage.make_with_a_record(tmp_path)

    def act() -> None:
        with pytest.raises(StorageFailed) as caught:
            stage.record(tmp_path, "new")
        assert caught.value.hint

    code, _ = in_child(act, Counted(4, refuse), tmp_path / "report")
    assert code == DONE, (tmp_path / "report").read_text()


@pytest.mark.parametrize("part", ["log", "vault", "objects"])
def test_every_byte_counts(stage: Stage, tmp_path: Path, part: str) -> None:
    """Each byte of a small dossier, changed in its lowest bit, makes it fail to verify."""
    stage.make_with_a_record(tmp_path)
    page = tmp_path / "page.txt"
    page.write_text("kept\n")
    dossier = Dossier.open(tmp_path / "dossier")
    with dossier.writing(stage.hand_in(tmp_path)) as writer:
        deposit(writer, dossier.state(), [page], source="s")
    missed = []
    for path in sorted(p for p in (dossier.folder / part).rglob("*") if p.is_file()):
        content = path.read_bytes()
        path.chmod(0o644)
        for place in range(len(content)):
            flipped = bytes([content[place] ^ 1])
            path.write_bytes(content[:place] + flipped + content[place + 1 :])
            if verify_dossier(dossier).ok:
                missed.append((path.name, place))
        path.write_bytes(content)
    assert missed == []
    assert verify_dossier(dossier).ok


def test_writers_at_the_same_time_wait_or_are_told_and_nothing_is_lost(
    stage: Stage, tmp_path: Path
) -> None:
    stage.make(tmp_path)
    names = [f"writer-{number}" for number in range(6)]

    def insist(name: str) -> None:
        while True:
            with contextlib.suppress(Busy):
                stage.record(tmp_path, name)
                return

    children = []
    for name in names:
        child = os.fork()
        if child == 0:
            code = BROKEN
            try:
                insist(name)
                code = DONE
            except BaseException:
                (tmp_path / f"report-{name}").write_text(traceback.format_exc())
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [DONE] * len(names), [p.read_text() for p in tmp_path.glob("report-*")]
    dossier = Dossier.open(tmp_path / "dossier")
    assert set(dossier.state().versions["party"]) == {f"{n}-{i}" for n in names for i in (1, 2)}
    assert verify_dossier(dossier).ok
