"""What an edition is made from: everything that its pages may show, and nothing else.

Invariant: `state` is redacted before it comes here (rule 9). A page cannot leak what the view
does not hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stelae.records.fold import State
from stelae.records.settings import Settings
from stelae.records.sources import Item
from stelae.records.views import Slots
from stelae.statements.model import Statement

__all__ = ["EditionView", "LogFacts", "PublishedStatement", "Remark", "item_path"]

_SUFFIXES = {
    "application/pdf": ".pdf",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/csv": ".csv.txt",
    "text/html": ".html.txt",
    "text/markdown": ".md.txt",
    "text/plain": ".txt",
    "application/xhtml+xml": ".html.txt",
}
"""What opens by itself. Kept web pages get the name of a text: they may hold scripts."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check reported about a statement, as the edition prints it.

    `line` counts from 1; `clause` is the clause's id, "" where it concerns the whole. `waiver` is
    "" unless somebody waived it: then who, until when, and why.
    """

    rule: str
    level: str
    what: str
    line: int
    clause: str = ""
    waiver: str = ""


@dataclass(frozen=True, slots=True)
class PublishedStatement:
    """A statement with what checking it found; `file_name` is its name in the dossier."""

    statement: Statement
    diagnostics: tuple[Remark, ...]
    file_name: str


@dataclass(frozen=True, slots=True)
class LogFacts:
    """The log's last signed checkpoint: `root` in base64, `vkey` as C2SP signed-note has it."""

    origin: str
    size: int
    root: str
    vkey: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class EditionView:
    """One state of a dossier, ready for its pages.

    `items` says for the id of an item whether the edition carries its bytes (at `item_path`);
    `number` is None for a draft; `published_at` is a time in UTC (RFC 3339); `withheld` counts by
    kind the entries of which nothing may be shown, `in_part` those of which some fields may not.
    """

    settings: Settings
    state: State
    slots: Slots
    statements: tuple[PublishedStatement, ...]
    items: Mapping[str, bool]
    log: LogFacts
    published_at: str
    version: str
    number: int | None = None
    withheld: Mapping[str, int] = field(default_factory=dict)
    in_part: Mapping[str, int] = field(default_factory=dict)


def item_path(item: Item) -> str:
    """Where an edition carries the bytes of an item: `items/` and the digest, with a suffix.

    >>> item_path(Item(id="sha256:" + "0" * 64, source="s", media_type="text/html", size=3))[-12:]
    '000.html.txt'
    """
    digest = item.id.removeprefix("sha256:")
    return f"items/{digest}{_SUFFIXES.get(item.media_type, '.bin')}"
