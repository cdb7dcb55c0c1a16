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
from stelae.publication import manifest
from stelae.publication.manifest import is_safe_path

MARK = "edition.json"
"""The file by which a folder is known to be an edition, and may be replaced by a newer one."""

_BESIDE = frozenset({MARK, manifest.NAME, "disclosures.jsonl", "log.vkey"})
_AT_CWD = -100
_RENAME_EXCHANGE = 2


def require_replaceable(folder: Path) -> None:
    """BadInput where a folder holds something that is no edition: it is never overwritten."""
    if not folder.exists():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise BadInput(f"{folder} is not a folder", hint="Choose another place for the edition.")
    if not any(folder.iterdir()):
        return
    try:
        listed = manifest.parse_manifest((folder / manifest.NAME).read_bytes())
    except (OSError, BadInput):
        listed = None
    if listed is None or not (folder / MARK).is_file():
        raise BadInput(
            f"{folder} is not empty and holds no edition: it is not overwritten",
            hint="Choose an empty or new folder.",
        )
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not (name in listed or name in _BESIDE or name.startswith("log/") or path.is_dir()):
            raise BadInput(
                f"{folder} holds {name}, which is no part of the edition there and would be lost",
                hint="Move it elsewhere, or choose an empty or new folder.",
            )


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder` that takes its place when the block ends well."""
    require_replaceable(folder)
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
