"""The key of a log and the memory of what it signed, in a folder of the user's configuration.

Per log three files, named for its origin: `.key` (PKCS #8 PEM, mode 0600, optionally under a
passphrase), `.vkey` (the public half) and `.last-signed` (the last checkpoint, whole). The
memory lies beside the key and not in the dossier, so that a dossier restored from an old
backup cannot make the key sign a second history.
"""

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from stelae.errors import IntegrityError, NoSigningKey
from stelae.evidence.durable import (
    flush_directory,
    make_directory,
    storage_errors,
    temporary_beside,
    write_durably,
)
from stelae.transparency.checkpoints import Checkpoint, open_checkpoint
from stelae.transparency.notes import MAX_NOTE_BYTES, Signer, VerifierKey

__all__ = [
    "LastSigned",
    "Signer",
    "file_stem",
    "generate_signer",
    "last_signed_for",
    "load_signer",
]


def file_stem(origin: str) -> str:
    """A file name for an origin, whatever it contains: a readable part and 16 hex digits."""
    readable = re.sub(r"[^a-z0-9.-]+", "-", origin.lower()).strip("-.")[:48]
    digest = hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{readable}-{digest}" if readable else digest


def _key_path(keys_folder: Path, origin: str) -> Path:
    return keys_folder / f"{file_stem(origin)}.key"


def generate_signer(
    keys_folder: Path, origin: str, *, entropy: bytes, passphrase: str | None = None
) -> Signer:
    """Make and keep the key of a log from 32 secret random bytes; never replaces a key."""
    signer = Signer.from_private_bytes(origin, entropy)
    encryption: KeySerializationEncryption = NoEncryption()
    if passphrase:
        encryption = BestAvailableEncryption(passphrase.encode("utf-8"))
    pem = signer.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    make_directory(keys_folder, 0o700)
    path = _key_path(keys_folder, origin)
    staged = temporary_beside(path)
    try:
        write_durably(staged, pem, mode=0o600)
        with storage_errors("keep the key", path):
            try:
                os.link(staged, path)
            except FileExistsError:
                raise NoSigningKey(
                    f"a key for {origin} exists already: {path}",
                    hint="Use it, or choose another origin. A lost key is never replaced.",
                ) from None
    finally:
        with contextlib.suppress(OSError):  # what matters was said already
            staged.unlink(missing_ok=True)
    with storage_errors("flush", keys_folder):
        flush_directory(keys_folder)
    write_durably(path.with_suffix(".vkey"), f"{signer.verifier_key}\n".encode())
    return signer


def load_signer(keys_folder: Path, origin: str, *, passphrase: str | None = None) -> Signer:
    """The key of a log; raises NoSigningKey when there is none, or it may not or cannot be read."""
    path = _key_path(keys_folder, origin)
    try:
        if path.stat().st_mode & 0o077:
            raise NoSigningKey(
                f"others may read the key of {origin}: {path}", hint=f"Run: chmod 600 '{path}'"
            )
        pem = path.read_bytes()
    except OSError as error:
        raise NoSigningKey(
            f"no key for {origin} at {path} ({error.strerror})",
            hint="Put back your configuration folder from a backup, or write with the account "
            "that made the dossier. Reading and verifying need no key.",
        ) from error
    secret = passphrase.encode("utf-8") if passphrase else None
    try:
        key = load_pem_private_key(pem, secret)
    except TypeError as error:
        hint = "Give the passphrase." if secret is None else "Give no passphrase."
        raise NoSigningKey(f"the key of {origin}: {error}", hint=hint) from error
    except ValueError as error:
        raise NoSigningKey(
            f"the key of {origin} cannot be read: {path}",
            hint="The passphrase is wrong or the file is damaged; put it back from a backup.",
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoSigningKey(f"the key of {origin} is not Ed25519: {path}")
    return Signer(origin, key)


@dataclass(frozen=True, slots=True)
class LastSigned:
    """The last checkpoint that a key signed, as the whole signed note, in one durable file."""

    path: Path

    def text(self) -> str | None:
        """The signed note, or None when nothing was ever signed."""
        try:
            with self.path.open("rb") as file:
                return file.read(MAX_NOTE_BYTES + 1).decode("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IntegrityError(
                f"the memory of what was signed cannot be read: {self.path}",
                hint="Put it back from a backup of your configuration folder.",
            ) from error

    def checkpoint(self, key: VerifierKey) -> Checkpoint | None:
        """The checkpoint, its signature verified; None when nothing was ever signed."""
        text = self.text()
        if text is None:
            return None
        try:
            return open_checkpoint(text, key)
        except IntegrityError as error:
            raise IntegrityError(
                f"the memory of what was signed is damaged: {self.path}: {error.what}",
                hint="Put it back from a backup of your configuration folder.",
            ) from error

    def write(self, text: str) -> None:
        """Remember a signed note; durable on return."""
        make_directory(self.path.parent, 0o700)
        write_durably(self.path, text.encode("utf-8"), mode=0o600)


def last_signed_for(keys_folder: Path, origin: str) -> LastSigned:
    """The memory of what the key of this origin signed."""
    return LastSigned(keys_folder / f"{file_stem(origin)}.last-signed")
