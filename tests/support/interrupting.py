"""Commands of their own process, to be stopped by Ctrl-C as from a terminal."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

STOPPED = (130, -signal.SIGINT)
"""To a shell both are 130; Python sends itself the signal where it stopped within an import."""

_HEEDING = (
    "import os, signal, sys; signal.signal(2, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
"""What runs in the background of a script would ignore Ctrl-C, and so would what it starts."""


@contextlib.contextmanager
def running(
    words: Sequence[str], messages: Path, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A command that heeds Ctrl-C and is killed if it has not ended by then."""
    with (
        messages.open("wb") as said,
        subprocess.Popen(
            [sys.executable, "-c", _HEEDING, *words],
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, **(env or {})},
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()
