"""Whether an edition is what the log says, from its bytes and the log's public key alone."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from stelae.errors import BadInput, IntegrityError, StelaeError
from stelae.evidence.log import Log
from stelae.publication import manifest
from stelae.publication.data import data_files
from stelae.publication.layout import DISCLOSURES, ITEMS, KEY, LOG, MARK, mark_of, strangers
from stelae.records.fold import fold
from stelae.records.journal import Logged
from stelae.records.judgments import Edition
from stelae.records.vault import parse_line
from stelae.records.verification import Verdict, verify_entries
from stelae.transparency.notes import VerifierKey
from stelae.values.digests import digest_of


def is_edition(folder: Path) -> bool:
    """Whether a folder says that it is an edition."""
    return (folder / MARK).is_file()


def key_of_edition(folder: Path) -> VerifierKey:
    """The key that an edition brings with it: only as good as the way that it came by."""
    try:
        return VerifierKey.parse((folder / KEY).read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{folder / KEY} cannot be read: {error}") from error


def verify_edition(folder: Path, key: VerifierKey) -> Verdict:
    """Check the log, the disclosures, the edition's own entry, each file, and the data's fold."""
    verdict = Verdict()

    def disclosures(_: int) -> Iterator[tuple[str, ...]]:
        for index, line in enumerate(_read(folder / DISCLOSURES).splitlines()):
            yield parse_line(index, line)

    entries = verify_entries(verdict, folder / LOG, key, disclosures)
    try:
        logged, edition = _own_entry(folder, entries)
        origin = Log.open(folder / LOG, key).origin
        if _read(folder / MARK) != mark_of(edition, logged.index, origin=origin, key=str(key)):
            verdict.fail("file", MARK, f"is not what entry {logged.index} and the log's key say")
        content = _read(folder / manifest.NAME)
        if digest_of(content) != edition.manifest:
            verdict.fail("manifest", manifest.NAME, f"not the one that entry {logged.index} logged")
        listed = manifest.parse_manifest(content)
    except StelaeError as error:
        verdict.fail("edition", folder.name, error.what)
        return verdict
    _verify_files(verdict, folder, listed, verdict.proofs)
    _verify_data(verdict, folder, [entry for entry in entries if entry.index < logged.index])
    return verdict


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise IntegrityError(f"{path.name} cannot be read: {error.strerror or error}") from error


def _own_entry(folder: Path, entries: object) -> tuple[Logged, Edition]:
    """The entry of the log that speaks of this edition."""
    assert isinstance(entries, list)
    try:
        mark = json.loads(_read(folder / MARK))
        index = mark["entry"]
    except (ValueError, KeyError, TypeError) as error:
        raise IntegrityError(f"{MARK} cannot be read") from error
    for logged in entries:
        if logged.index == index and isinstance(logged.record, Edition):
            return logged, logged.record
    raise IntegrityError(f"{MARK} names entry {index}, which is no edition")


def _verify_files(verdict: Verdict, folder: Path, listed: Mapping[str, str], size: int) -> None:
    """Every listed file is there with its bytes, and nothing else is."""
    for path, digest in listed.items():
        verdict.files += 1
        file = folder / path
        if file.is_symlink() or not file.is_file():
            verdict.fail("file", path, "missing")
            continue
        found = hashlib.sha256(_read(file)).hexdigest()
        if found != digest:
            verdict.fail("file", path, "bytes changed")
        if path.startswith(f"{ITEMS}/"):
            verdict.items += 1
            if not Path(path).name.startswith(digest):
                verdict.fail("item", path, "is not the item that its name says")
    for name in strangers(folder, listed, size):
        verdict.fail("file", name, "is no part of the edition")


def _verify_data(verdict: Verdict, folder: Path, entries: list[Logged]) -> None:
    """The data of the edition are what its entries say: folded again and compared."""
    for path, content in data_files(fold(entries)):
        if not (folder / path).is_file() or _read(folder / path) != content:
            verdict.fail("data", path, "is not what the entries of the log say")
