"""Steps that are taken and steps that are not, with rules that do as a test says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.edits import Edit
from stelae.statements.fixing import Fixed, fix_statements
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver


class Replacing:
    """Finds each word of a table and would put another in its place; `bad` words are errors."""

    def __init__(self, words: dict[str, str], bad: str = "bad") -> None:
        self.words, self.bad = words, bad

    def __call__(self, texts: Sequence[Statement]) -> list[list[Diagnostic]]:
        return [list(self._found(text)) for text in texts]

    def _found(self, text: Statement) -> list[Diagnostic]:
        content = text.source.content
        found = [
            Diagnostic(f"PUT-{old}", Level.NOTE, at, f"{old}", edit=(Edit(at, new),))
            for old, new in self.words.items()
            for match in re.finditer(rf"\b{old}\b", content)
            if (at := Span(match.start(), match.end()))
        ]
        found += [
            Diagnostic("BAD", Level.ERROR, Span(match.start(), match.end()), "bad")
            for match in re.finditer(rf"\b{self.bad}\b", content)
        ]
        return found


def _fix(words: dict[str, str], *contents: str, fixable: Sequence[int] = (0, 1)) -> Fixed:
    texts = [read_statement(text, f"{n}.md", "en") for n, text in enumerate(contents)]
    return fix_statements(
        texts,
        Replacing(words),
        lambda text, name: read_statement(text, name, "en"),
        frozenset(f"{number}.md" for number in fixable),
    )


def _contents(fixed: Fixed) -> list[str]:
    return [text.source.content for text in fixed.texts]


def test_all_that_can_be_put_right_is_and_counted_by_rule() -> None:
    fixed = _fix({"one": "1", "two": "2"}, "one two one", "two")
    assert _contents(fixed) == ["1 2 1", "2"]
    assert fixed.made == {"PUT-one": 2, "PUT-two": 2}


def test_what_comes_of_a_fix_is_put_right_too() -> None:
    assert _contents(_fix({"one": "two", "two": "three"}, "one")) == ["three"]


def test_a_fix_that_makes_a_new_error_is_not_made_and_the_others_are() -> None:
    fixed = _fix({"one": "bad", "two": "2"}, "one two")
    assert _contents(fixed) == ["one 2"]
    assert fixed.refused == {"PUT-one": 1}


def test_an_error_that_was_there_before_hinders_nothing() -> None:
    assert _contents(_fix({"one": "1"}, "bad one")) == ["bad 1"]


def test_fixes_that_undo_one_another_come_to_an_end() -> None:
    assert _contents(_fix({"one": "two", "two": "one"}, "one")) == ["two"]


def test_of_edits_to_the_same_words_the_first_is_made_then_what_is_left() -> None:
    class Overlapping(Replacing):
        def _found(self, text: Statement) -> list[Diagnostic]:
            found = super()._found(text)
            if "one two" in text.source.content:
                whole = Span(0, len("one two"))
                found.append(
                    Diagnostic("WHOLE", Level.NOTE, whole, "both", edit=(Edit(whole, "3"),))
                )
            return found

    fixed = fix_statements(
        [read_statement("one two", "0.md", "en")],
        Overlapping({"one": "1", "two": "2"}),
        lambda text, name: read_statement(text, name, "en"),
        frozenset({"0.md"}),
    )
    assert _contents(fixed) == ["1 2"]


@pytest.mark.parametrize(("fixable", "right"), [((0, 1), ["2", "2"]), ((0,), ["one", "one"])])
def test_what_concerns_two_texts_is_done_to_both_or_to_none(
    fixable: tuple[int, ...], right: list[str]
) -> None:
    class Together(Replacing):
        def __call__(self, texts: Sequence[Statement]) -> list[list[Diagnostic]]:
            span = Span(0, 3)
            return [
                [
                    Diagnostic(
                        "BOTH",
                        Level.NOTE,
                        span,
                        "both",
                        edit=(Edit(span, "2"),),
                        beside=((other.name, (Edit(span, "2"),)),),
                    )
                ]
                if text.source.content == other.source.content == "one"
                else []
                for text, other in (texts, texts[::-1])
            ]

    fixed = fix_statements(
        [read_statement("one", f"{n}.md", "en") for n in range(2)],
        Together({}),
        lambda text, name: read_statement(text, name, "en"),
        frozenset(f"{number}.md" for number in fixable),
    )
    assert _contents(fixed) == right
    assert fixed.made == ({"BOTH": 1} if len(fixable) == 2 else {})


def test_what_is_waived_is_left() -> None:
    texts = [read_statement("one", "0.md", "en")]
    waived = Replacing({"one": "1"})

    def check(given: Sequence[Statement]) -> list[list[Diagnostic]]:
        waiver = Waiver("PUT-one", "preamble-1", "so", "A", date(2030, 1, 1), Span(0, 1))
        return [[replace(one, waiver=waiver) for one in found] for found in waived(given)]

    fixed = fix_statements(texts, check, read_statement, frozenset({"0.md"}))
    assert _contents(fixed) == ["one"]
