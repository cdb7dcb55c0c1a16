"""Proofs that travel alone (c2sp.org/tlog-proof): index, siblings and the signed checkpoint."""

from dataclasses import dataclass

from stelae.errors import BadProof
from stelae.transparency.checkpoints import (
    Checkpoint,
    open_checkpoint,
    parse_decimal,
)
from stelae.transparency.merkle import HASH_SIZE, leaf_hash, verify_inclusion
from stelae.transparency.notes import VerifierKey, decode_base64, decode_text, encode_base64

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63


@dataclass(frozen=True, slots=True)
class LogProof:
    """What shows that an entry is in a log, to anyone who has the entry and the log's key.

    `checkpoint` is the signed note verbatim, unverified. `extra` is not covered by any
    signature and must not be believed.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def __str__(self) -> str:
        extra = [] if self.extra is None else [f"extra {encode_base64(self.extra)}"]
        lines = [HEADER, *extra, f"index {self.index}", *map(encode_base64, self.hashes)]
        return "\n".join(lines) + "\n\n" + self.checkpoint


def parse_proof(data: bytes | str) -> LogProof:
    """Read a proof; raises BadProof when it is malformed. The checkpoint inside is not read."""
    head, blank, checkpoint = decode_text(data, "the proof").partition("\n\n")
    if not blank:
        raise BadProof("the proof has no blank line before its checkpoint")
    lines = head.split("\n")
    if lines[0] != HEADER:
        raise BadProof(f"a proof begins with {HEADER}")
    rest = lines[1:]
    extra = None
    if rest and rest[0].startswith("extra "):
        extra = decode_base64(rest.pop(0).removeprefix("extra "), "the proof's extra data")
    if not rest or not rest[0].startswith("index "):
        raise BadProof("the proof does not say the index of its entry")
    index = parse_decimal(rest.pop(0).removeprefix("index "), "the index in the proof")
    if len(rest) > MAX_HASHES:
        raise BadProof(f"a proof has at most {MAX_HASHES} hashes, not {len(rest)}")
    hashes = tuple(decode_base64(line, "a hash in the proof") for line in rest)
    if any(len(node) != HASH_SIZE for node in hashes):
        raise BadProof(f"a hash in the proof does not have {HASH_SIZE} bytes")
    return LogProof(index, hashes, checkpoint, extra)


def verify_proof(proof: LogProof, entry: bytes, key: VerifierKey) -> Checkpoint:
    """The checkpoint, signed by this key, of a log that holds this entry; raises BadProof."""
    checkpoint = open_checkpoint(proof.checkpoint, key)
    verify_inclusion(leaf_hash(entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint
