"""JSON, `stelae-statement/1`: what a text says and what it is bound to (docs/formats/exports.md).

Offsets count code points of the text of their clause, the end not included.
"""

import json
from dataclasses import asdict

from stelae.publication.exports.document import Document, target_of
from stelae.publication.exports.runs import Run, RunKind, clean, dressed, text_of
from stelae.publication.exports.sections import Cited, Paragraph
from stelae.statements.model import Citation, Statement
from stelae.statements.text import Span
from stelae.values.canonical import Json
from stelae.values.digests import digest_of

__all__ = ["SCHEMA", "json_statement", "json_text"]

SCHEMA = "stelae-statement/1"
"""The form of the JSON; keys may be added under one number, none renamed or removed."""


def json_text(document: Document) -> str:
    """The object as a file."""
    return json.dumps(json_statement(document), ensure_ascii=False, indent=2) + "\n"


def json_statement(document: Document) -> dict[str, Json]:
    """The whole statement as one object."""
    statement = document.statement
    return {
        "schema": SCHEMA,
        "file": statement.name.rsplit("/", 1)[-1],
        "digest": digest_of(statement.source.content.encode("utf-8", "replace")),
        "language": document.language,
        "direction": document.direction,
        "title": document.title,
        "date": document.edtf or None,
        "occasion": statement.occasion,
        "dossier": statement.dossier,
        "version_of": statement.version_of,
        "translation_of": statement.translation_of,
        "addressees": [clean(one.name) for one in statement.addressees],
        "parts": [
            {
                "kind": section.kind.value,
                "heading": section.heading or None,
                "clauses": [_clause(statement, one) for one in section.paragraphs],
            }
            for section in document.sections
        ],
        "joining": statement.joining.id if statement.joining else None,
        "signatories": [
            {"name": clean(one.name), "role": clean(one.role) or None}
            for one in statement.signatories
        ],
        "references": [_reference(item) for item in document.references],
        "facts": [
            {
                "target": fact.target,
                "about": fact.about or None,
                "says": list(fact.says),
                "rivals": list(fact.rivals),
                "missing": fact.missing or None,
            }
            for fact in document.facts
        ],
        "waived": [
            {
                "rule": one.remark.rule,
                "level": one.remark.level,
                "message": one.remark.what,
                "clause": one.remark.clause or None,
                "waiver": one.remark.waiver,
            }
            for one in document.waived
        ],
    }


def _clause(statement: Statement, paragraph: Paragraph) -> dict[str, Json]:
    clause = paragraph.clause
    markers: list[Json] = []
    bindings: list[Json] = []
    links: list[Json] = []
    looks: dict[Span, Run] = {}
    for run in clause.bindings:
        looks[run.text_span] = Run("", RunKind.FACT, binding=run)
    for index, marker in enumerate(clause.markers):
        if not any(marker.span.overlaps(span) for span in looks):
            looks[marker.span] = Run("", RunKind.MARKER, number=index)
    runs = dressed(statement, clause, looks)
    at = 0
    for piece in runs:
        place: dict[str, Json] = {"start": at, "end": at + len(piece.words)}
        at += len(piece.words)
        if piece.kind is RunKind.MARKER:
            citations = clause.markers[piece.number].citations
            markers.append({**place, "citations": [_citation(one) for one in citations]})
        elif piece.kind is RunKind.WEB:
            links.append({**place, "address": piece.address})
        elif piece.binding is not None and piece.binding.kind.value == "web":
            links.append({**place, "address": piece.binding.target})
        elif piece.binding is not None:
            kind, _, target = target_of(piece).partition(":")
            bindings.append({**place, "kind": kind, "target": target})
    return {
        "id": clause.id,
        "anchor": paragraph.anchor,
        "mark": paragraph.mark or None,
        "text": text_of(runs),
        "opening": clean(clause.opening.words) if clause.opening else None,
        "addressee": clean(clause.addressee.name) if clause.addressee else None,
        "markers": markers,
        "bindings": bindings,
        "links": links,
    }


def _citation(citation: Citation) -> dict[str, Json]:
    return {
        "number": citation.number,
        "locators": [str(place) for place in citation.locators],
        "perhaps": list(citation.perhaps),
    }


def _reference(item: Cited) -> dict[str, Json]:
    reference = item.reference
    recorded: dict[str, Json] | None = None
    if item.citation is not None:
        recorded = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(item.citation).items()
        }
    return {
        "number": reference.number,
        "label": reference.label or None,
        "source": reference.source,
        "text": clean(reference.text),
        "locators": [str(place) for place in reference.locators],
        "recorded": recorded,
    }
