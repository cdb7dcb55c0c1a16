"""The same log by tlog-scales (Apache-2.0) and by us: bytes, roots, proofs, notes.

tlog-scales does not parse notes strictly and does not know c2sp.org/tlog-proof, so that these
two have vectors only.
"""

from itertools import pairwise
from pathlib import Path

import pytest

from stelae.evidence.log import Log, check_log
from stelae.evidence.signing import LastSigned
from stelae.transparency.merkle import verify_consistency, verify_inclusion
from stelae.transparency.notes import Signer, VerifierKey
from stelae.transparency.tiles import ENTRIES, Tile

tlog_scales = pytest.importorskip("tlog_scales", reason="tlog-scales is not installed")

from tlog_scales import backend, reader, signing, tiles, tlog, writer  # noqa: E402  (after the skip)

SEED = bytes(range(32))
ORIGIN = "stelae.example/differential"
BATCHES = [1, 2, 252, 1, 1, 255, 300, 513]


def entry(number: int) -> bytes:
    return f"entry {number} ".encode() * (number % 7)


def batches() -> list[tuple[int, int]]:
    edges = [0]
    for count in BATCHES:
        edges.append(edges[-1] + count)
    return list(pairwise(edges))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("theirs") / "log"
    log = writer.TilesWriter.create(folder, ORIGIN)
    for start, stop in batches():
        for number in range(start, stop):
            log.add_leaf(entry(number))
        log.commit([signing.PlainEd25519Signer(ORIGIN, SEED)], gc=False)
    return folder


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("ours")
    signer, last_signed = Signer.from_private_bytes(ORIGIN, SEED), LastSigned(base / "last-signed")
    log = Log.create(base / "log", signer, last_signed)
    for start, stop in batches():
        log.append(map(entry, range(start, stop)), signer, last_signed)
    return base / "log"


def test_one_log_byte_for_byte(ours: Path, theirs: Path) -> None:
    mine, others = files(ours), files(theirs)
    assert mine.keys() <= others.keys()
    assert {name: others[name] for name in mine} == mine
    replaced = others.keys() - mine.keys()
    assert replaced
    assert all(".p/" in name and Tile.parse(name).full().path in mine for name in replaced)


def test_each_verifies_the_other(ours: Path, theirs: Path) -> None:
    key = Signer.from_private_bytes(ORIGIN, SEED).verifier_key
    assert list(check_log(theirs, key)) == []
    assert list(Log.open(theirs, key).entries()) == [entry(n) for n in range(sum(BATCHES))]
    checkpoint = tlog.Checkpoint.from_text((ours / "checkpoint").read_text())
    checkpoint.verify(signing.Vkey.from_string(str(key)))
    theirs_key: str = signing.PlainEd25519Signer(ORIGIN, SEED).vkey.serialize()  # type: ignore[no-untyped-call]  # theirs has no annotations
    assert VerifierKey.parse(theirs_key) == key


def test_the_same_inclusion_proofs(ours: Path, theirs: Path) -> None:
    log = Log.open(ours)
    other = reader.TilesReader(backend.LocalBackend(theirs))
    other.get_checkpoint()
    assert other.calculate_root_hash() == log.root
    for index in {0, 1, 255, 256, 511, 512, 777, 1023, 1024, log.size - 1}:
        proof = log.inclusion_proof(index)
        assert other.get_inclusion_proof(index, log.size).node_hashes == proof
        leaf = tiles.leaf_hash(entry(index))
        tlog.InclusionProof(index, log.size, proof).check(leaf, log.root)
        verify_inclusion(leaf, index, log.size, proof, log.root)


def test_the_same_consistency_proofs(ours: Path, theirs: Path) -> None:
    log = Log.open(ours)
    other = reader.TilesReader(backend.LocalBackend(theirs))
    other.get_checkpoint()
    for old in (1, 2, 3, 255, 256, 257, 512, 1000, 1024, log.size - 1):
        proof = log.consistency_proof(old)
        assert other.get_consistency_proof(old, log.size).node_hashes == proof
        tlog.ConsistencyProof(old, log.size, proof).check(log.root_at(old), log.root)
        verify_consistency(old, log.size, proof, log.root_at(old), log.root)


@pytest.mark.parametrize("level", [ENTRIES, 0, 1, 7])
@pytest.mark.parametrize("index", [0, 5, 999, 1000, 1_234_067, 10**9, 2**40])
@pytest.mark.parametrize("width", [1, 255, 256])
def test_the_same_paths(level: int, index: int, width: int) -> None:
    theirs = tiles.tile_path(level, index, width % 256)
    assert Tile(level, index, width).path == "/".join(theirs)
