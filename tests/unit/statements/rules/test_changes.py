from typing import TYPE_CHECKING

from stelae.statements.context import RecordContext
from stelae.statements.rules.changes import Changed
from stelae.statements.rules.circles import Cycle, OneRoot

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check


def test_a_correction_shows_what_was_and_what_is(check: "Check", record: RecordContext) -> None:
    text = "---\ndate: 2021-05-01\n---\n\nThere [31](figure:teschen-1905/injured/grey) suffered."
    (one,) = check(Changed(), text, record=record)
    assert one.message == "figure:teschen-1905/injured/grey was corrected on 2023-06-01: count"
    assert one.related[0].what == "count: 31 then, 29 now"


def test_what_was_taken_back_shows_by_whom_and_why(check: "Check", record: RecordContext) -> None:
    text = "There [200](figure:teschen-1905/killed/grey) died."
    (one,) = check(Changed(), text, record=record)
    assert one.message == "figure:teschen-1905/killed/grey was taken back on 2022-03-01"
    assert one.related[0].what == "Ada Grey: The list held the same names twice."


def test_a_ring_is_told_once_with_its_way_round(check: "Check", record: RecordContext) -> None:
    text = "So [one](source:ring-b) and [another](source:ring-a) say."
    (one,) = check(Cycle(), text, record=record)
    assert one.message.endswith("ring-a rests on ring-b rests on ring-a")


def test_one_root_names_the_source_in_which_the_entries_begin(
    check: "Check", record: RecordContext
) -> None:
    text = "So it is said [1; 2].\n\n## References\n\n1. gazette-1990\n2. courier-1990\n"
    (one,) = check(OneRoot(), text, record=record)
    assert one.message.startswith("entries 1 and 2 begin in one source, dispatch-1990")
    assert one.related[0].what == "dispatch-1990: Dispatch from Hentzau"
