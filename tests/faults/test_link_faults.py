"""`stelae link` stopped at any moment, or out of room, leaves nothing half-written and says so."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from interrupting import STOPPED, running
from small_disks import small_disk_at

from stelae.cli.main import cli

pytestmark = [pytest.mark.slow, pytest.mark.faults]

NAMES = ("church", "hospital", "families")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists") / "lists"
    words = ["simulate", "-o", str(folder), "--people", "1500", "--lists", "3", "--seed", "4"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    return folder


def linking(lists: Path, out: Path, *more: str) -> list[str]:
    files = [str(lists / f"{name}.csv") for name in NAMES]
    words = ["link", *files, "--map", str(lists / "mapping.toml"), "-o", str(out), *more]
    return [sys.executable, "-m", "stelae.cli.main", *words]


@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.5, 3.0])
def test_stopping_it_leaves_nothing_and_says_so(
    lists: Path, tmp_path: Path, seconds: float
) -> None:
    """Also within a statement of DuckDB, which raises an error of its own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    messages = tmp_path / "stderr"
    command = linking(lists, tmp_path / "out", "--draws", "10000")
    with running(command, messages, {"TMPDIR": str(temporary)}) as process:
        while not any(temporary.glob("stelae-link-*")):  # the tables are open
            assert process.poll() is None, messages.read_text()
            time.sleep(0.02)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        process.wait(120)
    assert process.returncode in STOPPED, messages.read_text()
    assert "nothing was left half-written" in messages.read_text()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["stderr", "temporary"]
    assert not any(temporary.glob("stelae-link-*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 kibibytes."""
    with small_disk_at(tmp_path / "small", "100k") as folder:
        yield folder


def test_a_full_disk_keeps_nothing_and_says_so(lists: Path, small_disk: Path) -> None:
    done = subprocess.run(
        linking(lists, small_disk / "out"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stderr
    assert "could not write" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("kibibytes", [2, 20, 60])
def test_files_that_may_not_grow_are_said(lists: Path, tmp_path: Path, kibibytes: int) -> None:
    """Parquet or CSV, whichever is written when the limit is met."""
    shell = f'ulimit -f {kibibytes}; exec "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", shell, "sh", *linking(lists, tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Traceback" not in done.stderr and "could not write" not in done.stderr:
        pytest.skip("this system has no such limit")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_memory_that_is_full_is_said(lists: Path) -> None:
    script = (
        "import polars as pl\n"
        "from stelae.linkage.engine import DuckEngine\n"
        "from stelae.errors import StorageFailed\n"
        "with DuckEngine(threads=1, memory='20MB') as engine:\n"
        "    engine._connection.execute(\"set max_temp_directory_size = '1MB'\")\n"
        "    try:\n"
        "        engine.make('t', 'select range as a, random() as b from range(20000000)')\n"
        "    except StorageFailed as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "there is no room for the tables of the linkage" in done.stdout
