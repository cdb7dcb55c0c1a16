"""What became of records since a state of the journal: corrected, taken back, no longer agreed to.

Nothing is overwritten (rule 3), so what a text rested on when it was published can always be held
against what the journal says now.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeAlias

from stelae.records.catalogue import AnyRecord
from stelae.records.fold import State
from stelae.records.identifiers import Reference
from stelae.records.journal import Logged
from stelae.records.vocabularies import is_publishable

__all__ = ["Became", "Change", "Difference", "Then", "changes_of", "version_then"]

Then: TypeAlias = Callable[[Logged], bool]
"""Whether an entry was in the journal at the moment that is compared with."""

_ASIDE = frozenset(
    (
        *("note", "credibility", "connection", "reliability", "seen_as", "url", "identifier"),
        *("publisher", "name", "title", "coordinates", "coordinates_from", "stated", "said_on"),
        *("access", "file_name", "consent", "sensitivity"),
    )
)
"""Columns in which a change leaves standing what a record says; whether it may be shown is asked
apart."""


class Became(StrEnum):
    """What happened to a record."""

    CORRECTED = "corrected"
    TAKEN_BACK = "taken-back"
    CONSENT_LOST = "consent-lost"
    """Consent to it was withdrawn, or it is no longer clear to share."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that says something else now, both values as texts."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One record that no longer says what it said then.

    `by` is the party that took it back, empty for a correction; `entered_by` the actor whose entry
    says so, `recorded_at` when (RFC 3339, UTC) and `entry` where in the journal; `date` is the day
    that a retraction itself names. `differences` are those of a correction: of what lost its
    consent nothing is repeated.
    """

    record: Reference
    became: Became
    why: str
    entered_by: str
    recorded_at: str
    entry: int
    by: str = ""
    date: str = ""
    differences: tuple[Difference, ...] = ()


def version_then(state: State, reference: Reference, then: Then) -> AnyRecord | None:
    """The record as it stood, None where it was not recorded yet."""
    versions = state.versions.get(reference.kind, {}).get(reference.id, ())
    return next((one.record for one in reversed(versions) if then(one)), None)


def changes_of(state: State, reference: Reference, then: Then) -> Iterator[Change]:
    """Every retraction that holds now, whenever it was made; else what versions since then changed.

    Versions that lead back to what was said then are no change. A correction of notes, of names
    or of how good a source is does not count.
    """
    retractions = state.retractions.get(reference, ())
    for retraction in retractions:
        logged = state.logged("retraction", retraction.id)
        withdrawn = retraction.kind == "consent-withdrawn"
        yield Change(
            reference,
            Became.CONSENT_LOST if withdrawn else Became.TAKEN_BACK,
            retraction.why,
            logged.actor,
            logged.recorded_at,
            logged.index,
            by=retraction.by,
            date=str(retraction.date) if retraction.date else "",
        )
    if retractions:
        return
    versions = state.versions.get(reference.kind, {}).get(reference.id, ())
    old = version_then(state, reference, then)
    new = versions[-1].record if versions else None
    if old is None or new is None:
        return
    if _may_be_shown(old) and not _may_be_shown(new):
        became, differences = Became.CONSENT_LOST, tuple[Difference, ...]()
    else:
        became, differences = Became.CORRECTED, tuple(_differences(old, new))
        if not differences:
            return
    since = [one for one in versions if not then(one)]
    last = since[-1] if since else versions[-1]
    reasons = dict.fromkeys(one.why for one in since if one.why)
    yield Change(
        reference,
        became,
        "; ".join(reasons),
        last.actor,
        last.recorded_at,
        last.index,
        differences=differences,
    )


def _may_be_shown(record: AnyRecord) -> bool:
    return is_publishable(
        getattr(record, "consent", "not-needed"), getattr(record, "sensitivity", "clear")
    )


def _differences(old: AnyRecord, new: AnyRecord) -> Iterator[Difference]:
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _ASIDE and before != after:
            yield Difference(field.name, _shown(before), _shown(after))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value in (None, "") else str(value)
