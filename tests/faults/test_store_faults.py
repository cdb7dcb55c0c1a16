"""A deposit into a store whose disk fails, fills up or whose process is killed at each step.

strace injects the fault into one system call at a time; a run without faults tells which calls
touch the store. Old state or new, nothing half, is what must come out each time.
"""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_disks import small_disk_at

from stelae.errors import StorageFailed
from stelae.evidence.durable import remove_leftovers
from stelae.evidence.inspection import Trouble
from stelae.evidence.store import Store

STRACE = shutil.which("strace")
CALLS = "openat,write,fsync,syncfs,?rename,renameat,renameat2,?mkdir,mkdirat"
OLD = b"an object kept long ago"
PROGRAM = """
import sys
from pathlib import Path
from stelae.errors import StelaeError
from stelae.evidence.store import Store
try:
    Store(Path(sys.argv[1])).put_many(sorted(Path(sys.argv[2]).iterdir()))
except StelaeError as error:
    print(error)
    sys.exit(3)
"""


def traceable() -> bool:
    """Whether strace is there and may trace (containers often forbid it)."""
    if STRACE is None:
        return False
    done = subprocess.run([STRACE, "-o", os.devnull, "true"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = pytest.mark.faults
with_strace = pytest.mark.skipif(not traceable(), reason="strace is absent or may not trace here")


@dataclass(frozen=True)
class Deposit:
    """One deposit to be disturbed: a store that holds OLD, and files to be added."""

    folder: Path
    contents: tuple[bytes, ...]

    @property
    def store(self) -> Store:
        return Store(self.folder / "objects")

    def prepare(self) -> None:
        files = self.folder / "files"
        files.mkdir(parents=True)
        old = files / "old"
        old.write_bytes(OLD)
        self.store.put_many([old])
        old.unlink()
        for number, content in enumerate(self.contents):
            (files / f"{number:02}").write_bytes(content)

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        assert STRACE is not None
        objects, files = str(self.folder / "objects"), str(self.folder / "files")
        program = [sys.executable, "-B", "-c", PROGRAM, objects, files]
        command = [STRACE, "-y", "-o", str(self.folder / "trace"), *options, *program]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def digests(self) -> set[str]:
        return {f"sha256:{hashlib.sha256(content).hexdigest()}" for content in self.contents}


def steps(deposit: Deposit) -> list[tuple[str, int]]:
    """Each system call that touches the store: its name and which one of that name it is."""
    assert deposit.run("-e", f"trace={CALLS}").returncode == 0
    counts: dict[str, int] = {}
    found = []
    for line in (deposit.folder / "trace").read_text().splitlines():
        call = re.match(r"(\w+)\(", line)
        if call is None:
            continue
        name = call[1]
        counts[name] = counts.get(name, 0) + 1
        if str(deposit.folder / "objects") in line:
            found.append((name, counts[name]))
    return found


def disturbed(deposit: Deposit, call: str, number: int, fault: str) -> None:
    """Run the deposit with one fault and check what is left."""
    deposit.prepare()
    done = deposit.run("-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}")
    where = f"{call} {number} {fault}: exit {done.returncode}: {done.stdout}{done.stderr}"
    old = f"sha256:{hashlib.sha256(OLD).hexdigest()}"
    store = deposit.store
    failures = [failure.trouble for failure in store.verify()]
    if fault.startswith("error"):
        assert done.returncode == 3, where
        assert failures == [], where
        assert set(store.digests()) == {old}, where
    else:
        assert done.returncode in {-9, 137}, where
        assert set(failures) <= {Trouble.LEFTOVER}, where
        remove_leftovers(store.folder)
        assert list(store.verify()) == [], where
        assert {old} <= set(store.digests()) <= {old} | deposit.digests(), where
    assert store.read(old, 100) == OLD, where
    # The same deposit, repeated on a sound disk, brings the new state.
    store.put_many(sorted((deposit.folder / "files").iterdir()))
    assert set(store.digests()) == {old} | deposit.digests(), where
    assert list(store.verify()) == [], where


def all_disturbed(
    folder: Path, contents: tuple[bytes, ...], faults: tuple[str, ...], every: int
) -> int:
    """Try each fault in every so-manieth step of a deposit; gives back how many were tried."""
    plain = Deposit(folder / "plain", contents)
    plain.prepare()
    cases = [(*step, fault) for step in steps(plain)[::every] for fault in faults]
    with ThreadPoolExecutor(max_workers=2) as threads:
        runs = [
            threads.submit(disturbed, Deposit(folder / str(number), contents), *case)
            for number, case in enumerate(cases)
        ]
        for run in runs:
            run.result()
    return len(cases)


@with_strace
@pytest.mark.parametrize("fault", ["error=EIO", "error=ENOSPC", "signal=KILL"])
def test_few_files_are_kept_or_not_at_every_step(tmp_path: Path, fault: str) -> None:
    assert all_disturbed(tmp_path, (b"one", b"two" * 1000), (fault,), 1) >= 15


@with_strace
def test_many_files_are_kept_or_not_at_some_steps(tmp_path: Path) -> None:
    contents = tuple(b"content %d" % number for number in range(12))
    assert all_disturbed(tmp_path, contents, ("error=EIO", "signal=KILL"), 5) >= 10


@with_strace
@pytest.mark.parametrize("fault", ["error=EIO", "signal=KILL"])
def test_a_failed_flush_of_the_file_system_keeps_nothing(tmp_path: Path, fault: str) -> None:
    contents = tuple(b"content %d" % number for number in range(12))
    plain = Deposit(tmp_path / "plain", contents)
    plain.prepare()
    flushes = [step for step in steps(plain) if step[0] == "syncfs"]
    if not flushes:
        pytest.skip("this system has no syncfs that reports failed writes")
    for call, number in flushes:
        disturbed(Deposit(tmp_path / f"{call}{number}", contents), call, number, fault)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one mebibyte."""
    with small_disk_at(tmp_path / "small", "1m") as folder:
        yield folder


def test_a_full_disk_keeps_nothing_and_says_so(tmp_path: Path, small_disk: Path) -> None:
    paths = []
    for number in range(20):
        paths.append(tmp_path / f"{number:02}")
        paths[-1].write_bytes(bytes([number]) * 100_000)
    store = Store(small_disk / "objects")
    (first,) = store.put_many(paths[:1])
    with pytest.raises(StorageFailed, match=os.strerror(errno.ENOSPC)):
        store.put_many(paths)
    assert list(store.digests()) == [first.digest]
    assert list(store.verify()) == []
    assert len(store.put_many(paths[:5])) == 5
