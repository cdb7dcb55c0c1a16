"""Reading a whole store again: each byte hashed, each thing that does not belong named."""

import hashlib
import itertools
import os
import re
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from stelae.evidence.durable import TEMPORARY_PREFIX

_PREFIX = re.compile(r"[0-9a-f]{2}", re.ASCII)
_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BLOCK = 1 << 20
_AT_ONCE = 512


class Trouble(StrEnum):
    """What may be wrong in a store."""

    CHANGED = "bytes changed"
    MISPLACED = "wrong name or folder"
    UNREADABLE = "cannot be read"
    ODD = "does not belong here"
    LEFTOVER = "left over from an interrupted write"
    LINK = "symbolic link"


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing wrong: `name` is the path inside the store, `detail` says what was met."""

    name: str
    trouble: Trouble
    detail: str

    def __str__(self) -> str:
        return f"{self.name}: {self.trouble}: {self.detail}"


def inspect(folder: Path, progress: Callable[[int], None] | None = None) -> Iterator[Failure]:
    """Yield every failure of a store, in order of path; `progress` is told the bytes read so far.

    Objects are hashed by two threads; memory is constant but for the names of 512 objects.
    """
    done = 0
    entries = _entries(folder, folder)
    with ThreadPoolExecutor(max_workers=2) as threads:
        while batch := list(itertools.islice(entries, _AT_ONCE)):
            for size, failure in threads.map(_examine, batch):
                done += size
                if failure is not None:
                    yield failure
                if progress is not None and size:
                    progress(done)


_Entry = Failure | tuple[Path, str]


def _entries(top: Path, folder: Path) -> Iterator[_Entry]:
    """Each object as its path and name in the store, each thing amiss as a failure."""
    try:
        with os.scandir(folder) as scan:
            found = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(_name(top, folder), Trouble.UNREADABLE, error.strerror or str(error))
        return
    for entry in found:
        path = Path(entry.path)
        name = _name(top, path)
        if entry.is_symlink():
            yield Failure(name, Trouble.LINK, "an object is a file, never a link")
        elif entry.name.startswith(TEMPORARY_PREFIX):
            yield Failure(name, Trouble.LEFTOVER, "it was never kept and may be deleted")
        elif folder == top and entry.is_dir() and _PREFIX.fullmatch(entry.name):
            yield from _entries(top, path)
        elif not entry.is_file():
            yield Failure(name, Trouble.ODD, "neither an object nor a folder of objects")
        elif not _NAME.fullmatch(entry.name):
            yield Failure(name, Trouble.ODD, "its name is no digest")
        elif folder == top or folder.name != entry.name[:2]:
            yield Failure(name, Trouble.MISPLACED, f"it belongs in {entry.name[:2]}/")
        else:
            yield path, name


def _name(top: Path, path: Path) -> str:
    return path.relative_to(top).as_posix()


def _examine(entry: _Entry) -> tuple[int, Failure | None]:
    if isinstance(entry, Failure):
        return 0, entry
    path, name = entry
    hashing = hashlib.sha256()
    size = 0
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb", buffering=0) as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return 0, Failure(name, Trouble.ODD, "it is not a file")
            while block := stream.read(_BLOCK):
                hashing.update(block)
                size += len(block)
    except OSError as error:
        return size, Failure(name, Trouble.UNREADABLE, error.strerror or str(error))
    found = hashing.hexdigest()
    if found != path.name:
        return size, Failure(name, Trouble.CHANGED, f"its {size} bytes have digest sha256:{found}")
    return size, None
