"""Texts and documents made to be slow are read like others, and in steps proportional to length.

Steps are calls of functions, which are the same in every run; seconds are in docs/benchmarks.md.
"""

import json
import sys
from collections.abc import Callable
from datetime import date

import pytest
from nasty_texts import DOCUMENTS, RECORDED, TEXTS, siblings

from stelae.cli.statements import record_context
from stelae.errors import BadInput
from stelae.records.dossier import Dossier
from stelae.statements.checking import RULES, check_statement
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.github import github_annotations
from stelae.statements.html_report import html_report
from stelae.statements.model import Statement
from stelae.statements.outline import json_outline, text_outline
from stelae.statements.read import read_statement
from stelae.statements.report import json_report, text_report
from stelae.statements.sarif import sarif_report
from stelae.statements.text import Span

DAY = date(2026, 1, 1)
SIZE = 4_000
MARKS = frozenset("#*_`<>[-=|\\")
"""Texts without any of these are the same in Markdown."""
MORE = 3.0
"""At twice the length at most so many times the steps: far from the 4 of a square."""
FEW = 2_000
"""So few steps more than doubled are those that every text takes once."""


def steps(action: Callable[[], object]) -> int:
    """How many functions are called, those in C among them."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def whole_way(text: str, name: str, record: RecordContext | None = None) -> None:
    statement = read_statement(text, name, "en" if record else None)
    found = check_statement(statement, CheckContext(as_of=DAY, record=record))
    reports(statement, found)


def reports(statement: Statement, found: tuple[Diagnostic, ...]) -> None:
    text_report(statement, found)
    text_outline(statement)
    json.dumps([json_report(statement, found), json_outline(statement)])
    json.dumps(sarif_report([(statement, found)], RULES, version="0"))
    list(github_annotations(statement, found))
    html_report([(statement, found)], version="0")


def assert_proportional(action: Callable[[int], object]) -> None:
    action(SIZE // 4)  # tables are read and templates compiled once
    one = steps(lambda: action(SIZE))
    two = steps(lambda: action(2 * SIZE))
    assert two < MORE * one + FEW, (one, two)


@pytest.mark.parametrize("kind", TEXTS)
def test_twice_the_text_takes_about_twice_the_steps(kind: str) -> None:
    assert_proportional(lambda size: whole_way(TEXTS[kind](size), "a.txt"))


@pytest.mark.parametrize("kind", [kind for kind in TEXTS if MARKS & {*TEXTS[kind](SIZE)}])
def test_twice_the_markdown_takes_about_twice_the_steps(kind: str) -> None:
    assert_proportional(lambda size: whole_way(TEXTS[kind](size), "a.md"))


@pytest.mark.parametrize("kind", RECORDED)
def test_twice_the_text_takes_about_twice_the_steps_against_a_record(
    kind: str, small: Dossier
) -> None:
    record = record_context(small)
    assert_proportional(lambda size: whole_way(RECORDED[kind](size), "a.md", record))


@pytest.mark.parametrize("end", ["\n\n", " "])
def test_twice_the_clauses_take_about_twice_the_steps_beside_a_translation(end: str) -> None:
    def side_by_side(size: int) -> None:
        one, other = (
            read_statement(text, name, name[2:4])
            for text, name in zip(siblings(size // 20, end), ("a.en.md", "a.ru.md"), strict=True)
        )
        found = check_statement(one, CheckContext(as_of=DAY, siblings=(other,)))
        assert any(one.rule.startswith("TRN-") for one in found)

    assert_proportional(side_by_side)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_nasty_document_is_read_or_refused(kind: str) -> None:
    content = DOCUMENTS[kind](20_000)
    try:
        statement = read_statement(content, "a.html")
    except BadInput:
        return
    assert statement.source.content.strip()
    whole = Span(0, len(statement.source.content))
    for clause in statement.clauses:
        assert clause.span in whole
        assert statement.source.at(clause.span) == clause.text
