import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae import __version__
from stelae.cli.main import COMMANDS, cli
from stelae.errors import IntegrityError

Run = Callable[..., tuple[int, str, str]]


def test_the_version_and_the_list_of_commands_are_results(
    run: Run,
) -> None:
    assert run("--version") == (0, f"stelae, version {__version__}\n", "")
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(f"\n  {name}" in out for name in COMMANDS)
    assert "0 fine, 1 something found, 2 usage, 3 refused or unreadable" in " ".join(out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    for option in ("--help", "-h"):
        code, out, err = run(name, option)
        assert (code, err) == (0, "")
        assert out.startswith(f"Usage: stelae {name} ")


def test_the_list_of_commands_loads_none_of_them() -> None:
    script = (
        "import sys\nfrom stelae.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'cattrs', 'jinja2', 'cryptography', 'yaml', 'rich', 'stelae.records'}\n"
        "sys.exit(sorted(heavy & set(sys.modules)).__repr__() if heavy & set(sys.modules) else 0)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["conquer"],
        ["init"],
        ["--colour"],
        ["record", "d"],
        ["deposit", "d"],
        ["record", "d", "x"],
    ],
)
def test_what_is_no_command_is_a_fault_of_usage(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Usage: stelae" in err


def raising(error: BaseException) -> Callable[..., None]:
    def main(**_: object) -> None:
        raise error

    return main


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (IntegrityError("it is odd", hint="Mend it."), 3, "stelae: it is odd\n  Mend it.\n"),
        (PermissionError(13, "Permission denied", "/a"), 3, "stelae: /a: Permission denied\n"),
        (OSError(28, "No space left on device"), 3, "stelae: No space left on device\n"),
        (KeyboardInterrupt(), 130, "stelae: stopped; nothing was left half-written.\n"),
    ],
)
def test_what_goes_wrong_is_said_on_standard_error_with_its_code(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    says: str,
) -> None:
    monkeypatch.setattr(cli, "main", raising(error))
    found = run()
    assert found[:2] == (code, "")
    assert found[2].startswith(says)


def test_a_reader_that_goes_away_ends_it_quietly_and_not_as_fine() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "stelae.cli.main", "--help"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_result_that_cannot_be_written_is_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "stelae.cli.main", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 3
    assert b"No space left on device" in ended.stderr
