"""The commands of docs/how-to/simulate-lists.md run as written; it names every spelling."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae.linkage.synthetic.cultures import cultures
from stelae.linkage.synthetic.spelling import spellings

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "simulate-lists.md"


def test_the_commands_run(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    commands = re.findall(r"^ {4}stelae (.*)$", page, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        quick = ["--method", "chao", "--no-checks"] if command.startswith("estimate") else []
        code, _, said = run(*shlex.split(command), *quick)
        assert code == 0, said
    for name in re.findall(r"^\| \[?`(\w+\.\w+)`", page, re.MULTILINE):
        assert (tmp_path / "trial" / name).is_file()


def test_the_page_names_every_spelling_and_counts_the_customs() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in spellings() if f"`{name}`" not in page] == []
    assert len(cultures()) == 11
    assert "eleven naming customs" in page
