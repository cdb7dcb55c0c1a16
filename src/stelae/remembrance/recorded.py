"""Days of remembrance as a dossier records them, and the calendar feed of a dossier."""

import re
from collections.abc import Iterator
from datetime import datetime

from stelae.errors import BadInput, BadValue
from stelae.records.fold import State
from stelae.records.listing import speaker_name
from stelae.records.recognition import Day, Instrument
from stelae.remembrance.days import DayOfRemembrance
from stelae.remembrance.feeds import FeedSettings, calendar_feed
from stelae.values.anniversaries import LeapDayPolicy
from stelae.values.dates import Calendar, PartialDate
from stelae.values.month_days import parse_month_days

_YEAR = re.compile(r"(?<!\w)[0-9]{4}(?!\w|-[^\W\d])")  # not in 1990s, 1990-х


def day_of_remembrance(state: State, day: Day) -> DayOfRemembrance:
    """A recorded day with its observers and instrument by name."""
    start, end = parse_month_days(day.date)
    return DayOfRemembrance(
        id=day.id,
        start=start,
        end=end,
        names=tuple((form.language or "und", form.text) for form in day.name),
        observers=tuple(speaker_name(state, party) for party in day.observed_by),
        calendar=Calendar(day.calendar),
        since=_since(day.since),
        instrument=_instrument(state, day),
        event_id=day.event or None,
        note=day.note,
        leap_day=None if day.leap_day == "unstated" else LeapDayPolicy(day.leap_day),
    )


def _instrument(state: State, day: Day) -> str:
    found = state.find(Instrument, day.instrument) if day.instrument else None
    if found is None:
        return day.established_by
    title = found.title.in_language("en").text
    return f"{title}, {found.number}" if found.number else title


def _since(text: str) -> PartialDate | None:
    """The first year in words such as `1965 (first marked …)`; None where no year is given."""
    match = _YEAR.search(text)
    return PartialDate.parse(match[0]) if match else None


def days_of_remembrance(state: State) -> Iterator[DayOfRemembrance]:
    """Every recorded day that nobody took back, in the order of the year."""
    days = [
        day_of_remembrance(state, day)
        for day in state.all(Day)
        if not state.is_retracted("day", day.id)
    ]
    yield from sorted(days, key=lambda day: (day.start, day.end, day.id))


def dossier_feed(
    state: State, *, origin: str, language: str, title: str, stamp: datetime
) -> tuple[bytes, tuple[str, ...]]:
    """The .ics feed of a dossier's days, and what it leaves out and why.

    A 29 February of which nobody said how it is kept in common years is left out, not guessed.
    """
    usable: list[DayOfRemembrance] = []
    left_out: list[str] = []
    for day in days_of_remembrance(state):
        if day.touches_leap_day and day.leap_day is None:
            left_out.append(
                f"{day.id}: say in the column leap_day how its observers keep 29 February"
            )
        else:
            usable.append(day)
    settings = FeedSettings(
        origin=origin,
        language=language,
        title=title,
        stamp=stamp,
        first_year=stamp.year,
    )
    try:
        return calendar_feed(usable, settings), tuple(left_out)
    except BadValue as error:
        raise BadInput(
            f"the calendar feed cannot be written: {error.what}", hint=error.hint
        ) from error
