import pytest
from edition_views import edition_view

from stelae.publication.pages.lookup import Lookup
from stelae.publication.pages.times import when
from stelae.records.events import Event

HEAD = {
    "parties.csv": "id,name:en,kind\np,P (synthetic),press\n",
    "sources.csv": "id,title:en,kind\ns,S,book\n",
    "events.csv": 'id,name:en\ne,"Town, some year"\n',
}


def said(*dates: str) -> tuple[str, str]:
    """The time of an event of which these dates are asserted, and how many rival."""
    rows = "".join(f"a-{n},event:e,date,{date},p,s\n" for n, date in enumerate(dates))
    files = {**HEAD, "assertions.csv": f"id,subject,slot,value,said_by,source\n{rows}"}
    lookup = Lookup.of(edition_view(files if dates else HEAD, statements=()))
    found = when(lookup, lookup.view.state.get(Event, "e"))
    return found.words, found.rivals


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("1990-01-13",), "13 January 1990"),
        (("1990-01-13", "1990-01-20"), "13–20 January 1990"),
        (("1915", "1916/1923"), "1915–1923"),
        (("1988-02", "1988-11"), "February–November 1988"),
        (("1990", "1990-01"), "1990"),
        (("1990-01-13/1990-01-19", "1990-01"), "January 1990"),
        (
            ("julian:1918-01-09/1918-01-12", "1918-01-21"),
            "21–25 January 1918 (new style; 8–12 January old style)",
        ),
    ],
)
def test_rival_dates_are_spanned_as_finely_as_they_are_said(
    dates: tuple[str, ...], words: str
) -> None:
    assert said(*dates)[0] == words


def test_rival_dates_are_counted() -> None:
    assert said("1990-01-13", "1990-01-20")[1] == "2 rival dates"
    assert said("1990-01-13")[1] == ""


def test_one_day_in_two_calendars_has_no_rival() -> None:
    assert said("1918-01-22", "julian:1918-01-09") == (
        "9 January 1918 (old style; 22 January new style)",
        "",
    )
    assert said("1918-01-22", "julian:1918-01-09", "1918-01-23")[1] == "2 rival dates"


def test_an_open_date_is_shown_beside_the_others() -> None:
    words = said("1990-01-13/..", "1990-01-12")[0]
    assert "12 January 1990" in words
    assert "13 January 1990" in words


def test_an_event_without_a_date_says_so() -> None:
    assert said() == ("no date asserted", "")
