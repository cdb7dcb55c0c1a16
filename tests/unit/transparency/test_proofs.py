import pytest

from stelae.errors import BadProof
from stelae.transparency.checkpoints import Checkpoint, sign_checkpoint
from stelae.transparency.merkle import inclusion_proof, leaf_hashes, node_reader, tree_root
from stelae.transparency.notes import Signer
from stelae.transparency.proofs import LogProof, parse_proof, verify_proof

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
ENTRIES = [b"one", b"two", b"three", b"four", b"five"]
HASHES = leaf_hashes(ENTRIES)
CHECKPOINT = Checkpoint(SIGNER.name, 5, tree_root(HASHES))


def proof_of(index: int) -> LogProof:
    hashes = tuple(inclusion_proof(index, 5, node_reader(HASHES)))
    return LogProof(index, hashes, sign_checkpoint(CHECKPOINT, SIGNER))


@pytest.mark.parametrize("index", range(5))
def test_a_proof_goes_through_text_and_verifies(index: int) -> None:
    proof = parse_proof(str(proof_of(index)))
    assert verify_proof(proof, ENTRIES[index], SIGNER.verifier_key) == CHECKPOINT


def test_a_proof_of_one_entry_is_none_of_another() -> None:
    with pytest.raises(BadProof):
        verify_proof(proof_of(1), ENTRIES[2], SIGNER.verifier_key)
    with pytest.raises(BadProof):
        verify_proof(proof_of(1), b"never logged", SIGNER.verifier_key)


def test_an_unsigned_proof_shows_nothing() -> None:
    proof = LogProof(1, proof_of(1).hashes, CHECKPOINT.text)
    with pytest.raises(BadProof):
        verify_proof(proof, ENTRIES[1], SIGNER.verifier_key)


def test_an_endless_proof_is_not_read() -> None:
    text = "c2sp.org/tlog-proof@v1\nindex 0\n" + ("A" * 43 + "=\n") * 64 + "\nx\n"
    with pytest.raises(BadProof, match="at most 63"):
        parse_proof(text)


def test_a_proof_without_a_checkpoint_is_not_read() -> None:
    with pytest.raises(BadProof, match="blank line"):
        parse_proof("c2sp.org/tlog-proof@v1\nindex 0\n")
