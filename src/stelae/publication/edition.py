"""Editions: what one is made from, when it is a new one, and how its bytes are bound to the log.

An edition's pages and data are listed in a manifest; the manifest's digest is an entry of the
journal; the log goes into the edition with the disclosures of what may be shown. So each byte of
each page can be verified from the log's key alone. The same inputs give the same edition, byte
for byte, under the same number.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stelae.publication import manifest
from stelae.publication.layout import DISCLOSURES, KEY, LOG, MARK, mark_of
from stelae.publication.redaction import Redacted, redact
from stelae.publication.site import render_site
from stelae.publication.view import EditionView, LogFacts, PublishedStatement, item_path
from stelae.records.dossier import Dossier
from stelae.records.fold import State
from stelae.records.journal import Logged, Sealed
from stelae.records.judgments import Edition
from stelae.records.settings import Settings
from stelae.records.sources import Item
from stelae.records.views import Slots
from stelae.transparency.tiles import tiles_of
from stelae.values.canonical import Json, canonical_json
from stelae.values.digests import digest_of


def carried_items(state: State) -> Iterator[Item]:
    """The items whose bytes an edition carries: open ones, and the text made from them."""
    opened = {item.id for item in state.all(Item) if item.access == "open"}
    for item in state.all(Item):
        if not state.is_retracted("item", item.id) and opened & {item.id, item.derived_from}:
            yield item


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that an edition is made from."""

    settings: Settings
    sealed: tuple[Sealed, ...]
    redacted: Redacted
    statements: tuple[PublishedStatement, ...]
    version: str

    def as_of(self, size: int) -> "Inputs":
        """The same with the first `size` entries of the journal only."""
        if size == len(self.sealed):
            return self
        return replace(self, sealed=self.sealed[:size], redacted=redact(self.sealed[:size]))

    @property
    def digest(self) -> str:
        """The digest of the inputs; two editions of equal inputs are one edition.

        Entries count by their disclosures, so that what is withheld counts too; earlier editions
        do not, or publishing would itself call for a new edition.
        """
        editions = {entry.index for versions in self.editions.values() for entry in versions}
        shown = [
            digest_of("\n".join(texts).encode())
            for index, texts in enumerate(self.redacted.disclosures)
            if index not in editions
        ]
        parts: dict[str, Json] = {
            "settings": self.settings.to_toml(),
            "entries": digest_of("\n".join(shown).encode()),
            "statements": {
                published.file_name: digest_of(published.statement.source.content.encode())
                for published in self.statements
            },
            "stelae": self.version,
        }
        return digest_of(canonical_json(parts))

    @property
    def editions(self) -> Mapping[str, tuple[Logged, ...]]:
        """The editions so far, by number."""
        return self.redacted.state.versions.get("edition", {})

    def latest(self) -> tuple[Logged, Edition] | None:
        """The newest edition so far."""
        newest: tuple[Logged, Edition] | None = None
        for versions in self.editions.values():
            record = versions[-1].record
            if isinstance(record, Edition):
                newest = versions[-1], record
        return newest


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of an edition before the log knows of it, and the entry that will say so.

    `entry` is None where the log knows this edition already; `index` is the entry's place.
    """

    number: int
    files: tuple[tuple[str, bytes], ...]
    edition: Edition
    index: int
    is_new: bool


def gather(
    dossier: Dossier,
    sealed: Sequence[Sealed],
    statements: Sequence[PublishedStatement],
    version: str,
) -> Inputs:
    """Redact a dossier's journal for publication."""
    return Inputs(dossier.settings, tuple(sealed), redact(sealed), tuple(statements), version)


def view_of(inputs: Inputs, *, number: int | None, published_at: str, log: LogFacts) -> EditionView:
    """What the pages are drawn from."""
    state = inputs.redacted.state
    return EditionView(
        settings=inputs.settings,
        state=state,
        slots=Slots.of(state),
        statements=inputs.statements,
        items={item.id: True for item in carried_items(state)},
        number=number,
        published_at=published_at,
        log=log,
        version=inputs.version,
        withheld=inputs.redacted.withheld,
        in_part=inputs.redacted.in_part,
    )


def draft_edition(dossier: Dossier, inputs: Inputs, now: str) -> Draft:
    """Render the edition of these inputs: the newest one again, or the next."""
    latest = inputs.latest()
    log = dossier.log()
    if latest is not None and latest[1].inputs == inputs.digest:
        logged, edition = latest
        files = _render(dossier, inputs, int(edition.id), edition.published_at, logged.index)
        content = manifest.format_manifest(files)
        if digest_of(content) == edition.manifest:
            files.append((manifest.NAME, content))
            return Draft(int(edition.id), tuple(files), edition, logged.index, is_new=False)
    number = int(latest[1].id) + 1 if latest else 1
    files = _render(dossier, inputs, number, now, log.size)
    content = manifest.format_manifest(files)
    files.append((manifest.NAME, content))
    edition = Edition(
        id=str(number),
        inputs=inputs.digest,
        manifest=digest_of(content),
        published_at=now,
        previous=latest[1].id if latest else "",
    )
    return Draft(number, tuple(files), edition, log.size, is_new=True)


def _render(
    dossier: Dossier, inputs: Inputs, number: int | None, published_at: str, size: int
) -> list[tuple[str, bytes]]:
    """Pages and data as of the log's first `size` entries, and the items carried."""
    log = dossier.log()
    shown = LogFacts(
        origin=log.origin,
        size=size,
        root=base64.b64encode(log.root_at(size)).decode(),
        vkey=dossier.settings.log_key,
        checkpoint="",
    )
    view = view_of(inputs.as_of(size), number=number, published_at=published_at, log=shown)
    files = list(render_site(view))
    files.extend(
        (item_path(item), dossier.store.read(item.id, item.size))
        for item in carried_items(view.state)
    )
    return files


def proofs(dossier: Dossier, draft: Draft, sealed: Sequence[Sealed]) -> Iterator[tuple[str, bytes]]:
    """The files beside the manifest: the log, the disclosures shown, the key, the edition's mark.

    `sealed` is the whole journal with the edition's own entry.
    """
    redacted = redact(sealed)
    yield (
        DISCLOSURES,
        "".join(
            json.dumps(list(texts), separators=(",", ":")) + "\n" for texts in redacted.disclosures
        ).encode(),
    )
    yield KEY, f"{dossier.settings.log_key}\n".encode()
    yield from log_files(dossier.folder / "log", len(sealed))
    yield (
        MARK,
        mark_of(
            draft.edition,
            draft.index,
            origin=dossier.settings.origin,
            key=dossier.settings.log_key,
        ),
    )


def log_files(folder: Path, size: int) -> Iterator[tuple[str, bytes]]:
    """The checkpoint, tiles and bundles of a log of a size, as an edition carries them."""
    yield f"{LOG}/checkpoint", (folder / "checkpoint").read_bytes()
    for tile in tiles_of(size):
        yield f"{LOG}/{tile.path}", (folder / tile.path).read_bytes()


def preview(dossier: Dossier, inputs: Inputs, now: str) -> dict[str, bytes]:
    """Every file of the newest edition where nothing changed since, else of a draft."""
    latest = inputs.latest()
    if latest is not None and latest[1].inputs == inputs.digest:
        draft = draft_edition(dossier, inputs, now)
        if not draft.is_new:
            return {**dict(draft.files), **dict(proofs(dossier, draft, inputs.sealed))}
    return dict(_render(dossier, inputs, None, now, len(inputs.sealed)))
