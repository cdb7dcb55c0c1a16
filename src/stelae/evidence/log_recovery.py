"""What a writer does before it writes: finish or clear away what a killed writer left."""

from dataclasses import dataclass
from pathlib import Path

from stelae.errors import IntegrityError, NotADossier, StaleDossier
from stelae.evidence.durable import make_directory, remove_leftovers, storage_errors, write_durably
from stelae.evidence.log_check import require_extension
from stelae.evidence.log_files import CHECKPOINT, list_files, read_checkpoint, tile_reader
from stelae.evidence.signing import LastSigned
from stelae.transparency.checkpoints import Checkpoint, open_checkpoint
from stelae.transparency.merkle import EMPTY_ROOT
from stelae.transparency.notes import VerifierKey
from stelae.transparency.tile_tree import TileTree, audit, root_from_tiles


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was found and done: the checkpoint that now holds, and the files removed."""

    checkpoint: Checkpoint
    rolled_forward: bool
    removed: int


def recover(folder: Path, key: VerifierKey, last_signed: LastSigned) -> Recovery:
    """Bring a log and the memory of its key to one state; the caller holds the dossier's lock.

    `last-signed` ahead: the checkpoint follows if all that it promises is on disk, otherwise
    StaleDossier (a copy restored from an old backup). Behind: it follows, if the log extends
    it (the dossier was written on another computer). Then whatever lies beyond the checkpoint,
    which nobody signed, is removed, and partial tiles that full ones replaced.

    Raises IntegrityError when the two are different histories, NotADossier without a log.
    """
    remembered, shown = last_signed.checkpoint(key), _shown(folder, key)
    text = last_signed.text()
    if remembered is None or text is None:
        if shown is None:
            raise NotADossier(f"no log in {folder}, and none was signed with this key")
        raise StaleDossier(
            f"nothing is remembered of what the key of {key.name} signed: {last_signed.path}",
            hint="Put that file back from a backup of your configuration folder. If there is none "
            f"and this is surely the newest copy of the dossier, copy {folder / CHECKPOINT} to it.",
        )
    current = shown or Checkpoint(key.name, 0, EMPTY_ROOT)
    rolled_forward = shown is None or remembered.size > current.size
    if remembered.size == current.size and remembered.root != current.root:
        raise IntegrityError(
            f"two histories of {key.name} were signed, both of {current.size} entries",
            hint=f"Compare {folder / CHECKPOINT} with {last_signed.path}; do not write to either.",
        )
    if rolled_forward:
        _require_on_disk(folder, current, remembered)
        with storage_errors("write", folder):
            last_signed.write(text)
            make_directory(folder)
            write_durably(folder / CHECKPOINT, text.encode("utf-8"))
        current = remembered
    elif remembered.size < current.size:
        tree = TileTree(current.size, current.root, tile_reader(folder))
        require_extension(remembered, current, tree)
        with storage_errors("write", last_signed.path):
            last_signed.write(read_checkpoint(folder))
    return Recovery(current, rolled_forward, _tidy(folder, current.size))


def _shown(folder: Path, key: VerifierKey) -> Checkpoint | None:
    try:
        return open_checkpoint(read_checkpoint(folder), key)
    except NotADossier:
        return None
    except IntegrityError as error:
        raise IntegrityError(
            f"{folder / CHECKPOINT}: {error.what}",
            hint="Put the file back from a backup: any checkpoint of this log will do.",
        ) from error


def _require_on_disk(folder: Path, old: Checkpoint, new: Checkpoint) -> None:
    """Raise StaleDossier unless every byte that `new` promises beyond `old` can be read."""
    read = tile_reader(folder)
    try:
        for fault in audit(new.size, read, since=old.size):
            raise IntegrityError(f"{fault.tile.path}: {fault.why}")
        if root_from_tiles(new.size, read) != new.root:
            raise IntegrityError("the tiles have another root")
        require_extension(old, new, TileTree(new.size, new.root, read))
    except IntegrityError as error:
        raise StaleDossier(
            f"{new.size} entries of {new.origin} were signed, but here are {old.size} "
            f"({error.what})",
            hint="This is an older or damaged copy: restore the newest one. Nothing can be added "
            "to this one, since its key would sign a second history. Reading is possible.",
        ) from error


def _tidy(folder: Path, size: int) -> int:
    """Remove temporary files, unsigned tiles, and partial tiles whose full one is signed."""
    with storage_errors("clear away leftovers in", folder):
        removed = remove_leftovers(folder)
        for listed in list_files(folder):
            tile = listed.tile
            if tile is None:
                continue
            replaced = tile.full() != tile and tile.full().within(size)
            if not tile.within(size) or (replaced and (folder / tile.full().path).is_file()):
                listed.path.unlink(missing_ok=True)
                removed += 1
    return removed
