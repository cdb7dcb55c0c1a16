from collections.abc import Callable

import pytest

from stelae.statements.difference import Difference, FactKind, Status, compare
from stelae.statements.difference_report import json_difference, text_difference
from stelae.statements.read import read_statement

HEAD = "---\ntitle: Ferry (synthetic)\nlanguage: en\ndate: 2020-01-12\n---\n\n"
BODY = """## Recitals

Whereas on [13 January 1990](date:ferry) the ferry sank and 90 people died [1, p. 3]; {#sank}

Recalling that the harbour was closed for the whole winter of that year;

Noting that the inquiry heard every keeper of the light on the northern shore;

## References

1. report-1: p. 3
2. A book about harbours

## Signatories

- Rudolf Rassendyll, historian
"""
TEXT = HEAD + BODY

Edit = Callable[[str], str]


def between(before: str, after: str) -> Difference:
    return compare(read_statement(before, "v1.md"), read_statement(after, "v2.md"))


def changes(*swaps: tuple[str, str]) -> list[tuple[str, str | None, str | None]]:
    after = TEXT
    for old, new in swaps:
        assert old in after
        after = after.replace(old, new)
    return [
        (
            change.kind,
            change.before.key if change.before else None,
            change.after.key if change.after else None,
        )
        for clause in between(TEXT, after).clauses
        for change in clause.changes
    ]


def statuses(difference: Difference) -> dict[str, Status]:
    return {clause.id: clause.status for clause in difference.clauses}


def test_a_text_does_not_differ_from_itself() -> None:
    found = between(TEXT, TEXT)
    assert found.is_empty
    assert text_difference(found) == "no difference\n"
    assert json_difference(found)["clauses"] == []


@pytest.mark.parametrize("edit", [lambda t: t.replace(" sank and", "\nsank and"), str.strip])
def test_line_breaks_are_no_difference(edit: Edit) -> None:
    assert between(TEXT, edit(TEXT)).is_empty


@pytest.mark.parametrize(
    ("old", "new", "kind", "before", "after"),
    [
        ("90 people", "at least 90 people", "figure", "90 people", "90.. people"),
        ("90 people", "90 soldiers", "figure", "90 people", "90 soldiers"),
        ("[13 January", "[14 January", "date", "1990-01-13  None ", "1990-01-14  None "),
        ("(date:ferry)", "(date:boat)", "binding", "date:ferry", "date:boat"),
        ("[1, p. 3]", "[1, p. 4]", "reference", "report-1: page 3", "report-1: page 4"),
        ("[1, p. 3]", "[2, p. 3]", "reference", "report-1: page 3", None),
    ],
)
def test_a_fact_that_changed_is_shown_with_both_values(
    old: str, new: str, kind: str, before: str, after: str | None
) -> None:
    (found,) = changes((old, new))
    assert found[:2] == (kind, before)
    assert after is None or found[2] == after


def test_names_quotations_and_qualifications_are_facts() -> None:
    assert changes(("the ferry sank", "[the ferry](event:ferry) sank")) == [
        (FactKind.NAME, None, "event:ferry")
    ]
    assert changes(("the ferry sank", "the “Rose” sank")) == [(FactKind.QUOTATION, None, "Rose")]
    assert changes(("the ferry sank", "the war crime was done")) == [
        (FactKind.TERM, None, "war-crime")
    ]


def test_numbering_the_list_anew_changes_no_fact() -> None:
    after = TEXT.replace("1. report-1: p. 3\n2. A book about harbours", "2. report-1: p. 3")
    after = after.replace("[1, p. 3]", "[2, p. 3]")
    found = between(TEXT, after)
    assert statuses(found)["sank"] is Status.REWORDED
    assert [(one.what, one.before, one.after) for one in found.headings] == [
        ("reference", "A book about harbours", None)
    ]


def test_a_clause_is_known_by_the_id_that_its_author_gave_however_it_reads() -> None:
    found = between(TEXT, TEXT.replace("Whereas on [13 January 1990](date:ferry) the ferry sank and"
                                       " 90 people died", "Whereas nothing is known"))  # fmt: skip
    assert statuses(found)["sank"] is Status.CHANGED


def test_a_clause_without_an_id_is_known_by_its_words() -> None:
    after = TEXT.replace("Recalling", "Bearing in mind that it froze;\n\nRecalling").replace(
        "whole winter", "whole spring"
    )
    found = between(TEXT, after)
    by_status = {
        clause.status: clause for clause in found.clauses if clause.status is not Status.SAME
    }
    assert set(by_status) == {Status.ADDED, Status.REWORDED}
    reworded = by_status[Status.REWORDED]
    assert reworded.before
    assert reworded.after
    assert reworded.before.id != reworded.after.id
    assert "whole spring" in reworded.after.shown


def test_what_is_gone_stands_where_it_stood() -> None:
    gone = "Recalling that the harbour was closed for the whole winter of that year;\n\n"
    found = between(TEXT, TEXT.replace(gone, ""))
    order = [clause.status for clause in found.clauses]
    assert order == [Status.SAME, Status.REMOVED, Status.SAME]


def test_a_clause_that_moved_is_named_and_no_other() -> None:
    first, second, third = BODY.split("\n\n")[1:4]
    after = TEXT.replace(f"{first}\n\n{second}\n\n{third}", f"{second}\n\n{third}\n\n{first}")
    found = between(TEXT, after)
    assert [(clause.id, clause.moved) for clause in found.changed] == [("sank", True)]
    assert "sank (line 9 → 13): moved" in text_difference(found)


def test_what_belongs_to_the_whole_text_is_shown() -> None:
    after = TEXT.replace("2020-01-12", "2021-01-12").replace("Rudolf", "Flavia")
    found = [(one.what, one.before, one.after) for one in between(TEXT, after).headings]
    assert found == [
        ("date", "2020-01-12", "2021-01-12"),
        ("signatory", "Rudolf Rassendyll", None),
        ("signatory", None, "Flavia Rassendyll"),
    ]


def test_the_text_shows_the_words_around_a_change_in_a_long_clause() -> None:
    long = TEXT.replace("the ferry sank", "the ferry " + "and the boat " * 60 + "sank")
    shown = text_difference(between(long, long.replace("90 people", "95 people")))
    assert "  - …" in shown
    assert "figure: 90 people → 95 people" in shown
    assert max(len(line) for line in shown.splitlines()) < 260
    assert shown.endswith("Clauses: 2 the same; 1 with other facts.\n")


def test_the_json_says_which_fact_of_which_clause() -> None:
    report = json_difference(between(TEXT, TEXT.replace("90 people", "95 people")))
    assert report["schema"] == "stelae-diff/1"
    assert report["same"] == 2
    assert report["clauses"] == [
        {
            "id": "sank",
            "status": "changed",
            "moved": False,
            "before": {
                "id": "sank",
                "line": 9,
                "text": "Whereas on 13 January 1990 the ferry sank and 90 people died [1, p. 3];",
            },
            "after": {
                "id": "sank",
                "line": 9,
                "text": "Whereas on 13 January 1990 the ferry sank and 95 people died [1, p. 3];",
            },
            "facts": [
                {
                    "kind": "figure",
                    "before": {"key": "90 people", "text": "90 people"},
                    "after": {"key": "95 people", "text": "95 people"},
                }
            ],
        }
    ]
