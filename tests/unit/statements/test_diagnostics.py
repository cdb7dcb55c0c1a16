from datetime import date

from stelae.statements.diagnostics import Diagnostic, Level, counted, in_order
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver


def finding(
    rule: str, start: int, level: Level = Level.ERROR, *, waived: bool = False
) -> Diagnostic:
    waiver = Waiver(rule, "c", "why", "who", date(2024, 1, 1), Span(0, 0)) if waived else None
    return Diagnostic(rule, level, Span(start, start + 1), "message", waiver=waiver)


def test_levels_are_ordered_from_the_gravest() -> None:
    assert Level.ERROR.is_at_least(Level.WARNING)
    assert Level.WARNING.is_at_least(Level.WARNING)
    assert not Level.NOTE.is_at_least(Level.WARNING)
    assert [level.rank for level in Level] == [0, 1, 2]


def test_findings_stand_in_the_order_of_the_text_then_of_the_rules() -> None:
    found = [finding("B", 5), finding("A", 5), finding("C", 1)]
    assert [one.rule for one in in_order(found)] == ["C", "A", "B"]
    assert in_order(found) == in_order(reversed(found))


def test_waived_findings_are_not_counted() -> None:
    found = [finding("A", 1), finding("B", 2, Level.NOTE), finding("C", 3, waived=True)]
    assert counted(found) == {Level.ERROR: 1, Level.NOTE: 1}
