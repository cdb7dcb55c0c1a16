"""What was found, for a terminal and for programs.

The text shows each finding with its line and a caret under the words. Terminals reorder lines
that run from right to left, so under those the words are repeated instead of a caret. Characters
that are not seen, among them those that change direction, are shown as `<U+202E>`.
"""

import functools
import unicodedata
from collections.abc import Iterable, Iterator

from stelae.statements.diagnostics import Diagnostic, Edit, Level, counted
from stelae.statements.model import Marker, Note, Statement
from stelae.statements.text import SourceText, Span
from stelae.values.canonical import Json

__all__ = [
    "SCHEMA",
    "WIDTH",
    "glyph",
    "json_diagnostic",
    "json_report",
    "one_line",
    "summary",
    "text_report",
]

SCHEMA = "stelae-check/1"
"""The form of the JSON; keys may be added under one number, none renamed."""

WIDTH = 100
"""Columns that a line of the text may take where no terminal says how wide it is."""

_TAB = 4
_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d\u00ad"


def text_report(
    statement: Statement,
    diagnostics: Iterable[Diagnostic],
    *,
    file: str | None = None,
    colour: bool = False,
    width: int = WIDTH,
) -> str:
    """Every finding with its place, what to do next and what bears on it; then what the reader
    did not understand, a line each; the summary last.

    `file` is what the places are called, else the name of the text. Lines are cut around the
    words found where they are wider than `width` columns.
    """
    name = file or statement.name
    found = tuple(diagnostics)
    blocks = ["\n".join(_lines(statement.source, one, name, colour, width)) for one in found]
    if statement.notes:
        blocks.append("\n".join(_note(statement.source, note, name) for note in statement.notes))
    return "\n\n".join([*blocks, summary(found)]) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`7 errors, 5 warnings, 2 notes, 1 waived`; what there is none of is left out."""
    found = tuple(diagnostics)
    counts = counted(found)
    parts = [
        f"{counts[level]} {level}{'s' if counts[level] != 1 else ''}"
        for level in Level
        if counts[level]
    ]
    waived = sum(one.waiver is not None for one in found)
    if waived:
        parts.append(f"{waived} waived")
    return ", ".join(parts) or "nothing found"


def json_report(
    statement: Statement, diagnostics: Iterable[Diagnostic], *, file: str | None = None
) -> dict[str, Json]:
    """The form `stelae-check/1`: lines and columns count from 1, columns in code points."""
    source = statement.source
    return {
        "schema": SCHEMA,
        "file": file or statement.name,
        "language": statement.language,
        "references": [
            {"number": reference.number, "line": reference.line}
            for reference in statement.references
        ],
        "markers": [_marker(source, marker) for _, marker in statement.markers],
        "signatories": len(statement.signatories),
        "clauses": sum(1 for _ in statement.clauses),
        "diagnostics": [json_diagnostic(source, one) for one in diagnostics],
        "notes": [
            {
                "line": source.position(note.span.start).line,
                "column": source.position(note.span.start).column,
                "message": note.what,
            }
            for note in statement.notes
        ],
    }


def _marker(source: SourceText, marker: Marker) -> dict[str, Json]:
    """`numbers` are all that the marker may name: in `[2, ch. 5, 3]` also the 3."""
    position = source.position(marker.span.start)
    named = (number for one in marker.citations for number in (one.number, *one.perhaps))
    return {
        "numbers": list(named),
        "locators": [
            locator.value if locator.label is None else f"{locator.label} {locator.value}"
            for locator in marker.locators
        ],
        "line": position.line,
        "column": position.column,
    }


def json_diagnostic(source: SourceText, found: Diagnostic) -> dict[str, Json]:
    """One finding, as reports in JSON have it."""
    start, end = source.position(found.span.start), source.position(found.span.end)
    shown: dict[str, Json] = {
        "rule": found.rule,
        "level": found.level.value,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "text": source.at(found.span),
        "message": found.message,
        "related": [
            {"message": related.what, **_place(source, related.span)} for related in found.related
        ],
    }
    if found.fix is not None:
        shown["fix"] = found.fix
    if found.edit is not None:
        shown["edits"] = [_edit(source, edit) for edit in found.edit]
        if found.beside:
            shown["together_with"] = [name for name, _ in found.beside]
    if found.waiver is not None:
        shown["waived"] = {
            "reason": found.waiver.reason,
            "by": found.waiver.by,
            "until": found.waiver.until.isoformat(),
        }
    return shown


def _edit(source: SourceText, edit: Edit) -> Json:
    start, end = source.position(edit.span.start), source.position(edit.span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "replacement": edit.text,
    }


def _place(source: SourceText, span: Span | None) -> dict[str, Json]:
    if span is None:
        return {}
    position = source.position(span.start)
    return {"line": position.line, "column": position.column}


def _lines(
    source: SourceText, found: Diagnostic, name: str, colour: bool, width: int
) -> Iterator[str]:
    start = source.position(found.span.start)
    level = f"{found.level}, waived" if found.waiver else str(found.level)
    if colour:
        level = f"\x1b[{_COLOURS[found.level]}m{level}\x1b[0m"
    yield f"{name}:{start.line}:{start.column}: {level} {found.rule}: {one_line(found.message)}"
    margin = f"{start.line:>5} | "
    line = source.line_span(start.line)
    room = max(width - len(margin), 20)
    begin = min(found.span.start, line.end) - line.start
    shown, caret, cells = _cut(
        source.at(line), begin, min(found.span.end, line.end) - line.start, room
    )
    yield margin + shown
    blank = " " * (len(margin) - 2) + "| "
    if _runs_leftwards(shown):
        words, _, _ = _cut(source.at(found.span).split("\n")[0], 0, 0, room - 6)
        yield f"{blank}here: {words}"
    else:
        yield f"{blank}{' ' * caret}^{'~' * (cells - 1)}"
    yield from (f"{blank}{_related(source, *pair)}" for pair in _spans(found))
    if found.fix:
        yield f"{blank}do: {one_line(found.fix)}"
    if found.waiver:
        waiver = found.waiver
        who, why = one_line(waiver.by), one_line(waiver.reason)
        yield f"{blank}waived by {who} until {waiver.until}: {why}"


def _note(source: SourceText, note: Note, name: str) -> str:
    start = source.position(note.span.start)
    return f"{name}:{start.line}:{start.column}: reader: {one_line(note.what)}"


def _spans(found: Diagnostic) -> Iterator[tuple[str, Span | None]]:
    for related in found.related:
        yield related.what, related.span


def _related(source: SourceText, what: str, span: Span | None) -> str:
    if span is None:
        return f"see: {one_line(what)}"
    position = source.position(span.start)
    return f"see {position.line}:{position.column}: {one_line(what)}"


def one_line(text: str) -> str:
    """A message in one line, whatever it quotes, its unseen characters shown."""
    words = " ".join(text.split())
    return words if words.isprintable() else "".join(shown for shown, _ in map(glyph, words))


@functools.lru_cache(maxsize=4096)
def glyph(character: str) -> tuple[str, int]:
    """How a character is shown, and how many columns it takes."""
    category = unicodedata.category(character)
    if character in _JOINERS or category in {"Mn", "Me"}:
        return character, 0
    if category in _UNSEEN:
        shown = f"<U+{ord(character):04X}>"
        return shown, len(shown)
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return character, 2
    return character, 1


def _cut(line: str, begin: int, end: int, room: int) -> tuple[str, int, int]:
    """A line of at most `room` columns that shows the words from `begin` to `end`; the column in
    which they begin, from 0, and how many columns they take, at least 1.

    Only the neighbourhood is looked at, however long the line.
    """
    first = max(0, begin - room)
    piece = line[first : begin + 2 * room]
    cells = list(map(glyph, piece)) if "\t" not in piece else _with_tabs(piece)
    widths = [width for _, width in cells]
    at, last = begin - first, min(end - first, len(cells))
    before = sum(widths[:at])
    whole = sum(widths)
    start = 0
    if first or len(piece) < len(line) or whole > room:
        left, wanted = before, max(room // 3, room - 2 - (whole - before))
        while start < at and left > wanted:
            left -= widths[start]
            start += 1
        # A mark never stands without its letter.
        while start < at and widths[start] == 0:
            start += 1
    head = "…" if first + start else ""
    used, stop = len(head), start
    limit = room - 1
    while stop < len(cells) and used + widths[stop] <= limit:
        used += widths[stop]
        stop += 1
    if stop == len(cells) - 1 and used + widths[stop] <= room and first + len(cells) == len(line):
        stop += 1
    tail = "…" if first + stop < len(line) else ""
    shown = head + "".join(shown for shown, _ in cells[start:stop]) + tail
    caret = len(head) + sum(widths[start:at])
    under = sum(widths[at : min(last, stop)])
    return shown.rstrip(), caret, max(1, under)


def _with_tabs(piece: str) -> list[tuple[str, int]]:
    cells: list[tuple[str, int]] = []
    column = 0
    for character in piece:
        step = _TAB - column % _TAB
        cells.append((" " * step, step) if character == "\t" else glyph(character))
        column += cells[-1][1]
    return cells


def _runs_leftwards(shown: str) -> bool:
    return not shown.isascii() and any(
        unicodedata.bidirectional(character) in {"R", "AL"} for character in shown
    )
