"""`stelae check --fix` as a person runs it: what is shown, asked, written and left alone."""

import codecs
import contextlib
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Stelae

WRONG = (
    "---\ndate: 2020-01-13\n---\n\nThe 31st anniversary of January 1990 [2] [1].\n\n"
    "## References\n\n1. Alpha.\n2. Beta.\n"
)
RIGHT = (
    "---\ndate: 2020-01-13\n---\n\nThe 30th anniversary of January 1990 [1] [2].\n\n"
    "## References\n\n1. Beta.\n2. Alpha.\n"
)


@pytest.fixture
def stelae(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    return Stelae(tmp_path / "config", capsys)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "text.md"
    path.write_text(WRONG)
    return path


def test_without_a_terminal_it_shows_the_diff_and_how_to_write_it(
    stelae: Stelae, path: Path
) -> None:
    ran = stelae("check", "--fix", path)
    assert ran.code == 1
    assert f"--- {path}\n+++ {path}\n" in ran.out
    assert "+The 30th anniversary of January 1990 [1] [2]." in ran.out
    assert "--yes" in ran.err
    assert "\x1b" not in ran.out
    assert path.read_text() == WRONG


def test_yes_writes_and_reports_what_is_left(stelae: Stelae, path: Path) -> None:
    ran = stelae("check", "--fix", "--yes", path)
    assert (ran.code, path.read_text()) == (0, RIGHT)
    assert ran.out.endswith("nothing found\n")
    assert f"Wrote {path}: 1 × DAT-anniversary and 1 × REF-order." in ran.err
    again = stelae("check", "--fix", "--yes", path)
    assert (again.code, path.read_text()) == (0, RIGHT)
    assert "Nothing can be put right" in again.err


def test_what_is_left_decides_the_exit_code(stelae: Stelae, path: Path) -> None:
    dangling = WRONG.replace("\n\n## R", "\n\nAs it is said [9].\n\n## R")
    path.write_text(dangling)
    ran = stelae("check", "--fix", "--yes", path)
    assert ran.code == 1
    assert "REF-dangling" in ran.out
    assert path.read_text() == dangling.replace("31st", "30th")
    assert stelae("check", "--fix", "--yes", path, "--fail-on", "never").code == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_encoding_mark_and_line_ends_stay_as_they_were(
    stelae: Stelae, path: Path, newline: str, mark: bytes, codec: str
) -> None:
    wrong, right = (
        text.replace("Alpha", "Ալֆա").replace("\n", newline).rstrip("\r\n")
        for text in (WRONG, RIGHT)
    )
    path.write_bytes(mark + wrong.encode(codec))
    ran = stelae("check", "--fix", "--yes", path)
    assert ran.code == 0, ran.err
    assert path.read_bytes() == mark + right.encode(codec)


def test_line_ends_of_two_kinds_stay_each_where_it_was(stelae: Stelae, path: Path) -> None:
    wrong = WRONG.encode().replace(b"1990 [2] [1].\n", b"1990 [2] [1].\r\n")
    path.write_bytes(wrong)
    stelae("check", "--fix", "--yes", path)
    assert path.read_bytes() == RIGHT.encode().replace(b"[2].\n", b"[2].\r\n")


def test_rights_and_links_stay(stelae: Stelae, path: Path, tmp_path: Path) -> None:
    path.chmod(0o660)
    link = tmp_path / "link.md"
    link.symlink_to(path)
    assert stelae("check", "--fix", "--yes", link).code == 0
    assert link.is_symlink()
    assert path.read_text() == RIGHT
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert not list(tmp_path.glob(".tmp-*"))


def test_a_document_is_left_and_it_says_what_to_do(stelae: Stelae, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>The 31st anniversary of January 1990, 13 January 2020.</p>")
    before = page.read_bytes()
    ran = stelae("check", "--fix", "--yes", page)
    assert "no plain text" in ran.err
    assert ".md" in ran.err
    assert page.read_bytes() == before


class Typed:
    """Standard input with bytes in it, no terminal."""

    def __init__(self, text: str) -> None:
        self.buffer = io.BytesIO(text.encode())

    def isatty(self) -> bool:
        return False


def test_standard_input_with_yes_comes_out_mended_and_the_report_goes_to_messages(
    stelae: Stelae, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (WRONG, RIGHT):
        monkeypatch.setattr("sys.stdin", Typed(text))
        ran = stelae("check", "--fix", "--yes", "-")
        assert (ran.code, ran.out) == (0, RIGHT)
        assert "nothing found" in ran.err


def test_standard_input_without_yes_shows_the_diff(
    stelae: Stelae, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Typed(WRONG))
    ran = stelae("check", "--fix", "-")
    assert ran.code == 1
    assert ran.out.startswith("--- standard input\n")


def test_for_programs_the_report_is_alone_on_standard_output(
    stelae: Stelae, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = stelae("check", "--fix", path, "--json")
    assert ran.code == 1
    found = {one["rule"]: one for one in json.loads(ran.out)["diagnostics"]}
    assert found["DAT-anniversary"]["edits"] == [
        {"line": 5, "column": 5, "end_line": 5, "end_column": 9, "replacement": "30th"}
    ]
    assert "+The 30th" in ran.err
    ran = stelae("check", "--fix", "--yes", path, "--json")
    assert (ran.code, json.loads(ran.out)["diagnostics"]) == (0, [])
    monkeypatch.setattr("sys.stdin", Typed(WRONG))
    assert stelae("check", "--fix", "--yes", "--json", "-").code == 2


def test_languages_given_together_are_numbered_together(stelae: Stelae, tmp_path: Path) -> None:
    english, armenian = tmp_path / "s.en.md", tmp_path / "s.hy.md"
    english.write_text("So it was [2].\n\nThen [1].\n\n## References\n\n1. Alpha.\n2. Beta.\n")
    armenian.write_text(
        "---\ntranslation_of: s.en.md\n---\n\nԱյսպես էր [2]։\n\nՀետո՝ [1]։\n\n"
        "## Աղբյուրներ\n\n1. Ալֆա։\n2. Բետա։\n"
    )
    alone = stelae("check", "--fix", english)
    assert "Nothing can be put right" in alone.err
    assert "in all languages at once" in alone.out
    ran = stelae("check", "--fix", "--yes", english, armenian)
    assert ran.code == 0, ran.out
    assert english.read_text().startswith("So it was [1].\n\nThen [2].")
    assert "1. Beta.\n2. Alpha." in english.read_text()
    assert "[1]։\n\nՀետո՝ [2]։" in armenian.read_text()
    assert "1. Բետա։\n2. Ալֆա։" in armenian.read_text()


def test_a_check_says_how_much_could_be_put_right(stelae: Stelae, path: Path) -> None:
    assert "2 findings can be put right without judgement: add --fix." in stelae("check", path).err


@pytest.mark.parametrize(
    "words", [("--fix", "--outline"), ("--yes",), ("--fix", "--published", ".")]
)
def test_options_that_would_be_passed_over_are_refused(
    stelae: Stelae, path: Path, words: tuple[str, ...]
) -> None:
    assert stelae("check", *words, path).code == 2
    assert stelae("check", "--fix", path, path).code == 2


def _on_a_terminal(*words: object, answer: str, first: Callable[[], object]) -> tuple[int, str]:
    """Run the command on a terminal; when it asks, do something, then answer."""
    near, far = os.openpty()
    command = [sys.executable, "-m", "stelae.cli.main", "check", "--fix", *map(str, words)]
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": ""}
    shown = b""
    with subprocess.Popen(command, stdin=far, stdout=far, stderr=far, env=environment) as process:
        os.close(far)
        with contextlib.suppress(OSError):  # Linux says EIO where the other end is closed
            while piece := os.read(near, 4096):
                shown += piece
                if answer and b"[y/N]" in shown:
                    first()
                    os.write(near, answer.encode())
                    answer = ""
        os.close(near)
    return process.returncode, shown.decode()


@pytest.mark.parametrize(
    ("answer", "code", "right"), [("y\n", 0, RIGHT), ("\n", 1, WRONG), ("n\n", 1, WRONG)]
)
def test_on_a_terminal_it_asks_and_colours(path: Path, answer: str, code: int, right: str) -> None:
    ended, shown = _on_a_terminal(path, answer=answer, first=lambda: None)
    assert (ended, path.read_text()) == (code, right)
    assert "\x1b[32m+The 30th" in shown
    assert "Write 1 file?" in shown


def test_a_file_that_changed_meanwhile_is_left_and_so_are_the_others(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "a.md"
    other.write_text(WRONG)
    code, shown = _on_a_terminal(
        other, path, answer="y\n", first=lambda: path.write_text("somebody's work")
    )
    assert code == 3
    assert "changed by somebody else" in shown
    assert (other.read_text(), path.read_text()) == (WRONG, "somebody's work")
