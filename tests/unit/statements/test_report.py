import json
from datetime import date

import pytest

from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.read import read_statement
from stelae.statements.report import json_report, summary, text_report
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver

WAIVER = Waiver("A", "c", "it is told below", "Ada Grey", date(2024, 5, 1), Span(0, 0))


def finding(text: str, words: str, **more: object) -> Diagnostic:
    start = text.index(words)
    span = Span(start, start + len(words))
    return Diagnostic("REF-dangling", Level.ERROR, span, "no entry", **more)  # type: ignore[arg-type]  # a test's own fields


def shown(text: str, words: str, width: int = 60) -> list[str]:
    statement = read_statement(text, "a.txt", "en")
    return text_report(statement, [finding(text, words)], width=width).splitlines()


def under(lines: list[str]) -> str:
    """The words of the line that stand above the caret, in columns of one."""
    _, line, caret = lines[:3]
    start = caret.index("^")
    return line[start : start + len(caret) - caret.index("^")]


def test_a_finding_shows_place_line_caret_and_what_to_do() -> None:
    text = "It froze.\n\nThe ferry sank [7] at dawn.\n"
    statement = read_statement(text, "a.txt", "en")
    one = finding(
        text, "[7]", related=(Related("the list", Span(0, 2)), Related("a book")), fix="add it"
    )
    assert text_report(statement, [one]) == (
        "a.txt:3:16: error REF-dangling: no entry\n"
        "    3 | The ferry sank [7] at dawn.\n"
        "      |                ^~~\n"
        "      | see 1:1: the list\n"
        "      | see: a book\n"
        "      | do: add it\n"
        "\n"
        "1 error\n"
    )


def test_a_waived_finding_says_by_whom_and_why() -> None:
    text = "The ferry sank [7]."
    statement = read_statement(text, "a.txt", "en")
    report = text_report(statement, [finding(text, "[7]", waiver=WAIVER)])
    assert "error, waived REF-dangling" in report
    assert "waived by Ada Grey until 2024-05-01: it is told below" in report
    assert report.endswith("\n1 waived\n")


def test_a_long_line_is_cut_around_the_words() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    for wanted in ("word0", "word1 word2", "word30", "word59"):
        lines = shown(words, wanted)
        assert len(lines[1]) <= 60
        assert under(lines) == wanted
        assert ("…" in lines[1][:10]) == (wanted in {"word30", "word59"})
        assert lines[1].endswith("…") == (wanted != "word59")


def test_words_longer_than_the_line_are_underlined_as_far_as_they_show() -> None:
    text = "So " + "long " * 60 + "it was."
    lines = shown(text, "long " * 59 + "long")
    assert len(lines[1]) <= 60
    assert len(lines[2]) <= 60
    assert "^~~~" in lines[2]


@pytest.mark.parametrize(
    ("text", "words", "column"),
    [
        ("a\tb here c", "here", 6),
        ("\there", "here", 4),
        ("港は 凍った here", "here", 12),
        ("e\u0301te\u0301 here", "here", 4),
        ("ha\u00adr\u200cbour here", "here", 8),
        ("x\u202ey here", "here", 11),
    ],
)
def test_the_caret_stands_under_wide_combining_and_unseen_characters(
    text: str, words: str, column: int
) -> None:
    _, _, caret, *_ = shown(text, words)
    assert caret.index("^") - len("    1 | ") == column
    assert caret.endswith("^~~~")


def test_characters_that_turn_the_line_round_are_shown_and_not_sent() -> None:
    report = text_report(
        read_statement("x \u202e y", "a.txt", "en"), [finding("x \u202e y", "\u202e")]
    )
    assert "\u202e" not in report
    assert "<U+202E>" in report


def test_a_line_from_right_to_left_repeats_the_words_instead_of_a_caret() -> None:
    text = "مات 1300 شخص هناك"
    lines = shown(text, "1300 شخص")
    assert lines[2].endswith("here: 1300 شخص")
    assert not any("^" in line for line in lines)


def test_a_finding_over_several_lines_shows_the_first() -> None:
    text = "We said “so\nand so."
    lines = shown(text, "“so\nand so.")
    assert under(lines) == "“so"
    assert len(lines) == 5


def test_no_colour_unless_asked() -> None:
    text = "The ferry sank [7]."
    statement = read_statement(text, "a.txt", "en")
    assert "\x1b" not in text_report(statement, [finding(text, "[7]")])
    assert "\x1b[31merror\x1b[0m" in text_report(statement, [finding(text, "[7]")], colour=True)


def test_the_summary_counts_by_level_and_leaves_out_what_there_is_none_of() -> None:
    def of(level: Level, *, waived: bool = False) -> Diagnostic:
        return Diagnostic("A", level, Span(0, 0), "m", waiver=WAIVER if waived else None)

    every = [of(Level.ERROR)] * 7 + [of(Level.WARNING)] * 5 + [of(Level.NOTE)] * 2
    assert (
        summary([*every, of(Level.ERROR, waived=True)]) == "7 errors, 5 warnings, 2 notes, 1 waived"
    )
    assert summary([of(Level.ERROR), of(Level.NOTE)]) == "1 error, 1 note"
    assert summary([]) == "nothing found"


def test_the_json_has_the_keys_that_others_rely_on() -> None:
    text = "It froze [1, chapter 5].\n\nThe ferry sank [7].\n\nReferences\n\n1. A book.\n"
    statement = read_statement(text, "a.txt", "en")
    one = finding(text, "[7]", related=(Related("a book"), Related("it", Span(0, 2))), fix="add it")
    report = json_report(statement, [one, finding(text, "[1", waiver=WAIVER)], file="in/a.txt")
    assert json.loads(json.dumps(report)) == {
        "schema": "stelae-check/1",
        "file": "in/a.txt",
        "language": "en",
        "references": [{"number": 1, "line": 7}],
        "markers": [
            {"numbers": [1], "locators": ["chapter 5"], "line": 1, "column": 10},
            {"numbers": [7], "locators": [], "line": 3, "column": 16},
        ],
        "signatories": 0,
        "clauses": 2,
        "diagnostics": [
            {
                "rule": "REF-dangling",
                "level": "error",
                "line": 3,
                "column": 16,
                "end_line": 3,
                "end_column": 19,
                "text": "[7]",
                "message": "no entry",
                "related": [{"message": "a book"}, {"message": "it", "line": 1, "column": 1}],
                "fix": "add it",
            },
            {
                "rule": "REF-dangling",
                "level": "error",
                "line": 1,
                "column": 10,
                "end_line": 1,
                "end_column": 12,
                "text": "[1",
                "message": "no entry",
                "related": [],
                "waived": {"reason": "it is told below", "by": "Ada Grey", "until": "2024-05-01"},
            },
        ],
        "notes": [],
    }


def test_what_was_not_understood_stands_before_the_summary() -> None:
    statement = read_statement("It was on {{day}}.", "a.txt", "en")
    assert text_report(statement, []) == (
        "a.txt:1:11: reader: a template variable that was not filled in\n\nnothing found\n"
    )
