"""A dossier as a folder: settings, kept bytes, the log, the vault, statements.

Order of a commit, so that a writer may be killed at any moment: objects, then the vault's
segment, then the log's tiles and checkpoint. Nothing counts before the checkpoint does.
"""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from stelae.errors import BadInput, Busy, IntegrityError, NotADossier
from stelae.evidence.durable import (
    flush_directory,
    make_directory,
    remove_leftovers,
    storage_errors,
    temporary_beside,
    write_durably,
)
from stelae.evidence.log import Log
from stelae.evidence.signing import generate_signer, last_signed_for, load_signer
from stelae.evidence.store import Store
from stelae.records import settings as settings_file
from stelae.records.catalogue import Body, from_logged_body
from stelae.records.fold import State, fold
from stelae.records.journal import Entropy, Entry, Logged, Sealed, open_entry, seal
from stelae.records.settings import Profile, Settings
from stelae.records.vault import read_disclosures, write_segment
from stelae.transparency.notes import Signer, VerifierKey

Clock: TypeAlias = Callable[[], datetime]

_SUBFOLDERS = ("objects", "log", "vault", "statements")


def utc_text(moment: datetime) -> str:
    """A moment in UTC to the second, as RFC 3339 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, with which keys, at what time, with what randomness."""

    keys: Path
    actor: str
    now: Clock
    entropy: Entropy
    passphrase: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier opened for reading. Reading takes no lock and writes nothing."""

    folder: Path
    settings: Settings

    @classmethod
    def open(cls, folder: Path) -> "Dossier":
        """Open a folder that `stelae init` made; NotADossier says why it is none."""
        path = folder / settings_file.FILE_NAME
        try:
            text = path.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            raise NotADossier(
                f"{folder} is no dossier: it has no {settings_file.FILE_NAME}",
                hint="Make one with: stelae init FOLDER",
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise NotADossier(f"{path} cannot be read: {error}") from error
        return cls(folder, Settings.parse(text, str(path)))

    @property
    def store(self) -> Store:
        """The kept bytes."""
        return Store(self.folder / "objects")

    @property
    def verifier_key(self) -> VerifierKey:
        """The log's public key as dossier.toml names it."""
        return VerifierKey.parse(self.settings.log_key)

    def log(self) -> Log:
        """The log at its last checkpoint, the signature checked."""
        return Log.open(self.folder / "log", self.verifier_key)

    def sealed(self) -> Iterator[Sealed]:
        """Every entry as log and vault hold it, under the signed root."""
        log = self.log()
        disclosures = read_disclosures(self.folder / "vault", log.size)
        for leaf, texts in zip(log.entries(), disclosures, strict=True):
            yield Sealed(leaf, texts)

    def journal(self) -> Iterator[Logged]:
        """Every entry in order, each field held against its commitment, none missing.

        A field that is gone could be the one that forbids publication: IntegrityError.
        """
        for index, sealed in enumerate(self.sealed()):
            logged = open_entry(index, sealed.leaf, sealed.disclosures)
            if logged.hidden:
                raise IntegrityError(
                    f"the vault misses {logged.hidden} fields of entry {index}",
                    hint="Restore vault/ from a backup.",
                )
            yield logged

    def state(self) -> State:
        """What the journal says, folded."""
        return fold(self.journal())

    @contextlib.contextmanager
    def writing(self, hand: Hand) -> Iterator["Writer"]:
        """Hold the dossier's lock, recover from a killed writer, and write."""
        signer = load_signer(hand.keys, self.settings.origin, passphrase=hand.passphrase)
        if str(signer.verifier_key) != self.settings.log_key:
            raise IntegrityError(
                "dossier.toml names another key for the log than your configuration holds",
                hint="Put dossier.toml back as it was.",
            )
        with _locked(self.folder):
            for name in ("objects", "vault"):
                with storage_errors("clear away leftovers in", self.folder / name):
                    remove_leftovers(self.folder / name)
            log = Log.open_for_append(
                self.folder / "log", signer, last_signed_for(hand.keys, self.settings.origin)
            )
            yield Writer(self, hand, signer, log)


@dataclass(slots=True)
class Writer:
    """The right to append to one dossier, held while the lock is."""

    dossier: Dossier
    hand: Hand
    signer: Signer
    log: Log

    def append(self, entries: Sequence[Entry]) -> tuple[Sealed, ...]:
        """Seal entries, keep their disclosures, log them and sign: all of them or none.

        Raises BadRecord for a body that could not be read back: it would spoil the dossier.
        """
        if not entries:
            return ()
        for entry in entries:
            from_logged_body(entry.kind, entry.body)
        sealed = tuple(seal(entry, self.hand.entropy) for entry in entries)
        write_segment(
            self.dossier.folder / "vault", self.log.size, [entry.disclosures for entry in sealed]
        )
        self.log.append(
            [entry.leaf for entry in sealed],
            self.signer,
            last_signed_for(self.hand.keys, self.dossier.settings.origin),
        )
        return sealed

    def say(
        self, drafts: Iterable[tuple[str, Body, str | None]], why: str = ""
    ) -> tuple[Sealed, ...]:
        """Append (kind, body, previous) as entries by this hand, now; `why` goes to corrections."""
        moment = utc_text(self.hand.now())
        entries = [
            Entry(kind, body, self.hand.actor, moment, previous, why if previous else "")
            for kind, body, previous in drafts
        ]
        return self.append(entries)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    path = folder / ".lock"
    with contextlib.ExitStack() as stack:
        with storage_errors("lock", path):
            file = stack.enter_context(path.open("w", encoding="utf-8"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(
                    f"another process is writing to {folder}", hint="Wait for it, then repeat."
                ) from None
        yield


def slug(text: str) -> str:
    """A name of small Latin letters, digits and dashes, for origins and file names."""
    cleaned = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return cleaned[:40] or "dossier"


def create_dossier(folder: Path, *, hand: Hand, profile: Profile) -> Dossier:
    """Make a dossier and the key of its log; it appears whole or not at all.

    The origin of the log is the folder's name with eight random hexadecimal digits, so that two
    dossiers of one name never share a log.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} exists and is not empty", hint="Choose a new folder.")
    origin = f"{slug(folder.resolve().name)}-{hand.entropy(4).hex()}/log1"
    signer = generate_signer(
        hand.keys, origin, entropy=hand.entropy(32), passphrase=hand.passphrase
    )
    settings = Settings(profile, origin, str(signer.verifier_key))
    make_directory(folder.resolve().parent)
    staged = temporary_beside(folder.resolve())
    try:
        with storage_errors("make", folder):
            staged.mkdir(mode=0o700)
            for name in _SUBFOLDERS:
                (staged / name).mkdir(mode=0o700 if name == "vault" else 0o755)
        Log.create(staged / "log", signer, last_signed_for(hand.keys, origin))
        write_durably(staged / settings_file.FILE_NAME, settings.to_toml().encode())
        with storage_errors("make", folder):
            os.rename(staged, folder)  # noqa: PTH104 (over an empty folder, in one step)
            flush_directory(folder.resolve().parent)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return Dossier(folder, settings)
