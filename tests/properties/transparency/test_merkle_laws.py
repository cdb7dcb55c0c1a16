"""Laws of proofs: each one verifies, and none does after one bit changed."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import BadProof
from stelae.transparency import merkle

LEAVES = merkle.leaf_hashes(str(number).encode() for number in range(600))
NODE = merkle.node_reader(LEAVES)
SIZES = st.integers(1, len(LEAVES))


def root(size: int) -> bytes:
    return merkle.tree_root(LEAVES[:size])


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@settings(deadline=None)
@given(st.data(), SIZES, st.integers(0, 255))
def test_an_inclusion_proof_verifies_and_no_other_does(
    data: st.DataObject, size: int, bit: int
) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, NODE)
    merkle.verify_inclusion(LEAVES[index], index, size, proof, root(size))
    with pytest.raises(BadProof):
        merkle.verify_inclusion(flip(LEAVES[index], bit), index, size, proof, root(size))
    with pytest.raises(BadProof):
        merkle.verify_inclusion(LEAVES[index], index, size, proof, flip(root(size), bit))
    with pytest.raises(BadProof):
        merkle.verify_inclusion(LEAVES[index], index, size, [*proof, root(size)], root(size))
    for place, node in enumerate(proof):
        changed = [*proof[:place], flip(node, bit), *proof[place + 1 :]]
        with pytest.raises(BadProof):
            merkle.verify_inclusion(LEAVES[index], index, size, changed, root(size))
        shorter = proof[:place] + proof[place + 1 :]
        with pytest.raises(BadProof):
            merkle.verify_inclusion(LEAVES[index], index, size, shorter, root(size))


@settings(deadline=None)
@given(st.data(), SIZES)
def test_a_proof_is_of_one_place_only(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index or size == 1))
    proof = merkle.inclusion_proof(index, size, NODE)
    if size > 1:
        with pytest.raises(BadProof):
            merkle.verify_inclusion(LEAVES[index], other, size, proof, root(size))


@settings(deadline=None)
@given(st.data(), SIZES, st.integers(0, 255))
def test_a_consistency_proof_verifies_and_no_other_does(
    data: st.DataObject, new: int, bit: int
) -> None:
    old = data.draw(st.integers(1, new))
    proof = merkle.consistency_proof(old, new, NODE)
    merkle.verify_consistency(old, new, proof, root(old), root(new))
    with pytest.raises(BadProof):
        merkle.verify_consistency(old, new, proof, flip(root(old), bit), root(new))
    with pytest.raises(BadProof):
        merkle.verify_consistency(old, new, proof, root(old), flip(root(new), bit))
    with pytest.raises(BadProof):
        merkle.verify_consistency(old, new, [*proof, root(new)], root(old), root(new))
    for place, node in enumerate(proof):
        changed = [*proof[:place], flip(node, bit), *proof[place + 1 :]]
        with pytest.raises(BadProof):
            merkle.verify_consistency(old, new, changed, root(old), root(new))


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300))
def test_extending_is_building(old: int, added: int) -> None:
    built = merkle.CompactRange().extended(LEAVES[: old + added])
    extended = merkle.CompactRange().extended(LEAVES[:old]).extended(LEAVES[old : old + added])
    assert extended == built
    assert built.root == root(old + added)


@settings(deadline=None)
@given(
    st.binary(max_size=40),
    st.integers(-2, 2**70),
    st.integers(-2, 2**70),
    st.lists(st.binary(max_size=40), max_size=70),
    st.binary(max_size=40),
)
def test_verifying_anything_ends_in_a_verdict(
    leaf: bytes, first: int, second: int, proof: list[bytes], top: bytes
) -> None:
    with contextlib.suppress(BadProof):
        merkle.verify_inclusion(leaf, first, second, proof, top)
    with contextlib.suppress(BadProof):
        merkle.verify_consistency(first, second, proof, leaf, top)
