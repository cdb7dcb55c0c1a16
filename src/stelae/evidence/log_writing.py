"""Writing many files of a log together: all flushed at once, then all given their names."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from stelae.evidence.durable import (
    flush_directory,
    make_directory,
    storage_errors,
    temporary_beside,
    write_all,
)
from stelae.evidence.flushing import flush_files


def write_together(folder: Path, files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files below `folder`, durable on return; none has its name before all are flushed.

    For many files this costs one flush of the file system and one of each folder. They appear
    one by one: what makes them count is written by a later call. Raises StorageFailed, and
    then leaves no temporary file that can be removed.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, content in files:
            make_directory(path.parent)
            temporary = temporary_beside(path)
            written.append((temporary, path))
            with storage_errors("write", path):
                descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
                try:
                    write_all(descriptor, content)
                finally:
                    os.close(descriptor)
        flush_files(folder, [temporary for temporary, _ in written])
        for temporary, path in written:
            with storage_errors("write", path):
                temporary.rename(path)
    except BaseException:
        for temporary, _ in written:
            with contextlib.suppress(OSError):  # the first error is the one to tell
                temporary.unlink(missing_ok=True)
        raise
    for parent in dict.fromkeys(path.parent for _, path in written):
        with storage_errors("flush", parent):
            flush_directory(parent)
