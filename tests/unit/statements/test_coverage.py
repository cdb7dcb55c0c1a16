import pytest

from stelae.statements.coverage import left_out
from stelae.statements.read import read_statement


def dropped(text: str, name: str = "a.md") -> list[str]:
    statement = read_statement(text, name)
    return [statement.source.at(span) for span in left_out(statement)]


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nProse.\n\n> 1. An item\n\n- a\n* b\n",
        "# T\n\nKilled [1], said [^2].\n\n[1] One\n[^2]: Two\n",
        "Killed [Hope 1894].\n\n[Hope 1894] A. Hope\n",
        "Title\n===\n\nProse¹ here.\n\n¹ A note\n",
        "Title\n\n(1) one\n(2) two\n\n(a) three\n\n1.1. four\n\n1 – five\n",
        "# T\n\n١. كتاب\n٢. تقرير\n\n1\u2024 մեկ\n",
    ],
)
def test_marks_before_items_and_headings_are_not_left_out(text: str) -> None:
    assert dropped(text) == []


def test_code_raw_html_and_pictures_are_left_out_and_said() -> None:
    text = "# T\n\nProse.\n\n```\ncode here\n```\n\n<div>\nraw\n</div>\n\n![a picture](a.png)\n"
    assert dropped(text) == ["code here\n```\n\n<div>\nraw\n</div>\n\n![a picture](a.png"]
    notes = [note.what for note in read_statement(text, "a.md").notes]
    assert notes == ["not read as prose: code, raw HTML or marks"]
