"""Making many written files durable at once: one flush of the file system instead of one each."""

import ctypes
import errno
import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from stelae.evidence.durable import storage_errors

FEW = 8
"""Up to so many files one flush each costs less than waiting for all else on the disk."""


def flush_files(folder: Path, files: Sequence[Path]) -> None:
    """Make the content of closed files in `folder` durable, or raise StorageFailed.

    Many files are flushed with Linux's syncfs(2), which reports failed writes since Linux 5.8;
    elsewhere, and for few files, each is flushed by itself.
    """
    sync = _syncfs() if len(files) > FEW else None
    if sync is None:
        for file in files:
            with storage_errors("flush", file):
                _flush(file)
        return
    with storage_errors("flush", folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            sync(descriptor)
        finally:
            os.close(descriptor)


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@functools.cache
def _syncfs() -> Callable[[int], None] | None:
    """The system's syncfs, where it exists and reports failed writes."""
    system = os.uname()
    release = tuple(int(part) for part in system.release.split("-")[0].split(".")[:2])
    if system.sysname != "Linux" or release < (5, 8):
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if function is None:
        return None

    def sync(descriptor: int) -> None:
        while function(descriptor) != 0:
            code = ctypes.get_errno()
            if code != errno.EINTR:
                raise OSError(code, os.strerror(code))

    return sync
