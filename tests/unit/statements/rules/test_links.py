from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import RecordContext
from stelae.statements.rules.links import Unbound

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check


def listed(entry: str) -> str:
    return f"\n\n## References\n\n1. {entry}\n"


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("So [90](figure:zenda-1990/killed/nobody).", 1),
        ("On [13 January](date:zenda-1991).", 1),
        ("In [Зенда](place:atlantis).", 1),
        ("So [1]." + listed("nobody-2001"), 1),
        ("[Այնտեղ](event:zenda-1991)։", 1),
        ("So [90](figure:zenda-1990/killed/observers), [so](figure:zenda-1990/killed).", 0),
        ("On [13 January](date:zenda-1990), [so](date:zenda-1990/date/observers).", 0),
        ("In [Зенда](place:zenda), [she](person:grey), [Decree 12](recognition:council-1995).", 0),
        ("So [1] [there](https://example.org)." + listed("grey-2001"), 0),
        ('So ["it froze"](quote:grey-2001#p1).', 0),
    ],
)
def test_a_link_that_leads_nowhere_is_found(
    check: "Check", record: RecordContext, text: str, hits: int
) -> None:
    assert len(check(Unbound(), text, record=record)) == hits


@pytest.mark.parametrize(
    ("entry", "hits"),
    [
        ("e-mail: from the harbour master to the pilots", 0),
        ("www.harbour.example — the page of the pilots", 0),
        ("example.org: the page of the pilots", 0),
        ("report-1993: p. 4", 1),
        ("gazete.1990: p. 4", 1),
        ("brief-ro: p. 4", 1),
    ],
)
def test_a_word_before_a_colon_is_no_id(
    check: "Check", record: RecordContext, entry: str, hits: int
) -> None:
    assert len(check(Unbound(), "It froze [1]." + listed(entry), record=record)) == hits


def test_without_a_record_no_link_is_followed(check: "Check") -> None:
    assert check(Unbound(), "It froze [1], [90](figure:nowhere)." + listed("grey-2001")) == []
