"""What a text is checked against: the record of its dossier, its other languages, the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from stelae.records.fold import State
from stelae.records.views import Slots
from stelae.statements.model import Statement

__all__ = ["CheckContext", "Kept", "RecordContext"]


Kept: TypeAlias = Literal["kept", "missing", "changed"]
"""What became of the bytes of a source: `missing` where nothing was ever deposited for it or the
store no longer holds it, `changed` where its bytes are no longer those that were deposited."""


@dataclass(frozen=True, slots=True)
class RecordContext:
    """The record of a dossier, as far as checks ask for it.

    `pages` gives the text of what is kept of a source, page by page, None where nothing is kept
    or it has no text; `kept` says whether its bytes are still those that were deposited. Both
    take the id of a source and may be slow: a rule asks once for each source.
    """

    state: State
    slots: Slots
    pages: Callable[[str], tuple[str, ...] | None]
    kept: Callable[[str], Kept]


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Everything besides the text that a check may depend on; there is no clock in it.

    `siblings` are the other languages of the text, `as_of` the day on which waivers are looked
    at, `own` the parties (ids, or names where there is no record) whose own publications are
    theirs as much as the signatories' are. `partial` says that there are more languages of the
    text than the siblings: what must be done to all of them at once is then not offered.
    """

    as_of: date
    record: RecordContext | None = None
    siblings: tuple[Statement, ...] = ()
    own: tuple[str, ...] = ()
    partial: bool = False
