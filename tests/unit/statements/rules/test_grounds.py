"""What a text rests on, directly and below."""

from typing import TYPE_CHECKING

from stelae.records.journal import Logged
from stelae.statements.context import RecordContext
from stelae.statements.read import read_statement
from stelae.statements.rules.changes import Changed
from stelae.statements.rules.grounds import grounds

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

COPY = "item:sha256:" + "a" * 64


def _everything(_: Logged) -> bool:
    return True


def _found(record: RecordContext, text: str) -> dict[str, tuple[str, ...]]:
    statement = read_statement(text, "text.md", "en")
    return {
        str(ground.record): tuple(map(str, ground.through))
        for ground in grounds(statement, record, _everything)
    }


def test_below_a_figure_lie_its_speaker_its_source_and_the_copy(record: RecordContext) -> None:
    found = _found(record, "There [300](figure:zenda-1990/killed/grey) died.")
    figure = "figure:zenda-1990/killed/grey"
    assert found == {
        figure: (),
        "source:grey-2001": (figure,),
        "party:grey": (figure,),
        COPY: (figure, "source:grey-2001"),
    }


def test_what_a_source_rests_on_is_followed_to_the_end_also_round_a_ring(
    record: RecordContext,
) -> None:
    found = _found(record, "So [1].\n\n## References\n\n1. almanac-1991\n2. ring-reader\n")
    assert found["source:dispatch-1990"] == ("source:almanac-1991", "source:gazette-1990")
    assert {"source:ring-a", "source:ring-b"} <= found.keys()


def test_a_link_to_a_slot_rests_on_the_values_that_bear_it_out(record: RecordContext) -> None:
    found = _found(record, "There [48](figure:zenda-1990/killed) died.")
    assert "figure:zenda-1990/killed/prosecutor" in found
    assert "figure:zenda-1990/killed/grey" not in found
    dated = _found(record, "On [12 January 1990](date:zenda-1990) it began.")
    assert "assertion:zenda-1990/date/prosecutor" in dated
    assert "assertion:zenda-1990/date/observers" not in dated


def test_the_finding_says_through_what_a_text_rests_on_it(
    check: "Check", record: RecordContext
) -> None:
    text = "[It](quote:grey-2001) says so. There [12](figure:hentzau-1919/injured/hidden) fell."
    (one,) = check(Changed(), text, record=record)
    assert one.message.startswith("figure:hentzau-1919/injured/hidden lost its consent")
    assert one.related[-1].what.startswith("entry ")
