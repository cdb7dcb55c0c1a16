import contextlib
import fcntl
import io
import json
import os
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from commands import Stelae

from stelae.cli.reports import in_colour
from stelae.records.dossier import Dossier

DANGLING = "# A statement (synthetic)\n\nWe recall the day [3].\n\n## References\n\n1. A book\n"
CLEAN = "# A statement (synthetic)\n\nWe recall the day [1].\n\n## References\n\n1. A book\n"


@pytest.fixture
def stelae(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    return Stelae(tmp_path / "config", capsys)


def test_a_clean_text_leaves_with_0(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "clean.md"
    path.write_text(CLEAN)
    assert stelae("check", path).code == 0


def test_an_error_leaves_with_1_and_shows_its_line(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "dangling.md"
    path.write_text(DANGLING)
    ran = stelae("check", path)
    assert ran.code == 1
    assert "REF-dangling" in ran.out
    assert "We recall the day [3]." in ran.out


def test_fail_on_chooses_what_counts(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "dangling.md"
    path.write_text(DANGLING)
    assert stelae("check", path, "--fail-on", "never").code == 0
    unused = tmp_path / "unused.md"
    unused.write_text(CLEAN.replace(" [1]", ""))
    assert stelae("check", unused).code == 0
    assert stelae("check", unused, "--fail-on", "warning").code == 1


def test_json_follows_the_documented_schema(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "dangling.md"
    path.write_text(DANGLING)
    report = json.loads(stelae("check", path, "--json").out)
    assert report["schema"] == "stelae-check/1"
    assert report["references"] == [{"number": 1, "line": 7}]
    assert report["markers"][0]["numbers"] == [3]
    found = next(d for d in report["diagnostics"] if d["rule"] == "REF-dangling")
    assert (found["level"], found["line"], found["column"], found["text"]) == (
        "error",
        3,
        19,
        "[3]",
    )


def test_several_files_are_reported_together(stelae: Stelae, tmp_path: Path) -> None:
    for name in ("a.en.md", "a.ru.md"):
        (tmp_path / name).write_text(CLEAN)
    ran = stelae("check", tmp_path / "a.en.md", tmp_path / "a.ru.md", "--json")
    assert json.loads(ran.out)["schema"] == "stelae-check-all/1"
    assert len(json.loads(ran.out)["files"]) == 2


def test_a_dash_reads_standard_input(
    stelae: Stelae, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Typed:
        buffer = io.BytesIO(DANGLING.encode())

    monkeypatch.setattr("sys.stdin", Typed())
    assert stelae("check", "-").code == 1


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03", b"\xff\xfe\xfa", b"%PDF-1.7\n\xe2\xe3\xcf\xd3", b"\x01" * 500]
)
def test_what_is_no_text_leaves_with_3_and_says_what_to_do(
    stelae: Stelae, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    ran = stelae("check", path)
    assert ran.code == 3
    assert "odd.txt" in ran.err
    assert ran.out == ""


def test_a_missing_file_leaves_with_3(stelae: Stelae, tmp_path: Path) -> None:
    ran = stelae("check", tmp_path / "none.txt")
    assert ran.code == 3
    assert "none.txt" in ran.err


def test_a_file_inside_a_dossier_is_held_against_its_record(stelae: Stelae, small: Dossier) -> None:
    path = small.folder / "statements" / "statement.en.md"
    path.write_text(
        "# Statement (synthetic)\n\n"
        "According to the inquiry [about 150](figure:f-inquiry) were killed [1].\n\n"
        "## References\n\n1. report: p. 12\n"
    )
    ran = stelae("check", path)
    assert "FIG-contradicts" in ran.out
    assert ran.code == 1


def test_a_broken_dossier_is_refused(stelae: Stelae, small: Dossier, tmp_path: Path) -> None:
    (small.folder / "log" / "checkpoint").write_text("nothing\n")
    path = tmp_path / "clean.md"
    path.write_text(CLEAN)
    ran = stelae("check", path, "--dossier", small.folder)
    assert ran.code == 3
    assert "checkpoint" in ran.err


def test_the_outline_shows_what_was_understood_and_checks_nothing(
    stelae: Stelae, tmp_path: Path
) -> None:
    path = tmp_path / "dangling.md"
    path.write_text(DANGLING)
    ran = stelae("check", "--outline", path)
    assert ran.code == 0
    assert "preamble-1, line 3: We recall the day [3]." in ran.out
    shown = json.loads(stelae("check", "--outline", "--json", path).out)
    assert shown["schema"] == "stelae-outline/1"
    both = json.loads(stelae("check", "--outline", "--json", path, path).out)
    assert [one["title"] for one in both["files"]] == ["A statement (synthetic)"] * 2


def test_the_forms_are_the_same_findings(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "dangling.md"
    path.write_text(DANGLING)
    short = stelae("check", path, "--json")
    assert stelae("check", path, "--format", "json").out == short.out
    sarif = stelae("check", path, "--format", "sarif")
    assert sarif.code == 1
    ids = [result["ruleId"] for result in json.loads(sarif.out)["runs"][0]["results"]]
    assert ids == [found["rule"] for found in json.loads(short.out)["diagnostics"]]
    github = stelae("check", path, "--format", "github").out
    assert github.count("\n::") + 1 == len(ids)
    assert f"::error file={path},line=3,col=19,endColumn=22,title=REF-dangling::" in github
    assert stelae("check", path, "--format", "html").out.startswith("<!doctype html>")


def test_a_report_goes_to_a_file_without_colour(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "dangling.md"
    path.write_text(DANGLING)
    for form in ("text", "json", "sarif", "github", "html"):
        target = tmp_path / f"report.{form}"
        ran = stelae("check", path, "--format", form, "-o", target)
        assert (ran.code, ran.out) == (1, "")
        assert str(target) in ran.err
        assert "REF-dangling" in target.read_text()
        assert "\x1b" not in target.read_text()


def test_two_forms_at_once_are_refused(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "clean.md"
    path.write_text(CLEAN)
    assert stelae("check", path, "--json", "--format", "html").code == 2
    assert stelae("check", path, "--outline", "--format", "sarif").code == 2
    outline = stelae("check", path, "--outline", "--format", "json")
    assert json.loads(outline.out)["schema"].startswith("stelae-outline")


class Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def test_colour_is_for_terminals_that_want_it() -> None:
    assert in_colour(Stream(terminal=True), {"TERM": "xterm"})
    assert in_colour(Stream(terminal=True), {"NO_COLOR": ""})
    assert not in_colour(Stream(terminal=True), {"NO_COLOR": "1"})
    assert not in_colour(Stream(terminal=True), {"TERM": "dumb"})
    assert not in_colour(Stream(terminal=False), {"TERM": "xterm"})


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_on_a_terminal_the_report_is_as_wide_as_it_is(
    tmp_path: Path, no_colour: str, coloured: bool
) -> None:
    path = tmp_path / "a.md"
    path.write_text(DANGLING.replace("We recall", "We recall " + "and recall " * 30))
    near, far = os.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "NO_COLOR"}}
    command = [sys.executable, "-m", "stelae.cli.main", "check", str(path)]
    environment |= {"TERM": "xterm", "NO_COLOR": no_colour}
    with subprocess.Popen(command, stdout=far, env=environment) as process:
        os.close(far)
        shown = b""
        with contextlib.suppress(OSError):  # Linux says EIO where the other end is closed
            while piece := os.read(near, 4096):
                shown += piece
        os.close(near)
    assert process.returncode == 1
    assert ("\x1b[31merror" in shown.decode()) == coloured
    (line,) = [line for line in shown.decode().splitlines() if line.startswith("    3 | ")]
    assert 50 < len(line) <= 60


def test_a_language_without_tables_does_not_look_clean(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "polski.txt"
    path.write_text("W tym mieście zabito wtedy dziewięćdziesiąt osób, 31 czerwca 1990 roku.\n")
    ran = stelae("check", path)
    assert "LNG-unread" in ran.out
    assert stelae("check", path, "--fail-on", "warning").code == 1
    assert stelae("check", path, "--language", "polski").code == 2


def test_an_empty_file_is_refused(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text(" \n")
    ran = stelae("check", path)
    assert ran.code == 3
    assert "is empty" in ran.err


def test_what_is_no_file_of_text_is_refused_without_waiting(stelae: Stelae, tmp_path: Path) -> None:
    loop, pipe = tmp_path / "loop.md", tmp_path / "pipe.md"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    for path, why in (
        (loop, "symbolic links"),
        (pipe, "is empty"),
        (tmp_path, "Is a directory"),
        (Path("/dev/zero"), "no statement is that long"),
    ):
        ran = stelae("check", path)
        assert (ran.code, why in ran.err) == (3, True), ran.err
