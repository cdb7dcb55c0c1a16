"""The texts of editions: kept by the dossier when it publishes, and read again later.

An edition's manifest is kept under the digest that the log holds, and each statement under the
digest that the manifest holds. So what was published can be proved from the dossier alone, however
its files in `statements/` were changed since.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from stelae.errors import BadInput, IntegrityError
from stelae.evidence.store import Store
from stelae.publication import manifest
from stelae.publication.edition import Draft
from stelae.publication.layout import read_mark
from stelae.records.dossier import Dossier
from stelae.records.fold import State
from stelae.records.judgments import Edition
from stelae.values.digests import digest_of

__all__ = ["Published", "PublishedText", "keep_texts", "latest_texts", "texts_of_folder"]

_MANIFEST_LIMIT = 256 << 20
_TEXT_LIMIT = 64 << 20


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A statement as an edition published it; `path` is its place in the edition, `entry` the
    edition's place in the journal, `published_at` a time in UTC (RFC 3339)."""

    path: str
    content: str
    edition: int
    entry: int
    published_at: str


@dataclass(frozen=True, slots=True)
class Published:
    """The texts found; `editions` are those looked through, newest first, `unread` those whose
    texts the dossier does not hold."""

    texts: tuple[PublishedText, ...]
    editions: tuple[int, ...]
    unread: tuple[int, ...] = ()


def keep_texts(store: Store, draft: Draft) -> None:
    """Keep an edition's manifest and statements; the caller holds the dossier's lock."""
    for path, content in draft.files:
        if path == manifest.NAME or _is_text(path):
            store.put_stream(io.BytesIO(content))


def latest_texts(dossier: Dossier, state: State) -> Published:
    """Each statement as the newest edition that has it published it."""
    texts: dict[str, PublishedText] = {}
    editions: list[int] = []
    unread: list[int] = []
    for edition, entry in sorted(_editions(state), key=lambda pair: -pair[1]):
        number = int(edition.id)
        if not dossier.store.has(edition.manifest):
            unread.append(number)
            continue
        editions.append(number)
        content = dossier.store.read(edition.manifest, _MANIFEST_LIMIT)
        for path, read in _texts(
            content, lambda _, digest: dossier.store.read(digest, _TEXT_LIMIT)
        ):
            texts.setdefault(path, _published(path, read, edition, entry))
    return Published(tuple(texts[path] for path in sorted(texts)), tuple(editions), tuple(unread))


def texts_of_folder(folder: Path, dossier: Dossier, state: State) -> Published:
    """The statements of the edition in a folder, proved by the log of the dossier.

    BadInput where it is no edition of this dossier, IntegrityError where its bytes are not those
    that the log knows.
    """
    mark = read_mark(folder)
    if mark.get("origin") != dossier.settings.origin:
        raise BadInput(
            f"{folder} holds an edition of another dossier, {mark.get('origin')}",
            hint="Name its own dossier with --dossier.",
        )
    content = _read(folder / manifest.NAME)
    digest = digest_of(content)
    known = [pair for pair in _editions(state) if pair[0].manifest == digest]
    if not known:
        raise IntegrityError(
            f"the dossier's log knows no edition with the manifest of {folder}",
            hint="Run stelae verify on both: one of them was changed, or the dossier is older.",
        )
    edition, entry = known[-1]
    texts = tuple(
        _published(path, read, edition, entry)
        for path, read in _texts(content, lambda path, _: _read(folder / path))
    )
    return Published(texts, (int(edition.id),))


def _editions(state: State) -> Iterator[tuple[Edition, int]]:
    for logged in state.current("edition"):
        if isinstance(logged.record, Edition):
            yield logged.record, logged.index


def _texts(content: bytes, read: Callable[[str, str], bytes]) -> Iterator[tuple[str, str]]:
    for path, digits in manifest.parse_manifest(content).items():
        if _is_text(path):
            digest = f"sha256:{digits}"
            found = read(path, digest)
            if digest_of(found) != digest:
                raise IntegrityError(f"{path} is not what the edition's manifest says")
            yield path, found.decode()


def _is_text(path: str) -> bool:
    place = PurePosixPath(path)
    return place.parent.name == "statements" and place.suffix == ".txt"


def _published(path: str, content: str, edition: Edition, entry: int) -> PublishedText:
    return PublishedText(path, content, int(edition.id), entry, edition.published_at)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise IntegrityError(f"{path} cannot be read: {error.strerror or error}") from error
