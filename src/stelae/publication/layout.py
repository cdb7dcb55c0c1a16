"""The files of an edition, by name: docs/formats/edition.md."""

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from stelae.errors import BadInput
from stelae.publication import manifest
from stelae.records.judgments import Edition
from stelae.records.settings import Settings
from stelae.transparency.tiles import tiles_of
from stelae.values.canonical import Json

MARK = "edition.json"
"""The file by which a folder is known to be an edition, and may be replaced by a newer one."""
DISCLOSURES = "disclosures.jsonl"
KEY = "log.vkey"
LOG = "log"
ITEMS = "items"


def mark_of(edition: Edition, index: int, *, origin: str, key: str) -> bytes:
    """The bytes of edition.json: what entry `index` of the log says, for programs to find."""
    mark: dict[str, Json] = {
        "schema": "stelae-edition/1",
        "number": int(edition.id),
        "entry": index,
        "manifest": edition.manifest,
        "published_at": edition.published_at,
        "origin": origin,
        "key": key,
    }
    return (json.dumps(mark, indent=2) + "\n").encode()


def read_mark(folder: Path) -> dict[str, Json]:
    """edition.json as it stands, unproven; BadInput where it cannot be read."""
    try:
        mark = json.loads((folder / MARK).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"{folder / MARK} cannot be read: {error}") from error
    if not isinstance(mark, dict):
        raise BadInput(f"{folder / MARK} holds no edition")
    return mark


def log_names(size: int) -> frozenset[str]:
    """The files of a log of this size as an edition carries it."""
    return frozenset((f"{LOG}/checkpoint", *(f"{LOG}/{tile.path}" for tile in tiles_of(size))))


def strangers(folder: Path, listed: Collection[str], size: int | None) -> Iterator[str]:
    """Whatever an edition does not have: files of other names, links, devices.

    Links are never followed. Without the size of its log, all below log/ is taken for the log's.
    """
    own = {*listed, MARK, DISCLOSURES, KEY, manifest.NAME}
    if size is not None:
        own |= log_names(size)
    for place, folders, files in os.walk(folder):
        here = Path(place).relative_to(folder)
        for name in sorted((*folders, *files)):
            path = (here / name).as_posix()
            entry = folder / path
            odd = entry.is_symlink() or not (entry.is_dir() or entry.is_file())
            known = path in own or (size is None and path.startswith(f"{LOG}/"))
            if odd or (entry.is_file() and not known):
                yield path


def require_replaceable(folder: Path, settings: Settings, number: int | None = None) -> None:
    """BadInput where a folder holds anything but an older edition of this very dossier.

    What lies there is replaced as a whole, so it must be ours and nothing else.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise BadInput(f"{folder} is not a folder", hint="Choose another place for the edition.")
    if not any(folder.iterdir()):
        return
    try:
        listed = manifest.parse_manifest((folder / manifest.NAME).read_bytes())
        mark = read_mark(folder)
    except (OSError, BadInput) as error:
        raise BadInput(
            f"{folder} is not empty and holds no edition: it is not overwritten",
            hint="Choose an empty or new folder.",
        ) from error
    stranger = next(strangers(folder, listed, None), None)
    if stranger is not None:
        raise BadInput(
            f"{folder} holds {stranger}, which is no part of the edition there and would be lost",
            hint="Move it elsewhere, or choose an empty or new folder.",
        )
    if mark.get("origin") != settings.origin:
        raise BadInput(
            f"{folder} holds an edition of another dossier, {mark.get('origin')}",
            hint="Choose another folder for this one.",
        )
    there = mark.get("number")
    if number is not None and isinstance(there, int) and there > number:
        raise BadInput(
            f"{folder} holds edition {there}, which is newer than {number}",
            hint="Is this dossier restored from an older copy? Choose another folder.",
        )
