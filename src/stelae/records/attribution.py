"""Who says a thing, where, and how they came to know it: common to all that sources say."""

from dataclasses import dataclass

from stelae.records.columns import column
from stelae.values.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """No value without a source (rule 1): `said_by` says it, `source` is where that is read."""

    id: str = column("The id of this record, never reused.")
    said_by: str = column("Who says it: the id of a party.", refers="party")
    source: str = column("Where it is read: the id of a source.", refers="source")
    locator: str = column("The place in the source: p. 90; ch. 5, p. 12; preamble.", default="")
    quote: str = column("The source's own words, exactly, if short and quotable.", default="")
    origin: tuple[str, ...] = column(
        "Sources that this source itself names for this very thing.", refers="source", default=()
    )
    said_on: PartialDate | None = column(
        "When it was said, if not on the source's date.", default=None
    )
    connection: str = column(
        "How the speaker is connected with the event.", vocabulary="connection", default="unstated"
    )
    credibility: str = column(
        "How credible this piece of information is, by whoever recorded it.",
        vocabulary="credibility",
        default="6",
    )
    consent: str = column(
        "Whether a person whose words or data these are agrees to publication.",
        vocabulary="consent",
        default="not-needed",
    )
    sensitivity: str = column(
        "With whom it may be shared (Traffic Light Protocol 2.0).",
        vocabulary="sensitivity",
        default="clear",
    )
    note: str = column("What a reader should know about it, in own words.", default="")
