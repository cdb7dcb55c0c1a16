"""Whatever the text and wherever the finding, it can be shown."""

import json
import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.read import read_statement
from stelae.statements.report import json_report, text_report
from stelae.statements.text import Span


def columns(line: str) -> int:
    """How many columns a line takes, by East Asian width and combining marks."""
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me"} or character in "\u200c\u200d\u00ad"
        else 1 + (unicodedata.east_asian_width(character) in {"W", "F"})
        for character in line
    )


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300), st.data(), st.integers(40, 120))
def test_any_finding_in_any_text_can_be_shown(text: str, data: st.DataObject, width: int) -> None:
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    statement = read_statement(text, "a.txt", "en")
    one = Diagnostic("A", Level.NOTE, Span(start, end), "message")
    lines = text_report(statement, [one], width=width).split("\n")[:-1]
    assert columns(lines[1]) <= width
    assert lines[0].endswith("note A: message")
    assert lines[-1] == "1 note"
    json.dumps(json_report(statement, [one]))
