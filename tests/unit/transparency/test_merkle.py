import hashlib

import pytest

from stelae.errors import BadProof
from stelae.transparency import merkle

LEAVES = [bytes([number]) * 32 for number in range(21)]


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = recursive_root(leaves[:split]), recursive_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_hash_of_an_empty_entry_is_not_the_root_of_no_entries() -> None:
    empty_leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.leaf_hash(b"").hex() == empty_leaf
    assert merkle.EMPTY_ROOT.hex().startswith("e3b0c442")


@pytest.mark.parametrize("size", range(22))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    expected = recursive_root(LEAVES[:size])
    assert merkle.tree_root(LEAVES[:size]) == expected
    assert merkle.CompactRange().extended(LEAVES[:size]).root == expected
    assert merkle.compact_range(size, merkle.node_reader(LEAVES)).root == expected


def test_a_compact_range_keeps_one_hash_for_each_bit_of_the_size() -> None:
    tree = merkle.CompactRange().extended(LEAVES)
    assert len(tree.nodes) == (21).bit_count()
    with pytest.raises(BadProof, match="not made of"):
        merkle.CompactRange(21, tree.nodes[1:])


def test_nothing_proves_an_entry_outside_the_tree() -> None:
    for index, size in ((3, 3), (-1, 3), (0, 0), (0, -1)):
        with pytest.raises(BadProof, match="no entry"):
            merkle.verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])
        with pytest.raises(BadProof, match="no entry"):
            merkle.inclusion_proof(index, size, merkle.node_reader(LEAVES))


def test_consistency_with_the_empty_log_is_an_error_and_no_proof() -> None:
    with pytest.raises(BadProof):
        merkle.verify_consistency(0, 5, [], merkle.EMPTY_ROOT, LEAVES[0])
    with pytest.raises(BadProof):
        merkle.consistency_proof(0, 5, merkle.node_reader(LEAVES))


def test_a_hash_of_another_length_is_refused() -> None:
    with pytest.raises(BadProof, match="31 bytes"):
        merkle.verify_inclusion(LEAVES[0], 0, 2, [bytes(31)], LEAVES[0])
    with pytest.raises(BadProof, match="33 bytes"):
        merkle.verify_consistency(1, 2, [bytes(33)], LEAVES[0], LEAVES[1])


def test_a_node_that_is_not_there_is_refused() -> None:
    node = merkle.node_reader(LEAVES)
    with pytest.raises(BadProof, match="no node"):
        node(1, 10)
    with pytest.raises(BadProof, match="no node"):
        node(5, 0)
