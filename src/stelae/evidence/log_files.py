"""The files of a log on disk: reading each within bounds, and listing what lies there."""

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stelae.errors import BadProof, IntegrityError, NotADossier
from stelae.evidence.durable import TEMPORARY_PREFIX
from stelae.transparency.merkle import HASH_SIZE
from stelae.transparency.notes import MAX_NOTE_BYTES
from stelae.transparency.tile_tree import TileReader
from stelae.transparency.tiles import ENTRIES, FULL, MAX_BUNDLE, Tile, prefix

CHECKPOINT = "checkpoint"
RESTORE = "Put the file back from a backup; `stelae verify` lists all that is wrong."


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; links and devices are not followed.

    Raises IntegrityError that names the file, FileNotFoundError when there is none.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise IntegrityError(f"not a regular file: {path}", hint=RESTORE)
            data = _read_up_to(descriptor, limit + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise IntegrityError(f"cannot read {path}: {error.strerror}", hint=RESTORE) from error
    if len(data) > limit:
        raise IntegrityError(f"{path} is larger than the {limit} bytes it may have", hint=RESTORE)
    return data


def _read_up_to(descriptor: int, limit: int) -> bytes:
    """os.read may give fewer bytes than there are: only none means the end."""
    data = bytearray()
    while len(data) < limit and (block := os.read(descriptor, min(limit - len(data), 1 << 20))):
        data += block
    return bytes(data)


def _limit(tile: Tile) -> int:
    return MAX_BUNDLE if tile.level == ENTRIES else FULL * HASH_SIZE


def tile_reader(folder: Path) -> TileReader:
    """Read tiles below a folder; a partial one that was superseded is cut from the full one."""

    def read(tile: Tile) -> bytes:
        path = folder / tile.path
        with contextlib.suppress(FileNotFoundError):
            return read_bounded(path, _limit(tile))
        if tile.width < FULL:
            with contextlib.suppress(FileNotFoundError):
                return prefix(tile, read_bounded(folder / tile.full().path, _limit(tile)))
        raise IntegrityError(f"missing: {path}", hint=RESTORE)

    return read


def read_checkpoint(folder: Path) -> str:
    """The signed note of a log's checkpoint, unverified."""
    path = folder / CHECKPOINT
    try:
        return read_bounded(path, MAX_NOTE_BYTES).decode("utf-8")
    except FileNotFoundError:
        raise NotADossier(
            f"no log here, {path} is missing",
            hint="If this is a dossier, put the file back from a backup, or open it for writing "
            "on the computer that holds its key.",
        ) from None
    except UnicodeDecodeError as error:
        raise IntegrityError(f"not text: {path}", hint=RESTORE) from error


def _cannot_list(error: OSError) -> None:
    if isinstance(error, FileNotFoundError):
        return  # an empty log has no tiles; a missing folder shows in the files it should hold
    raise IntegrityError(f"cannot list {error.filename}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class ListedFile:
    """Something below `tile/`: the tile that its name says, or None when none has such a name."""

    path: Path
    tile: Tile | None


def list_files(folder: Path) -> Iterator[ListedFile]:
    """Everything below `tile/` but folders and a writer's temporary files, in order of names."""
    for parent, folders, names in os.walk(folder / "tile", onerror=_cannot_list):
        folders.sort()
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted(names + links):
            if name.startswith(TEMPORARY_PREFIX):
                continue
            path = Path(parent) / name
            tile = None
            with contextlib.suppress(BadProof):
                tile = Tile.parse(path.relative_to(folder).as_posix())
            yield ListedFile(path, tile)


def unfinished_files(folder: Path, size: int) -> list[Path]:
    """Tiles that a log of this size does not have: what a killed writer left, or a log cut short.

    A second reading of the checkpoint's size against these is a sign, not a proof.
    """
    return [
        listed.path
        for listed in list_files(folder)
        if listed.tile is not None and not listed.tile.within(size)
    ]
