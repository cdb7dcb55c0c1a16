"""What people judge about records: preferences, corrections, retractions; and editions."""

from dataclasses import dataclass

from stelae.records.columns import column
from stelae.records.identifiers import Reference
from stelae.values.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Somebody's reasoned choice among rival values; never a global rank (rule 2)."""

    id: str = column("The id of this preference, never reused.")
    prefers: Reference = column("The figure or assertion preferred.", refers="*")
    by: str = column("Who prefers it: the id of a party.", refers="party")
    why: str = column("Why.")
    date: PartialDate | None = column("When this was judged.", default=None)
    note: str = column("What a reader should know about it, in own words.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """Takes something back: the record stays and is shown with its retraction."""

    id: str = column("The id of this retraction, never reused.")
    target: Reference = column("The record that is taken back.", refers="*")
    kind: str = column("Who takes back what.", vocabulary="retraction-kind")
    by: str = column("Who takes it back: the id of a party.", refers="party")
    why: str = column("Why.")
    date: PartialDate | None = column("When it was taken back.", default=None)
    source: str = column(
        "Where this is read, if somebody else said so.", refers="source", default=""
    )
    locator: str = column("The place in that source.", default="")
    note: str = column("What a reader should know about it, in own words.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One published, numbered, immutable state of a dossier."""

    id: str = column("The number of the edition, from 1.")
    inputs: str = column("The digest of all that the edition was made from.")
    manifest: str = column("The digest of the list of its files and their digests.")
    published_at: str = column("When it was made, in UTC (RFC 3339).")
    previous: str = column("The edition before it, if any.", refers="edition", default="")
    note: str = column("What changed, in own words.", default="")
