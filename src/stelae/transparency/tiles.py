"""Tiles (c2sp.org/tlog-tiles): the names and contents of the files that hold a log.

A tile of level L holds up to 256 hashes, each the root over 256**L leaves; a bundle holds the
entries themselves under level `ENTRIES`. Full ones never change. A partial one, of width 1 to
255, is named for its width and stays until the full one exists.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stelae.errors import BadProof
from stelae.transparency.merkle import HASH_SIZE

FULL = 256
ENTRIES = -1
MAX_LEVEL = 63
MAX_ENTRY = 65_535
MAX_BUNDLE = FULL * (2 + MAX_ENTRY)
_PATH = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One file of a log: its level (or ENTRIES), its place in the level, and how full it is."""

    level: int
    index: int
    width: int = FULL

    def __post_init__(self) -> None:
        if not (ENTRIES <= self.level <= MAX_LEVEL and 0 <= self.index < 2**63):
            raise BadProof(f"no tile of level {self.level} has index {self.index}")
        if not 1 <= self.width <= FULL:
            raise BadProof(f"a tile is 1 to {FULL} wide, not {self.width}")

    @property
    def path(self) -> str:
        """The name below the folder of the log: index 1234067 is `x001/x234/067`."""
        groups = f"{self.index % 1000:03d}"
        rest = self.index // 1000
        while rest:
            groups = f"x{rest % 1000:03d}/{groups}"
            rest //= 1000
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = f".p/{self.width}" if self.width < FULL else ""
        return f"tile/{level}/{groups}{partial}"

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """Read a name; only the canonical spelling is taken."""
        match = _PATH.fullmatch(path)
        if not match or len(path) > 100:
            raise BadProof(f"not the name of a tile: {path[:100]!r}")
        level = ENTRIES if match[1] == "entries" else int(match[1])
        tile = cls(level, int(re.sub("[x/]", "", match[2])), int(match[3] or FULL))
        if tile.path != path:
            raise BadProof(f"not the canonical name of a tile: {path!r}")
        return tile

    @property
    def hashes_level(self) -> int:
        """The level whose hashes it goes with: bundles go with level 0."""
        return max(self.level, 0)

    def within(self, size: int) -> bool:
        """Whether a log of this size has all that the tile holds."""
        return self.index * FULL + self.width <= size >> (8 * self.hashes_level)

    def full(self) -> "Tile":
        """The tile that takes its place when the level has grown."""
        return Tile(self.level, self.index)


def tile_at(level: int, index: int, size: int) -> Tile | None:
    """The tile at a place in a log of this size, as wide as the size makes it; None if empty."""
    width = min(FULL, (size >> (8 * max(level, 0))) - index * FULL)
    return Tile(level, index, width) if width > 0 else None


def levels_of(size: int) -> range:
    """The levels of hashes that a log of this size has."""
    return range((size.bit_length() + 7) // 8)


def tiles_at_level(level: int, size: int, since: int = 0) -> Iterator[Tile]:
    """The tiles of one level that a log of `size` has and one of `since` had not, or narrower."""
    shift = 8 * max(level, 0)
    for index in range((since >> shift) // FULL, -(-(size >> shift) // FULL)):
        tile = tile_at(level, index, size)
        if tile is not None and not tile.within(since):
            yield tile


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """Every file that a log of `size` consists of and one of `since` did not: bundles first."""
    for level in (ENTRIES, *levels_of(size)):
        yield from tiles_at_level(level, size, since)


def edge_tiles(size: int) -> list[Tile]:
    """The partial tiles of hashes, from level 0 upwards; together they determine the root."""
    tiles = (tile_at(level, size >> (8 * level + 8), size) for level in levels_of(size))
    return [tile for tile in tiles if tile is not None]


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Entries, each after its length as two bytes, the high one first."""
    try:
        return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])
    except OverflowError:
        raise BadProof(f"an entry has more than {MAX_ENTRY} bytes") from None


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle, which must be exactly `width`; raises BadProof."""
    entries: list[bytes] = []
    position, end = 0, len(data)
    while position < end:
        start = position + 2
        position = start + int.from_bytes(data[position:start], "big")
        if start > end or position > end:
            raise BadProof(f"the bundle breaks off inside entry {len(entries)}")
        entries.append(data[start:position])
    if len(entries) != width:
        raise BadProof(f"the bundle has {len(entries)} entries, not {width}")
    return entries


def bundle_prefix(data: bytes, width: int) -> bytes:
    """The first `width` entries of a wider bundle, still encoded."""
    position = 0
    for _ in range(width):
        position += 2 + int.from_bytes(data[position : position + 2], "big")
    if position > len(data):
        raise BadProof(f"the bundle has fewer than {width} entries")
    return data[:position]


def prefix(tile: Tile, wider: bytes) -> bytes:
    """What a narrower tile at the same place holds, from the bytes of a wider one."""
    if tile.level == ENTRIES:
        return bundle_prefix(wider, tile.width)
    return wider[: tile.width * HASH_SIZE]


def split_hashes(data: bytes, width: int) -> list[bytes]:
    """The hashes of a tile, which must be exactly `width`; raises BadProof."""
    if len(data) != width * HASH_SIZE:
        raise BadProof(f"the tile has {len(data)} bytes, not {width * HASH_SIZE}")
    return [data[start : start + HASH_SIZE] for start in range(0, len(data), HASH_SIZE)]
