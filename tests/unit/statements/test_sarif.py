import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from stelae.statements.checking import RULES
from stelae.statements.diagnostics import Diagnostic, Edit, Level, Related
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.sarif import is_plain_file, sarif_report
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver

TEXT = "# Ferry (synthetic)\n\nIt froze.\n\nThe 𐌰 ferry\nsank [7] at dawn {{name}}.\n"
WAIVER = Waiver("REF-dangling", "c", "it is told below", "Ada Grey", date(2024, 5, 1), Span(0, 0))

# Re-keyed from the schema of SARIF 2.1.0: for each object used here, the properties that it must
# have and those that it may have, with the check that each value passes.
URI = r"[A-Za-z][A-Za-z0-9+.-]*:.*|[A-Za-z0-9%._~/-]+"
LEVELS = {"none", "note", "warning", "error"}


def text(value: object) -> None:
    assert isinstance(value, str)
    assert value


def uri(value: object) -> None:
    assert isinstance(value, str)
    assert re.fullmatch(URI, value), value


def absolute(value: object) -> None:
    uri(value)
    assert urlsplit(str(value)).scheme


def level(value: object) -> None:
    assert value in LEVELS


def one(value: object) -> None:
    assert isinstance(value, int)
    assert value >= 1


def index(value: object) -> None:
    assert isinstance(value, int)
    assert value >= -1


def anything(value: object) -> None:
    json.dumps(value)


def among(*values: object) -> Any:
    def check(value: object) -> None:
        assert value in values

    return check


def many(check: Any) -> Any:
    def each(value: object) -> None:
        assert isinstance(value, list)
        for entry in value:
            check(entry)

    return each


def obj(required: dict[str, Any], optional: dict[str, Any] | None = None) -> Any:
    def check(value: object) -> None:
        assert isinstance(value, dict)
        known = required | (optional or {})
        assert set(required) <= set(value) <= set(known), value.keys()
        for key, entry in value.items():
            known[key](entry)

    return check


message = obj({"text": text})
region = obj({"startLine": one, "startColumn": one, "endLine": one, "endColumn": one},
             {"snippet": message})  # fmt: skip
location = obj(
    {"physicalLocation": obj({"artifactLocation": obj({"uri": uri})}, {"region": region})},
    {"logicalLocations": many(obj({"name": text, "kind": text})), "message": message},
)
rule = obj(
    {"id": text},
    {
        "shortDescription": message,
        "help": message,
        "helpUri": absolute,
        "defaultConfiguration": obj({"level": level}),
    },
)
suppression = obj(
    {"kind": among("inSource", "external")},
    {"status": among("accepted", "underReview", "rejected"), "justification": text},
)
replacement = obj(
    {"deletedRegion": region},
    {"insertedContent": obj({}, {"text": anything})},
)
change = obj({"artifactLocation": obj({"uri": uri}), "replacements": many(replacement)})
result = obj(
    {"message": message},
    {
        "fixes": many(obj({"artifactChanges": many(change)}, {"description": message})),
        "ruleId": text,
        "ruleIndex": index,
        "level": level,
        "locations": many(location),
        "relatedLocations": many(location),
        "partialFingerprints": anything,
        "suppressions": many(suppression),
    },
)
notification = obj({"message": message}, {"level": level, "locations": many(location)})
run = obj(
    {"tool": obj({"driver": obj({"name": text}, {
        "semanticVersion": text, "informationUri": absolute, "rules": many(rule)})})},
    {
        "columnKind": among("utf16CodeUnits", "unicodeCodePoints"),
        "artifacts": many(obj({"location": obj({"uri": uri})}, {"roles": many(text)})),
        "invocations": many(obj({"executionSuccessful": among(True, False)},
                                {"toolExecutionNotifications": many(notification)})),
        "results": many(result),
    },
)  # fmt: skip
log = obj({"version": among("2.1.0"), "runs": many(run)}, {"$schema": absolute})


def statement(name: str = "in/a.md") -> Statement:
    return read_statement(TEXT, name, "en")


def finding(**more: Any) -> Diagnostic:
    start = TEXT.index("[7]")
    return Diagnostic("REF-dangling", Level.ERROR, Span(start, start + 3), "no entry", **more)


def the_run(*found: Diagnostic, name: str = "in/a.md", **more: Any) -> dict[str, Any]:
    report: Any = sarif_report([(statement(name), found)], RULES, version="1.2.3", **more)
    log(json.loads(json.dumps(report)))
    found_run: dict[str, Any] = report["runs"][0]
    return found_run


def test_everything_that_may_be_reported_fits_the_schema() -> None:
    related = (Related("the list", Span(0, 3)), Related("a book"))
    found = finding(related=related, fix="add it", waiver=WAIVER)
    told = the_run(found, documentation="https://example.org/docs/")
    assert told["results"][0]["relatedLocations"][0]["message"] == {"text": "the list"}
    assert told["results"][0]["message"]["text"] == "no entry\nsee: a book\ndo: add it"
    first = told["tool"]["driver"]["rules"][0]
    assert first["helpUri"] == "https://example.org/docs/reference/rules.md"


def test_every_rule_is_named_with_level_and_why_and_results_point_at_theirs() -> None:
    told = the_run(finding())
    rules = told["tool"]["driver"]["rules"]
    assert [entry["id"] for entry in rules] == [rule.id for rule in RULES]
    assert rules[told["results"][0]["ruleIndex"]]["id"] == "REF-dangling"
    assert rules[0]["shortDescription"]["text"] == RULES[0].why
    assert rules[0]["defaultConfiguration"]["level"] == RULES[0].level
    assert "helpUri" not in rules[0]


def test_columns_are_code_points_and_the_run_says_so() -> None:
    start = TEXT.index("ferry\n")
    told = the_run(Diagnostic("REF-order", Level.NOTE, Span(start, start + 10), "m"))
    assert told["columnKind"] == "unicodeCodePoints"
    where = told["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert where == {
        "startLine": 5,
        "startColumn": 7,  # 8 in UTF-16
        "endLine": 6,
        "endColumn": 5,
        "snippet": {"text": "ferry\nsank"},
    }


def test_a_waived_finding_is_suppressed_in_the_source_with_its_reason() -> None:
    assert "suppressions" not in the_run(finding())["results"][0]
    assert the_run(finding(waiver=WAIVER))["results"][0]["suppressions"] == [
        {
            "kind": "inSource",
            "status": "accepted",
            "justification": "it is told below (Ada Grey, until 2024-05-01)",
        }
    ]


def test_what_the_reader_did_not_understand_is_a_notification() -> None:
    told = the_run()
    (noted,) = told["invocations"][0]["toolExecutionNotifications"]
    assert "template" in noted["message"]["text"]
    assert told["results"] == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("in/a b.md", "in/a%20b.md"),
        ("c:d.md", "c%3Ad.md"),
        ("ա.md", "%D5%A1.md"),
        ("/in/a b.md", "file:///in/a%20b.md"),
        ("standard input", "standard%20input"),
    ],
)
def test_names_are_written_as_addresses(name: str, address: str) -> None:
    told = the_run(finding(), name=name)
    assert told["artifacts"][0]["location"]["uri"] == address


def test_a_document_has_no_lines_to_point_at() -> None:
    told = the_run(finding(), name="a.docx")
    assert "region" not in told["results"][0]["locations"][0]["physicalLocation"]
    assert not is_plain_file("a.PDF")
    assert is_plain_file("a.md")


def test_a_finding_keeps_its_fingerprint_when_lines_before_it_change() -> None:
    def print_of(content: str, words: str) -> str:
        read = read_statement(content, "a.md", "en")
        start = content.index(words)
        found = replace(finding(), span=Span(start, start + len(words)))
        report: Any = sarif_report([(read, [found])], RULES, version="1")
        return str(report["runs"][0]["results"][0]["partialFingerprints"]["clauseAndWords/v1"])

    before = "# T\n\nIt sank [7] and [8]. {#sank}\n"
    assert print_of(before, "[7]") == print_of(before.replace("# T", "# T\n\nNew."), "[7]")
    assert print_of(before, "[7]") != print_of(before, "[8]")


def test_a_fix_names_every_file_that_it_changes_or_is_left_out() -> None:
    one, other = (read_statement("It sank [7].", name, "en") for name in ("a.md", "b.md"))
    edit = Edit(Span(9, 10), "8")
    found = replace(finding(), span=Span(8, 11), edit=(edit,), beside=(("b.md", (edit,)),))
    report: Any = sarif_report([(one, [found]), (other, [])], RULES, version="1")
    log(json.loads(json.dumps(report)))
    (fix,) = report["runs"][0]["results"][0]["fixes"]
    assert fix["description"]["text"]
    changes = fix["artifactChanges"]
    assert [change["artifactLocation"]["uri"] for change in changes] == ["a.md", "b.md"]
    (replacement,) = changes[1]["replacements"]
    assert replacement["insertedContent"] == {"text": "8"}
    assert replacement["deletedRegion"]["startColumn"] == 10
    inserted = replace(found, edit=(Edit(Span(9, 9), "8"),), beside=())
    log(json.loads(json.dumps(sarif_report([(one, [inserted])], RULES, version="1"))))
    alone: Any = sarif_report([(one, [found])], RULES, version="1")
    assert "fixes" not in alone["runs"][0]["results"][0]
    word = read_statement("It sank [7].", "a.docx", "en")
    document: Any = sarif_report([(word, [replace(found, beside=())])], RULES, version="1")
    assert "fixes" not in document["runs"][0]["results"][0]
