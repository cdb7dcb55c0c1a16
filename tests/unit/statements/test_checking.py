import re
from datetime import date

from stelae.statements.checking import RULES, check_statement
from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Level, in_order
from stelae.statements.read import read_statement

FLAWED = """---
title: Harbour
date: 2020-01-12
waivers:
  - rule: FIG-uncited
    clause: dead
    reason: the sources stand in the next clause
    by: Ada Grey
    until: {until}
---

The storm left 132 people dead. {{#dead}}

The flood left 40 people dead [3]. {{#flood}}

## References

1. A book.
2. Another.
"""


def test_every_rule_has_an_id_a_level_and_a_sentence_of_why() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    for rule in RULES:
        assert re.fullmatch(r"[A-Z]{3}-[a-z-]+", rule.id)
        assert isinstance(rule.level, Level)
        assert rule.why.endswith((".", "?"))
        assert (type(rule).__doc__ or "").startswith(rule.id)


def test_the_rules_that_the_specification_names_are_here_with_its_levels() -> None:
    levels = {rule.id: str(rule.level) for rule in RULES}
    assert (
        levels
        | {
            "REF-dangling": "error",
            "REF-unused": "warning",
            "REF-order": "note",
            "REF-locator": "warning",
            "REF-locator-range": "error",
            "REF-no-capture": "error",
            "FIG-uncited": "error",
            "FIG-contradicts": "error",
            "FIG-false-precision": "warning",
            "FIG-range": "warning",
            "QUO-absent": "error",
            "QUO-unbalanced": "warning",
            "CIR-self": "warning",
            "DAT-anniversary": "error",
            "DAT-impossible": "error",
            "DAT-record": "error",
            "QUO-altered": "warning",
            "CIR-one-root": "warning",
            "CIR-cycle": "error",
            "DAT-style": "warning",
            "TRM-undetermined": "warning",
            "TRM-exceeds": "warning",
            "NAM-toponym": "note",
            "PER-exposed": "error",
            "SIG-count": "warning",
            "SUP-changed": "error",
            "TRN-figures": "error",
            "TRN-dates": "error",
            "TRN-refs": "error",
            "TRN-names": "error",
            "TRN-missing": "error",
            "TRN-stale": "warning",
        }
        == levels
    )


def test_a_waived_finding_stays_and_is_marked() -> None:
    statement = read_statement(FLAWED.format(until="2024-05-01"), "a.md", "en")
    found = check_statement(statement, CheckContext(date(2024, 5, 1)))
    waived = [one for one in found if one.waiver is not None]
    assert [(one.rule, statement.source.at(one.span)) for one in waived] == [("FIG-uncited", "132")]
    assert {one.rule for one in found} == {"FIG-uncited", "REF-dangling", "REF-unused"}


def test_an_expired_waiver_waives_nothing_and_is_reported() -> None:
    statement = read_statement(FLAWED.format(until="2024-04-30"), "a.md", "en")
    found = check_statement(statement, CheckContext(date(2024, 5, 1)))
    assert [one.waiver for one in found] == [None] * len(found)
    assert found[0].rule == "WAV-expired"
    assert "FIG-uncited" in {one.rule for one in found}


def test_findings_are_in_the_order_of_the_text() -> None:
    statement = read_statement(FLAWED.format(until="2024-05-01"), "a.md", "en")
    found = check_statement(statement, CheckContext(date(2024, 5, 1)))
    assert found == in_order(found)
    assert found == check_statement(statement, CheckContext(date(2024, 5, 1)))
