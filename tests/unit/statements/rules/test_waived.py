from typing import TYPE_CHECKING

import pytest

from stelae.statements.rules.waived import WaiverBroken, WaiverExpired

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

KNOWN = frozenset({"FIG-uncited"})
TEXT = """---
waivers:
  - rule: FIG-uncited
    clause: dead
    reason: the sources stand in the next clause
    by: Ada Grey
    until: {until}
---

The storm left 132 people dead. {{#dead}}
"""


@pytest.mark.parametrize(
    ("until", "hits"), [("2024-04-30", 1), ("2024-05-01", 0), ("2025-01-01", 0), ("2023-01-01", 1)]
)
def test_a_waiver_holds_through_its_last_day(check: "Check", until: str, hits: int) -> None:
    found = check(WaiverExpired(), TEXT.format(until=until))
    assert len(found) == hits
    assert all("the waiver of FIG-uncited in dead ended on" in one.message for one in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rule: FIG-uncited", "rule: FIG-unquoted", "names a rule 'FIG-unquoted'"),
        ("clause: dead", "clause: death", "names a clause 'death'"),
        ("by: Ada Grey", "by:", "does not say by"),
        ("until: 2025-01-01", "until: soon", "'soon' is no last day"),
        ("  - rule: FIG-uncited\n    clause", "  - clause", "does not say rule"),
    ],
)
def test_a_waiver_that_lacks_something_is_broken(
    check: "Check", old: str, new: str, said: str
) -> None:
    text = TEXT.format(until="2025-01-01")
    assert old in text
    assert check(WaiverBroken(KNOWN), text) == []
    (one,) = check(WaiverBroken(KNOWN), text.replace(old, new))
    assert said in one.message


def test_waivers_that_are_no_list_are_broken(check: "Check") -> None:
    (one,) = check(WaiverBroken(KNOWN), "---\nwaivers: all of them\n---\n\nIt froze.")
    assert "is a list" in one.message
    (one,) = check(WaiverBroken(KNOWN), "---\nwaivers:\n  - all of them\n---\n\nIt froze.")
    assert "names rule" in one.message
    assert check(WaiverBroken(KNOWN), "---\nwaivers:\n---\n\nIt froze.") == []
