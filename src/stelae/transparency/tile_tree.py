"""A log's tree read from its tiles: authenticated from the root down, audited from the leaves up.

`TileTree` answers quickly and refuses at the first contradiction, naming the tile. `audit`
reads everything and yields each contradiction that it finds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stelae.errors import BadProof, IntegrityError
from stelae.transparency.merkle import (
    EMPTY_ROOT,
    CompactRange,
    compact_range,
    consistency_proof,
    fold_right,
    inclusion_proof,
    leaf_hashes,
    pair_hashes,
    perfect_subtrees,
)
from stelae.transparency.tiles import (
    ENTRIES,
    FULL,
    Tile,
    decode_bundle,
    edge_tiles,
    levels_of,
    split_hashes,
    tile_at,
    tiles_at_level,
)

TileReader = Callable[[Tile], bytes]
"""Gives the bytes of a tile at exactly its width; raises IntegrityError when it cannot."""

Layers = list[list[bytes]]
"""The hashes of a tile, then those of each pair, and so on: layer h holds perfect subtrees."""

_CACHED_TILES = 512


def _layers(hashes: list[bytes]) -> Layers:
    layers = [hashes]
    while len(layers[-1]) > 1:
        layers.append(pair_hashes(layers[-1]))
    return layers


def _read_layers(tile: Tile, read: TileReader) -> Layers:
    try:
        return _layers(split_hashes(read(tile), tile.width))
    except BadProof as error:
        raise BadProof(f"{tile.path}: {error.what}", hint=error.hint) from error


def _node_in(layers: Layers, height: int, index: int) -> bytes:
    row = layers[height % 8]
    return row[index % (FULL >> height % 8)]


def root_from_tiles(size: int, read: TileReader) -> bytes:
    """The root that the tiles of the right edge say; only a signature can say that it is right."""
    edge = {tile.level: _read_layers(tile, read) for tile in edge_tiles(size)}
    return fold_right(
        [_node_in(edge[height // 8], height, index) for height, index in perfect_subtrees(0, size)]
    )


class TileTree:
    """The tree of a log of `size` with this `root`; every hash that it gives is under the root."""

    def __init__(self, size: int, root: bytes, read: TileReader) -> None:
        self.size = size
        self.root = root
        self._read = read
        self._edge: dict[int, Layers] | None = None
        self._verified: dict[tuple[int, int], Layers] = {}

    def node(self, height: int, index: int) -> bytes:
        """The root of the perfect subtree (height, index); a `merkle.NodeReader`."""
        if height < 0 or index < 0 or (index + 1) << height > self.size:
            raise BadProof(f"no node at height {height}, index {index} in a tree of {self.size}")
        level = height // 8
        return _node_in(self._tile(level, index >> (8 - height % 8)), height, index)

    def hashes(self, level: int, index: int) -> list[bytes]:
        """The up to 256 hashes of a tile; of level 0, those of leaves from 256 * index on."""
        return list(self._tile(level, index)[0])

    def compact_range(self) -> CompactRange:
        """What is needed to extend this tree."""
        return compact_range(self.size, self.node)

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """The siblings of leaf `index` in the tree of `size` (at most and by default this one)."""
        return inclusion_proof(index, self.size if size is None else size, self.node)

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """Nodes that show that the tree of `new` (by default this one) extends that of `old`."""
        return consistency_proof(old, self.size if new is None else new, self.node)

    def _edge_layers(self) -> dict[int, Layers]:
        """The partial tiles, which only together can be held against the root."""
        if self._edge is None:
            tiles = edge_tiles(self.size)
            edge = {tile.level: _read_layers(tile, self._read) for tile in tiles}
            nodes = [
                _node_in(edge[height // 8], height, index)
                for height, index in perfect_subtrees(0, self.size)
            ]
            if (fold_right(nodes) if nodes else EMPTY_ROOT) != self.root:
                names = ", ".join(tile.path for tile in tiles) or "no tile"
                raise BadProof(f"{names}: does not make the signed root of {self.size} entries")
            self._edge = edge
        return self._edge

    def _tile(self, level: int, index: int) -> Layers:
        tile = tile_at(level, index, self.size)
        if tile is None:
            raise BadProof(f"no tile {index} of level {level} in a tree of {self.size}")
        if tile.width < FULL:
            return self._edge_layers()[level]
        place = (level, index)
        found = self._verified.get(place)
        if found is None:
            found = _read_layers(tile, self._read)
            if found[8][0] != self._tile(level + 1, index // FULL)[0][index % FULL]:
                raise BadProof(f"{tile.path}: does not fit the tile above it")
            if len(self._verified) >= _CACHED_TILES:
                del self._verified[next(iter(self._verified))]
            self._verified[place] = found
        return found


@dataclass(frozen=True, slots=True)
class Fault:
    """A tile and what contradicts it."""

    tile: Tile
    why: str


def _bundle_faults(bundle: Tile, hashes: list[bytes], read: TileReader) -> Iterator[Fault]:
    try:
        found = leaf_hashes(decode_bundle(read(bundle), bundle.width))
    except IntegrityError as error:
        yield Fault(bundle, error.what)
        return
    if found != hashes:
        wrong = [place for place in range(bundle.width) if found[place] != hashes[place]]
        first = bundle.index * FULL + wrong[0]
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        yield Fault(bundle, f"entry {first}{more} does not have the hash in the tile of hashes")


def audit(size: int, read: TileReader, since: int = 0) -> Iterator[Fault]:
    """Hold every bundle against its tile and every tile against the one above it.

    Only tiles that a log of `since` entries did not have are looked at. The root is the
    caller's to compare: see `root_from_tiles`.
    """
    below: dict[int, bytes] = {}
    for level in levels_of(size):
        folded: dict[int, bytes] = {}
        for tile in tiles_at_level(level, size, since):
            try:
                hashes = split_hashes(read(tile), tile.width)
            except IntegrityError as error:
                yield Fault(tile, error.what)
                if level == 0:
                    yield from _unread_bundle(tile, read)
                continue
            if level == 0:
                yield from _bundle_faults(Tile(ENTRIES, tile.index, tile.width), hashes, read)
            else:
                yield from _parent_faults(tile, hashes, below)
            if tile.width == FULL:
                folded[tile.index] = _layers(hashes)[8][0]
        below = folded


def _unread_bundle(tile: Tile, read: TileReader) -> Iterator[Fault]:
    """Say at least whether the bundle can be read, when its tile cannot."""
    bundle = Tile(ENTRIES, tile.index, tile.width)
    try:
        decode_bundle(read(bundle), bundle.width)
    except IntegrityError as error:
        yield Fault(bundle, error.what)


def _parent_faults(tile: Tile, hashes: list[bytes], below: dict[int, bytes]) -> Iterator[Fault]:
    for place, node in enumerate(hashes, start=tile.index * FULL):
        if below.get(place, node) != node:
            child = Tile(tile.level - 1, place)
            yield Fault(child, f"does not fit {tile.path}, which says another hash of it")
