"""The tutorial is true: its files are written and its commands run as it says."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Ran, Stelae

TUTORIAL = Path(__file__).resolve().parents[3] / "docs" / "tutorial" / "first-dossier.md"
_FILE = re.compile(r"`([\w./-]+\.(?:csv|txt|md))`")


def blocks() -> Iterator[tuple[str, str]]:
    """Each indented block with the line of prose before it."""
    prose, block = "", list[str]()
    for line in [*TUTORIAL.read_text(encoding="utf-8").splitlines(), "end"]:
        if line.startswith("    ") or (block and not line.strip()):
            block.append(line[4:])
            continue
        if block:
            yield prose, "\n".join(block).strip("\n") + "\n"
            block = []
        if line.strip():
            prose = line


@pytest.fixture
def stelae(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    return Stelae(tmp_path / "config", capsys)


def test_the_tutorial_works_as_written(
    stelae: Stelae, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran: list[tuple[str, Ran]] = []
    for prose, block in blocks():
        text, commands = block, ""
        if "\nstelae check" in block:
            text, _, commands = block.partition("\nstelae check")
            commands = "stelae check" + commands
        if block.startswith("stelae "):
            text, commands = "", block
        named = _FILE.search(prose)
        if text and named:
            Path(named[1]).write_text(text, encoding="utf-8")
        ran.extend((line, stelae(*shlex.split(line)[1:])) for line in commands.splitlines())
    codes = {line: result.code for line, result in ran}
    check = next(line for line in codes if line.startswith("stelae check"))
    assert {line: code for line, code in codes.items() if code} == {check: 1}
    report = dict(ran)[check].out
    assert "example-1921" in report
    assert "1 error" in report
    assert "warning" not in report
    show = next(result.out for line, result in ran if " show " in line)
    assert "2 rival values" in show
    page = Path("site/statements/statement.en.html").read_text(encoding="utf-8")
    assert "3 March 1921" in page


@pytest.mark.parametrize(
    ("mistake", "rule"),
    [
        (("[21](figure", "[25](figure"), "FIG-contradicts"),
        (("counted twenty-one", "found twenty-one"), "QUO-absent"),
        (("105th", "100th"), "DAT-anniversary"),
    ],
)
def test_each_mistake_that_the_tutorial_proposes_is_found(
    stelae: Stelae,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mistake: tuple[str, str],
    rule: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for prose, block in blocks():
        named = _FILE.search(prose)
        if named and not block.startswith("stelae "):
            text = block.partition("\nstelae check")[0]
            Path(named[1]).parent.mkdir(parents=True, exist_ok=True)
            Path(named[1]).write_text(text, encoding="utf-8")
        for line in block.splitlines():
            if line.startswith(("stelae init", "stelae record", "stelae deposit")):
                stelae(*shlex.split(line)[1:])
    path = Path("lower-mill/statements/statement.en.md")
    text = path.read_text(encoding="utf-8")
    assert mistake[0] in text
    path.write_text(text.replace(*mistake), encoding="utf-8")
    assert rule in stelae("check", path).out
