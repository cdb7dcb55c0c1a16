"""Merkle trees of a log: RFC 6962 hashes, RFC 9162 proofs, and appending in time of the new leaves.

Invariant: `height` counts levels above the leaves, so the node (height, index) is the root of the
perfect subtree over leaves [index * 2**height, (index + 1) * 2**height). Only perfect subtrees
are nodes; what lies between them on the right edge is hashed again when needed.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from stelae.errors import BadProof

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeReader = Callable[[int, int], bytes]
"""Gives the hash of the perfect subtree (height, index); raises BadProof when it cannot."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as a leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """`leaf_hash` of each, without a call for each."""
    sha256 = hashlib.sha256
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def pair_hashes(hashes: Sequence[bytes]) -> list[bytes]:
    """The layer above: the hash of each pair; an odd last one has no parent here."""
    sha256 = hashlib.sha256
    return [
        sha256(b"\x01" + left + right).digest()
        for left, right in zip(hashes[::2], hashes[1::2], strict=False)
    ]


def tree_root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of no leaves, the hash of nothing (RFC 6962, section 2.1)."""
    if not hashes:
        return EMPTY_ROOT
    layer = list(hashes)
    while len(layer) > 1:
        above = pair_hashes(layer)
        if len(layer) % 2:
            above.append(layer[-1])
        layer = above
    return layer[0]


@dataclass(frozen=True, slots=True)
class CompactRange:
    """What must be remembered of a tree in order to extend it: its perfect subtrees, left to right.

    Extending a tree of N leaves by n costs O(n) hashes; at most 64 hashes are kept.
    """

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.nodes) != self.size.bit_count():
            raise BadProof(
                f"a tree of {self.size} leaves is not made of {len(self.nodes)} subtrees"
            )

    def extended(self, hashes: Iterable[bytes]) -> "CompactRange":
        """The tree with these leaf hashes appended."""
        size, nodes = self.size, list(self.nodes)
        sha256 = hashlib.sha256
        for leaf in hashes:
            node, carry = leaf, size
            while carry & 1:
                node = sha256(b"\x01" + nodes.pop() + node).digest()
                carry >>= 1
            nodes.append(node)
            size += 1
        return CompactRange(size, tuple(nodes))

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        return fold_right(self.nodes)


def fold_right(nodes: Sequence[bytes]) -> bytes:
    """The root over adjacent perfect subtrees of falling height."""
    if not nodes:
        return EMPTY_ROOT
    root = nodes[-1]
    for node in nodes[-2::-1]:
        root = node_hash(node, root)
    return root


def perfect_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """The (height, index) of the perfect subtrees that make up leaves [start, end).

    `start` must be a multiple of the largest power of two that is not above end - start.
    """
    found = []
    while start < end:
        height = (end - start).bit_length() - 1
        found.append((height, start >> height))
        start += 1 << height
    return found


def compact_range(size: int, node: NodeReader) -> CompactRange:
    """The compact range of the first `size` leaves of a tree that can be read."""
    return CompactRange(size, tuple(node(*place) for place in perfect_subtrees(0, size)))


def node_reader(hashes: Sequence[bytes]) -> NodeReader:
    """Read the nodes of a tree that is held in memory: 2n hashes are computed at once."""
    layers = [list(hashes)]
    while len(layers[-1]) > 1:
        layers.append(pair_hashes(layers[-1]))

    def node(height: int, index: int) -> bytes:
        try:
            return layers[height][index]
        except IndexError:
            raise BadProof(f"no node at height {height}, index {index}") from None

    return node


def _range_root(start: int, end: int, node: NodeReader) -> bytes:
    return fold_right([node(*place) for place in perfect_subtrees(start, end)])


def _split(size: int) -> int:
    """The largest power of two below size (size > 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node: NodeReader) -> list[bytes]:
    """The siblings of leaf `index` up to the root of the first `size` leaves (RFC 9162, 2.1.3.1).

    Raises BadProof unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise BadProof(f"no entry {index} in a tree of {size}")
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: NodeReader) -> list[bytes]:
    """Nodes that show the first `old` leaves unchanged in the tree of `new` (RFC 9162, 2.1.4.1).

    Raises BadProof unless 0 < old <= new: every tree extends the empty one, so nothing is proven.
    """
    if not 0 < old <= new:
        raise BadProof(f"no consistency proof from size {old} to size {new}")
    proof, start, end, whole = [], 0, new, True
    while old < end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range_root(middle, end, node))
            end = middle
        else:
            proof.append(_range_root(start, middle, node))
            start, whole = middle, False
    if not whole:
        proof.append(_range_root(start, end, node))
    return proof[::-1]


def _require_hashes(hashes: Sequence[bytes]) -> None:
    for node in hashes:
        if len(node) != HASH_SIZE:
            raise BadProof(f"a hash of the proof has {len(node)} bytes, not {HASH_SIZE}")


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise BadProof unless the leaf hash is entry `index` of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise BadProof(f"no entry {index} in a tree of {size}")
    _require_hashes([*proof, leaf, root])
    position, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise BadProof(f"the inclusion proof of entry {index} in {size} is too long")
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            while position and not position & 1:
                position >>= 1
                last >>= 1
        else:
            computed = node_hash(computed, sibling)
        position >>= 1
        last >>= 1
    if last:
        raise BadProof(f"the inclusion proof of entry {index} in {size} is too short")
    if computed != root:
        raise BadProof(f"entry {index} is not in the tree of {size} that has this root")


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raise BadProof unless the tree of `new` extends the tree of `old` (RFC 9162, 2.1.4.2).

    Strict: `old` = 0 is an error, since such a proof shows nothing about the old root.
    """
    if not 0 < old <= new:
        raise BadProof(f"no consistency can be proven from size {old} to size {new}")
    if old == new:
        if proof:
            raise BadProof("a consistency proof between equal sizes is empty")
        if old_root != new_root:
            raise BadProof(f"two different roots of one size {old}")
        return
    _require_hashes(proof)
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not proof:
        raise BadProof(f"the consistency proof from {old} to {new} is empty")
    position, last = old - 1, new - 1
    while position & 1:
        position >>= 1
        last >>= 1
    computed_old = computed_new = path[0]
    for node in path[1:]:
        if last == 0:
            raise BadProof(f"the consistency proof from {old} to {new} is too long")
        if position & 1 or position == last:
            computed_old = node_hash(node, computed_old)
            computed_new = node_hash(node, computed_new)
            while position and not position & 1:
                position >>= 1
                last >>= 1
        else:
            computed_new = node_hash(computed_new, node)
        position >>= 1
        last >>= 1
    if last:
        raise BadProof(f"the consistency proof from {old} to {new} is too short")
    if computed_old != old_root or computed_new != new_root:
        raise BadProof(f"the tree of {new} does not extend the tree of {old}")
