"""Kept bytes, each under the SHA-256 digest of its content: `objects/ab/<64 hexadecimal digits>`.

Invariants: an object's name appears only when its bytes are durable; an object is never written
again; nothing but objects and temporary files (`.tmp-*`, `stelae.evidence.durable`) lies here.
A call keeps everything that it was given or raises and keeps nothing new. After a power cut part
of a call may be kept: whole objects that no log entry names, harmless and found again later.
One writer at a time: the caller holds the dossier's lock. Readers need no lock.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stelae.errors import BadInput, ImportRefused, IntegrityError, Problem
from stelae.evidence.durable import flush_directory, make_directory, storage_errors, write_all
from stelae.evidence.durable import temporary_beside as temporary_name
from stelae.evidence.flushing import flush_files
from stelae.evidence.inspection import Failure, inspect
from stelae.evidence.originals import check_originals, open_original
from stelae.values.digests import digest_hex

BLOCK = 1 << 20
OBJECT_MODE = 0o444
_HASHED_AGAIN = 16 << 20
_READ_BACK = 8

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """One object of the store; `size` in bytes, `new` when this call wrote it."""

    digest: str
    size: int
    new: bool


@dataclass(frozen=True, slots=True)
class _Written:
    temporary: Path
    digest: str
    size: int


class Store:
    """The objects in one folder, `objects` of a dossier; the folder is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the object lies or would lie; raises BadValue when this is no digest."""
        name = digest_hex(digest)
        return self.folder / name[:2] / name

    def put_stream(self, stream: BinaryIO, *, progress: Progress | None = None) -> Kept:
        """Keep what a stream gives until its end, in constant memory, hashed while written.

        Raises BadInput when the stream is empty or cannot be read, StorageFailed when the disk
        refuses, IntegrityError when the object is there already with other bytes.
        """
        make_directory(self.folder)
        with self._discarded_on_failure() as pending:
            written = self._write(_blocks(stream, "the stream"), pending, progress)
            if not written.size:
                raise BadInput("the stream is empty", hint="Nothing to keep in no bytes.")
            return self._commit([written], pending)[0]

    def put_many(
        self,
        paths: Sequence[Path],
        *,
        within: Path | None = None,
        progress: Progress | None = None,
    ) -> list[Kept]:
        """Keep many files in one group commit, in the order given; all or none.

        `progress` is told the bytes read so far of the whole call. With `within`, each path must
        lie in that folder once symbolic links in its parents are followed.

        Raises ImportRefused with every problem at once: missing, unreadable, empty, a symbolic
        link, a folder, a device, outside `within`, or changed while it was read. Raises
        StorageFailed and IntegrityError as `put_stream` does.
        """
        problems = check_originals(paths, within=within)
        if problems:
            raise ImportRefused(problems)
        make_directory(self.folder)
        with self._discarded_on_failure() as pending:
            writtens: list[_Written] = []
            done = 0
            for path in paths:
                before = done
                tell = None if progress is None else _shifted(progress, before)
                try:
                    with open_original(path) as original:
                        size = original.state.st_size
                        blocks = _blocks(original.stream, str(path), most=size)
                        written = self._write(blocks, pending, tell)
                        original.check_unchanged(written.size)
                except BadInput as error:
                    problems.append(Problem(error.what, file=str(path), hint=error.hint))
                    continue
                done = before + written.size
                writtens.append(written)
            if problems:
                raise ImportRefused(problems)
            return self._commit(writtens, pending)

    def has(self, digest: str) -> bool:
        """Whether a file stands under this digest; `verify` tells whether its bytes are right."""
        try:
            return stat.S_ISREG(self.path(digest).lstat().st_mode)
        except FileNotFoundError:
            return False

    def open(self, digest: str) -> BinaryIO:
        """The object as a stream, not checked against its digest. IntegrityError when absent."""
        path = self.path(digest)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise _damaged(digest, error.strerror or str(error)) from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise _damaged(digest, "it is not a file")
        return os.fdopen(descriptor, "rb")

    def read(self, digest: str, limit: int) -> bytes:
        """All bytes of an object, checked against the digest.

        Raises BadInput when it has more than `limit` bytes, IntegrityError when it is absent or
        its bytes changed.
        """
        with self.open(digest) as stream:
            try:
                content = stream.read(limit + 1)
            except OSError as error:
                raise _damaged(digest, error.strerror or str(error)) from error
        if len(content) > limit:
            raise BadInput(
                f"object {digest} has more than {limit} bytes",
                hint="Read it as a stream, or raise the limit.",
            )
        if hashlib.sha256(content).hexdigest() != digest_hex(digest):
            raise _damaged(digest, "its bytes changed")
        return content

    def digests(self) -> Iterator[str]:
        """The digest of every object, in order of digest."""
        found = (path.name for path in self.folder.glob("[0-9a-f][0-9a-f]/*"))
        yield from sorted(f"sha256:{name}" for name in found if len(name) == 64)

    def verify(self, progress: Progress | None = None) -> Iterator[Failure]:
        """Read every byte and yield everything that is not as it should be."""
        return inspect(self.folder, progress)

    def _write(
        self, blocks: Iterator[bytes], pending: list[Path], progress: Progress | None
    ) -> _Written:
        temporary = temporary_name(self.folder / "object")
        hashing = hashlib.sha256()
        size = 0
        with storage_errors("write", temporary):
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OBJECT_MODE)
        pending.append(temporary)
        try:
            for block in blocks:
                hashing.update(block)
                with storage_errors("write", temporary):
                    write_all(descriptor, block)
                size += len(block)
                if progress is not None:
                    progress(size)
        finally:
            with storage_errors("write", temporary):
                os.close(descriptor)
        return _Written(temporary, f"sha256:{hashing.hexdigest()}", size)

    def _commit(self, writtens: Sequence[_Written], pending: list[Path]) -> list[Kept]:
        fresh: dict[str, _Written] = {}
        for written in writtens:
            if written.digest not in fresh and not self._kept_already(written):
                fresh[written.digest] = written
        flush_files(self.folder, [written.temporary for written in fresh.values()])
        parents = sorted({self.path(digest).parent for digest in fresh})
        self._make_parents(parents)
        for digest, written in fresh.items():
            target = self.path(digest)
            with storage_errors("rename", target):
                written.temporary.rename(target)
            pending.append(target)
        for parent in parents:
            with storage_errors("flush", parent):
                flush_directory(parent)
        self._read_back(list(fresh.values()))
        pending[:] = [path for path in pending if path.parent == self.folder]
        first_of = {digest: written.temporary for digest, written in fresh.items()}
        kept = [
            Kept(written.digest, written.size, first_of.get(written.digest) == written.temporary)
            for written in writtens
        ]
        _discard(pending)
        return kept

    def _kept_already(self, written: _Written) -> bool:
        """Whether the object stands there; its size is compared, and its bytes up to 16 MiB."""
        path = self.path(written.digest)
        try:
            state = path.lstat()
        except FileNotFoundError:
            return False
        if not stat.S_ISREG(state.st_mode) or state.st_size != written.size:
            raise _damaged(written.digest, "its bytes changed")
        if written.size <= _HASHED_AGAIN:
            self.read(written.digest, written.size)
        return True

    def _make_parents(self, parents: Sequence[Path]) -> None:
        made = False
        for parent in parents:
            with storage_errors("make the folder", parent), contextlib.suppress(FileExistsError):
                parent.mkdir(mode=0o755)
                made = True
        if made:
            with storage_errors("flush", self.folder):
                flush_directory(self.folder)

    def _read_back(self, writtens: Sequence[_Written]) -> None:
        """Read a sample again, from the disk where the system allows it to be asked."""
        step = max(1, len(writtens) // _READ_BACK)
        for written in writtens[::step]:
            if written.size > _HASHED_AGAIN:
                continue
            with self.open(written.digest) as stream:
                if hasattr(os, "posix_fadvise"):
                    os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            self.read(written.digest, written.size)

    @contextlib.contextmanager
    def _discarded_on_failure(self) -> Iterator[list[Path]]:
        """A list of files to be deleted again when the call does not end well."""
        pending: list[Path] = []
        try:
            yield pending
        except BaseException:
            _discard(pending)
            raise


def _discard(paths: Sequence[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def _shifted(progress: Progress, before: int) -> Progress:
    return lambda done: progress(before + done)


def _blocks(stream: BinaryIO, name: str, most: int | None = None) -> Iterator[bytes]:
    """The stream in blocks, ended once it gave more than `most`: a file may grow without end."""
    done = 0
    while most is None or done <= most:
        try:
            block = stream.read(BLOCK)
        except OSError as error:
            raise BadInput(
                f"could not be read: {error.strerror or error}",
                hint=f"Check the disk that holds {name}, or copy it again from where it came.",
            ) from error
        if not block:
            return
        done += len(block)
        yield block


def _damaged(digest: str, why: str) -> IntegrityError:
    return IntegrityError(
        f"object {digest} cannot be used: {why}",
        hint="Run stelae verify to see all that is wrong, then restore it from a backup.",
    )
