"""Files offered for keeping: what is refused, and how one is read so that it cannot change."""

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stelae.errors import BadInput, Problem

_KINDS = (
    (stat.S_ISLNK, "it is a symbolic link", "Name the file that it leads to."),
    (stat.S_ISDIR, "it is a folder", "Name the files in it."),
    (stat.S_ISFIFO, "it is a pipe, not a file", "Save its content to a file first."),
    (stat.S_ISSOCK, "it is a socket, not a file", None),
    (stat.S_ISBLK, "it is a device, not a file", "Make an image of it and keep that."),
    (stat.S_ISCHR, "it is a device, not a file", None),
)


@dataclass(frozen=True, slots=True)
class Original:
    """An open file, with its state when it was opened."""

    path: Path
    stream: BinaryIO
    state: os.stat_result

    def check_unchanged(self, size: int) -> None:
        """Raise BadInput unless `size` bytes were read and the file is as it was when opened."""
        now = os.fstat(self.stream.fileno())
        before = (self.state.st_size, self.state.st_mtime_ns)
        if (size, self.state.st_mtime_ns) != before or (now.st_size, now.st_mtime_ns) != before:
            raise BadInput(
                "it changed while it was read",
                hint="Wait until the program that writes it has finished, then repeat.",
            )


def check_originals(paths: Sequence[Path], *, within: Path | None = None) -> list[Problem]:
    """Every reason why one of the files cannot be kept; reads no content."""
    problems = []
    for path in paths:
        try:
            _check_place(path, within)
            with open_original(path):
                pass
        except BadInput as error:
            problems.append(Problem(error.what, file=str(path), hint=error.hint))
    return problems


@contextlib.contextmanager
def open_original(path: Path) -> Iterator[Original]:
    """Open a file for keeping; raises BadInput when it is no ordinary readable file with bytes."""
    try:
        _check_kind(path.lstat())
        # Not blocking: what was a file a moment ago may have become a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        state = os.fstat(stream.fileno())
        _check_kind(state)
        if state.st_size == 0:
            raise BadInput("it is empty", hint="Nothing to keep in no bytes; leave it out.")
        yield Original(path, stream, state)


def _check_kind(state: os.stat_result) -> None:
    for is_kind, what, hint in _KINDS:
        if is_kind(state.st_mode):
            raise BadInput(what, hint=hint)


def _check_place(path: Path, within: Path | None) -> None:
    if within is None:
        return
    try:
        parent = path.parent.resolve(strict=True)
        inside = parent.is_relative_to(within.resolve(strict=True))
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    if not inside or path.name in {"", ".."}:
        raise BadInput(f"it lies outside {within}", hint="Copy it into that folder first.")


def _unreadable(error: Exception) -> BadInput:
    if isinstance(error, FileNotFoundError):
        return BadInput("there is no such file", hint="Check the spelling of the path.")
    if isinstance(error, PermissionError):
        return BadInput("it may not be read by you", hint="Ask its owner, or change its mode.")
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BadInput(f"it cannot be opened: {why}", hint="Check the path and the disk.")
