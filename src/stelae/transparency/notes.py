"""Signed notes (c2sp.org/signed-note) with Ed25519: text, a blank line, signature lines.

Traps that this module is built around: the text ends at the LAST blank line; lines end at "\\n"
only (`str.splitlines` also splits at U+2028); base64 is canonical or refused; an unknown key is
ignored, but one bad signature by a known key rejects the note; "+" occurs in base64.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from stelae.errors import BadProof

ED25519 = b"\x01"
MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100
_DASH = "\u2014 "
_KEY_ID = re.compile(r"[0-9a-f]{8}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def decode_base64(text: str, what: str) -> bytes:
    """Decode standard base64 (RFC 4648, section 4), refusing every spelling but the canonical."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise BadProof(f"{what} is not base64") from None
    if encode_base64(data) != text:
        raise BadProof(f"{what} is not canonical base64")
    return data


def encode_base64(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def decode_text(data: bytes | str, what: str) -> str:
    """UTF-8 text of at most 1,000,000 bytes."""
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        size = len(text.encode("utf-8"))
    except UnicodeError:
        raise BadProof(f"{what} is not UTF-8") from None
    if size > MAX_NOTE_BYTES:
        raise BadProof(f"{what} has {size} bytes, more than {MAX_NOTE_BYTES}")
    return text


def _require_name(name: str) -> None:
    if not name or "+" in name or any(mark.isspace() for mark in name) or _CONTROL.search(name):
        raise BadProof(f"not a key name: {name!r} (no spaces, no plus sign, not empty)")
    decode_text(name, "a key name")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A named Ed25519 public key; published as `name+id+base64`."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        _require_name(self.name)
        if len(self.public_key) != 32:
            raise BadProof(f"an Ed25519 key has 32 bytes, this one {len(self.public_key)}")

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart; not a safeguard."""
        material = self.name.encode() + b"\n" + ED25519 + self.public_key
        return hashlib.sha256(material).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(ED25519 + self.public_key)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a verifier key; raises BadProof for any other text, also for other algorithms."""
        parts = text.split("+", 2)
        if len(parts) != 3 or not _KEY_ID.fullmatch(parts[1]):
            raise BadProof("not a verifier key", hint="It looks like name+12ab34cd+base64.")
        material = decode_base64(parts[2], "the key in a verifier key")
        if material[:1] != ED25519:
            raise BadProof("the verifier key is not for Ed25519, the only algorithm understood")
        key = cls(parts[0], material[1:])
        if key.key_id.hex() != parts[1]:
            raise BadProof("the verifier key's id does not fit its name and key: a misprint?")
        return key

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed these bytes (RFC 8032)."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A named Ed25519 private key, which never shows in `repr`."""

    name: str
    private_key: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        _require_name(self.name)

    @classmethod
    def from_private_bytes(cls, name: str, seed: bytes) -> "Signer":
        """The key that these 32 secret random bytes make."""
        if len(seed) != 32:
            raise BadProof(f"an Ed25519 private key has 32 bytes, not {len(seed)}")
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def verifier_key(self) -> VerifierKey:
        """The public half, to be published widely."""
        return VerifierKey(self.name, self.private_key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same for the same message."""
        return self.private_key.sign(message)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who is said to have signed, with which key, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {encode_base64(self.key_id + self.signature)}"

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Read a line without its newline."""
        parts = line.removeprefix(_DASH).split(" ")
        if not line.startswith(_DASH) or len(parts) != 2:
            raise BadProof("a signature line is not: em dash, name, base64")
        _require_name(parts[0])
        data = decode_base64(parts[1], "a signature")
        if len(data) < 5:
            raise BadProof("a signature is shorter than its key id")
        return cls(parts[0], data[:4], data[4:])


@dataclass(frozen=True, slots=True)
class Note:
    """A note that was read but not verified: nothing in it may be believed yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class VerifiedNote:
    """The text that was signed, by which of the known keys, and the lines of unknown keys."""

    text: str
    verified: tuple[VerifierKey, ...]
    ignored: tuple[Signature, ...]


def parse_note(data: bytes | str) -> Note:
    """Read a note; raises BadProof when it is malformed or has more than 100 signatures."""
    text = decode_text(data, "the note")
    if _CONTROL.search(text):
        raise BadProof("the note has a control character")
    body, blank, tail = text.rpartition("\n\n")
    if not blank:
        raise BadProof("the note has no blank line before its signatures")
    if not tail.endswith("\n"):
        raise BadProof("the note has no signature, or its last line is not ended")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise BadProof(f"the note has {len(lines)} signatures, more than {MAX_SIGNATURES}")
    return Note(body + "\n", tuple(Signature.parse(line) for line in lines))


def verify_note(data: bytes | str, keys: Sequence[VerifierKey]) -> VerifiedNote:
    """The text of a note that at least one of the keys signed, and none of them falsely.

    Raises BadProof otherwise, and when two of the keys share name and id.
    """
    known = {(key.name, key.key_id): key for key in keys}
    if len(known) != len(keys):
        raise BadProof("two of the known keys have one name and id: the signature is ambiguous")
    note = parse_note(data)
    message = note.text.encode("utf-8")
    verified: dict[VerifierKey, None] = {}
    ignored = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            ignored.append(signature)
        elif key.verifies(message, signature.signature):
            verified[key] = None
        else:
            raise BadProof(f"the signature by {key.name} does not fit the note: it was altered")
    if not verified:
        names = ", ".join(key.name for key in keys) or "none was given"
        raise BadProof(f"the note is not signed by a known key ({names})")
    return VerifiedNote(note.text, tuple(verified), tuple(ignored))


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """The note with a signature by each signer; text must end in a newline."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadProof("the text of a note ends in a newline and has no control characters")
    message = decode_text(text, "the text of a note").encode("utf-8")
    lines = tuple(
        Signature(signer.name, signer.verifier_key.key_id, signer.sign(message))
        for signer in signers
    )
    if not 0 < len(lines) <= MAX_SIGNATURES:
        raise BadProof(f"a note has 1 to {MAX_SIGNATURES} signatures, not {len(lines)}")
    return str(Note(text, lines))
