import pytest

from stelae.errors import BadProof, IntegrityError
from stelae.transparency.merkle import CompactRange, leaf_hashes, node_reader, tree_root
from stelae.transparency.tile_tree import TileReader, TileTree, audit, root_from_tiles
from stelae.transparency.tiles import ENTRIES, FULL, Tile, encode_bundle, tiles_of

SIZE = 70_000
LOG = [str(number).encode() for number in range(SIZE)]
HASHES = leaf_hashes(LOG)


def reader(size: int, changed: dict[Tile, bytes | None] | None = None) -> TileReader:
    """Tiles made from the definition, some of them changed or, with None, missing."""
    node = node_reader(HASHES[:size])

    def read(tile: Tile) -> bytes:
        if changed and tile in changed:
            content = changed[tile]
            if content is None:
                raise IntegrityError(f"missing: {tile.path}")
            return content
        places = range(tile.index * FULL, tile.index * FULL + tile.width)
        if tile.level == ENTRIES:
            return encode_bundle([LOG[place] for place in places])
        return b"".join(node(8 * tile.level, place) for place in places)

    return read


def flipped(tile: Tile, size: int) -> bytes:
    data = bytearray(reader(size)(tile))
    data[-1] ^= 1
    return bytes(data)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, SIZE])
def test_root_nodes_and_faults_of_a_sound_tree(size: int) -> None:
    read = reader(size)
    assert root_from_tiles(size, read) == tree_root(HASHES[:size])
    assert TileTree(size, tree_root(HASHES[:size]), read).compact_range() == (
        CompactRange().extended(HASHES[:size])
    )
    assert list(audit(size, read)) == []


@pytest.mark.parametrize("place", [0, 255, 256, 65_535, 65_536, SIZE - 1])
def test_each_leaf_is_found_through_its_tiles(place: int) -> None:
    tree = TileTree(SIZE, tree_root(HASHES), reader(SIZE))
    assert tree.node(0, place) == HASHES[place]


@pytest.mark.parametrize("tile", [Tile(0, 3), Tile(1, 0), Tile(0, 273, 112), Tile(2, 0, 1)])
def test_a_changed_tile_is_refused_by_name(tile: Tile) -> None:
    tree = TileTree(SIZE, tree_root(HASHES), reader(SIZE, {tile: flipped(tile, SIZE)}))
    with pytest.raises(BadProof, match=tile.path):
        tree.hashes(tile.level, tile.index)


@pytest.mark.parametrize(
    "tile", [Tile(0, 3), Tile(1, 0), Tile(0, 273, 112), Tile(ENTRIES, 5), Tile(ENTRIES, 273, 112)]
)
def test_the_audit_names_a_changed_tile(tile: Tile) -> None:
    faults = list(audit(SIZE, reader(SIZE, {tile: flipped(tile, SIZE)})))
    beside = {tile, Tile(ENTRIES, tile.index, tile.width), Tile(0, 255)}
    assert faults
    assert {fault.tile for fault in faults} <= beside


def test_the_audit_names_everything_and_goes_on() -> None:
    changed: dict[Tile, bytes | None] = {
        Tile(0, 3): None,
        Tile(ENTRIES, 3): None,
        Tile(ENTRIES, 9): b"\x00",
        Tile(0, 100): b"short",
        Tile(1, 0): None,
    }
    assert {fault.tile for fault in audit(SIZE, reader(SIZE, changed))} == set(changed)


def test_entries_that_changed_places_are_counted() -> None:
    bundle = Tile(ENTRIES, 2)
    entries = LOG[512:768]
    entries[7], entries[8] = entries[8], entries[7]
    faults = list(audit(SIZE, reader(SIZE, {bundle: encode_bundle(entries)})))
    assert [(fault.tile, "entry 519 and 1 more" in fault.why) for fault in faults] == [
        (bundle, True)
    ]


def test_only_what_is_new_is_read_again() -> None:
    asked: list[Tile] = []
    read = reader(SIZE)

    def counted(tile: Tile) -> bytes:
        asked.append(tile)
        return read(tile)

    assert list(audit(SIZE, counted, since=SIZE - 1)) == []
    assert set(asked) == set(tiles_of(SIZE, since=SIZE - 1))
    assert len(asked) == 2


def test_nodes_outside_the_tree_are_refused() -> None:
    tree = TileTree(300, tree_root(HASHES[:300]), reader(300))
    for height, index in ((0, 300), (9, 0), (-1, 0), (0, -1), (8, 1)):
        with pytest.raises(BadProof, match="no node"):
            tree.node(height, index)
    with pytest.raises(BadProof, match="no tile"):
        tree.hashes(0, 2)


def test_an_empty_tree_has_the_empty_root_only() -> None:
    with pytest.raises(BadProof, match="no entry"):
        TileTree(0, bytes(32), reader(0)).inclusion_proof(0)


def test_more_tiles_are_read_than_are_remembered() -> None:
    read = reader(SIZE)
    tree = TileTree(SIZE, tree_root(HASHES), read)
    for _ in range(2):
        assert all(tree.node(0, place) == HASHES[place] for place in range(0, SIZE, 256))
