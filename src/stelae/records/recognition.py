"""What bodies decided about events, by which instrument, and which days they keep."""

from dataclasses import dataclass

from stelae.records.attribution import Attributed
from stelae.records.columns import column
from stelae.values.dates import PartialDate
from stelae.values.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty, law, resolution or other document by which a body binds or speaks."""

    id: str = column("The id of this instrument, never reused.")
    title: Names = column("Its title by language: title:en, title:hy, …")
    number: str = column("Its number or document symbol.", default="")
    date: PartialDate | None = column("When it was adopted.", default=None)
    body: str = column("Who adopted it.", refers="party", default="")
    provision: str = column("The provision that matters here, in own words.", default="")
    status: str = column("Whether and since when it is in force, in own words.", default="")
    source: str = column("Where this is read.", refers="source", default="")
    note: str = column("What a reader should know about it, in own words.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Attributed):
    """An act by which a body recognised, condemned, declined, denied or noted something."""

    body: str = column("The body that acted.", refers="party")
    kind: str = column("What kind of act.", vocabulary="recognition-kind")
    date: PartialDate | None = column("When; empty where no date is known.", default=None)
    title: str = column("Its title or number.")
    event: tuple[str, ...] = column("The events it speaks of.", refers="event", default=())
    stance: str = column("Its stance in the act's own terms.", vocabulary="stance")
    words: str = column("The word that the act itself uses for the event, if any.", default="")
    chamber: str = column("Chamber, committee or stage.", default="")
    binding: str = column("Whom it binds.", vocabulary="binding", default="unstated")
    votes: str = column("Votes for, against, abstaining, as printed.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Attributed):
    """A day of remembrance, never without those who keep it."""

    date: str = column("The day of the year, --01-20, or a run of days, --01-13/--01-19.")
    calendar: str = column(
        "The calendar in which the day is fixed.", vocabulary="calendar", default="gregorian"
    )
    name: Names = column("What its observers call it, by language: name:en, name:az, …")
    observed_by: tuple[str, ...] = column("Who keeps it: ids of parties.", refers="party")
    since: str = column("Since which year, as the source has it.", default="")
    instrument: str = column("The instrument that set it.", refers="instrument", default="")
    established_by: str = column("How it was set, if by no recorded instrument.", default="")
    leap_day: str = column(
        "How its observers keep a 29 February in common years.",
        vocabulary="leap-day",
        default="unstated",
    )
    event: str = column("The event it remembers, if one.", refers="event", default="")
