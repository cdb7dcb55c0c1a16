from datetime import date

from stelae.statements.context import CheckContext


def test_a_check_needs_the_day_and_nothing_else() -> None:
    context = CheckContext(date(2024, 5, 1))
    assert context.record is None
    assert context.siblings == ()
    assert context.own == ()
