"""A whole log written by transparency-dev/tessera (Apache-2.0), at every size from 0 to 15."""

import base64
from pathlib import Path

import pytest

from stelae.errors import BadProof
from stelae.evidence.log import Log, check_log
from stelae.transparency.checkpoints import open_checkpoint
from stelae.transparency.merkle import (
    CompactRange,
    leaf_hash,
    leaf_hashes,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from stelae.transparency.notes import VerifierKey
from stelae.transparency.tile_tree import TileTree, audit, root_from_tiles
from stelae.transparency.tiles import Tile, tiles_of

LOG = Path(__file__).resolve().parents[3].parent / "shared/data/vectors/tlog-tiles-tessera/log"
KEY = VerifierKey.parse(
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
)
ENTRIES = (
    b"one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split()
)
ROOT_OF_15 = base64.b64decode("rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=")

needs_log = pytest.mark.skipif(not LOG.exists(), reason=f"no vectors at {LOG}")


def read(tile: Tile) -> bytes:
    return (LOG / tile.path).read_bytes()


def test_the_root_of_all_entries() -> None:
    assert tree_root(leaf_hashes(ENTRIES)) == ROOT_OF_15
    assert CompactRange().extended(leaf_hashes(ENTRIES)).root == ROOT_OF_15


@needs_log
@pytest.mark.parametrize("size", range(16))
def test_each_checkpoint_tile_and_bundle(size: int) -> None:
    checkpoint = open_checkpoint((LOG / f"checkpoint.{size}").read_bytes(), KEY)
    assert (checkpoint.origin, checkpoint.size) == (KEY.name, size)
    assert checkpoint.root == tree_root(leaf_hashes(ENTRIES[:size]))
    assert checkpoint.root == root_from_tiles(size, read)
    assert list(audit(size, read)) == []
    assert all((LOG / tile.path).is_file() for tile in tiles_of(size))


@needs_log
@pytest.mark.parametrize("size", range(1, 16))
def test_every_proof_that_its_tiles_give(size: int) -> None:
    root = tree_root(leaf_hashes(ENTRIES[:size]))
    tree = TileTree(size, root, read)
    for index in range(size):
        proof = tree.inclusion_proof(index)
        verify_inclusion(leaf_hash(ENTRIES[index]), index, size, proof, root)
    for old in range(1, size + 1):
        old_root = tree_root(leaf_hashes(ENTRIES[:old]))
        verify_consistency(old, size, tree.consistency_proof(old), old_root, root)


@needs_log
def test_our_reader_opens_it() -> None:
    log = Log.open(LOG, KEY)
    assert list(log.entries()) == ENTRIES
    assert list(check_log(LOG, KEY)) == []


@needs_log
def test_a_checkpoint_under_another_key_is_refused() -> None:
    other = VerifierKey(KEY.name, bytes(32))
    with pytest.raises(BadProof, match="not signed by a known key"):
        Log.open(LOG, other)
