"""What one source says of one thing."""

from dataclasses import dataclass

from stelae.records.attribution import Attributed
from stelae.records.columns import column
from stelae.records.identifiers import Reference
from stelae.values.dates import PartialDate
from stelae.values.figures import Count, FigureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion(Attributed):
    """What one source says of one slot (date, act, participant …) of one thing."""

    subject: Reference = column("What it is said of: event:baku-1990.", refers="*")
    slot: str = column("Which property.", vocabulary="slot")
    value: str = column("What is said, in the form that the slot takes.")
    polarity: str = column(
        "Whether the speaker affirms or denies it.", vocabulary="polarity", default="affirms"
    )
    qualifiers: dict[str, str] = column(
        "More about it by code: columns qualifiers:involvement, qualifiers:language …",
        factory=dict,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Attributed):
    """A count with kind and scope: how many, of whom, where, when, according to whom."""

    event: str = column("The event.", refers="event")
    measure: str = column("What is counted.", vocabulary="measure")
    count: Count = column('48; 48..300; 400.. (at least); ..1000 (at most); ~90; "several".')
    kind: FigureKind = column("What the count rests on.", default=FigureKind.REPORTED)
    of: str = column("Of whom or what, in the source's terms.", default="")
    place: str = column("Where, if not the whole place of the event.", refers="place", default="")
    period: PartialDate | None = column("When, if not the whole time of the event.", default=None)
    scope: str = column("What else limits it, in own words.", default="")
    stated: str = column("How the source puts it, in own words.", default="")

    @property
    def slot(self) -> str:
        """The measure: figures rival one another within one event and one measure."""
        return self.measure
