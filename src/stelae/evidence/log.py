"""The log of a dossier on disk: a C2SP tiled log that knows nothing of what its entries mean.

Order of every write, so that the process may be killed at any moment: bundles and tiles, then
`last-signed` beside the key, then `checkpoint`. Up to `last-signed` nothing was promised, and
what was written is cleared away; from then on all of it is on disk, and recovery finishes the
step. Readers trust only what lies under the signed root, and never write.

One process may write at a time: the caller holds the dossier's lock.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from stelae.errors import (
    BadProof,
    BadValue,
    IntegrityError,
    NotADossier,
    StaleDossier,
    StorageFailed,
)
from stelae.evidence.durable import (
    make_directory,
    storage_errors,
    write_durably,
)
from stelae.evidence.log_check import Failure, check_log, require_extension
from stelae.evidence.log_files import (
    CHECKPOINT,
    RESTORE,
    read_checkpoint,
    tile_reader,
    unfinished_files,
)
from stelae.evidence.log_recovery import Recovery, recover
from stelae.evidence.log_writing import write_together
from stelae.evidence.signing import LastSigned
from stelae.transparency.checkpoints import (
    Checkpoint,
    open_checkpoint,
    read_unverified,
    sign_checkpoint,
)
from stelae.transparency.merkle import (
    EMPTY_ROOT,
    compact_range,
    leaf_hashes,
    tree_root,
    verify_inclusion,
)
from stelae.transparency.notes import Signer, VerifierKey
from stelae.transparency.proofs import LogProof
from stelae.transparency.tile_tree import TileTree, audit, root_from_tiles
from stelae.transparency.tiles import (
    ENTRIES,
    FULL,
    MAX_ENTRY,
    decode_bundle,
    encode_bundle,
    levels_of,
    tile_at,
    tiles_at_level,
)

__all__ = ["Failure", "Log", "Recovery", "check_log", "recover", "unfinished_files"]


def _publish(folder: Path, text: str, last_signed: LastSigned) -> None:
    try:
        with storage_errors("write", folder):
            make_directory(folder)
            last_signed.write(text)
            write_durably(folder / CHECKPOINT, text.encode("utf-8"))
    except StorageFailed as error:
        raise StorageFailed(
            error.what,
            hint="What was to be added may count already. Check free space and the disk, open the "
            "log for appending again, and look what it holds before you repeat.",
        ) from error


class Log:
    """A log, read at one checkpoint. All that it returns was checked against the signed root."""

    def __init__(self, folder: Path, text: str, checkpoint: Checkpoint, *, verified: bool) -> None:
        self.folder = folder
        self.verified = verified
        self._unfinished = False
        self._show(text, checkpoint)

    def _show(self, text: str, checkpoint: Checkpoint) -> None:
        self.checkpoint_text = text
        self.checkpoint = checkpoint
        self._tree = TileTree(checkpoint.size, checkpoint.root, tile_reader(self.folder))

    @classmethod
    def create(cls, folder: Path, signer: Signer, last_signed: LastSigned) -> "Log":
        """Begin an empty log in a folder that has none; its origin is the signer's name."""
        with contextlib.suppress(NotADossier):
            read_checkpoint(folder)
            raise BadValue(f"a log exists already in {folder}", hint="Open it instead.")
        before = last_signed.checkpoint(signer.verifier_key)
        if before is not None and before.size:
            raise StaleDossier(
                f"the key of {signer.name} signed a log of {before.size} entries already",
                hint="Open the dossier that holds them, or choose another name for a new one.",
            )
        checkpoint = Checkpoint(signer.name, 0, EMPTY_ROOT)
        text = sign_checkpoint(checkpoint, signer)
        _publish(folder, text, last_signed)
        return cls(folder, text, checkpoint, verified=True)

    @classmethod
    def open(cls, folder: Path, verifier: VerifierKey | None = None) -> "Log":
        """Open for reading. Without a verifier key the signature is not checked (`verified`).

        Raises NotADossier when there is no checkpoint, BadProof when it is not to be believed.
        """
        text = read_checkpoint(folder)
        try:
            checkpoint = open_checkpoint(text, verifier) if verifier else read_unverified(text)
        except BadProof as error:
            raise BadProof(f"{folder / CHECKPOINT}: {error.what}", hint=RESTORE) from error
        return cls(folder, text, checkpoint, verified=verifier is not None)

    @classmethod
    def open_for_append(cls, folder: Path, signer: Signer, last_signed: LastSigned) -> "Log":
        """Recover from a killed writer (see `recover`), then open."""
        recover(folder, signer.verifier_key, last_signed)
        return cls.open(folder, signer.verifier_key)

    @property
    def size(self) -> int:
        """The number of entries."""
        return self.checkpoint.size

    @property
    def root(self) -> bytes:
        """The signed root hash."""
        return self.checkpoint.root

    @property
    def origin(self) -> str:
        """The name of the log, which is the name of its key."""
        return self.checkpoint.origin

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Entries [start, stop), each under the signed root; raises at the first that is not."""
        stop = self.size if stop is None else stop
        if not 0 <= start <= stop <= self.size:
            raise BadValue(f"no entries {start} to {stop} in a log of {self.size}")
        return self._entries(start, stop)

    def _entries(self, start: int, stop: int) -> Iterator[bytes]:
        for index in range(start // FULL, -(-stop // FULL)):
            first = index * FULL
            yield from self._bundle(index)[max(start - first, 0) : stop - first]

    def _bundle(self, index: int) -> list[bytes]:
        bundle = tile_at(ENTRIES, index, self.size)
        if bundle is None:
            return []
        path = self.folder / bundle.path
        try:
            found = decode_bundle(tile_reader(self.folder)(bundle), bundle.width)
        except BadProof as error:
            raise BadProof(f"{path}: {error.what}", hint=RESTORE) from error
        if leaf_hashes(found) != self._tree.hashes(0, index):
            raise BadProof(f"{path}: its entries are not those that were signed", hint=RESTORE)
        return found

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The siblings of an entry, from the leaf's to the child of the root."""
        proof = self._tree.inclusion_proof(index)
        verify_inclusion(self._tree.node(0, index), index, self.size, proof, self.root)
        return proof

    def proof(self, index: int, extra: bytes | None = None) -> LogProof:
        """A proof that travels alone: siblings and the signed checkpoint (c2sp.org/tlog-proof)."""
        hashes = tuple(self.inclusion_proof(index))
        return LogProof(index, hashes, self.checkpoint_text, extra)

    def root_at(self, size: int) -> bytes:
        """The root that the log had at an earlier size."""
        return compact_range(size, self._tree.node).root

    def consistency_proof(self, old: int) -> list[bytes]:
        """Nodes that show that this log extends the one of `old` entries (0 < old <= size)."""
        return self._tree.consistency_proof(old)

    def require_extends(self, seen: Checkpoint) -> None:
        """Raise IntegrityError unless this log holds all that a checkpoint seen before promised."""
        require_extension(seen, self.checkpoint, self._tree)

    def append(
        self, leaves: Iterable[bytes], signer: Signer, last_signed: LastSigned
    ) -> Checkpoint:
        """Add entries of at most 65,535 bytes, all or none; durable and signed on return.

        Nothing is written for no entries. Raises BadValue for an entry that is too long,
        StaleDossier when the key signed more than this log shows, StorageFailed when the disk
        refuses. After an error the log must be opened for appending again.
        """
        entries = list(leaves)
        for place, entry in enumerate(entries):
            if len(entry) > MAX_ENTRY:
                raise BadValue(
                    f"new entry {place} has {len(entry)} bytes, more than {MAX_ENTRY}",
                    hint="Keep long content as an object and log its digest.",
                )
        if not entries:
            return self.checkpoint
        self._require_writable(signer, last_signed)
        self._unfinished = True
        hashes = leaf_hashes(entries)
        expected = self._tree.compact_range().extended(hashes)
        with storage_errors("write", self.folder):
            write_together(self.folder, self._new_files(entries, hashes))
        checkpoint = Checkpoint(self.origin, expected.size, self._reread_root(expected.size))
        if checkpoint.root != expected.root:
            raise IntegrityError(
                f"{self.folder}: what was read back is not what was written; nothing was signed",
                hint="The disk or the memory is failing. Check both before writing again.",
            )
        self._require_extension_by(checkpoint)
        text = sign_checkpoint(checkpoint, signer)
        _publish(self.folder, text, last_signed)
        old = self.size
        self._show(text, checkpoint)
        self._unfinished = False
        self._remove_replaced(old)
        return checkpoint

    def _require_writable(self, signer: Signer, last_signed: LastSigned) -> None:
        key = signer.verifier_key
        open_checkpoint(self.checkpoint_text, key)
        before = last_signed.checkpoint(key)
        known = None if before is None else (before.size, before.root)
        if self._unfinished or known != (self.size, self.root):
            signed = "nothing" if before is None else f"{before.size} entries"
            raise StaleDossier(
                f"the log shows {self.size} entries, its key last signed {signed}"
                + (", and the last append broke off" if self._unfinished else ""),
                hint="Open the log for appending again: that finishes or clears what was begun.",
            )

    def _require_extension_by(self, newer: Checkpoint) -> None:
        """Raise IntegrityError unless the tiles on disk make `newer` an extension of this log."""
        tree = TileTree(newer.size, newer.root, tile_reader(self.folder))
        require_extension(self.checkpoint, newer, tree)

    def _new_files(
        self, entries: Sequence[bytes], hashes: Sequence[bytes]
    ) -> Iterator[tuple[Path, bytes]]:
        """The bundles and tiles that the new entries make new or wider."""
        old, new = self.size, self.size + len(entries)
        first = old // FULL
        begun = self._bundle(first)
        row = [*begun, *entries]
        for bundle in tiles_at_level(ENTRIES, new, old):
            place = (bundle.index - first) * FULL
            yield self.folder / bundle.path, encode_bundle(row[place : place + bundle.width])
        added = list(hashes)
        for level in levels_of(new):
            first = (old >> (8 * level)) // FULL
            row = [*self._begun_hashes(level, first), *added]
            for tile in tiles_at_level(level, new, old):
                place = (tile.index - first) * FULL
                yield self.folder / tile.path, b"".join(row[place : place + tile.width])
            full = len(row) // FULL * FULL
            added = [tree_root(row[place : place + FULL]) for place in range(0, full, FULL)]

    def _begun_hashes(self, level: int, index: int) -> list[bytes]:
        return self._tree.hashes(level, index) if tile_at(level, index, self.size) else []

    def _reread_root(self, size: int) -> bytes:
        """The root of what lies on disk now, every new bundle held against its tile."""
        read = tile_reader(self.folder)
        for fault in audit(size, read, since=self.size):
            raise IntegrityError(
                f"{self.folder / fault.tile.path}: read back after writing: {fault.why}",
                hint="The disk or the memory is failing. Check both before writing again.",
            )
        return root_from_tiles(size, read)

    def _remove_replaced(self, old: int) -> None:
        """Remove the partial tiles of the old right edge whose full ones are signed now."""
        for level in (ENTRIES, *levels_of(old)):
            edge = tile_at(level, (old >> (8 * max(level, 0))) // FULL, old)
            if edge is None or not edge.full().within(self.size):
                continue
            # The entries are safe; what cannot be removed now is removed by the next recovery.
            with contextlib.suppress(OSError):
                partials = (self.folder / edge.path).parent
                for partial in partials.iterdir():
                    partial.unlink()
                partials.rmdir()
