from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from stelae.records.catalogue import from_body
from stelae.records.dossier import Dossier
from stelae.records.fold import State, fold
from stelae.records.importing import Plan
from stelae.records.journal import Logged
from stelae.remembrance.recorded import days_of_remembrance, dossier_feed
from stelae.values.anniversaries import LeapDayPolicy
from stelae.values.canonical import Json
from stelae.values.dates import Calendar

Importing = Callable[..., Plan]
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
DAY: Mapping[str, Json] = {
    "id": "d", "date": "--01-20", "name": {"en": "Day", "und": "Gün"},
    "observed_by": ["p", "nobody"], "said_by": "p", "source": "s",
}  # fmt: skip
PARTY: Mapping[str, Json] = {"id": "p", "name": {"az": "Q", "en": "Group"}, "kind": "community"}


def state(*entries: tuple[str, Mapping[str, Json]]) -> State:
    return fold(
        Logged(i, f"sha256:{i:064}", kind, "a-1", None, from_body(kind, body))
        for i, (kind, body) in enumerate(entries)
    )


def test_a_recorded_day_carries_its_observers_and_instrument_by_name(small: Dossier) -> None:
    (day,) = days_of_remembrance(small.state())
    assert (str(day.start), str(day.end), day.names) == (
        "01-20",
        "01-20",
        (("en", "Day of the town"),),
    )
    assert day.observers == ("Our group (synthetic)",)
    assert day.instrument == "Decree, 5"
    assert day.event_id == "town-1990"
    assert day.since is not None
    assert day.since.edtf == "1991"


def test_what_is_not_recorded_is_shown_by_id_or_as_it_is_said() -> None:
    (day,) = days_of_remembrance(
        state(("day", {**DAY, "established_by": "custom"}), ("party", PARTY))
    )
    assert day.observers == ("Group", "nobody")
    assert day.names == (("en", "Day"), ("und", "Gün"))
    assert (day.instrument, day.event_id, day.since) == ("custom", None, None)


@pytest.mark.parametrize(
    ("since", "year"),
    [
        ("1965 (first marked in 1966)", "1965"),
        ("since the 1990s", None),
        ("с 1990-х", None),
        ("since 1991-01-20", "1991"),
        ("12345", None),
        ("", None),
    ],
)
def test_since_is_the_first_year_that_is_said(since: str, year: str | None) -> None:
    (day,) = days_of_remembrance(state(("day", {**DAY, "since": since})))
    assert (day.since.edtf if day.since else None) == year


def test_calendar_and_leap_day_are_the_observers() -> None:
    (day,) = days_of_remembrance(
        state(("day", {**DAY, "date": "--02-29", "calendar": "julian", "leap_day": "feb28"}))
    )
    assert (day.calendar, day.leap_day) == (Calendar.JULIAN, LeapDayPolicy.FEB28)


def test_days_come_in_the_order_of_the_year_and_those_taken_back_do_not() -> None:
    days = [
        ("day", {**DAY, "id": i, "date": d})
        for i, d in (("b", "--04-24"), ("a", "--01-13/--01-19"), ("c", "--01-20"))
    ]
    back: Mapping[str, Json] = {
        "id": "r",
        "target": "day:c",
        "kind": "by-recorder",
        "by": "p",
        "why": "w",
    }
    assert [d.id for d in days_of_remembrance(state(*days))] == ["a", "c", "b"]
    assert [d.id for d in days_of_remembrance(state(*days, ("retraction", back)))] == ["a", "b"]


def test_a_note_of_several_lines_from_a_spreadsheet_is_no_obstacle(
    small: Dossier, importing: Importing
) -> None:
    importing(
        small,
        {"days.csv": "id,date,name:en,observed_by,said_by,source,note\r\n"
                     'd-2,--02-02,D,us,us,report,"one\r\ntwo"\r\n'},
    )  # fmt: skip
    assert [day.note for day in days_of_remembrance(small.state())] == ["", "one\ntwo"]


def feed(state: State) -> tuple[bytes, tuple[str, ...]]:
    return dossier_feed(state, origin="town/log1", language="en", title="Days", stamp=STAMP)


def test_the_feed_holds_each_day_and_is_the_same_each_time(small: Dossier) -> None:
    content, left_out = feed(small.state())
    assert left_out == ()
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert content.count(b"BEGIN:VEVENT") == 1
    assert b"Day of the town" in content
    assert feed(small.state())[0] == content


def test_a_29_february_of_which_nobody_said_how_it_is_kept_is_left_out_and_said_so() -> None:
    found = state(("day", {**DAY, "date": "--02-29"}), ("day", {**DAY, "id": "e"}))
    content, left_out = feed(found)
    assert content.count(b"BEGIN:VEVENT") == 1
    assert left_out == ("d: say in the column leap_day how its observers keep 29 February",)


def test_a_dossier_without_days_has_an_empty_feed() -> None:
    content, left_out = feed(state())
    assert (content.count(b"BEGIN:VEVENT"), left_out) == (0, ())
