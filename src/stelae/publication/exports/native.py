"""Markdown: the native form. A text that has it already is not touched; any other is written in it.

Clauses get their ids, so that they stay what they are called when the text changes.
"""

import re
from collections.abc import Iterator

import yaml

from stelae.publication.exports.document import Document
from stelae.publication.printed import head_end, mark_of, signatories_by_clause
from stelae.statements.frontmatter import read_front_matter
from stelae.statements.model import Clause, Part, PartKind, Reference, Statement

__all__ = ["is_native", "markdown_text", "reading_differs"]

_NAMES = (".md", ".markdown")
_QUOTED = re.compile(r"[\s>]+")
_OWN_ID = re.compile(r"\{#[\w.:-]{1,100}\}\s*\Z", re.ASCII)
_BEGINS_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|`{3}|~{3}|-{3}|={3}|_{3})")
_BEGINS_LIST = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_NUMBER = re.compile(r"\d{1,3}")


def is_native(statement: Statement) -> bool:
    """Whether the text has the native form already: by its name, or by the block at its head."""
    name = statement.name.lower()
    return name.endswith(_NAMES) or read_front_matter(statement.source).present


def markdown_text(document: Document) -> str:
    """The statement in the native form."""
    statement = document.statement
    if is_native(statement):
        return statement.source.content
    return "\n\n".join([_head(document), *_body(document)]) + "\n"


def reading_differs(statement: Statement, again: Statement) -> Iterator[str]:
    """What was read otherwise the second time, each in words for a person."""
    pairs = (
        ("the title", statement.title, again.title),
        ("the language", statement.language, again.language),
        ("the date", _edtf(statement), _edtf(again)),
        ("what the parts do", _kinds(statement), _kinds(again)),
        ("the words of clauses", _texts(statement), _texts(again)),
        ("citations", _markers(statement), _markers(again)),
        ("links into the record", _bindings(statement), _bindings(again)),
        ("references", _references(statement), _references(again)),
        (
            "signatories",
            [(one.name, one.role) for one in statement.signatories],
            [(one.name, one.role) for one in again.signatories],
        ),
    )
    for what, before, after in pairs:
        if before != after:
            yield what


def _edtf(statement: Statement) -> str:
    return statement.date.edtf if statement.date else ""


def _body_clauses(statement: Statement) -> Iterator[tuple[Part, Clause]]:
    for part in statement.parts:
        if part.kind is not PartKind.TITLE:
            for clause in part.clauses:
                yield part, clause


def _kinds(statement: Statement) -> list[PartKind]:
    return [part.kind for part, _ in _body_clauses(statement)]


def _texts(statement: Statement) -> list[str]:
    return [clause.shown for _, clause in _body_clauses(statement)]


def _markers(statement: Statement) -> list[tuple[int, ...]]:
    return [marker.numbers for _, marker in statement.markers]


def _bindings(statement: Statement) -> list[tuple[str, str]]:
    return [
        (binding.kind.value, binding.target)
        for clause in statement.clauses
        for binding in clause.bindings
    ]


def _references(statement: Statement) -> list[tuple[int, str, str | None]]:
    return [(one.number, one.text, one.source) for one in statement.references]


def _head(document: Document) -> str:
    """The block at the head; `title` is there even where the text has it, for a letterhead."""
    statement = document.statement
    values: dict[str, object] = {}
    if statement.title:
        values["title"] = document.title
    if statement.language != "und":
        values["language"] = statement.language
    if document.date and document.edtf:
        values["date"] = document.edtf
    for key in ("occasion", "dossier", "version_of", "translation_of"):
        if value := getattr(statement, key):
            values[key] = value
    if document.addressees:
        values["addressees"] = list(document.addressees)
    written = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{written}---"


def _body(document: Document) -> Iterator[str]:
    statement = document.statement
    names = signatories_by_clause(statement)
    end = head_end(statement)
    listed = False
    for part in statement.parts:
        if part.kind is PartKind.TITLE:
            for clause in part.clauses:
                if clause.span.start < end:
                    yield f"# {_line(statement, clause)}"
            continue
        heading = _folded(statement.source.at(part.heading_span)) if part.heading_span else ""
        has_list = part.kind is PartKind.REFERENCES and not listed and statement.references
        if not heading and has_list:
            heading = document.words.references
        if not heading and part.kind is PartKind.SIGNATORIES:
            heading = document.words.signatories
        if heading:
            yield f"## {heading}"
        for clause in part.clauses:
            yield _clause(statement, clause, is_name=clause.id in names)
        if has_list:
            listed = True
            yield "\n".join(_reference(statement, one) for one in statement.references)


def _clause(statement: Statement, clause: Clause, *, is_name: bool) -> str:
    words = _escaped(_line(statement, clause))
    if not is_name and not _OWN_ID.search(words):
        words = f"{words} {{#{clause.id}}}"
    mark = mark_of(statement, clause)
    number = _NUMBER.search(mark)
    if number:
        return f"{int(number[0])}. {words}"
    return f"- {words}" if mark else words


def _reference(statement: Statement, reference: Reference) -> str:
    words = _folded(statement.source.at(reference.span))
    if reference.label:
        return f"[{reference.label}] {words}"
    return f"{reference.number}. {_escaped(words)}"


def _line(statement: Statement, clause: Clause) -> str:
    """The clause on one line, mark-up and all, without the marks of a quoted paragraph."""
    content = statement.source.content
    pieces: list[str] = []
    at = clause.span.start
    for hidden in clause.hidden:
        if _QUOTED.fullmatch(statement.source.at(hidden)):
            pieces.append(content[at : hidden.start])
            at = hidden.end
    return _folded(" ".join([*pieces, content[at : clause.span.end]]))


def _folded(words: str) -> str:
    return " ".join(words.split())


def _escaped(words: str) -> str:
    """The same words, never taken for the beginning of a heading, list, quotation or code."""
    if found := _BEGINS_LIST.match(words):
        return f"{found[1]}\\{found[2]}{words[found.end() :]}"
    return f"\\{words}" if _BEGINS_BLOCK.match(words) else words
