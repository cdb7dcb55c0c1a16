"""A publication killed at any file operation leaves the old edition or the new one, whole."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import Stelae

from stelae.cli.main import main
from stelae.records.dossier import Dossier

pytestmark = [pytest.mark.slow, pytest.mark.faults]

CHANGES = frozenset({"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"})
POINTS = 24


def changes_something(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether an audited event writes to the disk."""
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES


def in_child(words: list[str], at: int | None, report: Path) -> int:
    """Run a command in a forked child, killed at its `at`-th change; gives how many it made."""
    child = os.fork()
    if child == 0:
        made = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal made
            if changes_something(event, arguments):
                made += 1
                if made == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            main(words)
        except SystemExit:
            pass
        finally:
            report.write_text(str(made))
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == (at is not None)
    return int(report.read_text()) if at is None else 0


@pytest.fixture
def begin(
    small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[[], Path]]:
    """Puts the same published dossier with one change since in a new place, again and again."""
    stelae = Stelae(tmp_path / "config", capsys)
    assert stelae("publish", small.folder, "-o", tmp_path / "site").code == 0
    change = tmp_path / "parties.csv"
    change.write_text("id,name:en,kind\nlater,Later (synthetic),press\n")
    assert stelae("record", small.folder, "import", change).code == 0
    places = tmp_path / "places"
    places.mkdir()

    def place() -> Path:
        folder = places / str(len(list(places.iterdir())))
        folder.mkdir()
        for name in ("dossier", "site", "config"):
            shutil.copytree(tmp_path / name, folder / name)
        return folder

    yield place
    shutil.rmtree(places)


def publishing(place: Path) -> list[str]:
    config, dossier, site = place / "config", place / "dossier", place / "site"
    return ["--config", str(config), "publish", str(dossier), "-o", str(site)]


def test_old_edition_or_new_one_and_the_next_publication_goes_on(
    begin: Callable[[], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "made"
    total = in_child(publishing(begin()), None, report)
    assert total > POINTS
    editions = set()
    for at in sorted({1 + step * (total - 1) // (POINTS - 1) for step in range(POINTS)}):
        place = begin()
        in_child(publishing(place), at, report)
        stelae = Stelae(place / "config", capsys)
        found = stelae("verify", place / "site")
        assert found.code == 0, (at, found.out)
        editions.add('"number": 2' in (place / "site" / "edition.json").read_text())
        again = stelae("publish", place / "dossier", "-o", place / "site")
        assert again.code == 0, (at, again.err)
        assert '"number": 2' in (place / "site" / "edition.json").read_text()
        for what in ("dossier", "site"):
            assert stelae("verify", place / what).code == 0, (at, what)
        leftovers = [path.name for path in place.iterdir() if path.name.startswith(".tmp-")]
        assert len(leftovers) <= 1
        shutil.rmtree(place)
        place.mkdir()
    assert False in editions
