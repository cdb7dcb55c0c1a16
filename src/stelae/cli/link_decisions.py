"""decisions.jsonl of a folder of results: read, and grown by one answer at a time, durably.

Invariant: who writes into the folder, or puts a new one in its place, holds its lock (an flock of
the folder itself), so that no answer goes into a folder that is just being replaced.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from stelae.errors import BadInput
from stelae.evidence.durable import remove_leftovers, storage_errors, write_durably
from stelae.linkage.decisions import Decision, read, write

__all__ = ["DECISIONS", "add_decision", "kept_decisions", "locked"]

DECISIONS = "decisions.jsonl"


def kept_decisions(folder: Path | None) -> tuple[Decision, ...]:
    """The decisions that lie in a folder of results."""
    if folder is None:
        return ()
    path = folder / DECISIONS
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    return read(content, str(path))


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else writes into this folder or replaces it meanwhile; waits for who does.

    Every holder is quick: an answer, or the renaming of a folder. A folder that is not there yet
    has no lock and needs none.
    """
    with contextlib.ExitStack() as stack:
        while folder.is_dir():
            with storage_errors("lock", folder):
                descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX)
                    # It may have been replaced while this waited: then the lock is of the old one.
                    here, there = os.fstat(descriptor), folder.stat()
                    is_same = (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)
                except BaseException:
                    os.close(descriptor)
                    raise
                if is_same:
                    stack.callback(os.close, descriptor)
                    break
                os.close(descriptor)
        yield


def add_decision(folder: Path, decision: Decision) -> tuple[Decision, ...]:
    """Add a decision, durable on return; gives all that were there before, others' included.

    The file is written anew beside the old one and takes its name in one step: a power cut leaves
    the old lines or all of them, never half a line. Earlier lines stay byte for byte.
    """
    path = folder / DECISIONS
    with locked(folder):
        if not folder.is_dir():
            raise BadInput(f"{folder} is gone", hint="Your earlier answers went with it.")
        remove_leftovers(folder)
        try:
            before = path.read_bytes()
        except FileNotFoundError:
            before = b""
        earlier = read(before, str(path))
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        write_durably(path, before + gap + write([decision]))
    return earlier
