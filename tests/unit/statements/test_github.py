from datetime import date

from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.github import github_annotations
from stelae.statements.read import read_statement
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver

TEXT = "It froze.\n\nThe ferry\nsank [7].\n"
WAIVER = Waiver("A", "c", "told below", "Ada Grey", date(2024, 5, 1), Span(0, 0))


def lines(*found: Diagnostic, name: str = "in/a.txt") -> list[str]:
    return list(github_annotations(read_statement(TEXT, name, "en"), found))


def finding(words: str, level: Level = Level.ERROR, **more: object) -> Diagnostic:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return Diagnostic("REF-dangling", level, span, "no entry", **more)  # type: ignore[arg-type]  # a test's own fields


def test_a_finding_is_a_command_with_its_place_and_rule() -> None:
    assert lines(finding("[7]", fix="add it")) == [
        "::error file=in/a.txt,line=4,col=6,endColumn=9,title=REF-dangling::no entry%0Ado: add it"
    ]


def test_levels_are_those_of_github_and_the_gravest_come_first() -> None:
    told = lines(*(finding("[7]", level) for level in reversed(Level)))
    assert [line.split(" ")[0] for line in told] == ["::error", "::warning", "::notice"]


def test_over_several_lines_there_are_no_columns() -> None:
    (line,) = lines(finding("ferry\nsank"))
    assert line.startswith("::error file=in/a.txt,line=3,endLine=4,title=")


def test_what_would_end_a_property_or_a_command_is_escaped() -> None:
    found = Diagnostic("A", Level.ERROR, Span(0, 2), "100 %: a, b")
    (line,) = lines(found, name="a,b:c%.txt")
    assert line == "::error file=a%2Cb%3Ac%25.txt,line=1,col=1,endColumn=3,title=A::100 %25: a, b"


def test_no_message_can_begin_a_command_of_its_own() -> None:
    found = Diagnostic("A", Level.ERROR, Span(0, 2), "quoted\n::stop-commands::x", fix="a\r\n::b")
    (line,) = lines(found)
    assert "\n" not in line
    assert "\r" not in line


def test_what_is_waived_is_not_shown() -> None:
    assert lines(finding("[7]", waiver=WAIVER)) == []


def test_a_document_has_no_lines_to_point_at() -> None:
    (line,) = lines(finding("[7]"), name="a.docx")
    assert line == "::error file=a.docx,title=REF-dangling::no entry"
