from datetime import date

import pytest

from stelae.cli.statements import record_context
from stelae.records.dossier import Dossier
from stelae.statements.checking import check_statement
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Edit, Level
from stelae.statements.language_server import Range, actions, complete, hover, offset_at, shown
from stelae.statements.read import read_statement
from stelae.statements.text import SourceText, Span
from stelae.statements.waivers import Waiver

TEXT = """# 𐌰 statement (synthetic)

𐌰𐌰 [about 150](figure:f-inquiry) died on [some day](date:a-date) in [Town](event:town-1990) [1].

## References

1. report: p. 12
"""


@pytest.fixture
def record(small: Dossier) -> RecordContext:
    return record_context(small)


def test_findings_have_places_in_utf_16_from_0(record: RecordContext) -> None:
    statement = read_statement(TEXT, "a.md", "en")
    found = check_statement(statement, CheckContext(date(2026, 1, 1), record))
    (one,) = [one for one in shown(statement, found) if one.code == "FIG-contradicts"]
    assert one.range == Range((2, 6), (2, 15))
    assert one.severity == 1
    assert "about 90" in one.message


def test_what_is_waived_is_not_shown_and_what_was_not_understood_is() -> None:
    statement = read_statement("On {{day}}.", "a.md", "en")
    waiver = Waiver("A", "c", "told", "Ada Grey", date(2030, 1, 1), Span(0, 0))
    found = [Diagnostic("A", Level.ERROR, Span(0, 2), "m", waiver=waiver)]
    assert [(one.code, one.severity) for one in shown(statement, found)] == [("reader", 3)]


@pytest.mark.parametrize(
    ("line", "character", "offset"),
    [(0, 0, 0), (0, 1, 1), (0, 3, 2), (0, 99, 3), (1, 0, 4), (1, 1, 5), (9, 0, 7)],
)
def test_a_place_in_utf_16_is_found_again(line: int, character: int, offset: int) -> None:
    assert offset_at(SourceText("a𐌰b\nxyz", "t"), line, character) == offset


def lines_at(record: RecordContext, words: str) -> tuple[str, ...]:
    statement = read_statement(TEXT, "a.md", "en")
    found = hover(statement, record, TEXT.index(words) + 1)
    return found.lines if found else ()


def test_a_bound_figure_shows_every_rival_with_whose_it_is(record: RecordContext) -> None:
    lines = lines_at(record, "about 150")
    assert len(lines) == 2
    assert any(line.startswith("→ about 90") and "Inquiry" in line for line in lines)
    assert any(line.startswith("48") and "Paper A" in line for line in lines)


def test_a_bound_date_and_a_name_show_what_the_record_has(record: RecordContext) -> None:
    assert "→ 1990-01-13/1990-01-19: Paper A (synthetic)" in lines_at(record, "some day")
    assert lines_at(record, "Town](") == ("Town, January 1990",)


def test_free_words_show_nothing(record: RecordContext) -> None:
    assert lines_at(record, "died") == ()


def targets(record: RecordContext, written: str) -> list[str]:
    source = SourceText(written, "a.md")
    return [one.target for one in complete(source, record, "en", len(written))]


def test_a_link_is_completed_with_what_still_stands(record: RecordContext) -> None:
    assert targets(record, "It was [90](figure:") == ["f-a", "f-inquiry"]
    assert targets(record, "It was [90](figure:inq") == ["f-inquiry"]
    assert "town-1990" in targets(record, "on [that day](date:")
    assert targets(record, "[“48”](quote:") == ["paper-a#p1"]
    assert targets(record, "[x](day:") == ["day-1"]


@pytest.mark.parametrize("written", ["It was figure:", "[90](figures:", "[90](figure:x) ", ""])
def test_nothing_is_completed_elsewhere(record: RecordContext, written: str) -> None:
    assert targets(record, written) == []


def test_an_editor_may_count_in_other_units() -> None:
    source = SourceText("a𐌰b\nxyz", "t")
    assert [offset_at(source, 0, at, "utf-32") for at in (1, 2, 3)] == [1, 2, 3]
    assert [offset_at(source, 0, at, "utf-8") for at in (1, 5, 6)] == [1, 2, 3]
    statement = read_statement("𐌰 b", "t", "en")
    found = [Diagnostic("A", Level.NOTE, Span(2, 3), "m")]
    for units, character in (("utf-32", 2), ("utf-16", 3), ("utf-8", 5)):
        (one,) = shown(statement, found, units)
        assert one.range.start == (0, character)


def test_what_mends_a_finding_is_offered_where_the_cursor_is() -> None:
    text = "---\ndate: 2020-01-13\n---\n\nOn the 31st anniversary of January 1990.\n"
    statement = read_statement(text, "a.md", "en")
    found = check_statement(statement, CheckContext(date(2026, 1, 1)))
    at = text.index("31st")
    (one,) = actions(statement, found, (at, at))
    assert one.title.startswith("DAT-anniversary: ")
    assert one.edits == ((Range((4, 7), (4, 11)), "30th"),)
    assert list(actions(statement, found, (0, 3))) == []


def test_what_changes_other_files_too_is_not_offered() -> None:
    statement = read_statement("So [2].", "a.md", "en")
    edit = Edit(Span(4, 5), "1")
    both = Diagnostic("A", Level.NOTE, Span(3, 6), "m", edit=(edit,), beside=(("b.md", (edit,)),))
    assert list(actions(statement, [both], (3, 6))) == []
