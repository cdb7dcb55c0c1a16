"""Checkpoints (c2sp.org/tlog-checkpoint): the signed size and root of a log."""

import re
from dataclasses import dataclass

from stelae.errors import BadProof
from stelae.transparency.merkle import EMPTY_ROOT, HASH_SIZE
from stelae.transparency.notes import (
    Signer,
    VerifierKey,
    decode_base64,
    decode_text,
    encode_base64,
    parse_note,
    sign_note,
    verify_note,
)

MAX_SIZE = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def parse_decimal(text: str, what: str) -> int:
    """ASCII digits without leading zeros, at most 2**63 - 1."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise BadProof(f"{what} is not a decimal number from 0 to {MAX_SIZE}")
    return int(text)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: all entries [0, size) hash to this root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(line and "\n" not in line for line in (self.origin, *self.extensions)):
            raise BadProof("the lines of a checkpoint are not empty and hold no newline")
        if not 0 <= self.size <= MAX_SIZE:
            raise BadProof(f"a log has 0 to {MAX_SIZE} entries, not {self.size}")
        if len(self.root) != HASH_SIZE:
            raise BadProof(f"a root hash has {HASH_SIZE} bytes, not {len(self.root)}")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise BadProof("the root of an empty log is the SHA-256 of nothing")

    @property
    def text(self) -> str:
        """The text that is signed."""
        return "\n".join(
            (self.origin, str(self.size), encode_base64(self.root), *self.extensions, "")
        )


def parse_checkpoint(text: bytes | str) -> Checkpoint:
    """Read the text of a checkpoint, without its signatures; raises BadProof."""
    lines = decode_text(text, "the checkpoint").split("\n")
    if len(lines) < 4 or lines[-1]:
        raise BadProof("a checkpoint has three lines, origin, size and root, each ended")
    origin, size, root, *extensions = lines[:-1]
    return Checkpoint(
        origin,
        parse_decimal(size, "the size in the checkpoint"),
        decode_base64(root, "the root in the checkpoint"),
        tuple(extensions),
    )


def open_checkpoint(note: bytes | str, key: VerifierKey) -> Checkpoint:
    """The checkpoint in a note that this key signed; the origin must be the key's name."""
    checkpoint = parse_checkpoint(verify_note(note, [key]).text)
    if checkpoint.origin != key.name:
        raise BadProof(f"the checkpoint is of {checkpoint.origin}, the key of {key.name}")
    return checkpoint


def read_unverified(note: bytes | str) -> Checkpoint:
    """The checkpoint that a note claims; nobody's signature was looked at."""
    return parse_checkpoint(parse_note(note).text)


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """The signed note; the signer's name must be the origin."""
    if checkpoint.origin != signer.name:
        raise BadProof(f"the key of {signer.name} cannot sign for {checkpoint.origin}")
    return sign_note(checkpoint.text, [signer])
