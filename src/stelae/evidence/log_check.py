"""Checks of a log on disk that go on after the first fault and write nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stelae.errors import IntegrityError, NotADossier, StaleDossier
from stelae.evidence.log_files import (
    CHECKPOINT,
    ListedFile,
    list_files,
    read_bounded,
    read_checkpoint,
    tile_reader,
)
from stelae.transparency.checkpoints import Checkpoint, open_checkpoint, read_unverified
from stelae.transparency.merkle import verify_consistency
from stelae.transparency.notes import VerifierKey
from stelae.transparency.tile_tree import TileReader, TileTree, audit, root_from_tiles
from stelae.transparency.tiles import (
    ENTRIES,
    MAX_BUNDLE,
    Tile,
    edge_tiles,
    prefix,
    tile_at,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing in a log that does not hold: what kind of thing, which one, and why."""

    what: str
    id: str
    why: str


def require_extension(old: Checkpoint, new: Checkpoint, tree: TileTree) -> None:
    """Raise unless the tree of the newer checkpoint holds all that the older one promised.

    StaleDossier when it is shorter, IntegrityError when the history differs.
    """
    if old.origin != new.origin:
        raise IntegrityError(f"checkpoints of two logs: {old.origin} and {new.origin}")
    if old.size > new.size:
        raise StaleDossier(
            f"the log has {new.size} entries, but {old.size} were signed before",
            hint="This is an older copy. Restore the newest one.",
        )
    if old.size:
        proof = tree.consistency_proof(old.size)
        verify_consistency(old.size, new.size, proof, old.root, new.root)


def check_log(
    folder: Path, verifier: VerifierKey | None, seen: Iterable[Checkpoint] = ()
) -> Iterator[Failure]:
    """Yield everything that does not hold in a log: signature, root, tiles, bundles, odd files.

    Without a verifier key the signature is not looked at. `seen` are checkpoints known from
    elsewhere (an edition, a witness, `last-signed`): only they can show that a log was cut
    short or replaced as a whole, with an older or other checkpoint that is signed as well.
    Tiles beyond the checkpoint are no failure: see `log_files.unfinished_files`.
    """
    try:
        text = read_checkpoint(folder)
    except (IntegrityError, NotADossier) as error:
        yield Failure("checkpoint", CHECKPOINT, error.what)
        return
    try:
        checkpoint = read_unverified(text)
        if verifier is not None:
            open_checkpoint(text, verifier)
    except IntegrityError as error:
        yield Failure("checkpoint", CHECKPOINT, error.what)
        try:
            checkpoint = read_unverified(text)
        except IntegrityError:
            return
    read = tile_reader(folder)
    for fault in audit(checkpoint.size, read):
        yield Failure(_kind(fault.tile), fault.tile.path, fault.why)
    yield from _root_failures(checkpoint, read)
    try:
        for listed in list_files(folder):
            yield from _file_failures(folder, listed, checkpoint.size, read)
    except IntegrityError as error:
        yield Failure("file", "tile", error.what)
    tree = TileTree(checkpoint.size, checkpoint.root, read)
    for older in seen:
        try:
            require_extension(older, checkpoint, tree)
        except IntegrityError as error:
            yield Failure("history", f"checkpoint of {older.size} entries", error.what)


def _kind(tile: Tile) -> str:
    return "entries" if tile.level == ENTRIES else "tile"


def _root_failures(checkpoint: Checkpoint, read: TileReader) -> Iterator[Failure]:
    try:
        root = root_from_tiles(checkpoint.size, read)
    except IntegrityError:
        return  # the audit has named the tile
    if root != checkpoint.root:
        names = ", ".join(tile.path for tile in edge_tiles(checkpoint.size)) or "no tiles"
        yield Failure(
            "root", CHECKPOINT, f"the signed root of {checkpoint.size} is not that of {names}"
        )


def _file_failures(
    folder: Path, listed: ListedFile, size: int, read: TileReader
) -> Iterator[Failure]:
    """Odd names, and superseded partial tiles that are no prefix of what superseded them."""
    name = listed.path.relative_to(folder).as_posix()
    tile = listed.tile
    if tile is None:
        yield Failure("file", name, "no file of a log has this name")
        return
    current = tile_at(tile.level, tile.index, size)
    if current is None or tile.width >= current.width:
        return  # the current one was audited, a wider one is unfinished
    try:
        expected = prefix(tile, read(current))
    except IntegrityError:
        return  # the audit has named the current tile
    try:
        if read_bounded(listed.path, MAX_BUNDLE) != expected:
            yield Failure(_kind(tile), name, f"is not the beginning of {current.path}")
    except (IntegrityError, FileNotFoundError) as error:
        yield Failure(_kind(tile), name, str(error))
