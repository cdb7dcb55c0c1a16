"""What was found, as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for tools that gather findings.

Columns are code points, and the run says so (`columnKind`, §3.14.27). A waived finding stays, with
its reason, as a suppression written in the source (§3.35). What the reader did not understand is
a notification of the run, not a result: no rule found it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Note, Statement
from stelae.statements.report import one_line
from stelae.statements.rules.rule import Rule
from stelae.statements.text import SourceText, Span
from stelae.statements.waivers import Places
from stelae.values.canonical import Json

__all__ = ["SCHEMA_URI", "advice", "is_plain_file", "sarif_report"]

SCHEMA_URI = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
"""The schema that the report names."""

_DOCUMENTS = {".docx", ".odt", ".pdf", ".html", ".htm", ".xhtml"}


def sarif_report(
    checked: Iterable[tuple[Statement, Iterable[Diagnostic]]],
    rules: Sequence[Rule],
    *,
    version: str,
    documentation: str | None = None,
) -> dict[str, Json]:
    """One run over all statements, whose names are paths or `standard input`.

    `rules` are all that were applied, whether they found something or not; `documentation` is the
    absolute address of the documentation, under which the rules are `reference/rules.md`.
    """
    results: list[Json] = []
    notifications: list[Json] = []
    artifacts: list[Json] = []
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    texts = tuple(checked)
    sources = {statement.name: statement.source for statement, _ in texts}
    for statement, diagnostics in texts:
        artifacts.append({"location": {"uri": _uri(statement.name)}, "roles": ["analysisTarget"]})
        places = Places(statement)
        for found in diagnostics:
            result = _result(statement, found, numbers, places)
            if fix := _fix(statement, found, sources):
                result["fixes"] = [fix]
            results.append(result)
        notifications.extend(_notification(statement, note) for note in statement.notes)
    driver: dict[str, Json] = {
        "name": "stelae",
        "semanticVersion": version,
        "rules": [_rule(rule, documentation) for rule in rules],
    }
    if documentation:
        driver["informationUri"] = documentation
    return {
        "$schema": SCHEMA_URI,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "artifacts": artifacts,
                "invocations": [
                    {"executionSuccessful": True, "toolExecutionNotifications": notifications}
                ],
                "results": results,
            }
        ],
    }


def advice(found: Diagnostic) -> str:
    """The message; below it what bears on it and has no place in the text, and what to do."""
    sentences = [found.message]
    sentences.extend(f"see: {related.what}" for related in found.related if related.span is None)
    if found.fix:
        sentences.append(f"do: {found.fix}")
    return "\n".join(one_line(sentence) for sentence in sentences)


def is_plain_file(name: str) -> bool:
    """Whether lines and columns are those of the file itself; a DOCX has no lines to point at."""
    return PurePath(name).suffix.lower() not in _DOCUMENTS


def _rule(rule: Rule, documentation: str | None) -> Json:
    described: dict[str, Json] = {
        "id": rule.id,
        "shortDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} A finding shows a place to look at; it is no verdict."},
        "defaultConfiguration": {"level": rule.level.value},
    }
    if documentation:
        described["helpUri"] = f"{documentation.rstrip('/')}/reference/rules.md"
    return described


def _result(
    statement: Statement, found: Diagnostic, numbers: dict[str, int], places: Places
) -> dict[str, Json]:
    result: dict[str, Json] = {
        "ruleId": found.rule,
        "level": found.level.value,
        "message": {"text": advice(found)},
        "locations": [_location(statement, found.span, places)],
        "partialFingerprints": {"clauseAndWords/v1": _fingerprint(statement, found, places)},
    }
    if found.rule in numbers:
        result["ruleIndex"] = numbers[found.rule]
    related: list[Json] = [
        {**_location(statement, one.span, places), "message": {"text": one_line(one.what)}}
        for one in found.related
        if one.span is not None
    ]
    if related:
        result["relatedLocations"] = related
    if found.waiver is not None:
        waiver = found.waiver
        why = f"{waiver.reason} ({waiver.by}, until {waiver.until.isoformat()})"
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": why}]
    return result


def _fix(
    statement: Statement, found: Diagnostic, sources: Mapping[str, SourceText]
) -> dict[str, Json] | None:
    """What needs no judgement, in all the files that it changes (§3.55); None for documents."""
    if found.edit is None:
        return None
    parts = {statement.name: found.edit, **dict(found.beside)}
    if not all(name in sources and is_plain_file(name) for name in parts):
        return None
    changes: list[Json] = [
        {
            "artifactLocation": {"uri": _uri(name)},
            "replacements": [
                {
                    "deletedRegion": _region(sources[name], edit.span),
                    "insertedContent": {"text": edit.text},
                }
                for edit in edits
            ],
        }
        for name, edits in parts.items()
    ]
    return {
        "description": {"text": one_line(found.fix or found.message)},
        "artifactChanges": changes,
    }


def _notification(statement: Statement, note: Note) -> Json:
    location = _location(statement, note.span, None)
    return {"level": "note", "message": {"text": one_line(note.what)}, "locations": [location]}


def _location(statement: Statement, span: Span, places: Places | None) -> dict[str, Json]:
    physical: dict[str, Json] = {"artifactLocation": {"uri": _uri(statement.name)}}
    if is_plain_file(statement.name):
        physical["region"] = _region(statement.source, span)
    location: dict[str, Json] = {"physicalLocation": physical}
    clause = places.at(span) if places else None
    if clause:
        location["logicalLocations"] = [{"name": clause, "kind": "element"}]
    return location


def _region(source: SourceText, span: Span) -> Json:
    start, end = source.position(span.start), source.position(span.end)
    region: dict[str, Json] = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    if span:
        region["snippet"] = {"text": source.at(span)}
    return region


def _uri(name: str) -> str:
    """A path as a relative reference, or as a file URI where it is absolute (RFC 3986, 8089)."""
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(statement: Statement, found: Diagnostic, places: Places) -> str:
    """The same for one finding however the lines before it move."""
    parts = (found.rule, places.at(found.span) or "", statement.source.at(found.span))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
