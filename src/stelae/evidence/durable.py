"""Files that are wholly there or not at all, also after a power cut.

Invariant: a name other than `.tmp-*` never shows bytes that were not flushed first. A failed
flush is a failure and is never tried again as a success, because Linux drops the dirty pages
of a failed fsync (Rebello et al., "Can Applications Recover from fsync Failures?", 2020).
"""

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from stelae.errors import StorageFailed

TEMPORARY_PREFIX = ".tmp-"


@contextlib.contextmanager
def storage_errors(doing: str, path: Path) -> Iterator[None]:
    """Turn an OSError into a message that names the file and says that nothing was lost."""
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            f"could not {doing} {path}: {error.strerror or error}",
            hint="What was there before is unchanged. Check free space and the disk, then repeat.",
        ) from error


def flush_directory(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directory(folder: Path, mode: int = 0o755) -> None:
    """Make a folder and its missing parents, each durable in its parent."""
    with storage_errors("make the folder", folder):
        if folder.is_dir():
            return
    make_directory(folder.parent, mode)
    with storage_errors("make the folder", folder):
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=mode)
        flush_directory(folder.parent)


def write_all(descriptor: int, content: bytes) -> None:
    """Write every byte: os.write may take fewer than it is given."""
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def temporary_beside(path: Path) -> Path:
    """A name in the same folder, hence the same file system, that no reader looks at."""
    return path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")


def write_durably(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Put content at path in one step: old bytes or new, never a mixture, durable on return."""
    write_many_durably([(path, content)], mode=mode)


def write_many_durably(files: Iterable[tuple[Path, bytes]], *, mode: int = 0o644) -> None:
    """Write each file whole and durable; each folder is flushed once, at the end.

    Files appear one by one in the order given; callers that need them all at once write the
    file that makes the others count (a checkpoint, say) in a later call.
    """
    folders: dict[Path, None] = {}
    for path, content in files:
        make_directory(path.parent)
        temporary = temporary_beside(path)
        with storage_errors("write", path):
            try:
                descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
                try:
                    write_all(descriptor, content)
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
                temporary.rename(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        folders[path.parent] = None
    for folder in folders:
        with storage_errors("flush", folder):
            flush_directory(folder)


def remove_leftovers(folder: Path) -> int:
    """Delete temporary files that a killed writer left; only the holder of the lock may call it."""
    count = 0
    with storage_errors("clear", folder):
        for leftover in folder.rglob(f"{TEMPORARY_PREFIX}*"):
            if leftover.is_file() and not leftover.is_symlink():
                leftover.unlink(missing_ok=True)
                count += 1
    return count
