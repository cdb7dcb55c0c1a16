"""The commands of the how-to pages on linked lists run as written; formats name every column."""

import io
import json
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from stelae.cli.main import cli

DOCS = Path(__file__).resolve().parents[3] / "docs"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lists of 120 people, as the pages name them."""
    made = tmp_path_factory.mktemp("lists") / "here"
    words = ["simulate", "-o", str(made), "--people", "120", "--lists", "3", "--seed", "4"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    return made


def commands(page: str) -> list[list[str]]:
    text = (DOCS / "how-to" / page).read_text(encoding="utf-8")
    lines = re.findall(r"^ {4}(.*stelae .*)$", text, re.MULTILINE)
    return [shlex.split(line.rpartition("stelae ")[2]) for line in lines]


@pytest.mark.parametrize("page", ["decide-on-pairs.md", "add-a-list-later.md"])
def test_the_commands_run(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.chdir(folder)
    for words in commands(page):
        monkeypatch.setattr(sys, "stdin", io.StringIO("y\nn\n?\nu\nq\n"))
        code, shown, said = run(*words)
        assert code == 0, said
        text = (DOCS / "how-to" / page).read_text(encoding="utf-8")
        if words[:2] == ["link", "review"] and "1 of 20" in shown and "0 yes" in shown:
            block = re.search(r"```text\n(.*?)```", text, re.DOTALL)
            assert block is not None
            keys = block[1].splitlines()[-1]
            assert keys in shown
    if page == "add-a-list-later.md":
        return
    shown_format = (DOCS / "formats" / "linkage.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w-]+)`", shown_format))
    assert set(json.loads(Path("out/manifest.json").read_text())) - {"schema"} <= named
    assert set(json.loads(Path("out/model.json").read_text())) - {"schema"} <= named
    for line in Path("out/decisions.jsonl").read_text().splitlines():
        assert set(json.loads(line)) <= named
    for table in ("clusters", "words"):
        assert set(pl.read_parquet(f"out/{table}.parquet").columns) <= named
    pairs = pl.read_parquet("out/pairs.parquet").columns
    model = json.loads(Path("out/model.json").read_text())
    assert set(pairs) - {each["name"] for each in model["comparisons"]} <= named
    _, explained, _ = run("link", "explain", "C01", "H01", "--json")
    assert set(json.loads(explained)) - {"schema"} <= named
