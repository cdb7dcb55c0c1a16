"""`stelae estimate` that is stopped leaves no folder; a million rows need little memory."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from interrupting import STOPPED, running

pytestmark = [pytest.mark.slow, pytest.mark.faults]

READ = """
import resource, sys
from pathlib import Path
import stelae.estimation.axes
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from stelae.estimation.reading import Wanted, read_histories
found = read_histories([Path(sys.argv[1])], Wanted(by=("region",)))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(found.tables), sum(table.observed for table in found.tables), (after - before) // 1024)
"""


def strata(path: Path, regions: int) -> None:
    masks = [f"{m & 1},{m >> 1 & 1},{m >> 2 & 1},{40 - m}" for m in range(1, 8)]
    lines = [f"r{region},{mask}" for region in range(regions) for mask in masks]
    path.write_text("region,A,B,C,count\n" + "\n".join(lines) + "\n")


def test_stopping_it_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    strata(path, 500)
    words = ("estimate", path, "--by", "region", "--method", "chao", "-o", tmp_path / "out")
    heavy = ("--draws", "3000000", "--workers", "2")
    ready = tmp_path / "stderr"
    command = [sys.executable, "-m", "stelae.cli.main", *map(str, words), *heavy]
    with running(command, ready) as process:
        while b"counts of people" not in ready.read_bytes():
            assert process.poll() is None, ready.read_text()
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    assert process.returncode in STOPPED, ready.read_text()
    assert "nothing was left half-written" in ready.read_text()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["lists.csv", "stderr"]


def test_a_million_persons_are_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    with path.open("w") as file:
        file.write("id,region,A,B,C,D\n")
        for person in range(1_000_000):
            m = person * 7 % 15 + 1
            region = person % 11
            flags = f"{m & 1},{m >> 1 & 1},{m >> 2 & 1},{m >> 3 & 1}"
            file.write(f"person-{person},region-{region},{flags}\n")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True
    )
    tables, observed, megabytes = map(int, done.stdout.split())
    assert (tables, observed) == (11, 1_000_000)
    assert megabytes < 400
