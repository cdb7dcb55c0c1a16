from stelae.statements.diff import unified_diff
from stelae.statements.read import read_statement


def test_a_diff_shows_lines_however_they_end() -> None:
    before = read_statement("One.\r\nTwo.\r\nThree.", "a.txt")
    after = read_statement("One.\r\n2.\r\nThree.", "a.txt")
    assert unified_diff(before, after).splitlines() == [
        "--- a.txt",
        "+++ a.txt",
        "@@ -1,3 +1,3 @@",
        " One.",
        "-Two.",
        "+2.",
        " Three.",
    ]


def test_equal_texts_have_no_diff() -> None:
    text = read_statement("One.\n", "a.txt")
    assert unified_diff(text, text) == ""


def test_on_a_terminal_nothing_unseen_is_let_through_and_colour_is_asked_for() -> None:
    before = read_statement("One \x1b[2J.\n", "a.txt")
    after = read_statement("Two.\n", "a.txt")
    shown = unified_diff(before, after, terminal=True)
    assert "\x1b" not in shown
    assert "<U+001B>" in shown
    assert "\x1b[32m+Two.\x1b[0m" in unified_diff(before, after, terminal=True, colour=True)
