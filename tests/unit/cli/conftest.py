"""Synthetic lists and the linkage of two of them, made once and copied for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from stelae.cli.main import cli


@pytest.fixture(scope="session")
def linked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`lists` and `out` in one folder."""
    folder = tmp_path_factory.mktemp("linked")
    lists = folder / "lists"
    for words in (
        ["simulate", "-o", lists, "--people", "120", "--lists", "3", "--seed", "4"],
        ["link", *(lists / f"{name}.csv" for name in ("church", "hospital")), "--map",
         lists / "mapping.toml", "-o", folder / "out"],
    ):  # fmt: skip
        made = CliRunner().invoke(cli, [str(word) for word in words])
        assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def linked(linked_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its own, in the working folder: `lists` and `out`."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("lists", "out"):
        shutil.copytree(linked_once / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def relink(run: Callable[..., tuple[int, str, str]]) -> Callable[..., tuple[int, str, str]]:
    """Links the two lists again, as they were linked."""

    def relink(*more: object) -> tuple[int, str, str]:
        lists = ("lists/church.csv", "lists/hospital.csv")
        return run("link", *lists, "--map", "lists/mapping.toml", "-o", "out", *more)

    return relink
