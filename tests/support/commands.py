"""Running `stelae` in a test as a person would: arguments in, exit code and both streams out."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from stelae.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Stelae:
    """The command line with a configuration folder of its own."""

    config: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: object) -> Ran:
        self.capsys.readouterr()
        words = ["--config", str(self.config), *(str(argument) for argument in arguments)]
        with pytest.raises(SystemExit) as ended:
            main(words)
        captured = self.capsys.readouterr()
        assert isinstance(ended.value.code, int), sys.exc_info()
        return Ran(ended.value.code, captured.out, captured.err)
