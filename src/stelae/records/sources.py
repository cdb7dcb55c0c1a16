"""Where things are known from, whose they are, and the bytes that are kept of them."""

from dataclasses import dataclass

from stelae.records.columns import column
from stelae.values.dates import PartialDate
from stelae.values.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person, unit, organisation, authority or state that says, does, decides or suffers."""

    id: str = column("The id of this party, never reused.")
    name: Names = column("Its names by language: columns name:en, name:hy, …")
    kind: str = column("What it is.", vocabulary="party-kind")
    consent: str = column(
        "Whether a person agrees to be named in publication.",
        vocabulary="consent",
        default="not-needed",
    )
    sensitivity: str = column(
        "With whom it may be shared (Traffic Light Protocol 2.0).",
        vocabulary="sensitivity",
        default="clear",
    )
    note: str = column("What a reader should know about it, in own words.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that things are known from: a book, a report, a law, a page, a testimony."""

    id: str = column("The id of this source, never reused.")
    title: Names = column("Its title by language: columns title:en, title:ru, …")
    kind: str = column("What it is.", vocabulary="source-kind")
    authors: tuple[str, ...] = column(
        "Who answers for it: ids of parties.", refers="party", default=()
    )
    publisher: str = column("Who published it, and where.", default="")
    date: PartialDate | None = column("When it was published or made.", default=None)
    language: str = column("Its language, as a tag of BCP 47.", default="")
    url: str = column("Where it was found on the web.", default="")
    identifier: str = column(
        "Its number: ISBN, DOI, document symbol, archive signature.", default=""
    )
    rests_on: tuple[str, ...] = column(
        "Sources that this source as a whole is taken from.", refers="source", default=()
    )
    reliability: str = column(
        "How reliable the source is in general, by whoever recorded it.",
        vocabulary="reliability",
        default="F",
    )
    seen_as: str = column(
        "What of it was in the recorder's hands.", vocabulary="seen-as", default="unstated"
    )
    sensitivity: str = column(
        "With whom it may be shared (Traffic Light Protocol 2.0).",
        vocabulary="sensitivity",
        default="clear",
    )
    note: str = column("What a reader should know about it, in own words.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Preserved bytes, named by their digest."""

    id: str = column("The digest of the bytes: sha256: and 64 hexadecimal digits.")
    source: str = column("The source that these bytes are of.", refers="source")
    media_type: str = column("What the bytes are (RFC 6838), judged by content.")
    size: int = column("How many bytes.")
    file_name: str = column("The name under which they were deposited.", default="")
    derived_from: str = column(
        "The item that these bytes were made from, if any.", refers="item", default=""
    )
    method: str = column("How they were made, if derived: program and version.", default="")
    pages: int | None = column("How many pages it has, if it has pages.", default=None)
    access: str = column(
        "Whether an edition carries the bytes.", vocabulary="access", default="closed"
    )
    note: str = column("What a reader should know about it, in own words.", default="")
