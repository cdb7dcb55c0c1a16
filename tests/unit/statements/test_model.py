import pytest

from stelae.statements.model import Citation, Clause, Marker
from stelae.statements.text import Span
from stelae.values.locators import Locator


def test_prose_keeps_every_offset_and_shown_hides_the_mark_up() -> None:
    text = "[about 90](figure:a) died"
    clause = Clause("a", Span(10, 35), text, hidden=(Span(10, 11), Span(19, 30)))
    assert clause.prose == " about 90            died"
    assert len(clause.prose) == len(text)
    assert clause.shown == "about 90 died"


def test_what_is_hidden_at_the_end_is_hidden() -> None:
    clause = Clause("a", Span(0, 6), "x {#a}", hidden=(Span(2, 6),))
    assert clause.shown == "x"


def test_a_marker_lists_numbers_and_places_in_the_order_written() -> None:
    page = Locator("page", "3")
    marker = Marker(Span(0, 5), (Citation(2, (page,)), Citation(1)))
    assert marker.numbers == (2, 1)
    assert marker.locators == (page,)


def test_a_clause_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Clause("a", Span(0, 0), "").id = "b"  # type: ignore[misc]  # that is the point
