"""Putting an edition into a folder: the whole of it or none, in one step."""

import ctypes
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stelae.errors import BadInput
from stelae.evidence.durable import (
    flush_directory,
    make_directory,
    storage_errors,
    temporary_beside,
)
from stelae.evidence.flushing import flush_files
from stelae.publication.manifest import is_safe_path

_AT_CWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder` that takes its place when the block ends well.

    Whether what lies there may go is for the caller to ask first: layout.require_replaceable.
    """
    target = folder.resolve()
    make_directory(target.parent)
    stage = temporary_beside(target)
    with storage_errors("make the folder", stage):
        stage.mkdir()
    try:
        yield stage
        files = [path for path in stage.rglob("*") if path.is_file()]
        flush_files(stage, files)
        with storage_errors("flush", stage):
            for part in (stage, *(path for path in stage.rglob("*") if path.is_dir())):
                flush_directory(part)
        with storage_errors("put in place", target):
            if target.exists():
                _exchange(stage, target)
            else:
                stage.rename(target)
            flush_directory(target.parent)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write_files(stage: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files below a staged folder; flushed with it."""
    made: set[Path] = set()
    for name, content in files:
        if not is_safe_path(name):
            raise BadInput(f"{name!r} is no path inside an edition")
        path = stage / name
        with storage_errors("write", path):
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(content)


def _exchange(left: Path, right: Path) -> None:
    """Swap two folders in one step where the system can (renameat2), else in two."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is not None:
        sides = os.fsencode(left), os.fsencode(right)
        if rename(_AT_CWD, sides[0], _AT_CWD, sides[1], _RENAME_EXCHANGE) == 0:
            return
    aside = temporary_beside(right)
    right.rename(aside)
    try:
        left.rename(right)
    except OSError:
        aside.rename(right)
        raise
    aside.rename(left)
