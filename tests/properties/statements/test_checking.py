"""Whatever the text, it can be checked, and what is found lies in it."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.records.events import Event, Place
from stelae.records.fold import fold
from stelae.records.journal import Logged
from stelae.records.views import Slots
from stelae.statements.checking import check_statement
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import in_order
from stelae.statements.read import read_statement
from stelae.values.names import Names

ZENDA = Place(id="zenda", name=Names.of({"en": "Zenda"}))
WINTER = Event(id="zenda-1990", name=Names.of({"en": "Zenda, 1990"}), place=("zenda",))
STATE = fold(
    [
        Logged(0, f"sha256:{0:064x}", "place", "tester", None, ZENDA),
        Logged(1, f"sha256:{1:064x}", "event", "tester", None, WINTER),
    ]
)
RECORD = RecordContext(STATE, Slots.of(STATE), lambda _: ("It froze.",), lambda _: "kept")

PIECES = st.sampled_from(
    [
        "[1]",
        "[2, ch. 5, 3]",
        "“so",
        "”",
        "« ",
        "»",
        "132 people died",
        "genocide",
        "31 June 1990",
        "# Title",
        "## References",
        "1. A book",
        "- item",
        "\n\n",
        "\n",
        "1918-ի",
        "30-й годовщины 1990 года",
        "[90](figure:a/b)",
        "[90 people](figure:Zenda Ü/killed)",
        "[9](date:../x)",
        "[x](event:zenda-1990)",
        "[y](event:Q Q)",
        "[x](quote:y#p1)",
        "---",
        "waivers:",
        "{#id}",
        "\u202e",
        "\u0589",
        "١٣٠٠",
        "[",
        "]",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25))
def test_any_text_can_be_checked_and_every_finding_lies_inside_it(pieces: list[str]) -> None:
    text = " ".join(pieces).replace("\x00", "")
    text = re.sub(r"[\x01-\x08\x0b\x0e-\x1f\x7f]", "", text)
    statement = read_statement(text, "a.md", "en")
    sibling = read_statement("It froze in 1990 [1].", "b.md", "en")
    context = CheckContext(date(2024, 5, 1), RECORD, siblings=(sibling,), own=("Zenda Union",))
    diagnostics = check_statement(statement, context)
    assert diagnostics == in_order(diagnostics) == check_statement(statement, context)
    for found in diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.message
