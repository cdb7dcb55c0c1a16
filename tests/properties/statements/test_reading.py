"""Reading never fails on a strange text, and every place that it reports is in the text."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import BadInput
from stelae.statements.coverage import taken
from stelae.statements.frontmatter import read_front_matter
from stelae.statements.languages import language, languages
from stelae.statements.prose import facts_in
from stelae.statements.read import read_statement
from stelae.statements.text import SourceText, Span

FRAGMENTS = """
[ ] ( ) [1] [2,~ch.~5;~3] [4–7] [x](figure:a/b) {#id} # ## - 1. > * ** _ ` <a> \\ “ ” „ « » " ’
30 1990 2~274 1.500 ٣٠ 1990-cı il 13-ի January января հունվարի yanvar թ. 30th anniversary of
30-летие und thousand тыс. հազար min killed people genocide according to , References Signatories
We urge the parliament title: language: ru ։ \u0301 \ufeff Стeны {{~a~}} \x07 … ; .
"""
SPACES = ["---\n", "\n", "\n\n", "\r\n", "```\n", "\t", " ", "\u00a0", "\u202f"]
PIECES = st.sampled_from([piece.replace("~", " ") for piece in FRAGMENTS.split()] + SPACES)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))
CODES = st.sampled_from([*languages(), "und"])


@settings(deadline=None, max_examples=300)
@given(text=TEXTS, name=st.sampled_from(["a.md", "a.txt"]), code=st.none() | CODES)
def test_any_text_is_read_or_refused_as_no_text(text: str, name: str, code: str | None) -> None:
    try:
        statement = read_statement(text, name, code)
    except BadInput:
        assert any(letter < " " or letter == "\x7f" for letter in text)
        return
    whole = Span(0, len(text))
    identifiers = [clause.id for clause in statement.clauses]
    assert len(set(identifiers)) == len(identifiers)
    for clause in statement.clauses:
        assert clause.span in whole
        assert clause.text == text[clause.span.start : clause.span.end]
        assert len(clause.prose) == len(clause.text)
        for part in (*clause.facts, *clause.markers, *clause.bindings):
            assert part.span in clause.span
        for gap in clause.hidden:
            assert gap in clause.span
        position = statement.position(clause.span.start)
        assert statement.source.line_span(position.line).start + position.column - 1 == (
            clause.span.start
        )
    for reference in statement.references:
        assert reference.span in whole
    for signatory in statement.signatories:
        assert signatory.span in whole
        assert signatory.name
    for note in statement.notes:
        assert note.span in whole


@settings(deadline=None, max_examples=100)
@given(text=TEXTS, name=st.sampled_from(["a.md", "a.txt"]))
def test_the_same_text_is_read_the_same(text: str, name: str) -> None:
    try:
        first = read_statement(text, name)
    except BadInput:
        return
    assert read_statement(text, name) == first


@settings(deadline=None, max_examples=200)
@given(text=TEXTS, before=st.text(max_size=20), code=CODES)
def test_facts_move_with_the_text(text: str, before: str, code: str) -> None:
    table = language(code)
    here = facts_in(text, Span(0, len(text)), table)
    there = facts_in(before + text, Span(len(before), len(before) + len(text)), table)
    shift = len(before)
    assert [(type(f), f.span.start + shift, f.span.end + shift) for f in here] == [
        (type(f), f.span.start, f.span.end) for f in there
    ]


@settings(deadline=None, max_examples=300)
@given(text=TEXTS, name=st.sampled_from(["a.md", "a.txt"]))
def test_every_letter_and_digit_is_in_the_statement_a_mark_or_a_note(text: str, name: str) -> None:
    try:
        statement = read_statement(text, name)
    except BadInput:
        return
    source = statement.source
    held = [*taken(statement), *(note.span for note in statement.notes)]
    inside = {at for span in held for at in range(span.start, span.end)}
    # The mark before what begins on a line: `1. `, `[3] `, `> - `.
    for span in taken(statement):
        line = source.line_span(source.line_number(span.start)).start
        if span.start - line <= 60:
            inside.update(range(line, span.start))
    body = source.starts[read_front_matter(source).body_line - 1 :][:1] or (len(text),)
    assert [text[at] for at in range(body[0], len(text)) if text[at].isalnum()] == [
        text[at] for at in range(body[0], len(text)) if text[at].isalnum() and at in inside
    ]


@settings(deadline=None, max_examples=100)
@given(content=st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        statement = read_statement(content, "a.txt")
    except BadInput:
        return
    assert statement.name == "a.txt"


@settings(deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab\r\n"), max_size=60))
def test_every_offset_has_one_line_and_column(text: str) -> None:
    source = SourceText(text, "x")
    positions = [source.position(offset) for offset in range(len(text) + 1)]
    assert positions == sorted(set(positions))
    assert "".join(text[a:b] for a, b in itertools.pairwise((*source.starts, None))) == text
