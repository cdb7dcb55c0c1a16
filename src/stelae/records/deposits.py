"""From files to items: keep the bytes, judge what they are, take their text, say so in entries."""

import io
import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from stelae.errors import ImportRefused, Problem, StelaeError
from stelae.evidence.media import media_of
from stelae.evidence.store import Kept, Store
from stelae.evidence.text import ExtractedText, decode_pages, encode_pages, extract_text
from stelae.records.catalogue import to_body
from stelae.records.dossier import Dossier, Writer
from stelae.records.fold import State
from stelae.records.sources import Item
from stelae.values.canonical import Json

DERIVED_TEXT = "text/plain; charset=utf-8; pages=form-feed"
_LONGEST_TEXT = 256 << 20


@dataclass(frozen=True, slots=True)
class Deposit:
    """What became of one file: its item, whether it is new, and what the depositor should know."""

    path: Path
    item: Item
    new: bool
    text: Item | None
    remarks: tuple[str, ...]


def deposit(
    writer: Writer,
    state: State,
    files: Sequence[Path],
    *,
    source: str,
    access: str | None = None,
    note: str = "",
    correct: str = "",
    progress: Callable[[int], None] | None = None,
) -> tuple[Deposit, ...]:
    """Keep files as items of a source and log them, all or none; kept ones change nothing.

    One item is of one source. Raises ImportRefused with every problem at once, also where a file
    is kept already and source, access or note are not as given now; with `correct`, the reason,
    they are corrected in a new entry that cites the old one.
    """
    store = writer.dossier.store
    kept = store.put_many(files, progress=progress)
    problems: list[Problem] = []
    deposits: list[Deposit] = []
    bodies: dict[str, dict[str, Json]] = {}
    corrected: dict[str, Item] = {}
    arriving: dict[str, Item] = {}
    for path, object_ in zip(files, kept, strict=True):
        known = state.find(Item, object_.digest) or arriving.get(object_.digest)
        if known is not None:
            meant = replace(
                known, source=source, access=access or known.access, note=note or known.note
            )
            if meant != known and not correct:
                problems.append(_differs(path, known, meant))
            elif meant != known:
                corrected.update(_corrections(state, known, meant))
            deposits.append(Deposit(path, meant, False, None, ()))
            continue
        found = _describe(store, path, object_, source=source, access=access or "closed", note=note)
        deposits.append(found)
        arriving[found.item.id] = found.item
        for item in (found.item, found.text):
            if item is not None and not state.has("item", item.id):
                bodies.setdefault(item.id, to_body(item))
    if problems:
        raise ImportRefused(problems)
    new = [("item", body, None) for body in bodies.values()]
    mended = [
        ("item", to_body(item), state.logged("item", item.id).id) for item in corrected.values()
    ]
    writer.say([*new, *mended], why=correct)
    return tuple(deposits)


def _differs(path: Path, known: Item, meant: Item) -> Problem:
    if known.source != meant.source:
        what = f"these bytes are kept already as an item of source {known.source!r}"
    elif known.access != meant.access:
        what = f"these bytes are kept already, {known.access} to editions, not {meant.access}"
    else:
        what = "these bytes are kept already with another note"
    return Problem(
        what, str(path), hint='To correct that, repeat with --correct "why"; the old entry stays.'
    )


def _corrections(state: State, known: Item, meant: Item) -> Iterator[tuple[str, Item]]:
    """The item as meant, and the text made from it, which is of the same source."""
    yield meant.id, meant
    for item in state.all(Item):
        if item.derived_from == known.id and item.source != meant.source:
            yield item.id, replace(item, source=meant.source)


def _describe(
    store: Store, path: Path, object_: Kept, *, source: str, access: str, note: str
) -> Deposit:
    digest = object_.digest
    kept = store.path(digest)
    media = media_of(kept, path.name)
    remarks = [media.disagreement] if media.disagreement else []
    extracted = extract_text(kept, media.type)
    text = None
    pages = None
    if isinstance(extracted, ExtractedText):
        pages = len(extracted.pages)
        remarks.extend(extracted.notes)
        text = _keep_text(store, extracted, digest, source)
    else:
        remarks.append(extracted.reason)
    item = Item(
        id=digest,
        source=source,
        media_type=media.type,
        size=object_.size,
        file_name=_printable(path.name),
        pages=pages,
        access=access,
        note=note,
    )
    return Deposit(path, item, True, text, tuple(remarks))


def _printable(name: str) -> str:
    """A file's name with U+FFFD for bytes that are not UTF-8 and for control characters."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in text)


def _keep_text(store: Store, extracted: ExtractedText, original: str, source: str) -> Item | None:
    content = encode_pages(extracted.pages)
    if not content:
        return None
    object_ = store.put_stream(io.BytesIO(content))
    if object_.digest == original:
        return None
    return Item(
        id=object_.digest,
        source=source,
        media_type=DERIVED_TEXT,
        size=object_.size,
        derived_from=original,
        method=extracted.method,
        pages=len(extracted.pages),
        note="; ".join(extracted.notes),
    )


Standing: TypeAlias = Literal["kept", "missing", "changed"]


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """The text of each source's kept items, read when asked for."""

    dossier: Dossier
    by_source: dict[str, tuple[Item, ...]]

    @classmethod
    def of(cls, dossier: Dossier, state: State) -> "KeptTexts":
        """Know every item of a state."""
        found: dict[str, list[Item]] = {}
        for item in state.all(Item):
            found.setdefault(item.source, []).append(item)
        return cls(dossier, {source: tuple(items) for source, items in found.items()})

    def originals(self, source: str) -> tuple[Item, ...]:
        """The items of a source that were deposited, not made."""
        return tuple(item for item in self.by_source.get(source, ()) if not item.derived_from)

    def pages(self, source: str) -> tuple[str, ...] | None:
        """The pages of all texts kept of a source, in the order deposited; None without any."""
        items = self.by_source.get(source, ())
        derived = {item.derived_from: item for item in items if item.media_type == DERIVED_TEXT}
        pages = tuple(
            page
            for item in self.originals(source)
            for page in self._pages_of(item, derived.get(item.id))
        )
        return pages or None

    def standing(self, source: str) -> Standing:
        """`kept`, `missing` where nothing was deposited or it is gone, `changed` where bytes are.

        Small objects are read again; the bytes of large ones are checked by `stelae verify`.
        """
        originals = self.originals(source)
        if not originals or not all(self.dossier.store.has(item.id) for item in originals):
            return "missing"
        for item in originals:
            if self.dossier.store.path(item.id).stat().st_size != item.size:
                return "changed"
            if item.size <= 1 << 20 and not self._is_whole(item):
                return "changed"
        return "kept"

    def _is_whole(self, item: Item) -> bool:
        try:
            self.dossier.store.read(item.id, item.size)
        except StelaeError:
            return False
        return True

    def _pages_of(self, original: Item, derived: Item | None) -> tuple[str, ...]:
        """Where the text is its own original, or kept as that of another, it is taken anew."""
        store = self.dossier.store
        if derived is not None:
            return decode_pages(store.read(derived.id, _LONGEST_TEXT))
        if not original.pages:
            return ()
        extracted = extract_text(store.read(original.id, original.size), original.media_type)
        return extracted.pages if isinstance(extracted, ExtractedText) else ()
