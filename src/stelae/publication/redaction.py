"""What of a journal an edition may show (rule 9): consent and sensitivity decide, not taste.

An entry is shown whole, in part or not at all. Not at all: its record may not be shared, or the
source, item or record that it is about may not. In part: a field that names a withheld record is
left out; the entry still verifies, because every field was committed to apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stelae.records.attribution import Attributed
from stelae.records.fold import State, fold
from stelae.records.identifiers import Reference
from stelae.records.importing import references_of
from stelae.records.journal import Logged, Sealed, disclosed_name, open_entry
from stelae.records.sources import Source
from stelae.records.vocabularies import is_publishable

_ABOUT = frozenset({"source", "target", "prefers", "derived_from"})
"""Fields without which a record says nothing: if what they name is withheld, so is the record."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """The part of a journal that may be published: disclosures by entry, and their fold."""

    disclosures: tuple[tuple[str, ...], ...]
    state: State

    @property
    def withheld(self) -> Mapping[str, int]:
        """How many entries of which kind are withheld; an edition declares it."""
        return self.state.withheld


def _may_be_shown(logged: Logged) -> bool:
    match logged.record:
        case Attributed(consent=consent, sensitivity=sensitivity):
            return is_publishable(consent, sensitivity)
        case Source(sensitivity=sensitivity):
            return is_publishable("not-needed", sensitivity)
        case _:
            return True


def withheld_records(entries: Sequence[Logged]) -> frozenset[Reference]:
    """Records that may not be shown: themselves, or because of what they are about.

    One version that may not be shown withholds them all, or the others would tell of it.
    """
    withheld = {
        Reference(logged.kind, logged.record.id)
        for logged in entries
        if logged.record is not None and not _may_be_shown(logged)
    }
    while True:
        more = {
            Reference(logged.kind, logged.record.id)
            for logged in entries
            if logged.record is not None
            and any(
                column in _ABOUT and target in withheld
                for column, target in references_of(logged.kind, logged.record)
            )
        } - withheld
        if not more:
            return frozenset(withheld)
        withheld |= more


def redact(sealed: Sequence[Sealed]) -> Redacted:
    """Choose the disclosures that an edition carries, and fold what they say."""
    entries = [open_entry(i, entry.leaf, entry.disclosures) for i, entry in enumerate(sealed)]
    withheld = withheld_records(entries)
    chosen = tuple(
        _chosen(entry, logged, withheld) for entry, logged in zip(sealed, entries, strict=True)
    )
    if all(texts is entry.disclosures for texts, entry in zip(chosen, sealed, strict=True)):
        return Redacted(chosen, fold(entries))
    return Redacted(
        chosen,
        fold(
            logged if texts is entry.disclosures else open_entry(logged.index, entry.leaf, texts)
            for entry, logged, texts in zip(sealed, entries, chosen, strict=True)
        ),
    )


def _chosen(entry: Sealed, logged: Logged, withheld: frozenset[Reference]) -> tuple[str, ...]:
    if logged.record is None or Reference(logged.kind, logged.record.id) in withheld:
        return ()
    hidden = {
        column for column, target in references_of(logged.kind, logged.record) if target in withheld
    }
    if not hidden:
        return entry.disclosures
    return tuple(text for text in entry.disclosures if disclosed_name(text) not in hidden)
