"""Laws of the files that a log consists of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.transparency.tiles import (
    ENTRIES,
    FULL,
    Tile,
    bundle_prefix,
    decode_bundle,
    edge_tiles,
    encode_bundle,
    tile_at,
    tiles_of,
)

SIZES = st.integers(0, 200_000)


@settings(deadline=None, max_examples=30)
@given(SIZES)
def test_the_files_of_a_log_hold_each_entry_once(size: int) -> None:
    files = list(tiles_of(size))
    assert len(set(files)) == len(files)
    assert sum(tile.width for tile in files if tile.level == ENTRIES) == size
    assert sum(tile.width for tile in files if tile.level == 0) == size
    assert sum(tile.width for tile in files if tile.level == 1) == size // FULL
    assert sum(tile.width for tile in files if tile.level == 2) == size // FULL**2
    assert all(
        tile.within(size) and tile_at(tile.level, tile.index, size) == tile for tile in files
    )


@settings(deadline=None, max_examples=30)
@given(SIZES, SIZES)
def test_a_log_grows_by_exactly_its_new_files(one: int, other: int) -> None:
    old, new = sorted((one, other))
    added = list(tiles_of(new, since=old))
    assert not set(added) & set(tiles_of(old))
    assert set(added) | set(tiles_of(old)) >= set(tiles_of(new))


@settings(deadline=None)
@given(st.integers(0, 2**62))
def test_the_edge_is_the_size_in_digits_of_256(size: int) -> None:
    digits = {tile.level: tile.width for tile in edge_tiles(size)}
    assert sum(width * FULL**level for level, width in digits.items()) == size


@settings(deadline=None)
@given(st.sampled_from([ENTRIES, 0, 1, 63]), st.integers(0, 2**63 - 1), st.integers(1, FULL))
def test_names_are_read_back(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert Tile.parse(tile.path) == tile


@settings(deadline=None)
@given(st.lists(st.binary(max_size=400), max_size=30))
def test_bundles_are_read_back_and_begin_with_the_narrower_ones(entries: list[bytes]) -> None:
    data = encode_bundle(entries)
    assert decode_bundle(data, len(entries)) == entries
    for width in range(len(entries) + 1):
        assert bundle_prefix(data, width) == encode_bundle(entries[:width])
