"""The commands and the Python of docs/how-to/teach-it-your-names.md run as written."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "teach-it-your-names.md"


def test_the_page_can_be_followed(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    run("simulate", "-o", "trial", "--people", "60", "--lists", "3", "--seed", "2")
    table = re.search(r"```text\n(person,name\n.*?)```", page, re.DOTALL)
    python = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert table is not None
    assert python is not None
    Path("names.csv").write_text(table[1], encoding="utf-8")
    commands = re.findall(r"^ {4}stelae (.*)$", page, re.MULTILINE)
    scores = []
    for command in commands:
        if command.startswith("names compare") and "--model" in command:
            exec(python[1], {})
        code, shown, said = run(*shlex.split(command))
        assert code == 0, said
        if command.startswith("names compare"):
            found = re.search(r"[+-][\d.]+", shown)
            assert found is not None
            scores.append(float(found[0]))
    before, after = scores
    assert after > before
