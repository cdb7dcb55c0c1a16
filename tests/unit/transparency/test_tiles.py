import pytest

from stelae.errors import BadProof
from stelae.transparency import tiles
from stelae.transparency.tiles import ENTRIES, Tile

# The tree of 70,000 is the example of c2sp.org/tlog-tiles.
OF_70000 = {
    "tile/0/273.p/112",
    "tile/1/000",
    "tile/1/001.p/17",
    "tile/2/000.p/1",
    "tile/entries/273.p/112",
}


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(63, 999, 1), "tile/63/999.p/1"),
        (Tile(ENTRIES, 1000, 255), "tile/entries/x001/000.p/255"),
    ],
)
def test_names_go_by_threes(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/x001/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/entries/../0/000",
        "/tile/0/000",
        "tile/0/" + "x999/" * 30 + "999",
    ],
)
def test_any_other_spelling_is_refused(path: str) -> None:
    with pytest.raises(BadProof):
        Tile.parse(path)


@pytest.mark.parametrize(("level", "index", "width"), [(64, 0, 1), (-2, 0, 1), (0, -1, 1)])
def test_tiles_outside_the_tree_cannot_be_made(level: int, index: int, width: int) -> None:
    with pytest.raises(BadProof, match="no tile"):
        Tile(level, index, width)


@pytest.mark.parametrize("width", [0, 257, -1])
def test_a_width_is_1_to_256(width: int) -> None:
    with pytest.raises(BadProof, match="wide"):
        Tile(0, 0, width)


def test_the_tiles_of_70000_entries() -> None:
    paths = {tile.path for tile in tiles.tiles_of(70_000)}
    assert len(paths) == 273 * 2 + len(OF_70000)
    assert paths >= OF_70000


def test_a_tree_of_256_has_a_full_tile_and_one_hash_above_it() -> None:
    assert [tile.path for tile in tiles.tiles_of(256)] == [
        "tile/entries/000",
        "tile/0/000",
        "tile/1/000.p/1",
    ]
    assert [tile.path for tile in tiles.edge_tiles(256)] == ["tile/1/000.p/1"]


def test_no_entries_no_tiles() -> None:
    assert list(tiles.tiles_of(0)) == []
    assert tiles.edge_tiles(0) == []


def test_new_tiles_are_those_that_are_new_or_wider() -> None:
    assert [tile.path for tile in tiles.tiles_of(257, since=255)] == [
        "tile/entries/000",
        "tile/entries/001.p/1",
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
    ]
    assert [tile.path for tile in tiles.tiles_of(258, since=257)] == [
        "tile/entries/001.p/2",
        "tile/0/001.p/2",
    ]
    assert list(tiles.tiles_of(258, since=258)) == []


def test_a_bundle_is_length_and_bytes() -> None:
    data = tiles.encode_bundle([b"one", b"", b"\xff"])
    assert data.hex() == "0003" + b"one".hex() + "0000" + "0001ff"
    assert tiles.decode_bundle(data, 3) == [b"one", b"", b"\xff"]
    assert tiles.bundle_prefix(data, 2) == data[:7]


def test_an_entry_has_at_most_65535_bytes() -> None:
    data = tiles.encode_bundle([bytes(65_535)])
    assert tiles.decode_bundle(data, 1) == [bytes(65_535)]
    with pytest.raises(BadProof, match="65535"):
        tiles.encode_bundle([bytes(65_536)])


@pytest.mark.parametrize(
    ("data", "width"),
    [(b"\x00", 1), (b"\x00\x02a", 1), (b"\x00\x01a\x00", 1), (b"\x00\x01a", 2), (b"", 1)],
)
def test_a_bundle_of_another_length_is_refused(data: bytes, width: int) -> None:
    with pytest.raises(BadProof, match="bundle"):
        tiles.decode_bundle(data, width)


def test_a_prefix_of_too_few_entries_is_refused() -> None:
    with pytest.raises(BadProof, match="fewer"):
        tiles.bundle_prefix(b"\x00\x01a", 2)
    with pytest.raises(BadProof, match="bytes"):
        tiles.split_hashes(bytes(33), 1)
