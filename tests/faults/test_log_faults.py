"""A writer that is killed or refused at any system call leaves the old log or the new one.

The writer runs in a forked child, so that Python's own start does not count. `strace`, attached
to the waiting child, injects one fault at the N-th call of one kind; a first run without
faults counts the calls. Where strace is missing, an audit hook in the child still stops it
before any file is opened, renamed, made or removed.
"""

import ctypes
import errno
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stelae.errors import StelaeError
from stelae.evidence.log import Log, check_log
from stelae.evidence.signing import LastSigned, Signer
from stelae.transparency.merkle import leaf_hashes, tree_root
from stelae.transparency.tiles import encode_bundle

pytestmark = [pytest.mark.slow, pytest.mark.faults]

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
KEY = SIGNER.verifier_key
OLD = [f"entry {number}".encode() for number in range(254)]
ADDED = [f"entry {number}".encode() for number in range(254, 258)]
MANY = ADDED * 200  # so many files that they are flushed together

DONE, REFUSED, BROKEN = 0, 3, 70
WRITING = ("write", "fsync", "syncfs", "rename", "mkdir")
CLEARING = ("openat", "unlink", "unlinkat", "rmdir")
READING = ("open", "read", "newfstatat", "fstat", "stat", "lstat", "getdents64", "close")
PR_SET_PTRACER = 0x59616D61


@dataclass(frozen=True)
class Place:
    base: Path

    @property
    def folder(self) -> Path:
        return self.base / "log"

    @property
    def memory(self) -> LastSigned:
        return LastSigned(self.base / "keys" / "last-signed")


@dataclass(frozen=True)
class Scenario:
    """What is there before, what the child does, and which entries may be there afterwards."""

    name: str
    prepare: Callable[[Place], None]
    act: Callable[[Place], None]
    before: list[bytes]
    after: list[bytes]


def begin(place: Place) -> None:
    Log.create(place.folder, SIGNER, place.memory)


def begin_with_entries(place: Place) -> None:
    begin(place)
    Log.open_for_append(place.folder, SIGNER, place.memory).append(OLD, SIGNER, place.memory)


def begin_killed_before_the_checkpoint(place: Place) -> None:
    begin_with_entries(place)
    older = (place.folder / "checkpoint").read_bytes()
    append(place)
    (place.folder / "checkpoint").write_bytes(older)


def append(place: Place) -> None:
    log = Log.open_for_append(place.folder, SIGNER, place.memory)
    log.append(ADDED, SIGNER, place.memory)


def append_many(place: Place) -> None:
    log = Log.open_for_append(place.folder, SIGNER, place.memory)
    log.append(MANY, SIGNER, place.memory)


def reopen(place: Place) -> None:
    Log.open_for_append(place.folder, SIGNER, place.memory)


SCENARIOS = [
    Scenario("append", begin_with_entries, append, OLD, OLD + ADDED),
    Scenario("append many", begin_with_entries, append_many, OLD, OLD + MANY),
    Scenario("recover", begin_killed_before_the_checkpoint, reopen, OLD + ADDED, OLD + ADDED),
    Scenario("create", lambda _: None, begin, [], []),
]


def run_child(act: Callable[[], None], attach: Callable[[int], None], report: Path) -> int:
    """The exit code of a child that acts once `attach` has returned; -9 if it was killed."""
    inside, outside = socket.socketpair()
    child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_ulong(-1))
            inside.send(b"ready")
            select.select([inside], [], [])  # a call that no fault is injected into
            act()
            code = DONE
        except StelaeError:
            code = REFUSED
        except BaseException:
            report.write_text(traceback.format_exc())
        finally:
            os._exit(code)
    try:
        outside.recv(5)
        attach(child)
    finally:
        outside.send(b"go")
        inside.close()
        outside.close()
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def require_old_or_new(scenario: Scenario, place: Place, code: int, report: Path) -> None:
    assert code in (DONE, REFUSED, -signal.SIGKILL), report.read_text()
    if (place.folder / "checkpoint").exists():
        seen = Log.open(place.folder, KEY)
        assert list(check_log(place.folder, KEY)) == []
        assert list(seen.entries()) in (OLD, scenario.before, scenario.after)
        remembered = place.memory.checkpoint(KEY)
        assert remembered is not None
        assert remembered.size >= seen.size
    elif scenario.name == "create" and not place.memory.path.exists():
        begin(place)
    log = Log.open_for_append(place.folder, SIGNER, place.memory)
    entries = list(log.entries())
    assert entries == scenario.after or (code != DONE and entries == scenario.before)
    assert list(check_log(place.folder, KEY)) == []
    log.append([b"next"], SIGNER, place.memory)
    assert log.root == tree_root(leaf_hashes([*entries, b"next"]))
    assert list(check_log(place.folder, KEY)) == []
    assert not list(place.folder.rglob(".tmp-*"))


class Bench:
    """Runs a scenario again and again, each time from the same state."""

    def __init__(self, scenario: Scenario, base: Path) -> None:
        self.scenario = scenario
        self.base = base
        self.ready = Place(base / "ready")
        self.ready.base.mkdir()
        scenario.prepare(self.ready)
        self.runs = 0

    def run(self, attach: Callable[[int], None], before_act: Callable[[], None]) -> int:
        self.runs += 1
        place = Place(self.base / f"run-{self.runs}")
        shutil.copytree(self.ready.base, place.base)
        report = self.base / "report"

        def act() -> None:
            before_act()
            self.scenario.act(place)

        code = run_child(act, attach, report)
        require_old_or_new(self.scenario, place, code, report)
        shutil.rmtree(place.base)
        return code


@pytest.fixture(params=SCENARIOS, ids=lambda scenario: scenario.name)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    memory = Path("/dev/shm")  # the same calls, without waiting for a disk some thousand times
    if not os.access(memory, os.W_OK):
        yield Bench(request.param, tmp_path)
        return
    with tempfile.TemporaryDirectory(dir=memory) as base:
        yield Bench(request.param, Path(base))


def nothing(*_: object) -> None:
    pass


def traced(child: int, *options: str) -> "subprocess.Popen[str]":
    """Attach strace and return when it traces; skip where it may not."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed (Debian package strace)")
    tracer = subprocess.Popen(
        [strace, *options, "-p", str(child)], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    line = tracer.stderr.readline()
    if "attached" not in line:
        tracer.kill()
        tracer.wait()
        tracer.stderr.close()
        pytest.skip(f"strace may not trace here: {line.strip()}")
    return tracer


def finish(tracer: "subprocess.Popen[str]") -> None:
    assert tracer.stderr is not None
    tracer.stderr.close()
    tracer.wait(timeout=20)


def run_traced(bench: Bench, *options: str) -> int:
    tracers: list[subprocess.Popen[str]] = []
    try:
        return bench.run(lambda child: tracers.append(traced(child, *options)), nothing)
    finally:
        for tracer in tracers:
            finish(tracer)


def count_calls(bench: Bench) -> Counter[str]:
    trace = bench.base / "trace"
    run_traced(bench, "-o", str(trace))
    return Counter(re.findall(r"^(\w+)\(", trace.read_text(), re.MULTILINE))


def faults(calls: Counter[str]) -> Iterator[tuple[str, set[int]]]:
    """Each call that changes something, killed and refused, and half of those that read, refused.

    With each the ends that the child may meet: what cannot be cleared away is left for the next
    time, so that this may end well.
    """
    each_call = ((name, n) for name, count in calls.items() for n in range(1, count + 1))
    for call, number in each_call:
        if call in WRITING + CLEARING:
            yield f"{call}:signal=KILL:when={number}", {-signal.SIGKILL}
        if call in WRITING:
            yield f"{call}:error=EIO:when={number}", {REFUSED}
            yield f"{call}:error=ENOSPC:when={number}", {REFUSED}
        if call in CLEARING or (call in READING and number % 2):
            yield f"{call}:error=EIO:when={number}", {REFUSED, DONE}


def test_strace_at_every_call(bench: Bench) -> None:
    calls = count_calls(bench)
    assert calls["fsync"] >= 4
    assert calls["rename"] >= 2
    assert calls["syncfs"] == 0 or bench.scenario.after == OLD + MANY
    for fault, ends in faults(calls):
        try:
            assert run_traced(bench, "-o", os.devnull, "-e", f"inject={fault}") in ends
        except AssertionError as error:
            raise AssertionError(f"after {fault}: {error}") from error


def test_one_entry_is_acknowledged_within_ten_flushes(tmp_path: Path) -> None:
    def append_one(place: Place) -> None:
        reopened = Log.open_for_append(place.folder, SIGNER, place.memory)
        reopened.append([b"one more"], SIGNER, place.memory)

    bench = Bench(
        Scenario("one", begin_with_entries, append_one, OLD, [*OLD, b"one more"]), tmp_path
    )
    assert 4 <= count_calls(bench)["fsync"] <= 10


EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.listdir", "os.scandir"}


def stop_at(number: int, stop: Callable[[], None]) -> Callable[[], None]:
    """What installs a hook that stops the process at its `number`-th event of the file system."""
    left = number

    def hook(event: str, _: tuple[object, ...]) -> None:
        nonlocal left
        if event in EVENTS:
            left -= 1
            if left == 0:
                stop()

    return lambda: sys.addaudithook(hook)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    raise OSError(errno.EIO, "injected")


@pytest.mark.parametrize("stop", [kill, refuse])
def test_an_audit_hook_at_every_file_operation(bench: Bench, stop: Callable[[], None]) -> None:
    counted = bench.base / "counted"

    def count_events() -> None:
        seen = 0

        def hook(event: str, _: tuple[object, ...]) -> None:
            nonlocal seen
            if event in EVENTS:
                seen += 1
                os.pwrite(descriptor, b"%6d" % seen, 0)

        descriptor = os.open(counted, os.O_WRONLY | os.O_CREAT)
        sys.addaudithook(hook)

    assert bench.run(nothing, count_events) == DONE
    events = int(counted.read_text())
    assert events >= 6
    ends = {-signal.SIGKILL} if stop is kill else {REFUSED, DONE}
    for number in range(1, events + 1):
        assert bench.run(nothing, stop_at(number, stop)) in ends


FORGED = [b"entry 256", b"forged"]
ON_DISK = {
    "tile/entries/001.p/2": encode_bundle(FORGED),
    "tile/0/001.p/2": b"".join(leaf_hashes(FORGED)),
}


@pytest.mark.parametrize("names", [[name] for name in ON_DISK] + [list(ON_DISK)])
def test_what_the_disk_gives_back_is_what_is_signed_or_nothing(
    tmp_path: Path, names: list[str]
) -> None:
    """A disk that returns other bytes than were written, played by a hook before each opening."""
    bench = Bench(Scenario("append", begin_with_entries, append, OLD, OLD), tmp_path)
    left = list(names)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        for name in left:
            if event == "open" and str(arguments[0]).endswith(name):
                left.remove(name)
                Path(str(arguments[0])).write_bytes(ON_DISK[name])
                return

    assert bench.run(nothing, lambda: sys.addaudithook(hook)) == REFUSED
